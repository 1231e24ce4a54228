import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { createMock } from './index.js';

it('makes the same data where a documented default is said outright, and other data for another value', () => {
  const stream = { name: 'stream', in: 'query', schema: { type: 'boolean', default: false } };
  const content = {
    'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } },
  };
  const responses = { 200: { description: '', content } };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/a': { get: { parameters: [stream], responses } } },
  });
  const mock = createMock({ operations: createOperations(document) });
  const ask = (target: string) => mock.answer({ method: 'GET', target, headers: {}, body: null }).body;
  expect(ask('/a?stream=false')).toBe(ask('/a'));
  expect(ask('/a?stream=true')).not.toBe(ask('/a'));
});
