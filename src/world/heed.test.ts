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
  const inner = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`m${index}`, { id: 'made' }]));
  const values = { path: { id: '7' }, query: {}, querystring: {}, header: {}, cookie: {}, body: null };
  const heeded = heeding({ id: 'made', ...inner }, values, counting, schemas);
  expect(heeded).toMatchObject({ id: '7', m0: { id: '7' }, m499: { id: 'made' } });
  expect(judged).toBeLessThan(40);
});
