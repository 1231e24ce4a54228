import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { checkResponse, createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createMock } from '../index.js';

const binary = { type: 'string', format: 'binary' };
const rows = { type: 'array', items: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } };
const pet = {
  type: 'object',
  required: ['id'],
  xml: { name: 'pet' },
  properties: { id: { type: 'integer', xml: { attribute: true } } },
};

function served(mediaType: string, content: JsonObject) {
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: { '/': { get: { responses: { 200: { description: '', content: { [mediaType]: content } } } } } },
    }),
  );
  const [entry] = operations.entries;
  const answer = createMock({ operations }).answer({ method: 'GET', target: '/', headers: {}, body: null });
  const bytes = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
  const check = (contentType: string, body: string | Uint8Array) =>
    checkResponse(operations.compile(entry as NonNullable<typeof entry>), {
      status: 200,
      headers: { 'content-type': contentType },
      body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    }).map(({ in: place, pointer, keyword }) => `${place} ${pointer} ${keyword}`);
  const contentType = String(answer.headers['Content-Type']);
  return { contentType, text: new TextDecoder().decode(bytes), violations: check(contentType, bytes), check };
}

describe('an answer', () => {
  it.each<[string, JsonObject, string, RegExp]>([
    ['text/xml', pet, 'text/xml; charset=utf-8', /^<\?xml[^\n]+\n<pet id="-?\d+"><\/pet>$/],
    ['text/plain', { type: 'integer' }, 'text/plain; charset=utf-8', /^-?\d+$/],
    ['text/plain', { type: 'boolean' }, 'text/plain; charset=utf-8', /^(true|false)$/],
    ['text/plain', pet, 'text/plain; charset=utf-8', /^\{"id":-?\d+\}$/],
    ['text/*', { type: 'integer' }, 'text/plain; charset=utf-8', /^-?\d+$/],
    ['text/csv', rows, 'text/csv; charset=utf-8', /^a\r\n([^\r\n]+\r\n)*$/],
    ['text/html', pet, 'text/html; charset=utf-8', /^<!doctype html>/],
    ['image/png', binary, 'image/png', /PNG/],
    ['font/*', binary, 'font/woff2', /./],
    ['model/*', binary, 'model/octet-stream', /./],
    ['application/*+json', pet, 'application/vnd.example+json', /^\{"id"/],
    ['gzip', binary, 'application/octet-stream', /./],
  ])('of %s for %j is of type %s, and keeps its own check', (mediaType, schema, contentType, text) => {
    const answer = served(mediaType, { schema });
    expect(answer).toMatchObject({ contentType, violations: [] });
    expect(answer.text).toMatch(text);
  });

  it.each<[string, string, JsonObject, string, string[]]>([
    ['a document in XML', 'text/xml', pet, '<pet id="5"/>', []],
    ['a document that does not fit', 'text/xml', pet, '<pet/>', ['body /id required']],
    ['half a document', 'application/xml', pet, '<pet', ['body  syntax']],
    ['a number', 'text/plain', { type: 'integer' }, '5', []],
    ['a number with a line end', 'text/plain', { type: 'integer' }, '5\r\n', []],
    ['a word for a number', 'text/plain', { type: 'integer' }, 'five', ['body  type']],
    ['text for an object', 'text/plain', pet, 'five', []],
    ['a table', 'text/csv', rows, 'b;c\n1;2\n', []],
    ['a table too long', 'text/csv', { type: 'string', maxLength: 2 }, 'a,b', ['body  maxLength']],
    ['a page', 'text/html', pet, '<p>', []],
    ['a type in its range', 'font/*', binary, 'x', ['content-type  mediaType']],
    ['anything where no type is named', 'gzip', binary, 'x', []],
  ])('that is %s is judged by what can be read', (_, mediaType, schema, body, violations) => {
    expect(served(mediaType, { schema }).check(mediaType === 'font/*' ? 'text/plain' : mediaType, body)).toEqual(
      violations,
    );
  });

  it.each<[string, JsonObject, Json, string]>([
    ['application/xml', pet, '<pet id="7"/>', '<pet id="7"/>'],
    ['application/xml', pet, '<dog/>', '<dog/>'],
    ['text/csv', rows, 'a\n1\n', 'a\n1\n'],
    ['text/csv', rows, [{ a: 'x,"y' }, { a: 'z', b: [1] }], 'a,b\r\n"x,""y",\r\nz,[1]\r\n'],
    ['text/csv', rows, [], 'a\r\n'],
    [
      'text/tab-separated-values',
      {},
      [
        ['a', 1],
        ['b\tc', null],
      ],
      'a\t1\r\n"b\tc"\t\r\n',
    ],
    ['text/csv', {}, ['a', 2], 'a\r\n2\r\n'],
  ])('in %s for %j shows the example %j', (mediaType, schema, example, text) => {
    expect(served(mediaType, { schema, example })).toMatchObject({ text, violations: [] });
  });
});
