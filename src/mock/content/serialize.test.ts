import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { Json } from '../../text/value.js';
import { concreteMediaType, serialize } from './serialize.js';

const pet = {
  type: 'object',
  xml: { name: 'pet', namespace: 'https://example.com/pets', prefix: 'p' },
  properties: {
    id: { type: 'integer', xml: { attribute: true } },
    name: { type: 'string' },
    tags: { type: 'array', xml: { name: 'tags', wrapped: true }, items: { type: 'string', xml: { name: 'tag' } } },
  },
};
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {},
  components: { schemas: { Pet: pet, Pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } } } },
});

const text = (value: Json, mediaType: string, pointer: string | null = null) =>
  serialize(value, mediaType, document, pointer);

describe('a body', () => {
  it.each<[string, Json, string, string]>([
    ['application/json', { a: [1, null] }, '{"a":[1,null]}', 'application/json'],
    ['application/vnd.api+json; version=1', [], '[]', 'application/vnd.api+json; version=1'],
    ['application/x-ndjson', [{ a: 1 }, { a: 2 }], '{"a":1}\n{"a":2}\n', 'application/x-ndjson'],
    ['text/plain', 'hello', 'hello', 'text/plain; charset=utf-8'],
    ['text/plain', 5, '5', 'text/plain; charset=utf-8'],
    ['text/csv; charset=latin1', 'a,b', 'a,b', 'text/csv; charset=latin1'],
    ['text/html', { a: 1 }, '{"a":1}', 'text/html; charset=utf-8'],
    [
      'application/x-www-form-urlencoded',
      { a: 'b c', d: [1, 2] },
      'a=b+c&d=1&d=2',
      'application/x-www-form-urlencoded',
    ],
    ['text/event-stream', ['one', { two: 2 }], 'data: one\n\ndata: {"two":2}\n\n', 'text/event-stream'],
    ['text/event-stream', 'two\nlines', 'data: two\ndata: lines\n\n', 'text/event-stream'],
    [
      'text/event-stream',
      { event: 'tick', data: { n: 1 }, id: '7' },
      'event: tick\ndata: {"n":1}\nid: 7\n\n',
      'text/event-stream',
    ],
    ['application/octet-stream', 'bytes', 'bytes', 'application/octet-stream'],
  ])('of type %s for %j', (mediaType, value, body, contentType) => {
    expect(text(value, mediaType)).toEqual({ body, contentType });
  });

  it('in XML follows the XML Objects of its schema', () => {
    const value = { id: 1, name: 'Rex & <Co>', tags: ['a', 'b'], extra: null };
    expect(text(value, 'application/xml', '/components/schemas/Pet').body).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <p:pet xmlns:p="https://example.com/pets" id="1"><name>Rex &amp; &lt;Co&gt;</name><tags><tag>a</tag><tag>b</tag></tags><extra></extra></p:pet>"
    `);
    expect(text([value], 'text/xml', '/components/schemas/Pets').body).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <Pets><p:pet xmlns:p="https://example.com/pets" id="1"><name>Rex &amp; &lt;Co&gt;</name><tags><tag>a</tag><tag>b</tag></tags><extra></extra></p:pet></Pets>"
    `);
    expect(text({ 'a b': '\u0000', 1: true }, 'application/atom+xml').body).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <root><_1>true</_1><a_b>�</a_b></root>"
    `);
  });

  it('in multipart has a part for each member', () => {
    const { body, contentType } = text({ name: 'Rex', meta: { a: 1 }, 'a"b': ['x', 'y'] }, 'multipart/form-data');
    expect(contentType).toBe('multipart/form-data; boundary=counterproof-part');
    expect(String(body).replaceAll('\r\n', '\n')).toMatchInlineSnapshot(`
      "--counterproof-part
      Content-Disposition: form-data; name="name"

      Rex
      --counterproof-part
      Content-Disposition: form-data; name="meta"
      Content-Type: application/json

      {"a":1}
      --counterproof-part
      Content-Disposition: form-data; name="a%22b"

      x
      --counterproof-part
      Content-Disposition: form-data; name="a%22b"

      y
      --counterproof-part--
      "
    `);
  });
});

describe('a range of media types', () => {
  it.each([
    ['*/*', 'application/json'],
    ['text/*', 'text/plain'],
    ['image/*', 'image/png'],
    ['font/*', 'application/octet-stream'],
    ['application/*+json', 'application/json'],
    ['text/html; level=1', 'text/html; level=1'],
  ])('%s is sent as %s', (declared, sent) => {
    expect(concreteMediaType(declared)).toBe(sent);
  });
});
