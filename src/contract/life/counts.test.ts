import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { foundOf } from './library/violated.js';

const integer = { type: 'integer' };
const name = { type: 'string', minLength: 1 };
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
const as = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const json = (schema: JsonObject) => ({ description: 'x', ...as(schema) });
const category = object(
  { id: integer, name, productCount: { ...integer, readOnly: true } },
  'id',
  'name',
  'productCount',
);
const product = object({ id: integer, name, categoryId: { type: ['integer', 'null'] } }, 'id', 'name');
const sent = (schema: JsonObject) => ({ requestBody: { required: true, ...as(schema) } });
const refusals = Object.fromEntries([400, 404].map((status) => [status, json({})]));
const things = (shown: JsonObject, taken: JsonObject): JsonObject => ({
  get: { responses: { 200: json({ type: 'array', items: shown }) } },
  post: { ...sent(taken), responses: { 201: json(shown), ...refusals } },
});
const thing = (shown: JsonObject): JsonObject => ({
  parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
  get: { responses: { 200: json(shown), ...refusals } },
  delete: { responses: { 204: { description: 'x' }, ...refusals } },
});
const operationsWith = (categoryId: JsonObject, ...required: string[]) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/categories': things(category, object({ name }, 'name')),
        '/categories/{id}': thing(category),
        '/products': things(product, object({ name, categoryId }, 'name', ...required)),
        '/products/{id}': thing(product),
      },
    } as JsonObject),
  );

function shop(kind: string) {
  const all = { categories: new Map<number, JsonObject>(), products: new Map<number, JsonObject>() };
  const ever: JsonObject[] = [];
  let next = 1;
  const add = (rows: Map<number, JsonObject>, row: JsonObject) => {
    const made = { id: next++, ...row };
    rows.set(made.id, made);
    ever.push(made);
    return made;
  };
  add(all.categories, { name: 'tools' });
  add(all.products, { name: 'anvil', categoryId: 1 });
  const countOf = ({ id }: JsonObject): number => {
    if (kind === 'says none') return 0;
    return (kind === 'never falls' ? ever : [...all.products.values()]).filter((row) => row.categoryId === id).length;
  };
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const [, path, key] = /^\/(categories|products)(?:\/(\d+))?$/.exec(target) ?? [];
    if (path === undefined) return answer(404, {});
    const rows = all[path as keyof typeof all];
    const shown = (row: JsonObject): JsonObject =>
      path === 'categories' ? { ...row, productCount: countOf(row) } : row;
    if (method === 'POST')
      return answer(201, shown(add(rows, JSON.parse(new TextDecoder().decode(body ?? undefined)))));
    if (key === undefined) return answer(200, [...rows.values()].map(shown));
    const row = rows.get(Number(key));
    if (row === undefined) return answer(404, {});
    if (method === 'DELETE') rows.delete(Number(key));
    return method === 'DELETE' ? answer(204) : answer(200, shown(row));
  };
}

it.each([
  ['counts', []],
  ['says none', ['"productCount" is not raised']],
  ['never falls', ['"productCount" is not lowered']],
])(
  'what need not name the thing that counts it is counted, and no longer when it has been deleted: %s',
  async (kind, said) => {
    const findings = await foundOf(shop(kind), { operations: operationsWith(integer), allowWrites: true });
    const violations = findings.filter(({ severity }) => severity === 'violation').map(({ message }) => message);
    expect(
      violations.map((message) => `"productCount" is not ${/lowered/.test(message) ? 'lowered' : 'raised'}`),
    ).toEqual(said);
  },
);

it('what shows another key than the one that was sent counts as it will', async () => {
  const usual = shop('counts');
  const send = async (request: HttpRequest): Promise<Received> =>
    request.target === '/categories/99' ? answer(200, { id: 1, name: 'tools', productCount: 7 }) : usual(request);
  const operations = operationsWith({ type: 'integer', minimum: 99, maximum: 99 }, 'categoryId');
  const findings = await foundOf(send, { operations, allowWrites: true });
  expect(findings.filter(({ severity }) => severity === 'violation').map(({ message }) => message)).toEqual([]);
});
