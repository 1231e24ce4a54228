import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

it('has no row that is null, where an answer may be', () => {
  const string = { type: 'string' };
  const schema = {
    type: 'object',
    nullable: true,
    required: ['name', 'set'],
    properties: { name: string, set: string },
  };
  const json = (of: JsonObject) => ({ description: 'x', content: { 'application/json': { schema: of } } });
  const document = documentFromObject({
    openapi: '3.0.3',
    info: { title: 'Commands', version: '1' },
    paths: {
      '/commands': {
        get: { responses: { 200: json({ type: 'array', items: schema }) } },
        post: { requestBody: json({ ...schema, nullable: false }), responses: { 201: json(schema) } },
      },
      '/commands/{name}': {
        parameters: [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }],
        get: { responses: { 200: json(schema) } },
      },
    },
  });
  const mock = createMock({ operations: createOperations(document) });
  const headers = { 'content-type': 'application/json' };
  let state = State.empty;
  const names = Array.from({ length: 25 }, (_, index) => `command-${index}`);
  for (const name of names) {
    const body = new TextEncoder().encode(JSON.stringify({ name, set: 'own' }));
    const answer = mock.answer({ method: 'POST', target: '/commands', headers, body }, undefined, state);
    state = answer.next?.state ?? state;
  }
  const { body } = mock.answer({ method: 'GET', target: '/commands', headers: {}, body: null }, undefined, state);
  const rows = JSON.parse(String(body)) as { name: string }[];
  expect(rows.map((row) => row?.name).filter((name) => names.includes(name))).toHaveLength(25);
  expect(rows).toHaveLength(50);
});
