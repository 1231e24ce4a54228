import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import type { Json, JsonObject } from '../../../text/value.js';
import { createOperations } from '../../operations.js';
import { checkResponse } from '../../response.js';
import type { Content, Operation } from '../../types.js';
import { readBody, writeBody } from '../formats.js';

const encoder = new TextEncoder();

function operationWith(mediaType: string, media: JsonObject, components: JsonObject = {}): Operation {
  const content = { [mediaType]: media };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.2.0',
      info: { title: 'Sequences', version: '1' },
      paths: { '/x': { post: { requestBody: { content }, responses: { 200: { content } } } } },
      components,
    }),
  );
  return operations.compile(operations.entries[0] as never);
}

function violationsOf(operation: Operation, body: string, isOpen = false): string[] {
  const content = operation.responses[0]?.content[0] as Content;
  const type = content.mediaType.startsWith('multipart/') ? `${content.mediaType}; boundary=b` : content.mediaType;
  const response = { status: 200, headers: { 'content-type': type }, body: encoder.encode(body), isOpen };
  return checkResponse(operation, response).map(({ pointer, keyword, message }) =>
    keyword === 'syntax' ? `${pointer} ${message}` : `${pointer} ${keyword}`,
  );
}

const entry = { type: 'object', properties: { level: { type: 'integer' } }, required: ['level'] };

describe.each([
  ['application/jsonl', '{"level":1}\n', '{"level":"x"}\n'],
  ['application/x-ndjson', '{"level":1}\r\n\r\n', '{"level":"x"}\r\n'],
  ['application/json-seq', '\u001e{"level":1}\n', '\u001e{\n"level":"x"}\n'],
  ['application/geo+json-seq', '\u001e{"level":1}\n', '\u001e{"level":"x"}\n'],
  ['text/event-stream', 'data: {"level":1}\n\n', 'data: {"level":\ndata: "x"}\n\n'],
])('%s', (mediaType, fits, fitsNot) => {
  it.each([
    ['itemSchema', { itemSchema: entry }],
    ['a schema of the list', { schema: { type: 'array', items: entry } }],
    ['a schema of an item, as before 3.2', { schema: entry }],
  ])('is judged item by item by %s', (_, media) => {
    const operation = operationWith(mediaType, media);
    expect(violationsOf(operation, fits + fits)).toEqual([]);
    expect(violationsOf(operation, fits + fitsNot + fits)).toEqual(['/1/level type']);
  });

  it('is judged as a whole where it has ended', () => {
    const operation = operationWith(mediaType, { schema: { type: 'array', items: entry, minItems: 3 } });
    expect(violationsOf(operation, fits + fits)).toEqual([' minItems']);
    expect(violationsOf(operation, fits + fits, true)).toEqual([]);
  });

  it('keeps both what is said of the items and what is said of the whole', () => {
    const operation = operationWith(mediaType, { schema: { maxItems: 1 }, itemSchema: entry });
    expect(violationsOf(operation, fits)).toEqual([]);
    expect(violationsOf(operation, fitsNot)).toEqual(['/0/level type']);
    expect(violationsOf(operation, fits + fits)).toEqual([' maxItems']);
  });

  it('that goes on is not blamed for an item that has not ended', () => {
    const operation = operationWith(mediaType, { itemSchema: entry });
    expect(violationsOf(operation, fits + fitsNot.slice(0, -6), true)).toEqual([]);
  });

  it('is read as it was written', () => {
    const operation = operationWith(mediaType, { itemSchema: { type: 'object' } });
    const content = operation.requestBody?.content[0] as Content;
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.jsonValue())), (items) => {
        const value = JSON.parse(JSON.stringify(items)) as Json;
        const written = writeBody({ value, mediaType, content, schemas: operation.schemas });
        const bytes = encoder.encode(String(written.body));
        const read = readBody(content, written.contentType, bytes, operation.document);
        expect(read.violations).toEqual([]);
        if (mediaType !== 'text/event-stream') expect(read.value).toEqual(value);
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  [
    'application/jsonl',
    '{"level":1}{"level":2}\n',
    ['/0 text of item 0 is not JSON: expected the end of the text at column 12, found "{"'],
  ],
  [
    'application/jsonl',
    '{"level":1}\n{"lev',
    ['/1 text of item 1 is not JSON: expected the closing quote of a string at column 6, found the end of the text'],
  ],
  ['application/json-seq', '{"level":1}\n', ['/0 sequence does not begin with a record separator (U+001E)']],
  [
    'text/event-stream',
    '{"level":1}\n\n',
    ['/0 text between two events has no field of an event, so that no client sees it: "{\\"level\\":1}"'],
  ],
  [
    'text/event-stream',
    'data: {"level":1}\n',
    ['/0 last event has no blank line behind it, so that no client sees it'],
  ],
  ['text/event-stream', ': ping\n\nunknown: 1\ndata: {"level":1}\n\n\n', []],
  ['text/event-stream', '\uFEFFdata:{"level":1}\r\n\r\ndata: {"level":2}\r\r', []],
])('%s %j: %j', (mediaType, body, expected) => {
  expect(violationsOf(operationWith(mediaType, { itemSchema: entry }), body)).toEqual(expected);
});

/** OpenAPI 3.2, 4.14.6.3. */
describe('the example of server-sent events', () => {
  const Event = {
    type: 'object',
    required: ['data'],
    properties: {
      data: { type: 'string' },
      event: { type: 'string' },
      id: { type: 'string' },
      retry: { type: 'integer', minimum: 0 },
    },
  };
  const json = { type: 'object', required: ['foo'], properties: { foo: { type: 'integer' } } };
  const itemSchema = {
    $ref: '#/components/schemas/Event',
    required: ['event'],
    oneOf: [
      { properties: { event: { const: 'addString' } } },
      { properties: { event: { const: 'addInt64' }, data: { format: 'int64' } } },
      {
        properties: {
          event: { const: 'addJSON' },
          data: { contentMediaType: 'application/json', contentSchema: json },
        },
      },
    ],
  };
  const operation = operationWith('text/event-stream', { itemSchema }, { schemas: { Event } });
  const text = `event: addString
data: This data is formatted
data: across two lines
retry: 5

event: addInt64
data: 1234
unknownField: this is ignored

: This is a comment
event: addJSON
data: {"foo": 42}

`;

  it('is read as the specification reads it', () => {
    const content = operation.responses[0]?.content[0] as Content;
    expect(readBody(content, 'text/event-stream', encoder.encode(text), operation.document)).toEqual({
      value: [
        { event: 'addString', data: 'This data is formatted\nacross two lines', retry: 5 },
        { event: 'addInt64', data: '1234' },
        { event: 'addJSON', data: '{"foo": 42}' },
      ],
      violations: [],
    });
  });

  it('is judged down to the JSON in its data', () => {
    expect(violationsOf(operation, text.replace('42', '"42"'))).toEqual(['/2/data/foo type']);
    expect(violationsOf(operation, text.replace('{"foo": 42}', 'foo'))).toEqual(['/2/data contentMediaType']);
    expect(violationsOf(operation, text.replace('addString', 'other'))).toEqual(['/0 oneOf']);
  });
});

describe('multipart/mixed', () => {
  const part = (type: string, text: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`;
  const end = '--b--\r\n';
  const schema = { type: 'array', prefixItems: [{ type: 'object', required: ['author'] }, {}], maxItems: 2 };
  const operation = operationWith('multipart/mixed', { schema, prefixEncoding: [{}, { contentType: 'image/*' }] });

  it.each([
    [part('application/json', '{"author":"a"}') + part('image/png', 'x') + end, []],
    [part('application/json', '{}') + end, ['/0/author required']],
    [
      part('application/json', '{"author":"a"}') + part('text/plain', 'x') + end,
      ['/1 media type of part 1 is text/plain'],
    ],
    [
      part('application/json', '{"author"') + end,
      ['/0 content of a part is not JSON: expected ":", found the end of the text'],
    ],
    [
      part('application/json', '{"author":"a"}'),
      ['/0 body is not multipart: expected a last line --b--, found the end of the body'],
    ],
  ])('%j: %j', (body, expected) => {
    expect(violationsOf(operation, body)).toEqual(expected);
  });

  it('is read part by part while it goes on', () => {
    expect(violationsOf(operation, part('application/json', '{}'), true)).toEqual([]);
    expect(violationsOf(operation, part('application/json', '{}') + part('image/png', ''), true)).toEqual([
      '/0/author required',
    ]);
  });

  it('is read as it was written, down to one within another', () => {
    const nested = operationWith('multipart/mixed', {
      schema: { type: 'array' },
      prefixEncoding: [{}, { contentType: 'multipart/mixed', itemEncoding: { contentType: 'application/json' } }],
    });
    const content = nested.requestBody?.content[0] as Content;
    const value = [{ a: 1 }, [{ b: [2] }, 'c', 3], 'text', 5, [6]];
    const written = writeBody({ value, mediaType: 'multipart/mixed', content, schemas: nested.schemas });
    const bytes = encoder.encode(String(written.body));
    expect(readBody(content, written.contentType, bytes, nested.document)).toEqual({
      value: [{ a: 1 }, [{ b: [2] }, 'c', 3], 'text', '5', [6]],
      violations: [],
    });
  });
});
