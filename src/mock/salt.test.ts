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

it('makes the same data whatever a query says that is not declared, and heeds what a member is called', () => {
  const properties = { a: { type: 'string' }, city: { type: 'string' }, thingId: { type: 'string' } };
  const schema = { type: 'object', required: ['a', 'city', 'thingId'], properties };
  const responses = { 200: { description: '', content: { 'application/json': { schema } } } };
  const parameters = [
    { name: 'thingId', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'size', in: 'query', schema: { type: 'string' } },
  ];
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/look/{thingId}/now': { get: { parameters, responses } } },
  });
  const mock = createMock({ operations: createOperations(document) });
  const ask = (query: string) =>
    JSON.parse(String(mock.answer({ method: 'GET', target: `/look/7/now${query}`, headers: {}, body: null }).body));
  const plain = ask('');
  expect(plain.thingId).toBe('7');
  expect(ask('?_=1')).toEqual(plain);
  expect(ask('?_=2&jsonp=x')).toEqual(plain);
  expect(ask('?city=Lund&_=3')).toEqual({ ...plain, city: 'Lund' });
  expect(ask('?thingid=8')).toEqual(plain);
  expect(ask('?size=large').a).not.toBe(plain.a);
});

it('makes the same data of very many members in whatever order, and other data where one has another value', () => {
  const content = { 'application/json': { schema: { type: 'object', properties: { made: { type: 'string' } } } } };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/a': { post: { requestBody: { content }, responses: { 200: { description: '', content } } } } },
  });
  const mock = createMock({ operations: createOperations(document) });
  const entries = Array.from({ length: 2000 }, (_, index) => [`m${index}`, index]);
  const ask = (members: typeof entries) => {
    const body = new TextEncoder().encode(JSON.stringify(Object.fromEntries(members)));
    return mock.answer({ method: 'POST', target: '/a', headers: { 'content-type': 'application/json' }, body }).body;
  };
  expect(ask(entries.toReversed())).toBe(ask(entries));
  expect(ask(entries.with(1500, ['m1500', 0]))).not.toBe(ask(entries));
});
