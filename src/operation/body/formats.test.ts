import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createSchemas } from '../../schema/schemas.js';
import type { Json, JsonObject } from '../../text/value.js';
import { concreteMediaType, readBody, writeBody } from './formats.js';

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

const schemas = createSchemas(document);
const text = (value: Json, mediaType: string, pointer: string | null = null) =>
  writeBody({
    value,
    mediaType,
    content: { schema: pointer === null ? null : schemas.at(pointer, 'response'), encoding: {} },
    schemas,
  });

describe('a body', () => {
  it.each<[string, Json, string | Uint8Array, string]>([
    ['application/json', { a: [1, null] }, '{"a":[1,null]}', 'application/json'],
    ['application/vnd.api+json; version=1', [], '[]', 'application/vnd.api+json; version=1'],
    ['application/x-ndjson', [{ a: 1 }, { a: 2 }], '{"a":1}\n{"a":2}\n', 'application/x-ndjson'],
    ['text/plain', 'hello', 'hello', 'text/plain; charset=utf-8'],
    ['text/plain', 5, '5', 'text/plain; charset=utf-8'],
    ['text/csv; charset=latin1', 'a,b', 'a,b', 'text/csv; charset=latin1'],
    ['text/html', '<p>a', '<p>a', 'text/html; charset=utf-8'],
    [
      'text/html',
      { title: '<A>' },
      '<!doctype html>\n<title>&lt;A></title>\n<pre>{\n  "title": "&lt;A>"\n}</pre>\n',
      'text/html; charset=utf-8',
    ],
    ['image/png', '\x89PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'image/png'],
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
      <p:pet xmlns:p="https://example.com/pets" id="1"><name>Rex &amp; &lt;Co&gt;</name><tags><tag>a</tag><tag>b</tag></tags><extra xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></extra></p:pet>"
    `);
    expect(text([value], 'text/xml', '/components/schemas/Pets').body).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <Pets><p:pet xmlns:p="https://example.com/pets" id="1"><name>Rex &amp; &lt;Co&gt;</name><tags><tag>a</tag><tag>b</tag></tags><extra xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"></extra></p:pet></Pets>"
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

describe('a form', () => {
  const schema = {
    type: 'object',
    properties: {
      plain: { type: 'string' },
      list: { type: 'array', items: { type: 'integer' } },
      spaced: { type: 'array', items: { type: 'string' } },
      color: { type: 'object', properties: { R: { type: 'integer' } } },
      pets: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
      file: { type: 'string', format: 'binary' },
      meta: { type: 'string' },
    },
  };
  const encoding: Record<string, JsonObject> = {
    spaced: { style: 'spaceDelimited', explode: false },
    color: { style: 'deepObject', explode: true },
    meta: { contentType: 'application/json' },
  };
  const inline = createSchemas(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: {},
      components: { schemas: { A: schema } },
    }),
  );
  const value = { plain: 'a b&=', list: [1, 2], spaced: ['x', 'y'], pets: [{ name: 'Rex' }], meta: 'quoted' };

  it.each(['request', 'response'] as const)('of a %s follows its Encoding Objects', (direction) => {
    const content = { schema: inline.at('/components/schemas/A', direction), encoding };
    const write = (mediaType: string, more: JsonObject) =>
      writeBody({ value: { ...value, ...more }, mediaType, content, schemas: inline });
    expect(write('application/x-www-form-urlencoded', { color: { R: 1 } }).body).toBe(
      'plain=a+b%26%3D&list=1&list=2&spaced=x+y&pets=%7B%22name%22%3A%22Rex%22%7D&meta=%22quoted%22&color%5BR%5D=1',
    );
    expect(String(write('multipart/form-data', { file: 'counterproof-part' }).body).replaceAll('\r\n', '\n')).toContain(
      `--counterproof-part-
Content-Disposition: form-data; name="meta"
Content-Type: application/json

"quoted"
--counterproof-part-
Content-Disposition: form-data; name="file"; filename="counterproof.bin"
Content-Type: application/octet-stream

counterproof-part
--counterproof-part---
`,
    );
  });

  it.each<[string, Json]>([
    ['application/json', { ...value, color: { R: 1 } }],
    ['application/x-www-form-urlencoded', { ...value, color: { R: 1 } }],
    ['multipart/form-data', { ...value, 'a"\r\nb': 'c' }],
  ])('in %s is read as it was written', (mediaType, written) => {
    const declared = {
      mediaType,
      pointer: '',
      examples: [],
      schema: inline.at('/components/schemas/A', 'request'),
      encoding,
    };
    const { body, contentType } = writeBody({ value: written, mediaType, content: declared, schemas: inline });
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    expect(readBody(declared, contentType, bytes, inline.document)).toEqual({ value: written, violations: [] });
  });
});

describe('a range of media types', () => {
  it.each([
    ['*/*', 'application/json'],
    ['text/*', 'text/plain'],
    ['image/*', 'image/png'],
    ['font/*', 'font/woff2'],
    ['chemical/*', 'chemical/octet-stream'],
    ['application/*+json', 'application/vnd.example+json'],
    ['gzip', 'application/octet-stream'],
    ['text/html; level=1', 'text/html; level=1'],
  ])('%s is sent as %s', (declared, sent) => {
    expect(concreteMediaType(declared)).toBe(sent);
  });
});
