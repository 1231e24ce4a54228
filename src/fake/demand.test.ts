import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createFaker, type DataDemand, dataDemands, type FakerOptions } from './index.js';

const order: Json = {
  type: 'object',
  required: ['id', 'title'],
  properties: {
    id: { type: 'string', example: 'ord_1042' },
    title: { type: 'string', maxLength: 200, example: 'Two chairs' },
    code: { type: 'string', pattern: '^[A-Z]{3}$' },
    description: { type: 'string' },
    customer: { type: 'object', properties: { name: { type: 'string' }, vip: { type: ['boolean', 'null'] } } },
    tags: { type: 'array', maxItems: 4, items: { type: 'string' } },
  },
};
const page: Json = {
  type: 'object',
  required: ['data', 'total'],
  properties: { data: { type: 'array', items: order }, total: { type: 'integer', example: 7 } },
};

function made(data: DataDemand | undefined, schema: Json = page, options: FakerOptions = {}): JsonObject {
  const root = {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {},
    components: { schemas: { Page: schema } },
  };
  const schemas = createSchemas(documentFromObject(root));
  const compiled = schemas.at('/components/schemas/Page', 'response');
  const result = createFaker(schemas, options).generate(compiled, { seed: 1, ...(data && { data }) });
  if (!result.ok) throw new Error(result.problem.message);
  expect(compiled.accepts(result.value)).toBe(true);
  return result.value as JsonObject;
}

const rowsOf = (data: DataDemand): JsonObject[] => made(data).data as JsonObject[];

describe('data on demand', () => {
  it('that is empty has no items, and says so', () => {
    expect(made('empty')).toEqual({ data: [], total: 0 });
  });

  it('that is minimal has what is required alone', () => {
    expect(made('minimal', order)).toEqual({ id: 'ord_1042', title: 'Two chairs' });
  });

  it('that is maximal has every member, full lists and no null', () => {
    for (const row of rowsOf('maximal')) {
      expect(Object.keys(row)).toEqual(Object.keys((order as { properties: object }).properties));
      expect(row.tags).toHaveLength(4);
      expect(row.customer).toMatchObject({ vip: expect.any(Boolean) });
    }
    expect(rowsOf('maximal')).toHaveLength(5);
  });

  it('that is many has a hundred items in the outer list, each with a key of its own, and few inside', () => {
    const rows = rowsOf('many');
    expect(made('many').total).toBe(100);
    expect(new Set(rows.map(({ id }) => id)).size).toBeGreaterThan(90);
    expect(Math.max(...rows.map(({ tags }) => (tags as Json[] | undefined)?.length ?? 0))).toBeLessThanOrEqual(4);
  });

  it.each<[DataDemand, RegExp]>([
    ['long', /^.{100,200}$/],
    ['unicode', /[^ -~]/],
    ['rtl', /[\u0590-\u06ff]/],
  ])('that is %s changes texts, and neither keys nor what has a pattern', (data, look) => {
    for (const { id, title, code, customer } of rowsOf(data)) {
      expect(title).toMatch(look);
      expect((customer as JsonObject).name).toMatch(look);
      expect(id).toMatch(/^ord_\d{4}$/);
      expect(code).toMatch(/^[A-Z]{3}$/);
    }
  });

  it('keeps to what the schema demands, and is given up where nothing is valid so', () => {
    const narrow: Json = {
      type: 'object',
      required: ['list', 'text'],
      properties: {
        list: { type: 'array', minItems: 2, maxItems: 3, items: { enum: ['a', 'b'] } },
        text: { type: 'string', minLength: 2, maxLength: 3 },
      },
    };
    for (const data of Object.keys(dataDemands) as DataDemand[])
      expect(Object.keys(made(data, narrow))).toHaveLength(2);
    expect(made('many', narrow).list).toHaveLength(3);
    expect(made('empty', narrow).list).toHaveLength(2);
  });
});

describe('another language', () => {
  it('has its own names, and no others where it is not asked for', async () => {
    const { faker: german } = await import('@faker-js/faker/locale/de');
    const schema: Json = {
      type: 'object',
      required: ['postalCode', 'city', 'description'],
      properties: { postalCode: { type: 'string' }, city: { type: 'string' }, description: { type: 'string' } },
    };
    const english = made(undefined, schema);
    const other = made(undefined, schema, { locale: german });
    expect(other.postalCode).toMatch(/^\d{5}$/);
    expect(other).not.toEqual(english);
    expect(made(undefined, schema)).toEqual(english);
  });
});
