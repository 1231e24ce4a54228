import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string' };
const id = { type: 'integer' };
const thing = { type: 'object', properties: { id, name: text } };
const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/things': {
        get: {
          parameters: [
            { name: 'page_size', in: 'query', schema: id },
            { name: 'page_token', in: 'query', schema: text },
          ],
          responses: {
            200: json({ type: 'object', properties: { next: text, things: { type: 'array', items: thing } } }),
          },
        },
      },
      '/things/{id}': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
          responses: { 200: json(thing) },
        },
      },
    },
  }),
);

const rows = Array.from({ length: 8 }, (_, at) => ({ id: at + 1, name: `Thing ${at}` }));

it.each([
  ['an address', 'http://api.example.org/v2/things?page_token='],
  ['a path', '/v2/things?page_size=2&page_token='],
  ['a token', ''],
])('%s of the next page leads to it, where nothing says which of these it is', async (_name, before) => {
  const tokens: (string | null)[] = [];
  const send = async ({ target }: HttpRequest) => {
    const { pathname, searchParams: asked } = new URL(target, 'http://t');
    const row = rows.find((each) => pathname === `/things/${each.id}`);
    if (pathname !== '/things') return answer(row ? 200 : 404, row ?? {});
    const token = asked.get('page_token');
    tokens.push(token);
    const from = Number(token?.replace(/^at/, '') ?? 0) || 0;
    const to = from + (Number(asked.get('page_size') ?? rows.length) || rows.length);
    const next = to < rows.length ? { next: `${before}at${to}` } : {};
    return answer(200, { ...next, things: rows.slice(from, to) });
  };
  expect(await violatedBy(send, { operations })).toEqual([]);
  expect(tokens).toContain('at3');
});
