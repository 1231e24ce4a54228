import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const settings = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 30, default: 'Clinic' },
    isOpen: { type: 'boolean', default: false },
  },
};
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/settings': {
        get: { responses: { 200: json(settings) } },
        put: {
          description: 'Replaces the settings. What is not sent has its default again.',
          requestBody: { required: true, ...json(settings) },
          responses: { 200: json(settings) },
        },
      },
    },
  }),
);

it.each([
  ['nothing', []],
  ['what is so or not', ['replaced']],
])('a replacement of what is as it is by default is seen to leave %s', async (defect, checks) => {
  const usual = { name: 'Clinic', isOpen: false };
  let now: JsonObject = { ...usual, name: 'At the lake' };
  const send = async ({ method, body }: HttpRequest) => {
    const sent = method === 'PUT' ? JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) : null;
    if (sent !== null) now = { ...usual, ...(defect !== 'nothing' && { isOpen: now.isOpen }), ...sent };
    return answer(200, now);
  };
  expect([...new Set(await violatedBy(send, { operations, allowWrites: true }))]).toEqual(checks);
});
