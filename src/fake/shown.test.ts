import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createFaker, type GenerateOptions } from './index.js';

function made(schema: Json, options: Partial<GenerateOptions> = {}): Json {
  const root = {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {},
    components: { schemas: { Subject: schema } },
  };
  const schemas = createSchemas(documentFromObject(root));
  const compiled = schemas.at('/components/schemas/Subject', 'response');
  const result = createFaker(schemas).generate(compiled, { seed: 1, ...options });
  if (!result.ok) throw new Error(result.problem.message);
  expect(compiled.accepts(result.value)).toBe(true);
  return result.value;
}

const list = (items: Json, count = 6): Json => ({ type: 'array', items, minItems: count, maxItems: count });

describe('what the author shows', () => {
  it.each<[string, JsonObject, Json]>([
    ['an example', { type: 'integer', format: 'int32', example: 7 }, 7],
    ['an example, though there is a format', { type: 'string', format: 'email', example: 'ada@ex.org' }, 'ada@ex.org'],
    ['an example, though there is a name', { type: 'string', example: 'November' }, 'November'],
    ['an example of an enum', { enum: ['a', 'b', 'c', 'd'], example: 'c' }, 'c'],
    ['the first of several examples', { type: 'string', examples: ['x', 'y'] }, 'x'],
    ['a default', { type: 'integer', default: 25 }, 25],
    ['an example before a default', { type: 'string', default: 'a', example: 'b' }, 'b'],
    ['a const before an example', { const: 'a', example: 'b' }, 'a'],
    ['a number that was written as text', { type: 'integer', example: '42' }, 42],
    ['a text that was written as a number', { type: 'string', example: 42 }, '42'],
    ['JSON that was written as text', { type: 'object', example: '{"a":1}' }, { a: 1 }],
    ['a whole array', { type: 'array', items: { type: 'string' }, example: ['p', 'q'] }, ['p', 'q']],
    ['one item in place of an array', { type: 'array', items: { type: 'string' }, example: 'p' }, ['p']],
    [
      'a null that is no example',
      { type: ['string', 'null'], default: null, minLength: 1, maxLength: 1, enum: ['z', null], example: 'z' },
      'z',
    ],
  ])('is shown: %s', (_, schema, expected) => {
    const member = made({ type: 'object', properties: { name: schema }, required: ['name'] }) as JsonObject;
    expect(member.name).toEqual(expected);
  });

  it('is not shown where it is not valid, nor where x-faker stands beside it', () => {
    expect(made({ type: 'integer', maximum: 5, example: 7 })).toBeLessThanOrEqual(5);
    expect(made({ type: 'string', format: 'date', example: 'soon' })).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(made({ type: 'string', 'x-faker': { 'helpers.arrayElement': [['q']] }, example: 'p' })).toBe('q');
  });

  it('is a number in further rows where it is one that a thing is called by, and a colour stays one', () => {
    const order = {
      type: 'object',
      required: ['name', 'email', 'color'],
      properties: {
        name: { type: 'string', example: '#1001' },
        email: { type: 'string', format: 'email' },
        color: { type: 'string', example: '#112233' },
      },
    };
    const [first, ...others] = made(list(order)) as JsonObject[];
    expect(first).toMatchObject({ name: '#1001', color: '#112233' });
    for (const { name, color } of others) {
      expect(name).toMatch(/^#[1-9]\d{3}$/);
      expect(color).not.toMatch(/^#\d{6}$/);
    }
  });

  it('is shown in further rows too of an object of which no member is declared', () => {
    const map = { type: 'object', additionalProperties: true, example: { isFast: true } };
    const rows = made(list({ type: 'object', required: ['options'], properties: { options: map } })) as JsonObject[];
    for (const { options } of rows) expect(options).toEqual({ isFast: true });
  });

  it('is shown of items: one after the other where several are', () => {
    const schema = list({ type: 'string', examples: ['a', 'b'] }, 2);
    expect(made(schema)).toEqual(['a', 'b']);
    expect(made(list({ type: 'string', example: ['a', 'b'] }, 1))).toEqual(['a']);
  });

  it('is all of an object that is shown once, with no member more than it has and has to have', () => {
    const example = { id: 5, tags: [], owner: { name: 'Ada' }, extra: { a: [1, 2] } };
    const schema: Json = {
      type: 'object',
      required: ['id', 'name'],
      properties: {
        id: { type: 'integer' },
        name: { type: 'string' },
        note: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        owner: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } } },
      },
      example,
    };
    expect(made(schema)).toEqual({ ...example, name: expect.any(String) });
  });

  it('is the branch of a union that it is valid under', () => {
    const branch = (kind: string): Json => ({
      type: 'object',
      required: ['kind', 'value'],
      properties: { kind: { const: kind }, value: { type: 'integer' } },
    });
    const example = { kind: 'c', value: 3 };
    expect(made({ oneOf: ['a', 'b', 'c', 'd'].map(branch), example })).toEqual(example);
  });

  it.each(['2025-10-15T13:51:59.952Z', '2025-10-15 13:51', '2025-10-15', '2025-10-15T13:51:59+02:00'])(
    'is a moment of the same form in further rows, also where nothing says so but %s itself',
    (example) => {
      const [first, ...others] = made(list({ type: 'string', example })) as string[];
      expect(first).toBe(example);
      for (const other of others) {
        expect(other).not.toBe(example);
        expect([other.replaceAll(/\d/g, '0'), Number.isNaN(Date.parse(other))]).toEqual([
          example.replaceAll(/\d/g, '0'),
          false,
        ]);
        expect(other.slice(19)).toBe(example.slice(19));
      }
    },
  );

  it('is the first row of a list, and the others differ in keys, dates and e-mails', () => {
    const example = {
      id: 'cus_9s6XKzkNRiz8i3',
      number: 1042,
      email: 'ada@example.org',
      created_at: '2020-02-02T02:02:02Z',
      plan: 'startup yearly',
    };
    const schema: Json = {
      type: 'object',
      required: Object.keys(example),
      properties: Object.fromEntries(
        Object.entries(example).map(([name, shown]) => [
          name,
          {
            type: typeof shown === 'number' ? 'integer' : 'string',
            ...(name === 'email' ? { format: 'email' } : name === 'created_at' ? { format: 'date-time' } : {}),
            example: shown,
          },
        ]),
      ),
    };
    const rows = made(list(schema)) as JsonObject[];
    expect(rows[0]).toEqual(example);
    for (const name of ['id', 'number', 'email', 'created_at']) {
      expect(new Set(rows.map((row) => row[name])).size).toBe(rows.length);
    }
    expect(rows.filter(({ id }) => !/^cus_\w{14}$/.test(String(id)))).toEqual([]);
    expect(rows.filter(({ number }) => Number(number) < 1000 || Number(number) > 9999)).toEqual([]);
    expect(made(schema, { row: 3 })).toMatchObject({ id: expect.not.stringMatching(example.id) });
  });

  it('is like in further rows: a year near to it, a share that is none above the whole, a version of as many numbers', () => {
    const properties: Json = {
      year: { type: 'integer', example: 2020 },
      battery_level: { type: 'integer', example: 90 },
      version: { type: 'string', example: '2016.07.13-Loader_for_disks' },
    };
    const item = { type: 'object', required: Object.keys(properties as JsonObject), properties };
    for (const row of made(list(item, 20)) as JsonObject[]) {
      expect(Math.abs(Number(row.year) - 2020)).toBeLessThan(10);
      expect(Number(row.battery_level)).toBeLessThanOrEqual(100);
      expect(row.version).toMatch(/^2016\.07\.\d\d-Loader_for_disks$/);
    }
  });

  it('are values and their labels in the same order', () => {
    const values = ['db-25', 'rj-45', 'usb-c', 'usb-a', 'lc', 'sc'];
    const labels = values.map((value) => value.toUpperCase());
    const item = {
      type: 'object',
      required: ['label', 'value'],
      properties: { label: { type: 'string', enum: labels }, value: { type: 'string', enum: values } },
    };
    for (const { label, value } of made(list(item, 12)) as JsonObject[])
      expect(label).toBe(String(value).toUpperCase());
  });

  it('end where a list of nothing but null is shown in a schema that contains itself', () => {
    const node: Json = {
      type: 'object',
      required: ['name', 'children'],
      properties: {
        name: { type: 'string' },
        children: { type: ['array', 'null'], items: { $ref: '#/components/schemas/Subject' } },
      },
      example: { name: 'name', children: [null, null] },
    };
    for (let seed = 1; seed <= 5; seed++) expect(JSON.stringify(made(node, { seed })).length).toBeLessThan(1000);
  });
});
