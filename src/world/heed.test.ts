import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas, type Schema } from '../schema/index.js';
import { heeding } from './heed.js';

test('A large value heeds what the request says near its root, and is judged a bounded number of times', () => {
  const root = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  const schemas = createSchemas(documentFromObject(root));
  const schema = schemas.inline(true, '', 'response');
  let judged = 0;
  const counting: Schema = { ...schema, accepts: (value) => judged++ >= 0 && schema.accepts(value) };
  const inner = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, { petId: 'made' }]));
  const values = { path: { petId: '7' }, query: {}, querystring: {}, header: {}, cookie: {}, body: null };
  const heeded = heeding({ petId: 'made', ...inner }, values, counting, schemas);
  expect(heeded).toMatchObject({ petId: '7', m0: { petId: '7' }, m499: { petId: 'made' } });
  expect(judged).toBeLessThan(40);
});

test('Of very many members of a body the first are looked for, and parameters of the path all the same', () => {
  const root = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  const schemas = createSchemas(documentFromObject(root));
  const schema = schemas.inline(true, '', 'response');
  const body = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`m${index}`, index]));
  const values = { path: { id: '7' }, query: {}, querystring: {}, header: {}, cookie: {}, body };
  const heeded = heeding({ id: 'made', m0: 'made', m1999: 'made' }, values, schema, schemas);
  expect(heeded).toEqual({ id: '7', m0: 0, m1999: 'made' });
});

test('What many things have of their own is that of the nearest one alone', () => {
  const root = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  const schemas = createSchemas(documentFromObject(root));
  const schema = schemas.inline(true, '', 'response');
  const values = { path: { id: '7' }, query: {}, querystring: {}, header: {}, cookie: {}, body: { name: 'Rex' } };
  const made = {
    id: 'a',
    owner: { id: 'b', name: 'Ann' },
    tags: [{ id: 'c', name: 'x' }],
    data: { name: 'y', parts: [{ name: 'z' }] },
  };
  expect(heeding(made, values, schema, schemas)).toEqual({
    id: '7',
    owner: { id: 'b', name: 'Rex' },
    tags: [{ id: 'c', name: 'x' }],
    data: { name: 'Rex', parts: [{ name: 'z' }] },
  });
});

test('An answer to what was asked for several things says that these were as many, and that none of it failed', () => {
  const root = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  const schemas = createSchemas(documentFromObject(root));
  const schema = schemas.inline({ properties: { updated: { maximum: 2 } } }, '', 'response');
  const values = { path: {}, query: {}, querystring: {}, header: {}, cookie: {}, body: { ids: [4, 5, 6] } };
  const made = { deletedCount: 87, failed: 3, errors: ['x'], name: 'a', data: { removed: 9 }, updated: 1 };
  expect(heeding(made, values, schema, schemas)).toEqual({
    ...{ deletedCount: 3, failed: 0, errors: [], name: 'a', data: { removed: 3 } },
    updated: 1,
  });
});
