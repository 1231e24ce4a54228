import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { foundOf, violatedBy } from './library/violated.js';

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

const status = { type: 'string', enum: ['queued', 'running'] };
const report = {
  type: 'object',
  properties: { ...job.properties, format: { type: 'string' }, title: { type: 'string' }, status },
  required: ['id', 'format'],
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

/** A report is begun, whose first answer shows what was asked for. */
const reports = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/reports': {
        post: {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { ...format, properties: { ...format.properties, title: { type: 'string' }, status } },
              },
            },
          },
          responses: { 202: json(report), 422: json({}) },
        },
      },
      '/reports/{id}': { parameters: [at], get: { responses: { 200: json(report), 404: json({}) } } },
    },
  }),
);

it.each([
  ['nothing', []],
  ['later', []],
  ['another', ['values-kept']],
])('what the answer to an accepted create shows is what is read: %s', async (defect, broken) => {
  const made = new Map<string, JsonObject>();
  const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    if (method !== 'POST') {
      const found = made.get(target);
      return found ? answer(200, found) : answer(404, {});
    }
    const id = `00000000-0000-4000-8000-${String(made.size).padStart(12, '0')}`;
    const shown: JsonObject = { ...JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())), id };
    const changes: Record<string, JsonObject> = {
      // What is worked out is not there yet, and how far it has come goes on.
      later: { title: '', status: 'running' },
      another: { format: 'html' },
    };
    made.set(`/reports/${id}`, { ...shown, ...changes[defect] });
    return answer(202, { status: 'queued', ...shown });
  };
  expect(await violatedBy(send, { operations: reports, allowWrites: true })).toEqual(broken);
});
