import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, type Mock } from './index.js';

const text = { type: 'string' };
const department = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'integer' }, name: text } };
const employee = {
  type: 'object',
  required: ['id', 'department_id', 'department_name'],
  properties: { id: { type: 'integer' }, department_id: { type: 'integer' }, department_name: text },
};
const content = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const ok = (schema: JsonObject) => ({ 200: { description: '', ...content(schema) } });
const item = (name: string, schema: JsonObject) => ({
  parameters: [{ name, in: 'path', required: true, schema: { type: 'integer' } }],
  get: { responses: ok(schema) },
  patch: { requestBody: content({ type: 'object', properties: { name: text } }), responses: ok(schema) },
});
const document = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/departments': { get: { responses: ok({ type: 'array', items: department }) } },
    '/departments/{departmentId}': item('departmentId', department),
    '/employees': {
      get: {
        parameters: [{ name: 'department_name', in: 'query', schema: text }],
        responses: ok({ type: 'array', items: employee }),
      },
      post: {
        requestBody: content({ type: 'object', properties: { department_id: { type: 'integer' } } }),
        responses: { 201: { description: '', ...content(employee) } },
      },
    },
    '/employees/{employeeId}': item('employeeId', employee),
  },
};

it('a long list that is filtered by what another thing says of itself does so by what it says now, whatever was asked before', () => {
  const create = () => createMock({ operations: createOperations(documentFromObject(document)), rows: 600, seed: 1 });
  const [asked, other] = [create(), create()];
  const json = { 'content-type': 'application/json' };
  const body = (value: object) => new TextEncoder().encode(JSON.stringify(value));
  const ask = (mock: Mock, target: string, state?: Parameters<Mock['answer']>[2]) =>
    mock.answer({ method: 'GET', target, headers: {}, body: null }, undefined, state);
  const value = (answer: { body: unknown }) => JSON.parse(String(answer.body));
  const [first] = value(ask(asked, '/employees'));
  const sent = {
    method: 'POST',
    target: '/employees',
    headers: json,
    body: body({ department_id: first.department_id }),
  };
  const made = asked.answer(sent, undefined).next?.state;
  const named = `/employees?department_name=${encodeURIComponent(first.department_name)}`;
  expect(value(ask(asked, named, made)).length).toBeGreaterThan(0);

  const target = `/departments/${first.department_id}`;
  const change = { method: 'PATCH', target, headers: json, body: body({ name: 'Renamed' }) };
  const renamed = asked.answer(change, undefined, made).next?.state;
  expect(value(ask(asked, named, renamed))).toEqual(value(ask(other, named, renamed)));
  expect(value(ask(asked, named, renamed)).some(({ id }: { id: number }) => id === first.id)).toBe(false);
  expect(value(ask(asked, '/employees?department_name=Renamed', renamed)).length).toBeGreaterThan(0);
});
