import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../operations.js';
import { checkRequest } from '../request.js';

const limits = { depth: 5, members: 8, parts: 3 };

const any = { type: ['object', 'array'] };
const types = {
  'application/json': {},
  'application/jsonl': { schema: { type: 'array' } },
  'application/json-seq': { schema: { type: 'array' } },
  'text/event-stream': { schema: { type: 'array' } },
  'application/xml': { schema: { ...any, items: any, additionalProperties: any } },
  'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { deep: {} } } },
  'multipart/form-data; boundary=b': { schema: { type: 'object' } },
  'multipart/mixed; boundary=b': { schema: { type: 'array' } },
};
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Bodies', version: '1' },
    paths: { '/': { post: { requestBody: { content: types }, responses: {} } } },
  }),
);
const operation = operations.compile(operations.entries[0] as never);

function excessOf(contentType: string, text: string): readonly unknown[] {
  const request = { method: 'POST', target: '/', headers: { 'content-type': contentType } };
  const { violations } = checkRequest(operation, { ...request, body: new TextEncoder().encode(text) }, {}, limits);
  return violations.filter(({ keyword }) => keyword === 'limit').map(({ params }) => params.limit);
}

const lists = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const times = (count: number, each: string | ((index: number) => string), between = '') =>
  Array.from({ length: count }, (_, index) => (typeof each === 'string' ? each : each(index))).join(between);
const parts = (count: number, fields: string) => `${times(count, `--b\r\n${fields}\r\n1\r\n`)}--b--\r\n`;
const named = 'Content-Disposition: form-data; name="a"\r\n';
const padded = (bytes: number) => `${named}X: ${'x'.repeat(bytes - named.length - 'X: \r\n'.length)}\r\n`;

it.each<[of: string, limit: keyof typeof limits, contentType: string, most: number, body: (count: number) => string]>([
  ['levels of JSON', 'depth', 'application/json', 5, lists],
  ['items of JSON', 'members', 'application/json', 8, (count) => `[${times(count, '1', ',')}]`],
  ['members of JSON', 'members', 'application/json', 8, (count) => `{${times(count, (at) => `"${at}":1`, ',')}}`],
  ['members at all levels', 'members', 'application/json', 8, (count) => `[[1],[[${times(count - 4, '1', ',')}]]]`],
  ['lines of JSON', 'members', 'application/jsonl', 8, (count) => times(count, '1\n')],
  ['levels in a line', 'depth', 'application/jsonl', 5, (count) => `1\n${lists(count)}\n`],
  ['records of JSON', 'members', 'application/json-seq', 8, (count) => times(count, '\u001e1\n')],
  ['events', 'members', 'text/event-stream', 8, (count) => times(count, 'data: x\n\n')],
  ['levels in the data of an event', 'depth', 'text/event-stream', 5, (count) => `data: ${lists(count)}\n\n`],
  ['levels of XML', 'depth', 'application/xml', 5, (count) => times(count, '<a>') + times(count, '</a>')],
  ['elements of XML', 'members', 'application/xml', 8, (count) => `<a>${times(count - 1, '<b/>')}</a>`],
  ['attributes of XML', 'members', 'application/xml', 8, (count) => `<a ${times(count - 1, (at) => `k${at}="" `)}/>`],
  ['texts of XML', 'members', 'application/xml', 8, (count) => `<a>${times(count - 1, 'x', '<!---->')}</a>`],
  ['fields of a form', 'members', 'application/x-www-form-urlencoded', 8, (count) => times(count, 'a=1', '&')],
  ['levels in a field', 'depth', 'application/x-www-form-urlencoded', 5, (count) => `deep=${lists(count)}`],
  ['parts of a form', 'parts', 'multipart/form-data; boundary=b', 3, (count) => parts(count, named)],
  [
    'levels in a part',
    'depth',
    'multipart/form-data; boundary=b',
    5,
    (count) => `--b\r\n${named}Content-Type: application/json\r\n\r\n${lists(count)}\r\n--b--\r\n`,
  ],
  [
    'bytes of the head of a part',
    'parts',
    'multipart/form-data; boundary=b',
    16 * 1024,
    (count) => parts(1, padded(count)),
  ],
  ['parts without names', 'parts', 'multipart/mixed; boundary=b', 3, (count) => parts(count, '')],
  [
    'parts in a part',
    'parts',
    'multipart/mixed; boundary=b',
    3,
    (count) =>
      `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${parts(count - 1, '').replaceAll('--b', '--c')}\r\n--b--\r\n`,
  ],
])('of %s there may be as many as the limit says, and not one more', (_, limit, contentType, most, body) => {
  expect(excessOf(contentType, body(most))).toEqual([]);
  expect(excessOf(contentType, body(most + 1))).toEqual([limit]);
});

const long = 9 * 1024 * 1024;

it.each([
  ['lines before what is no JSON', 'application/json', `${'\n'.repeat(long)}{`],
  ['lines within what is no JSON', 'application/json', `[${'\n'.repeat(long)}1,]`],
  [
    'the name of a part',
    'multipart/form-data; boundary=b',
    parts(1, `Content-Disposition: form-data; name="${'a'.repeat(long)}"\r\n`),
  ],
  [
    'the name of a file',
    'multipart/form-data; boundary=b',
    parts(1, `${named.trim()}; filename="${'\\"'.repeat(long / 2)}"\r\n`),
  ],
  ['the name of a field', 'application/x-www-form-urlencoded', `${'a'.repeat(long)}=1`],
  ['the names within a field', 'application/x-www-form-urlencoded', `a${'[b]'.repeat(long / 3)}=1`],
  ['the name of an element', 'application/xml', `<${'a'.repeat(long)}`],
])('%s of nine megabytes is read, or refused in a few words', (_, contentType, text) => {
  const body = new TextEncoder().encode(text);
  const request = { method: 'POST', target: '/', headers: { 'content-type': contentType }, body };
  const { violations } = checkRequest(operation, request, {});
  expect(JSON.stringify(violations).length).toBeLessThan(5000);
});
