import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { RunOptions } from '../run/options.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const properties = { id: { type: 'integer' }, name: { type: 'string' }, made: { type: 'string', format: 'date' } };
const query = (name: string, schema: JsonObject, description = '') => ({ name, in: 'query', description, schema });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/things': {
        get: {
          parameters: [
            query('sort', { type: 'string', pattern: '^(name|made),(asc|desc)$' }),
            query('madeAfter', { type: 'string', format: 'date' }),
          ],
          responses: {
            200: {
              description: 'x',
              content: { 'application/json': { schema: { type: 'array', items: { type: 'object', properties } } } },
            },
          },
        },
      },
    },
  }),
);

const rows = ['mu', 'beta', 'xi', 'eta', 'nu'].map((name, at) => ({
  id: at + 1,
  name,
  made: `20${10 + at}-03-0${at + 1}`,
}));

function answer(target: string, defect: string): Received {
  const asked = new URL(target, 'http://t').searchParams;
  const [member, way] = (asked.get('sort') ?? 'id,asc').split(',') as ['id' | 'name' | 'made', string];
  const after = defect === 'filter' ? '' : (asked.get('madeAfter') ?? '');
  const sign = way === 'desc' && defect !== 'sort' ? -1 : 1;
  const found = rows.filter(({ made }) => made > after).sort((a, b) => (a[member] < b[member] ? -sign : sign));
  return received(found);
}

function received(value: Json): Received {
  const body = new TextEncoder().encode(JSON.stringify(value));
  return { status: 200, headers: [['Content-Type', 'application/json']], raw: body, body, problems: [], duration: 1 };
}

it.each([
  ['', []],
  ['sort', ['sorted']],
  ['filter', ['filter-holds']],
])(
  'a way behind the member that a list is sorted by, and a filter by a date, are asked for: %j',
  async (defect, checks) => {
    const send = async ({ target }: { readonly target: string }) => answer(target, defect);
    expect([...new Set(await violatedBy(send, { operations }))]).toEqual(checks);
  },
);

it('an order that nobody has described may be refused', async () => {
  const schema = { type: 'array', items: { type: 'object', properties } };
  const responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
  const parameters = [query('sort', { type: 'array', items: { type: 'string' } }, 'Adds sort by field.')];
  const paths = { '/things': { get: { parameters, responses } } };
  const own = createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const send = async ({ target }: { readonly target: string }) =>
    target.includes('sort') ? { ...answer('/things', ''), status: 400 } : answer(target, '');
  expect(await violatedBy(send, { operations: own })).toEqual([]);
});

it.each([
  ['', []],
  ['desc', ['sorted']],
])('a way that is said by true and false is asked for: %j', async (defect, checks) => {
  const parameters = [query('sort', { type: 'string', enum: ['name'] }), query('desc', { type: 'boolean' })];
  const schema = { type: 'array', items: { type: 'object', properties } };
  const responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
  const paths = { '/things': { get: { parameters, responses } } };
  const own = createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const send = async ({ target }: { readonly target: string }) => {
    const asked = new URL(target, 'http://t').searchParams;
    const way = asked.get('desc') === 'true' && defect !== 'desc' ? 'desc' : 'asc';
    return answer(asked.has('sort') ? `/things?sort=${asked.get('sort')},${way}` : '/things', '');
  };
  expect([...new Set(await violatedBy(send, { operations: own }))]).toEqual(checks);
});

it.each([
  ['of the size that a request has by default', { maxResults: { type: 'integer', default: 2 } }, 5, []],
  ['that nobody asks for by size', { named: { type: 'string' } }, 5, ['total-right']],
])('a list that is asked for by a body need not be whole: one %s', async (_, members, total, checks) => {
  const things = { type: 'array', items: { type: 'object', properties } };
  const schema = { type: 'object', properties: { things, total: { type: 'integer' } } };
  const responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
  const requestBody = { content: { 'application/json': { schema: { type: 'object', properties: members } } } };
  const paths = { '/things/search': { post: { requestBody, responses } } };
  const own = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as JsonObject),
  );
  const send: RunOptions['send'] = async ({ body }) => {
    const { maxResults = 2 } = body === null ? {} : JSON.parse(new TextDecoder().decode(body));
    return received({ things: rows.slice(0, Math.min(2, maxResults)), total });
  };
  expect([...new Set(await violatedBy(send, { operations: own }))]).toEqual(checks);
});

it.each([
  ['heeded', []],
  ['ignored', ['filter-holds']],
])('a posted list is asked for what nothing has, whatever else is known to exist: %s', async (kind, checks) => {
  const text = { type: 'string' };
  const list = (properties: JsonObject) => ({
    200: {
      description: 'x',
      content: { 'application/json': { schema: { type: 'array', items: { type: 'object', properties } } } },
    },
  });
  const requestBody = {
    required: true,
    content: { 'application/json': { schema: { type: 'object', properties: { shopId: text } } } },
  };
  const id = { name: 'shopId', in: 'path', required: true, schema: text };
  const shop = list({ id: text, name: text });
  const paths = {
    '/shops': { get: { responses: shop } },
    '/shops/{shopId}': { parameters: [id], get: { responses: list({ id: text, name: text }) } },
    '/orders': { get: { responses: list({ id: text, shopId: text }) } },
    '/orders/search': { post: { requestBody, responses: list({ id: text, shopId: text }) } },
  };
  const own = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as JsonObject),
  );
  const orders = ['a', 'b', 'a', 'c'].map((shopId, at) => ({ id: `o${at}`, shopId }));
  const send: RunOptions['send'] = async ({ target, body }) => {
    const { shopId } = body === null ? {} : JSON.parse(new TextDecoder().decode(body));
    if (target.startsWith('/orders'))
      return received(orders.filter((one) => shopId === undefined || kind === 'ignored' || one.shopId === shopId));
    return received(['a', 'b', 'c'].map((one) => ({ id: one, name: `Shop ${one}` })));
  };
  expect([...new Set(await violatedBy(send, { operations: own, allowWrites: true }))]).toEqual(checks);
});

/** Each with what it does not take for the first characters of a name. */
const beginnings = {
  right: (name: string, asked: string) => name.startsWith(asked),
  'of any case': (name: string, asked: string) => name.toLowerCase().startsWith(asked.toLowerCase()),
  'of words': (name: string, asked: string) => name.split(' ').some((word) => word.startsWith(asked)),
  ignored: () => true,
  whole: (name: string, asked: string) => name === asked,
  ends: (name: string, asked: string) => name.endsWith(asked),
};

it.each([
  ['name_prefix', 'right', []],
  ['nameStartsWith', 'of any case', []],
  ['name__istartswith', 'of words', []],
  ['name_prefix', 'ignored', ['filter-holds']],
  ['filter[name][startsWith]', 'whole', ['filter-holds']],
  ['name_startswith', 'ends', ['filter-holds']],
] as const)('a list is asked for by how names begin: %s, %s', async (parameter, kind, checks) => {
  const schema = { type: 'array', items: { type: 'object', properties } };
  const responses = { 200: { description: 'x', content: { 'application/json': { schema } } } };
  const paths = { '/things': { get: { parameters: [query(parameter, { type: 'string' })], responses } } };
  const own = createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const named = ['Blue moon', 'Red blue', 'Blue sea', 'green'].map((name, at) => ({ id: at + 1, name }));
  const send = async ({ target }: { readonly target: string }) => {
    const asked = new URL(target, 'http://t').searchParams.get(parameter);
    return received(named.filter(({ name }) => asked === null || beginnings[kind](name, asked)));
  };
  expect([...new Set(await violatedBy(send, { operations: own }))]).toEqual(checks);
});

it.each([
  ['decimal', 'numbers', []],
  ['decimal', 'texts', ['sorted']],
  ['decimal', 'texts of one length', []],
  // What one of them writes is no number, so nothing says that they are.
  ['number', 'texts with another', []],
  [undefined, 'texts', []],
] as const)('texts of the format %s that are sorted as %s', async (format, kind, checks) => {
  const price = { type: 'string', ...(format && { format }) };
  const items = { type: 'object', properties: { id: { type: 'integer' }, price } };
  const responses = {
    200: { description: 'x', content: { 'application/json': { schema: { type: 'array', items } } } },
  };
  const parameters = [query('sort', { type: 'string', enum: ['price', '-price'] })];
  const paths = { '/things': { get: { parameters, responses } } };
  const own = createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const others = { 'texts of one length': ['20.00', '10.00', '15.00'], 'texts with another': ['9.5', '120.0', '0042'] };
  const prices = (others as Record<string, string[]>)[kind] ?? ['9.50', '120.00', '15.00'];
  const send = async ({ target }: { readonly target: string }) => {
    const sort = new URL(target, 'http://t').searchParams.get('sort');
    const sign = sort?.startsWith('-') ? -1 : 1;
    const compare = kind === 'numbers' ? (a: string, b: string) => Number(a) - Number(b) : undefined;
    const sorted = sort === null ? prices : prices.toSorted(compare);
    return received((sign < 0 ? sorted.toReversed() : sorted).map((each, at) => ({ id: at, price: each })));
  };
  expect([...new Set(await violatedBy(send, { operations: own }))]).toEqual(checks);
});

it.each([
  ['as the document lists them', ['low', 'medium', 'high'], []],
  ['as texts', ['high', 'low', 'medium'], []],
  ['in no order', ['high', 'medium', 'low', 'medium'], ['sorted']],
])('what can be only a few values is sorted %s', async (_, order, checks) => {
  const priority = { type: 'string', enum: ['low', 'medium', 'high'] };
  const items = { type: 'object', properties: { id: { type: 'integer' }, priority } };
  const responses = {
    200: { description: 'x', content: { 'application/json': { schema: { type: 'array', items } } } },
  };
  const parameters = [query('sort', { type: 'string', enum: ['priority', '-priority'] })];
  const paths = { '/things': { get: { parameters, responses } } };
  const own = createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const send = async ({ target }: { readonly target: string }) => {
    const isFalling = new URL(target, 'http://t').searchParams.get('sort')?.startsWith('-');
    const sorted = isFalling ? order.toReversed() : order;
    return received(sorted.map((each, at) => ({ id: at, priority: each })));
  };
  expect([...new Set(await violatedBy(send, { operations: own }))]).toEqual(checks);
});

it.each([
  ['heeded', []],
  ['refused', []],
  ['ignored', ['filter-holds']],
  ['inverted', ['filter-holds']],
  ['counted one more', ['total-right']],
])('a list of OData is asked by an expression, and for its count: %s', async (kind, checks) => {
  const value = { type: 'array', items: { type: 'object', properties } };
  const schema = { type: 'object', properties: { value, '@odata.count': { type: 'integer' } } };
  const responses = {
    200: { description: 'x', content: { 'application/json': { schema } } },
    400: { description: 'x' },
  };
  const parameters = [
    query('$filter', { type: 'string' }),
    query('$count', { type: 'boolean' }),
    query('$top', { type: 'integer', minimum: 0 }),
    query('$skip', { type: 'integer', minimum: 0 }),
  ];
  const paths = { '/things': { get: { parameters, responses } } };
  const own = createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
  const send = async ({ target }: { readonly target: string }) => {
    const asked = new URL(target, 'http://t').searchParams;
    const [, name, text] = /^(\w+) eq (.+)$/.exec(asked.get('$filter') ?? '') ?? [];
    if (name !== undefined && kind === 'refused') return { ...received([]), status: 400 };
    const isIn = (row: (typeof rows)[number]) => String(row[name as 'id' | 'name']) === text?.replaceAll("'", '');
    const found = rows.filter((row) => name === undefined || kind === 'ignored' || isIn(row) !== (kind === 'inverted'));
    const skip = Number(asked.get('$skip') ?? 0);
    const page = found.slice(skip, skip + Number(asked.get('$top') ?? 20));
    const count = found.length + (kind === 'counted one more' ? 1 : 0);
    return received({ value: page, ...(asked.get('$count') === 'true' && { '@odata.count': count }) });
  };
  expect([...new Set(await violatedBy(send, { operations: own }))]).toEqual(checks);
});
