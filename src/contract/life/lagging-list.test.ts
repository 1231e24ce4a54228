import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { foundOf } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const memo = { type: 'object', required: ['id', 'title'], properties: { id: { type: 'integer' }, title: text } };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const sent = {
  requestBody: { required: true, ...json({ type: 'object', required: ['title'], properties: { title: text } }) },
};
const gives = (status: number, schema: JsonObject) => ({
  responses: { [status]: { description: 'x', ...json(schema) }, 404: { description: 'x' } },
});
const page = {
  type: 'object',
  required: ['data', 'links'],
  properties: {
    data: { type: 'array', items: memo },
    links: { type: 'object', properties: { next: { type: ['string', 'null'] } } },
  },
};
const asked = (name: string, most: number, usual: number) => ({
  name,
  in: 'query',
  schema: { type: 'integer', minimum: 1, maximum: most, default: usual },
});
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/memos': {
        get: { parameters: [asked('page', 1000, 1), asked('size', 100, 25)], ...gives(200, page) },
        post: { ...sent, ...gives(201, memo) },
      },
      '/memos/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: gives(200, memo),
        patch: { ...sent, ...gives(200, memo) },
        delete: { responses: { 204: { description: 'x' }, 404: { description: 'x' } } },
      },
    },
  }),
);

/**
 * The newest first, as they were so many requests ago.
 * @param late in so many further lists is shown what was deleted
 */
function server(lag: number, isBroken: boolean, late: number) {
  const rows = new Map<number, JsonObject>();
  for (let id = 1; id <= 14; id++) rows.set(id, { id, title: `Memo ${id}` });
  const states: JsonObject[][] = [];
  const ghosts: { readonly row: JsonObject; left: number }[] = [];
  let next = 100;
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    const id = Number(pathname.split('/')[2]);
    states.push([...rows.values()].reverse());
    const row = body && JSON.parse(new TextDecoder().decode(body));
    if (method === 'POST') {
      rows.set(next, { ...row, id: next });
      return answer(201, rows.get(next++));
    }
    if (Number.isNaN(id)) {
      const [at, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('size') ?? 25)];
      const shown = ghosts.filter((ghost) => ghost.left-- > 0).map(({ row: gone }) => gone);
      const all = [...shown, ...(states.at(-lag - 1) ?? states[0] ?? [])];
      const links = { next: at * size < all.length ? `/memos?size=${size}&page=${at + (isBroken ? 2 : 1)}` : null };
      return answer(200, { data: all.slice((at - 1) * size, at * size), links });
    }
    if (!rows.has(id)) return answer(404);
    if (method === 'DELETE') {
      ghosts.push({ row: rows.get(id) ?? {}, left: late });
      rows.delete(id);
    }
    if (method === 'PATCH') rows.set(id, { ...rows.get(id), ...row });
    return method === 'DELETE' ? answer(204) : answer(200, rows.get(id));
  };
}

const found = async (lag: number, isBroken = false, late = 0) =>
  (await foundOf(server(lag, isBroken, late), { operations, allowWrites: true }))
    .filter(({ severity }) => severity === 'violation')
    .map(({ check, message }) => `${check}: ${message}`);

it.each([0, 2, 4, 6])('accuses no server whose list shows what was there %s requests ago', async (lag) => {
  expect(await found(lag)).toEqual([]);
});

it.each([1, 2, 3])('accuses no server whose list shows %s times more what was deleted', async (late) => {
  expect(await found(0, false, late)).toEqual([]);
});

it('accuses one whose next page is another', async () => {
  expect((await found(0, true)).map((each) => each.split(':')[0])).toContain('pages-whole');
});
