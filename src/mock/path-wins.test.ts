import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

const text = { type: 'string', minLength: 1 };
const content = (schema: Json): JsonObject => ({ content: { 'application/json': { schema } } });
const json = (schema: Json): JsonObject => ({ description: 'x', ...content(schema) });
const inPath = (...names: string[]): Json =>
  names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
const rule = {
  type: 'object',
  required: ['id', 'org_id', 'order'],
  properties: { id: { ...text, readOnly: true }, org_id: text, order: { type: 'integer' } },
};
const orgs = { type: 'array', items: { type: 'object', required: ['id'], properties: { id: text } } };
const taking = { requestBody: { required: true, ...content(rule) } };

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Rules', version: '1' },
    paths: {
      '/orgs': { get: { responses: { 200: json(orgs) } } },
      '/orgs/{org_id}': { parameters: inPath('org_id'), get: { responses: { 200: json(orgs.items) } } },
      '/orgs/{org_id}/rules': {
        parameters: inPath('org_id'),
        get: { responses: { 200: json({ type: 'array', items: rule }) } },
        post: { ...taking, responses: { 201: json(rule) } },
      },
      '/orgs/{org_id}/rules/{id}': {
        parameters: inPath('org_id', 'id'),
        get: { responses: { 200: json(rule) } },
        put: { ...taking, responses: { 200: json(rule) } },
      },
    },
  } as JsonObject),
);

it('what is made or replaced below something is of that, whatever the body says', () => {
  const mock = createMock({ operations });
  let state = State.empty;
  const ask = (method: string, target: string, sent?: Json) => {
    const body = sent === undefined ? null : new TextEncoder().encode(JSON.stringify(sent));
    const answer = mock.answer(
      { method, target, headers: { 'content-type': 'application/json' }, body },
      undefined,
      state,
    );
    state = answer.next?.state ?? state;
    return JSON.parse(String(answer.body));
  };
  const [first] = ask('GET', '/orgs/one/rules');
  expect(ask('POST', '/orgs/one/rules', { org_id: 'two', order: 7 })).toMatchObject({ org_id: 'one', order: 7 });
  const replaced = ask('PUT', `/orgs/one/rules/${encodeURIComponent(first.id)}`, { org_id: 'two', order: 8 });
  expect(replaced).toMatchObject({ id: first.id, org_id: 'one', order: 8 });
  expect(new Set(ask('GET', '/orgs/one/rules').map((each: JsonObject) => each.org_id))).toEqual(new Set(['one']));
});
