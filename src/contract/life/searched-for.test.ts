import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const kind = { type: 'string', enum: ['book', 'author'] };
const listOf = (properties: JsonObject) => ({
  description: 'x',
  content: {
    'application/json': {
      schema: { type: 'array', items: { type: 'object', required: Object.keys(properties), properties } },
    },
  },
});
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/books': { get: { responses: { 200: listOf({ id: text, title: text }) } } },
      '/search': {
        get: {
          parameters: [
            { name: 'q', in: 'query', required: true, schema: text },
            { name: 'kind', in: 'query', schema: kind },
          ],
          responses: { 200: listOf({ kind, key: text, title: text }) },
        },
      },
    },
  }),
);
const books = ['Persuasion', 'Emma'].map((title, at) => ({ id: `b${at}`, title }));

it.each([
  ['right', []],
  ['kind-ignored', ['filter-holds']],
])('what is only shown to who searches is searched for by what other things say: %s', async (defect, checks) => {
  const asked: (string | null)[] = [];
  const send = async ({ target }: { readonly target: string }) => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    if (pathname === '/books') return answer(200, books as Json);
    const [word, wanted] = [searchParams.get('q') ?? '', searchParams.get('kind')];
    asked.push(word);
    if (wanted === 'author' && defect === 'right') return answer(200, []);
    const found = books.filter(({ title }) => title.toLowerCase().includes(word.toLowerCase()));
    return answer(
      200,
      found.map(({ id, title }) => ({ kind: 'book', key: id, title })),
    );
  };
  expect([...new Set(await violatedBy(send, { operations }))]).toEqual(checks);
  expect(asked).toContain('Emma');
});
