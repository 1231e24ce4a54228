import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { run } from '../run/run.js';

const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const service = { type: 'object', required: ['sid'], properties: { sid: { type: 'string', pattern: '^VA[0-9]{3}$' } } };
const sid = { name: 'ServiceSid', in: 'path', required: true, schema: { type: 'string', pattern: '^VA[0-9]{3}$' } };

it('a body names what exists only where the name has the form that is declared', async () => {
  const sent: string[] = [];
  const made = (pattern: string) => ({
    type: 'object',
    required: ['ServiceSid'],
    properties: { ServiceSid: { type: 'string', pattern } },
  });
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/Services': {
        get: { responses: { 200: { description: 'd', ...json({ type: 'array', items: service }) } } },
      },
      '/Services/{ServiceSid}': {
        get: { parameters: [sid], responses: { 200: { description: 'd', ...json(service) } } },
      },
      '/configurations': {
        post: {
          requestBody: { required: true, ...json(made('^MG[0-9]{3}$')) },
          responses: { 201: { description: 'd' } },
        },
      },
      '/checks': {
        post: {
          requestBody: { required: true, ...json(made('^VA[0-9]{3}$')) },
          responses: { 201: { description: 'd' } },
        },
      },
    },
  } as unknown as JsonObject;
  const operations = createOperations(documentFromObject(document));
  await run({
    operations,
    target: 'http://t',
    aspects: ['accepted'],
    allowWrites: true,
    send: async ({ method, target, body }) => {
      if (body !== null) sent.push(`${target} ${new TextDecoder().decode(body)}`);
      const value = target === '/Services' ? [{ sid: 'VA123' }] : { sid: 'VA123' };
      const bytes = new TextEncoder().encode(method === 'GET' ? JSON.stringify(value) : '');
      const headers: [string, string][] = method === 'GET' ? [['Content-Type', 'application/json']] : [];
      return { status: method === 'GET' ? 200 : 201, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
    },
  });
  expect(sent).toContain('/checks {"ServiceSid":"VA123"}');
  expect(sent.filter((one) => one.startsWith('/configurations') && !/MG[0-9]{3}"\}$/.test(one))).toEqual([]);
});
