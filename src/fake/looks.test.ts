import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json, JsonObject } from '../text/value.js';
import type { DataDemand } from './demand.js';
import { createFaker, type FakerOptions } from './index.js';

const draws = 25;

/** Values of an object with these members, all of them there, for several seeds. */
function rowsOf(
  properties: JsonObject,
  { title = 'Subject', data, ...options }: FakerOptions & { title?: string; data?: DataDemand } = {},
) {
  const root = {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {},
    components: { schemas: { [title]: { type: 'object', properties, required: Object.keys(properties) } } },
  };
  const schemas = createSchemas(documentFromObject(root));
  const faker = createFaker(schemas, options);
  const schema = schemas.at(`/components/schemas/${title}`, 'response');
  return Array.from({ length: draws }, (_, seed) => {
    const result = faker.generate(schema, { seed, ...(data && { data }) });
    if (!result.ok) throw new Error(result.problem.message);
    return result.value as JsonObject;
  });
}

const valuesOf = (name: string, schema: Json, beside: JsonObject = {}, title = 'Subject'): Json[] =>
  rowsOf({ [name]: schema, ...beside }, { title }).map((row) => row[name] as Json);

it('counts things in whole numbers, whatever numbers may be there', () => {
  for (const value of valuesOf('totalLocalVideos', { type: 'number' })) expect(value).toSatisfy(Number.isInteger);
});

it('chooses each of a few values once, as far as there may be fewer', () => {
  const amenities = (bounds: JsonObject): Json => ({ type: 'array', items: { enum: ['wifi', 'desk'] }, ...bounds });
  const lists = valuesOf('amenities', amenities({})) as Json[][];
  for (const list of lists) expect(new Set(list).size).toBe(list.length);
  expect(new Set(lists.map((list) => list.length))).toEqual(new Set([1, 2]));
  for (const list of valuesOf('amenities', amenities({ minItems: 3 })) as Json[][]) expect(list.length).toBe(3);
  const shown = { ...(amenities({}) as JsonObject), example: ['desk', 'desk'] };
  expect(valuesOf('amenities', shown)).toContainEqual(['desk', 'desk']);
});

it('takes what is paid for a time for a price, and no share', () => {
  for (const value of valuesOf('hourly_rate', { type: 'number' })) expect(value).toBeGreaterThanOrEqual(10);
  for (const value of valuesOf('success_rate', { type: 'number' })) expect(value).toBeLessThanOrEqual(1);
});

describe('a number', () => {
  const integer: Json = { type: 'integer' };
  const number: Json = { type: 'number' };
  it.each<[string, Json, number, number]>([
    ['anything', integer, 1, 100],
    ['anything', { type: 'integer', format: 'int32' }, 1, 100],
    ['anything', { type: 'integer', minimum: -2147483648, maximum: 2147483647 }, 1, 100],
    ['anything', { type: 'integer', minimum: 0, maximum: 4294967295 }, 1, 100],
    ['anything', { type: 'integer', minimum: -1 }, 1, 100],
    ['anything', { type: 'integer', minimum: -5, maximum: -1 }, -5, -1],
    ['anything', { type: 'integer', minimum: 5000 }, 5000, 10_000],
    ['exp_month', integer, 1, 12],
    ['exp_year', integer, 2026, 2030],
    ['last4', integer, 1000, 9999],
    ['age', { type: 'integer', minimum: 0, maximum: 150 }, 18, 80],
    ['averageRating', number, 1, 5],
    ['discount_percentage', number, 0, 100],
    ['popularity', integer, 0, 100],
    ['latitude', number, -90, 90],
    ['year', integer, 1900, 2025],
    ['publishedDay', integer, 1, 31],
    ['yearOfBirth', integer, 1900, 2025],
    ['monthOfDeath', integer, 1, 12],
    ['port', { type: 'integer', minimum: 1, maximum: 65535 }, 1024, 49_151],
    ['unitPrice', number, 1, 500],
    ['quantity', { type: 'integer', format: 'int64' }, 1, 10],
    ['page', integer, 1, 10],
  ])('%s %j is from %d to %d', (name, schema, least, most) => {
    for (const value of valuesOf(name, schema)) {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
  });

  it('of a moment counts seconds since 1970, or milliseconds where that is said', () => {
    const now = Date.parse('2025-01-15T09:30:00Z');
    for (const created of valuesOf('created', integer)) expect(created).toBeLessThan(now / 1000);
    for (const expires of valuesOf('expires_at', integer)) expect(expires).toBeGreaterThan(now / 1000);
    const milliseconds = { type: 'integer', description: 'Unix time in milliseconds' };
    for (const updated of valuesOf('updatedAt', milliseconds)) {
      expect(updated).toBeGreaterThan(now - 400 * 24 * 3600 * 1000);
      expect(updated).toBeLessThan(now);
    }
  });

  it('means what stands beside it', () => {
    const image = valuesOf('width', integer, { url: { type: 'string' }, height: integer });
    expect(Math.min(...image.map(Number))).toBeGreaterThanOrEqual(320);
    const address = (beside: JsonObject) => valuesOf('address', { type: 'string' }, beside).map(String);
    expect(address({ chain_id: integer }).every((one) => /^0x[\da-f]{40}$/.test(one))).toBe(true);
    expect(address({ hotel_chain: { type: 'string' } }).some((one) => one.startsWith('0x'))).toBe(false);
  });
});

describe('a string', () => {
  it.each<[string, RegExp, string?]>([
    ['last4', /^\d{4}$/],
    ['gender', /^(female|male|non-binary)$/],
    ['iban', /^[A-Z]{2}\d\d[A-Z\d]+$/],
    ['backgroundColor', /^#[\da-f]{6}$/],
    ['countryCode', /^[A-Z]{2}$/],
    ['timeZone', /^[A-Z][A-Za-z]+\//],
    ['date_created', /^\d{4}-\d\d-\d\dT/],
    ['currency', /^[A-Z]{3}$/],
    ['createdBy', /^[A-Z].* .+/],
    ['recipient_name', /^[A-Z].* .+/],
    ['artist', /^[A-Z].* .+/],
    ['name', /^[A-Z].* .+/, 'BillingDetails'],
    ['jobTitle', /^[A-Z]/],
    ['phoneNumber', /^\+\d+$/],
    ['price', /^\d+\.\d\d$/],
    ['age', /^\d\d$/],
    ['description', /^[A-Z][a-z]* .* .*\.$/],
    ['expires_at', /^2025-\d\d-\d\dT/],
    ['lastSeen', /^202[45]-\d\d-\d\dT/],
    ['object', /^payment_method$/, 'PaymentMethod'],
    ['signer_address', /^0x[\da-f]{40}$/],
    ['address', /^0x[\da-f]{40}$/, 'Wallet'],
    ['email_address', /^\S+@example\.\w+$/],
    ['avatar_url', /^data:image\/svg\+xml,/],
    ['self', /^(?!\w+ \w+$)/],
  ])('%s is like %s', (name, look, title) => {
    const values = valuesOf(name, { type: 'string' }, {}, title);
    expect(values.filter((value) => !look.test(String(value)))).toEqual([]);
  });

  it('in a list means one of what the list is called after', () => {
    const strings: Json = { type: 'array', items: { type: 'string' }, minItems: 1 };
    const [row] = rowsOf({ recipients: strings, available_markets: strings, scopes: strings, memberIds: strings });
    const first = (name: string): string => (row as Record<string, string[]>)[name]?.[0] ?? '';
    expect(first('recipients')).toMatch(/^\S+@example\.\w+$/);
    expect(first('available_markets')).toMatch(/^[A-Z]{2}$/);
    expect(first('scopes')).toMatch(/^[a-z:]+$/);
    expect(first('memberIds')).toMatch(/^[a-z\d]{12}$/);
  });

  it('that is a key or the thing itself is the key, unless all is asked for', () => {
    const thing: Json = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
    const either = { owner: { anyOf: [thing, { type: 'string', maxLength: 50 }] } };
    const kindsOf = (rows: JsonObject[]) => new Set(rows.map(({ owner }) => typeof owner));
    expect(kindsOf(rowsOf(either))).toEqual(new Set(['string']));
    expect(kindsOf(rowsOf(either, { data: 'maximal' })).has('object')).toBe(true);
    // A text beside an object that has no key names nothing.
    const content = { owner: { anyOf: [{ type: 'object' }, { type: 'string' }] } };
    expect(kindsOf(rowsOf(content))).toEqual(new Set(['string', 'object']));
  });

  it('of which nothing is known is one word, never an adjective and a noun', () => {
    const values = ['zorb', 'qux', 'alpha3x'].flatMap((name) => valuesOf(name, { type: 'string' }));
    expect(values.filter((value) => !/^[a-z]+$/.test(String(value)))).toEqual([]);
  });

  it('names a product only where one is sold', () => {
    expect(
      valuesOf('name', { type: 'string' }, {}, 'Product').every((name) => String(name).split(' ').length > 2),
    ).toBe(true);
    expect(
      valuesOf('name', { type: 'string' }, {}, 'Survey').every((name) => String(name).split(' ').length === 2),
    ).toBe(true);
  });
});

describe('moments of one thing', () => {
  const names = ['created_at', 'started_at', 'ended_at', 'updated_at', 'deleted_at', 'expires_at'];
  it.each<[string, Json]>([
    ['texts', { type: 'string', format: 'date-time' }],
    ['days', { type: 'string', format: 'date' }],
    ['numbers', { type: 'integer' }],
  ])('follow each other as %s', (_, schema) => {
    for (const row of rowsOf(Object.fromEntries(names.map((name) => [name, schema])))) {
      const values = names.map((name) => row[name] as string);
      expect(values).toEqual([...values].sort());
    }
  });

  it('lie around the present that is set, by which alone they differ', () => {
    const schema: Json = { type: 'string', format: 'date-time' };
    const at = (now: string) => rowsOf({ created_at: schema, due_date: schema }, { now: new Date(now) });
    for (const { created_at, due_date } of at('2031-05-05T00:00:00Z')) {
      expect(String(created_at)).toMatch(/^203[01]/);
      expect(String(created_at) < '2031-05-05').toBe(true);
      expect(String(due_date) > '2031-05-05').toBe(true);
    }
    expect(at('2031-05-05T00:00:00Z')).toEqual(at('2031-05-05T00:00:00Z'));
  });
});
