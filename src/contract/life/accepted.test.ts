import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { foundOf } from './library/violated.js';

const job = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, state: { type: 'string' } },
  required: ['id', 'state'],
};
const json = (schema: Json) => ({ description: 'x', content: { 'application/json': { schema } } });
const at = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const format = {
  type: 'object',
  required: ['format'],
  properties: { format: { type: 'string', enum: ['csv', 'pdf'] } },
};

/** An export is begun, and `Location` says where to ask how it goes. */
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/jobs/{id}': { parameters: [at], get: { responses: { 200: json(job), 404: json({}) } } },
      '/exports': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: format } } },
          responses: {
            202: { ...json({ type: 'object' }), headers: { Location: { schema: { type: 'string' } } } },
            422: json({}),
          },
        },
      },
    },
  }),
);

/** What is right but for one defect. */
function server(defect: string) {
  const jobs: string[] = [];
  return async ({ method, target }: HttpRequest): Promise<Received> => {
    if (method === 'POST') {
      const id = `00000000-0000-4000-8000-${String(jobs.length).padStart(12, '0')}`;
      if (defect !== 'forgotten') jobs.push(id);
      return answer(202, {}, ['Location', `http://t/v1/jobs/${id}`]);
    }
    const id = jobs.find((each) => target === `/jobs/${each}`);
    if (id === undefined) return answer(404, {});
    return answer(200, { id: defect === 'last' ? (jobs.at(-1) ?? id) : id, state: 'running' });
  };
}

it.each([
  ['nothing', []],
  ['forgotten', ['location-leads']],
  ['last', ['location-leads']],
])('what is accepted and not done yet is followed to where one can ask how it goes: %s', async (defect, broken) => {
  const findings = await foundOf(server(defect), { operations, aspects: ['accepted', 'life'], allowWrites: true });
  const violations = findings.filter(({ severity }) => severity === 'violation');
  expect(violations.map(({ check }) => check)).toEqual(broken);
  // What only a later answer tells of is asked for after that.
  const unknown = findings.filter(({ message }) => message.startsWith('Not exercised: no id'));
  expect(unknown).toEqual([]);
});
