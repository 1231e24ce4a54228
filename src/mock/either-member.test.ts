import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

it('shows what was sent of members that exclude one another', () => {
  const schema = {
    type: 'object',
    required: ['id', 'notify'],
    oneOf: [{ required: ['addresses'] }, { required: ['host'] }],
    properties: {
      id: { type: 'integer', readOnly: true },
      notify: { type: 'string' },
      addresses: { type: 'array', minItems: 1, items: { type: 'string' } },
      host: { type: 'string' },
    },
  };
  const content = { 'application/json': { schema } };
  const document: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'Hosts', version: '1' },
    paths: {
      '/hosts': {
        get: {
          responses: {
            200: { description: 'd', content: { 'application/json': { schema: { type: 'array', items: schema } } } },
          },
        },
        post: { requestBody: { required: true, content }, responses: { 201: { description: 'd', content } } },
      },
      '/hosts/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: { description: 'd', content } } },
      },
    },
  };
  const { read } = asking(document);
  for (let index = 0; index < 6; index++) {
    const sent = { notify: `n${index}`, ...(index % 2 === 0 ? { host: `h${index}` } : { addresses: [`a${index}`] }) };
    expect(read('POST', '/hosts', sent)).toEqual({ ...sent, id: expect.any(Number) });
  }
});
