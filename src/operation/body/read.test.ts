import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createOperations } from '../operations.js';
import { checkRequest } from '../request.js';
import type { Operation } from '../types.js';

function operationWith(content: JsonObject, required = true): Operation {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Bodies', version: '1' },
    paths: { '/': { post: { requestBody: { required, content }, responses: {} } } },
  });
  const operations = createOperations(document);
  return operations.compile(operations.entries[0] as never);
}

const bytes = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

function send(operation: Operation, contentType: string | undefined, body: string | Uint8Array | null) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  const sent = typeof body === 'string' ? bytes(body) : body;
  const { values, violations } = checkRequest(operation, { method: 'POST', target: '/', headers, body: sent }, {});
  const faults = violations.map(({ in: place, pointer, keyword }) => `${place} ${pointer} ${keyword}`);
  return { value: values.body, faults, violations };
}

const point = { type: 'object', required: ['x'], properties: { x: { type: 'integer' }, y: { type: 'integer' } } };

describe('the media type of a body', () => {
  const json = operationWith({ 'application/json': { schema: point } });
  const many = operationWith({
    'application/xml': {},
    'application/json': { schema: point },
    'text/*': { schema: { type: 'string' } },
  });

  it('must be one that is declared', () => {
    expect(send(json, 'application/json; charset=utf-8', '{"x":1}').faults).toEqual([]);
    expect(send(json, 'text/plain', '{"x":1}').faults).toEqual(['content-type  mediaType']);
    expect(send(json, 'nonsense', '{"x":1}').faults).toEqual(['content-type  mediaType']);
    expect(send(many, 'image/png', 'x').violations).toMatchInlineSnapshot(`
      [
        {
          "expected": [
            "application/xml",
            "application/json",
            "text/*",
          ],
          "in": "content-type",
          "keyword": "mediaType",
          "message": "media type image/png is not declared: send application/xml or application/json or text/*",
          "params": {
            "mediaTypes": [
              "application/xml",
              "application/json",
              "text/*",
            ],
          },
          "pointer": "",
          "received": "image/png",
          "schemaPointer": "/paths/~1/post/requestBody/content",
        },
      ]
    `);
    expect(send(many, 'text/csv', 'a,b').faults).toEqual([]);
    // What fetch says of an empty text.
    const optional = operationWith({ 'application/json': { schema: point } }, false);
    expect(send(optional, 'text/plain;charset=UTF-8', '')).toMatchObject({ value: undefined, faults: [] });
    expect(send(optional, 'text/plain;charset=UTF-8', 'x').faults).toEqual(['content-type  mediaType']);
    expect(send(json, 'text/plain;charset=UTF-8', '').faults).toEqual(['content-type  mediaType']);
  });

  it('is taken to be JSON, or the only one, where it is absent', () => {
    expect(send(json, undefined, '{"x":"1"}').faults).toEqual(['body /x type']);
    expect(send(many, ' ', '{"x":1}')).toMatchObject({ value: { x: 1 }, faults: [] });
    expect(send(operationWith({ 'text/plain': {} }), undefined, 'x').faults).toEqual([]);
    expect(send(operationWith({ 'text/plain': {}, 'text/csv': {} }), undefined, 'x').faults).toEqual([
      'content-type  mediaType',
    ]);
    expect(send(operationWith({ 'multipart/form-data': {} }), undefined, 'x').faults).toEqual([
      'content-type  mediaType',
    ]);
  });
});

describe('a body that is absent', () => {
  it('is missing where one is required, and only there', () => {
    const content = { 'application/json': { schema: point } };
    expect(send(operationWith(content), undefined, null).faults).toEqual(['body  missing']);
    expect(send(operationWith(content), 'application/json', '').faults).toEqual(['body  missing']);
    expect(send(operationWith(content, false), 'application/json', '').faults).toEqual([]);
    expect(send(operationWith(content, false), undefined, null)).toMatchObject({ value: undefined, faults: [] });
    expect(send(operationWith({ 'text/plain': {} }), 'text/plain', '')).toMatchObject({ value: '', faults: [] });
  });

  it('may be there though none is declared', () => {
    const document = documentFromObject({
      openapi: '3.1.0',
      info: { title: 'None', version: '1' },
      paths: { '/': { get: { responses: {} } } },
    });
    const operations = createOperations(document);
    expect(send(operations.compile(operations.entries[0] as never), 'image/png', 'x').faults).toEqual([]);
  });
});

describe('a JSON body', () => {
  const operation = operationWith({ 'application/json': { schema: point } });
  it.each<[string | Uint8Array, Json | undefined, string[]]>([
    ['{"x":1}', { x: 1 }, []],
    [' {"x" : 1e0}\n', { x: 1 }, []],
    ['{"x":"1"}', { x: '1' }, ['body /x type']],
    ['{}', {}, ['body /x required']],
    ['[]', [], ['body  type']],
    ['null', null, ['body  type']],
    ['{"x":1', undefined, ['body  syntax']],
    ['{"x":1}{}', undefined, ['body  syntax']],
    ['{"x":1,"x":2}', undefined, ['body  syntax']],
    ['\uFEFF{"x":1}', undefined, ['body  syntax']],
    ["{'x':1}", undefined, ['body  syntax']],
    [' ', undefined, ['body  syntax']],
    [latin1('{"x":"\xE4"}'), undefined, ['body  encoding']],
    [latin1('{"x":"\xED\xA0\x80"}'), undefined, ['body  encoding']],
    ['['.repeat(100_000), undefined, ['body  limit']],
    ['{"a":'.repeat(100_000), undefined, ['body  limit']],
  ])('%s', (body, value, faults) => expect(send(operation, 'application/json', body)).toMatchObject({ value, faults }));

  it('says where it stops being JSON', () => {
    expect(send(operation, 'application/json', '{\n  "x": 1,\n}').violations).toMatchInlineSnapshot(`
      [
        {
          "expected": "a member name in double quotes",
          "in": "body",
          "keyword": "syntax",
          "message": "body is not JSON: expected a member name in double quotes at line 3, column 1, found "}"",
          "params": {
            "column": 1,
            "found": ""}"",
            "line": 3,
          },
          "pointer": "",
          "schemaPointer": "/paths/~1/post/requestBody/content/application~1json",
        },
      ]
    `);
    expect(send(operation, 'application/json', latin1('{"x":"\xE4"}')).violations[0]?.message).toMatchInlineSnapshot(
      `"body cannot be decoded: expected UTF-8, found a byte that is not UTF-8 at offset 7"`,
    );
  });

  it('is UTF-8 whatever its charset says (RFC 8259, 11)', () => {
    expect(send(operation, 'application/json; charset=iso-8859-1', '{"x":1,"ä":1}').faults).toEqual([]);
  });

  it('validates recursive data as deep as it is read', () => {
    const tree = operationWith({
      'application/json': {
        schema: { $id: 'https://example.com/tree', type: ['array', 'integer'], items: { $ref: '#' } },
      },
    });
    expect(send(tree, 'application/json', `${'['.repeat(256)}1${']'.repeat(256)}`).faults).toEqual([]);
    expect(send(tree, 'application/json', `${'['.repeat(256)}"1"${']'.repeat(256)}`).faults).toHaveLength(1);
  });
});

describe('a form body', () => {
  const type = 'application/x-www-form-urlencoded';
  const properties = {
    x: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    numbers: { type: 'array', items: { type: 'integer' } },
    point,
    note: { type: ['string', 'null'] },
  };
  const operation = operationWith({ [type]: { schema: { type: 'object', required: ['x'], properties } } });
  it.each<[string, Json | undefined, string[]]>([
    ['x=1', { x: 1 }, []],
    ['x=1&note=a+b%2B', { x: 1, note: 'a b+' }, []],
    ['x=1&tags=a', { x: 1, tags: ['a'] }, []],
    ['x=1&tags=a&tags=b%2Cc', { x: 1, tags: ['a', 'b,c'] }, []],
    ['x=1&numbers=1&numbers=x', { x: 1, numbers: [1, 'x'] }, ['body /numbers/1 type']],
    ['x=1&point=%7B%22x%22:2%7D', { x: 1, point: { x: 2 } }, []],
    ['x=1&point[x]=2&point[y]=3', { x: 1, point: { x: 2, y: 3 } }, []],
    ['x=1&point[x]=two', { x: 1, point: { x: 'two' } }, ['body /point/x type']],
    ['x=1&numbers[]=1&numbers[]=2', { x: 1, numbers: [1, 2] }, []],
    ['x=1&x=2', { x: 2 }, []],
    ['x=one', { x: 'one' }, ['body /x type']],
    ['', {}, ['body /x required']],
    ['note=x', { note: 'x' }, ['body /x required']],
    ['x=1&unknown=2', { x: 1, unknown: '2' }, []],
    ['x=%ff', {}, ['body /x encoding']],
  ])('%s is %j %j', (body, value, faults) => expect(send(operation, type, body)).toMatchObject({ value, faults }));

  it('is laid out as its Encoding Objects say', () => {
    const encoding = {
      tags: { style: 'form', explode: false },
      numbers: { style: 'pipeDelimited', explode: false },
      point: { style: 'deepObject', explode: true },
    };
    const encoded = operationWith({ [type]: { schema: { type: 'object', properties }, encoding } });
    expect(send(encoded, type, 'tags=a,b%2Cc&numbers=1|2&point%5Bx%5D=5')).toMatchObject({
      value: { tags: ['a', 'b,c'], numbers: [1, 2], point: { x: 5 } },
      faults: [],
    });
    // What writes forms encodes every comma.
    expect(send(encoded, type, 'tags=a%2cb%2Cc').value).toEqual({ tags: ['a', 'b', 'c'] });
    const spread = operationWith({
      [type]: {
        schema: { type: 'object', properties: { point } },
        encoding: { point: { style: 'form', explode: true } },
      },
    });
    expect(send(spread, type, 'x=5&y=6')).toMatchObject({ value: { point: { x: 5, y: 6 } }, faults: [] });
    const json = operationWith({
      [type]: {
        schema: { type: 'object', properties: { note: {} } },
        encoding: { note: { contentType: 'application/json' } },
      },
    });
    expect(send(json, type, 'note=%5B1%5D')).toMatchObject({ value: { note: [1] }, faults: [] });
    expect(send(json, type, 'note=%5B1')).toMatchObject({ faults: ['body /note syntax'] });
  });

  it('is read as one branch of a union has it, however much beside it can be read in several ways', () => {
    const either = { anyOf: [{ type: 'string' }, { type: 'integer' }] };
    const others = Array.from({ length: 9 }, (_, index) => `other${index}`);
    const details = { month: { type: 'integer' }, number: { type: 'string' } };
    const card = {
      anyOf: [
        { type: 'object', required: ['month', 'number'], properties: details },
        { type: 'object', required: ['token'], properties: { token: { type: 'string' } } },
      ],
    };
    const many = operationWith({
      [type]: {
        schema: { type: 'object', properties: { card, ...Object.fromEntries(others.map((name) => [name, either])) } },
        encoding: { card: { style: 'deepObject', explode: true } },
      },
    });
    const beside = others.map((name) => `${name}=1`).join('&');
    expect(send(many, type, `card[month]=12&card[number]=4242&${beside}`)).toMatchObject({
      value: { card: { month: 12, number: '4242' }, other0: '1' },
      faults: [],
    });
  });
});

describe('a multipart body', () => {
  const schema = {
    type: 'object',
    required: ['title'],
    properties: {
      title: { type: 'string' },
      count: { type: 'integer' },
      meta: { type: 'object', properties: { on: { type: 'boolean' } } },
      files: { type: 'array', items: { type: 'string', format: 'binary' } },
      image: { type: 'string', format: 'binary', maxLength: 4 },
    },
  };
  const operation = operationWith({
    'multipart/form-data': { schema, encoding: { image: { contentType: 'image/png, image/jpeg' } } },
  });
  const part = (disposition: string, content: string, type?: string) =>
    `--b\r\nContent-Disposition: form-data; ${disposition}\r\n${type ? `content-type: ${type}\r\n` : ''}\r\n${content}\r\n`;
  const post = (...parts: string[]) =>
    send(operation, 'multipart/form-data; boundary="b"', latin1(`${parts.join('')}--b--\r\n`));
  const title = part('name="title"', 'T');

  it('is read part by part', () => {
    expect(
      post(
        'preamble\r\n',
        part('name="title"', 'caf\xC3\xA9'),
        part('name=count', '5'),
        part('name="meta"', '{"on":true}', 'application/json'),
        part('name="files"; filename="a.bin"', '\x00\xFF', 'application/octet-stream'),
        part('name="files"; filename="b.txt"', 'two\r\nlines', 'text/plain'),
        part('name="image"; filename="i.png"', '\xFF\xFF\xFF\xFF', 'image/png'),
      ),
    ).toMatchObject({
      value: {
        title: 'café',
        count: 5,
        meta: { on: true },
        files: ['\x00\xFF', 'two\r\nlines'],
        image: '\xFF\xFF\xFF\xFF',
      },
      faults: [],
    });
  });

  it.each<[string, string[], string[]]>([
    ['JSON without its type', [title, part('name="meta"', '{"on":true}')], []],
    ['a part that is wrong', [title, part('name="count"', 'five')], ['body /count type']],
    ['a part that is missing', [part('name="count"', '5')], ['body /title required']],
    ['JSON that is wrong', [title, part('name="meta"', '{"on":"yes"}', 'application/json')], ['body /meta/on type']],
    ['JSON that is broken', [title, part('name="meta"', '{"on":', 'application/json')], ['body /meta syntax']],
    ['a single file for an array', [title, part('name="files"; filename="a"', 'x')], []],
    ['a file too large', [title, part('name="image"; filename="a"', '12345', 'image/png')], ['body /image maxLength']],
    [
      'a part of another type',
      [title, part('name="image"; filename="a"', '1', 'text/html')],
      ['body /image mediaType'],
    ],
    ['text that is not UTF-8', [part('name="title"', '\xFF')], ['body /title encoding']],
    ['text in another charset', [part('name="title"', '\xE4', 'text/plain; charset=iso-8859-1')], []],
    ['content that looks like a boundary', [part('name="title"', 'x\r\n--bc\r\n--b x')], []],
    ['blanks behind a boundary', [title.replace('--b', '--b \t')], []],
    ['binary by its Encoding Object', [title, part('name="image"', '\xFF\xFE')], []],
    ['an empty part', [part('name="title"', '')], []],
    ['brackets', [title, part('name="meta[on]"', 'true')], []],
    ['a name in UTF-8, quotes escaped', [title, part('name="\xC3\xA9%22"', 'x')], []],
  ])('%s', (_, parts, faults) => expect(post(...parts).faults).toEqual(faults));

  it.each<[string, string | undefined, string]>([
    ['no boundary', undefined, `${title}--b--`],
    ['another boundary', 'c', `${title}--b--`],
    ['no end', 'b', title],
    ['no blank line', 'b', '--b\r\nContent-Disposition: form-data; name="a"\r\n--b--'],
    ['no name', 'b', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--'],
    ['no disposition', 'b', '--b\r\n\r\nx\r\n--b--'],
    ['line feeds alone', 'b', title.replaceAll('\r\n', '\n')],
    ['a header field without a colon', 'b', '--b\r\nnonsense\r\n\r\nx\r\n--b--'],
    ['a boundary that is too long', 'b'.repeat(71), 'x'],
  ])('%s is a syntax violation', (_, boundary, body) => {
    const type = boundary === undefined ? 'multipart/form-data' : `multipart/form-data; boundary=${boundary}`;
    expect(send(operation, type, latin1(body)).faults).toEqual(['body  syntax']);
  });

  it('gives what FormData holds', async () => {
    const form = new FormData();
    form.append('title', 'naïve "quoted"\r\n');
    form.append('files', new Blob([new Uint8Array([0, 13, 10, 45, 45, 255])]), 'a "b".bin');
    form.append('files', new Blob(['x'], { type: 'text/plain' }));
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const contentType = request.headers.get('content-type') ?? '';
    expect(send(operation, contentType, new Uint8Array(await request.arrayBuffer()))).toMatchObject({
      value: { title: 'naïve "quoted"\r\n', files: ['\x00\r\n--\xFF', 'x'] },
      faults: [],
    });
  });

  it('never throws and never hangs', () => {
    const piece = fc.constantFrom(
      '--b',
      '--',
      '\r\n',
      '\r\n\r\n',
      'Content-Disposition: form-data; name="title"',
      'x',
      ':',
      'content-type: application/json',
      '{',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        expect(Array.isArray(send(operation, 'multipart/form-data; boundary=b', latin1(pieces.join(''))).faults)).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
    send(operation, 'multipart/form-data; boundary=b', latin1('--b\r\n'.repeat(100_000)));
    send(operation, 'multipart/form-data; boundary=b', latin1(title.repeat(20_000)));
    send(operation, `multipart/form-data; boundary=b;${' '.repeat(100_000)}x`, latin1(title));
  });
});

describe('text and binary bodies', () => {
  it('are strings, validated where a string can be valid', () => {
    const short = operationWith({ 'text/plain': { schema: { type: 'string', maxLength: 3 } } });
    expect(send(short, 'text/plain', 'abc')).toMatchObject({ value: 'abc', faults: [] });
    expect(send(short, 'text/plain', 'abcd').faults).toEqual(['body  maxLength']);
    const number = operationWith({ 'text/plain': { schema: { type: 'integer' } } });
    expect(send(number, 'text/plain', '5')).toMatchObject({ value: 5, faults: [] });
    expect(send(number, 'text/plain', 'five').faults).toEqual(['body  type']);
    const binary = operationWith({ 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } });
    expect(send(binary, 'application/octet-stream', latin1('\x00\xFF'))).toMatchObject({
      value: '\x00\xFF',
      faults: [],
    });
    expect(send(operationWith({ 'image/*': {} }), 'image/png', latin1('\x89PNG')).faults).toEqual([]);
  });

  it('are not held to a schema of what only a parser of their format could see', () => {
    for (const type of ['text/csv', 'text/html', 'application/yaml']) {
      expect(send(operationWith({ [type]: { schema: point } }), type, '<point x="1"/>').faults).toEqual([]);
    }
    expect(
      send(
        operationWith({ 'application/xml': { schema: { type: 'string', maxLength: 1 } } }),
        'application/xml',
        '<a/>',
      ).faults,
    ).toEqual([]);
  });

  it.each<[string, Uint8Array, string | undefined, string[]]>([
    ['utf-8', bytes('ä'), 'ä', []],
    ['UTF8', bytes('\uFEFFä'), 'ä', []],
    ['utf-8', latin1('\xE4'), undefined, ['body  encoding']],
    ['iso-8859-1', latin1('\xE4'), 'ä', []],
    ['latin1', latin1('\xE4'), 'ä', []],
    ['us-ascii', latin1('a'), 'a', []],
    ['utf-16le', latin1('\xE4\x00'), 'ä', []],
    ['utf-16be', latin1('\x00\xE4'), 'ä', []],
    ['utf-16', latin1('\xFF\xFE\xE4\x00'), 'ä', []],
    ['utf-16le', latin1('\x00\xD8'), undefined, ['body  encoding']],
    ['klingon', latin1('a'), undefined, ['body  encoding']],
  ])('charset %s of %j', (charset, body, value, faults) => {
    const operation = operationWith({ 'text/plain': { schema: { type: 'string' } } });
    expect(send(operation, `text/plain; charset=${charset}`, body)).toMatchObject({ value, faults });
  });
});
