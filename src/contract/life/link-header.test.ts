import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const pages = 'The next page, `rel="next"` (RFC 8288).';
const query = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const pin = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };

const operationsWith = (description: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Pins', version: '1' },
      paths: {
        '/pins': {
          get: {
            parameters: [
              query('page', { type: 'integer', minimum: 1, default: 1 }),
              query('per_page', { type: 'integer', minimum: 1, maximum: 50, default: 20 }),
            ],
            responses: {
              200: {
                description: 'x',
                headers: { Link: { description, schema: { type: 'string' } } },
                content: { 'application/json': { schema: { type: 'array', items: pin } } },
              },
            },
          },
        },
        '/pins/{id}': {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: { 200: { description: 'x', content: { 'application/json': { schema: pin } } } },
          },
        },
      },
    }),
  );

/** Many pins, in pages, right but for one defect. */
function server(defect: string) {
  const rows = Array.from({ length: 70 }, (_, index) => ({ id: index + 1 }));
  return async ({ target }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://pins');
    const [, kind, id] = pathname.split('/');
    if (kind !== 'pins') return answer(404, {});
    if (id !== undefined) return answer(rows[Number(id) - 1] ? 200 : 404, rows[Number(id) - 1] ?? {});
    const [page, size] = [Number(searchParams.get('page') ?? 1), Number(searchParams.get('per_page') ?? 20)];
    const from = (page - 1) * size + (defect === 'skips' && page > 1 ? 1 : 0);
    const shown = rows.slice(from, from + size);
    if (from + size >= rows.length || defect === 'missing') return answer(200, shown);
    const next = `http://pins/${defect === 'elsewhere' ? 'needles' : 'pins'}?page=${page + 1}&per_page=${size}`;
    return answer(200, shown, ['Link', `<${next}>; rel="next"`]);
  };
}

it.each<[string, string, string[]]>([
  ['none', pages, []],
  ['missing', pages, ['total-right']],
  // Nothing says that it is for pages.
  ['missing', 'Who made it.', []],
  ['skips', pages, ['pages-whole']],
  ['elsewhere', pages, ['accepts-valid']],
])('a list whose `Link` leads to the next page: %s', async (defect, description, checks) => {
  const found = await violatedBy(server(defect), { operations: operationsWith(description) });
  expect([...new Set(found)]).toEqual(checks);
});
