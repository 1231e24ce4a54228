import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { removesNamed } from './accepts-valid.js';

it('removes what is named in a path, or in what is sent to a path that says so', () => {
  const parameter = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const requestBody = { content: { 'application/json': { schema: { type: 'object' } } } };
  const of = (...methods: string[]) =>
    Object.fromEntries(methods.map((method) => [method, { requestBody, responses: { 200: { description: 'x' } } }]));
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/tickets': of('post', 'delete'),
        '/tickets/delete': of('post'),
        '/tickets/{id}': { parameters: [parameter], ...of('put', 'delete') },
        '/tickets/{id}/remove': { parameters: [parameter], ...of('get', 'post') },
      },
    }),
  );
  const removing = operations.entries.filter((entry) => removesNamed(operations.compile(entry)));
  expect(removing.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /tickets/delete',
    'DELETE /tickets/{id}',
    'POST /tickets/{id}/remove',
  ]);
});
