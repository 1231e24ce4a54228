import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { stepRequest, type Wanted } from './step-request.js';

test('requests that ask for something else have keys of their own, where a server knows a request again by one', () => {
  const schema = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, note: { type: 'string' } },
  };
  const parameters = [
    { name: 'x-idempotency-key', in: 'header', required: true, schema: { type: 'string', maxLength: 40 } },
  ];
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  const post = { parameters, requestBody, responses: { 201: { description: 'made' } } };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { post } } };
  const operations = createOperations(documentFromObject(document));
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('no operation');
  const operation = operations.compile(entry);
  const keyOf = (wanted: Partial<Wanted>) =>
    stepRequest(operation, operations, { seed: 1 }, { path: {}, ...wanted })?.request.headers['x-idempotency-key'];
  const made = [{ bodiesBefore: 1 }, { bodiesBefore: 2 }, { bodiesBefore: 2, isFull: true }, { body: { name: 'a' } }];
  expect(new Set(made.map(keyOf)).size).toBe(4);
  expect(keyOf({ bodiesBefore: 1 })).toBe(keyOf({ bodiesBefore: 1 }));
  expect(keyOf({ bodiesBefore: 1, headers: { 'x-idempotency-key': 'mine' } })).toBe('mine');
});
