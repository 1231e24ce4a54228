import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { JsonObject } from '../../text/value.js';
import { createOperations } from '../operations.js';
import { checkRequest } from '../request.js';
import type { Operation } from '../types.js';

const components = {
  schemas: {
    Anything: {},
    Count: { type: 'integer', minimum: 1 },
    Color: { enum: ['red', 'green'] },
    Tree: { anyOf: [{ type: 'integer' }, { type: 'array', items: { $ref: '#/components/schemas/Tree' } }] },
    Loop: { allOf: [{ $ref: '#/components/schemas/Loop' }, { type: 'integer' }] },
  },
};

function operationWith(schema: JsonObject | boolean, parameter: JsonObject = {}): Operation {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Coercion', version: '1' },
    paths: { '/': { get: { parameters: [{ name: 'a', in: 'query', schema, ...parameter }], responses: {} } } },
    components,
  });
  const operations = createOperations(document);
  const [entry] = operations.entries;
  if (!entry) throw new Error('no operation');
  return operations.compile(entry);
}

function read(operation: Operation, query: string) {
  const request = { method: 'GET', target: `/?${query}`, headers: {}, body: null };
  const { values, violations } = checkRequest(operation, request, {});
  return { value: values.query.a, keywords: violations.map(({ keyword, pointer }) => `${keyword} ${pointer}`) };
}

describe('one string is read as the type that the schema declares', () => {
  const integer = { type: 'integer' };
  const number = { type: 'number' };
  const boolean = { type: 'boolean' };
  it.each([
    [integer, '5', 5],
    [integer, '-5', -5],
    [integer, '0', 0],
    [integer, '1.0', 1],
    [integer, '1e3', 1000],
    [integer, '12300e-2', 123],
    [integer, '0.5e1', 5],
    [integer, '0e99', 0],
    [integer, '9007199254740993', 9007199254740992],
    [integer, '1e400', Number.MAX_VALUE],
    [number, '1.5', 1.5],
    [number, '1E-2', 0.01],
    [number, '-0.0', -0],
    [boolean, 'true', true],
    [boolean, 'false', false],
    [{ type: 'string' }, '5', '5'],
    [{ type: 'string' }, 'true', 'true'],
    [{ type: 'string' }, '', ''],
    [{ type: 'string' }, 'a+b%2Bc', 'a b+c'],
    [{ type: ['integer', 'null'] }, '5', 5],
    [{ type: ['string', 'null'] }, '', ''],
    [{ type: ['integer', 'boolean'] }, 'true', true],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, '5', 5],
    [{ oneOf: [{ type: 'boolean' }, { type: 'number' }] }, '5', 5],
    [{ allOf: [{ type: ['integer', 'string'] }, { type: ['integer', 'boolean'] }] }, '5', 5],
    [{ $ref: '#/components/schemas/Count' }, '5', 5],
    [{ allOf: [{ $ref: '#/components/schemas/Count' }], description: 'how many' }, '5', 5],
    [{ $ref: '#/components/schemas/Loop' }, '5', 5],
    [{ const: 5 }, '5', 5],
    [{ const: '5' }, '5', '5'],
    [{ const: true }, 'true', true],
    [{ enum: [1, 2, 3] }, '2', 2],
    [{ enum: [1.5, 2] }, '1.5', 1.5],
    [{ enum: ['1', '2'] }, '2', '2'],
    [{ $ref: '#/components/schemas/Color' }, 'red', 'red'],
    // Where a string can be valid too, whatever reading is valid counts, the string first.
    [{ type: ['integer', 'string'] }, '5', '5'],
    [{ enum: [1, 'a'] }, '1', 1],
    [{ enum: [1, 'a'] }, 'a', 'a'],
    [{ anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[a-z]+$' }] }, '5', 5],
    [{ anyOf: [{ type: 'boolean' }, { enum: ['auto'] }] }, 'true', true],
    [
      {
        oneOf: [
          { type: 'integer', minimum: 10 },
          { type: 'string', maxLength: 1 },
        ],
      },
      '10',
      10,
    ],
    [{ not: { type: 'string' } }, '5', 5],
    [{ minimum: 3 }, '2', '2'],
    [{}, '5', '5'],
    [true, '5', '5'],
  ])('%j: %s is %j', (schema, raw, value) =>
    expect(read(operationWith(schema), `a=${raw}`)).toEqual({ value, keywords: [] }),
  );
});

describe('nothing becomes valid by being read leniently', () => {
  const integer = { type: 'integer' };
  it.each([
    [integer, '', ''],
    [integer, '%205', ' 5'],
    [integer, '5%20', '5 '],
    [integer, '+5', ' 5'],
    [integer, '%2B5', '+5'],
    [integer, '05', '05'],
    [integer, '0x10', '0x10'],
    [integer, '1_000', '1_000'],
    [integer, '1,000', '1,000'],
    [integer, '5.', '5.'],
    [integer, '1.5', '1.5'],
    [integer, '1.00000000000000000001', '1.00000000000000000001'],
    [integer, '1e-1', '1e-1'],
    [integer, 'NaN', 'NaN'],
    [integer, 'true', 'true'],
    [integer, 'null', 'null'],
    [integer, '٣', '٣'],
    [{ type: 'number' }, '.5', '.5'],
    [{ type: 'number' }, 'Infinity', 'Infinity'],
    [{ type: 'number' }, '', ''],
    [{ type: 'boolean' }, 'True', 'True'],
    [{ type: 'boolean' }, '1', '1'],
    [{ type: 'boolean' }, 'yes', 'yes'],
    [{ type: 'boolean' }, '', ''],
    [{ type: ['integer', 'null'] }, '', ''],
    [{ type: 'null' }, 'null', 'null'],
  ])('%j: %s is refused', (schema, raw, value) =>
    expect(read(operationWith(schema), `a=${raw}`)).toEqual({ value, keywords: ['type /a'] }),
  );

  it('a schema that nothing fits refuses everything', () => {
    expect(read(operationWith(false), 'a=5').keywords).toHaveLength(1);
    expect(read(operationWith(false), '').keywords).toEqual([]);
  });
});

describe('several occurrences', () => {
  const array = { type: 'array', items: { type: 'integer' } };
  it.each([
    [{ type: 'string' }, {}, 'a=1&a=2', '2', []],
    [{ enum: ['x', 'y'] }, {}, 'a=wrong&a=y', 'y', []],
    [{ enum: ['x', 'y'] }, {}, 'a=y&a=wrong', 'wrong', ['enum /a']],
    [array, {}, 'a=1&a=2', [1, 2], []],
    [array, {}, 'a=1', [1], []],
    [array, {}, 'a=1&b=3&a=2', [1, 2], []],
    [array, {}, 'a=1&a=x', [1, 'x'], ['type /a/1']],
    [array, {}, 'a=', [''], ['type /a/0']],
    [array, { explode: false }, 'a=1,2', [1, 2], []],
    [array, { explode: false }, 'a=1,2&a=3,4', [3, 4], []],
    [array, { explode: false }, 'a=1%2C2', ['1,2'], ['type /a/0']],
    [array, {}, 'a=1,2', ['1,2'], ['type /a/0']],
    [array, { name: 'a' }, 'a%5B%5D=1', undefined, []],
    [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, {}, 'a=1', '1', []],
    [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, {}, 'a=1&a=2', ['1', '2'], []],
    [{ anyOf: [{ type: 'integer' }, array] }, {}, 'a=1', 1, []],
    [{ anyOf: [{ enum: ['all'] }, { type: 'array', items: { type: 'integer' } }] }, {}, 'a=1', [1], []],
    [{ type: 'array', minItems: 2 }, {}, 'a=1', ['1'], ['minItems /a']],
    [
      { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'boolean' }], items: { type: 'string' } },
      {},
      'a=1&a=true&a=1',
      [1, true, '1'],
      [],
    ],
    [
      { type: 'array', items: { anyOf: [{ type: 'integer' }, { enum: ['a', 'b'] }] } },
      {},
      'a=1&a=b&a=2',
      [1, 'b', 2],
      [],
    ],
    [{ $ref: '#/components/schemas/Tree' }, {}, 'a=1&a=2', [1, 2], []],
    // OpenAPI leaves open how structures in an array are written; clients write JSON.
    [{ type: 'array', items: { type: 'object' } }, {}, 'a=%7B%22n%22:1%7D&a={}', [{ n: 1 }, {}], []],
    [{ type: 'array', items: { type: 'object' } }, {}, 'a=%7B', ['{'], ['type /a/0']],
  ] as [JsonObject, JsonObject, string, unknown, string[]][])(
    '%j %j: %s is %j %j',
    (schema, parameter, query, value, keywords) =>
      expect(read(operationWith(schema, parameter), query)).toEqual({ value, keywords }),
  );

  it('a name with brackets is a name', () => {
    const operation = operationWith(array, { name: 'a[]' });
    const request = { method: 'GET', target: '/?a[]=1&a%5B%5D=2', headers: {}, body: null };
    expect(checkRequest(operation, request, {}).values.query).toEqual({ 'a[]': [1, 2] });
  });

  it('many items with two readings each are settled', () => {
    const schema = { type: 'array', items: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[a-z]$' }] } };
    const operation = operationWith(schema);
    const items = Array.from({ length: 2000 }, (_, index) => (index % 2 ? 'x' : String(index)));
    expect(read(operation, items.map((item) => `a=${item}`).join('&')).keywords).toEqual([]);
    const wrong = read(operation, items.map((item) => `a=${item}Q`).join('&'));
    expect(wrong.keywords.length).toBeGreaterThan(0);
    expect(wrong.value).toEqual(items.map((item) => `${item}Q`));
  });
});

describe('objects', () => {
  const filter = {
    type: 'object',
    required: ['limit'],
    properties: {
      limit: { type: 'integer' },
      tags: { type: 'array', items: { type: 'string' } },
      on: { type: 'boolean' },
    },
  };
  const deep = { style: 'deepObject' };
  it.each([
    [filter, {}, 'limit=5&on=true', { limit: 5, on: true }, []],
    [filter, {}, 'limit=5&limit=6&tags=x&tags=y', { limit: 6, tags: ['x', 'y'] }, []],
    [filter, {}, 'limit=five', { limit: 'five' }, ['type /a/limit']],
    [filter, {}, 'on=true', { on: true }, ['required /a/limit']],
    [filter, {}, 'other=true', undefined, []],
    [filter, {}, '', undefined, []],
    [filter, { required: true }, 'other=true', undefined, ['missing /a']],
    [{ ...filter, additionalProperties: { type: 'integer' } }, {}, 'limit=5&x=6', { limit: 5, x: 6 }, []],
    [{ type: 'object', additionalProperties: true }, {}, 'x=1&y=2&y=3', { x: '1', y: ['2', '3'] }, []],
    [{ type: 'object' }, {}, 'x=1', { x: '1' }, []],
    [{ allOf: [{ $ref: '#/components/schemas/Anything' }, filter] }, {}, 'limit=5', { limit: 5 }, []],
    [{ anyOf: [{ type: 'string' }, filter] }, {}, 'a=x', 'x', []],
    [{ anyOf: [{ type: 'string' }, filter] }, {}, 'limit=1', { limit: 1 }, []],
    [filter, deep, 'a[limit]=5&a[tags]=x', { limit: 5, tags: ['x'] }, []],
    [filter, deep, 'a[limit]=5&a[tags][]=x&a[tags][]=y', { limit: 5, tags: ['x', 'y'] }, []],
    [filter, deep, 'a[limit]=5&a[tags]=x&a[tags]=y', { limit: 5, tags: ['x', 'y'] }, []],
    [filter, deep, 'a[limit]=5&a[tags][1]=y&a[tags][0]=x', { limit: 5, tags: ['x', 'y'] }, []],
    [filter, deep, 'a%5Blimit%5D=5', { limit: 5 }, []],
    [filter, deep, 'a[limit]=5&a[unknown][deep][er]=1', { limit: 5, unknown: { deep: { er: '1' } } }, []],
    [filter, deep, 'a[on]=true', { on: true }, ['required /a/limit']],
    [filter, deep, 'b[on]=true&a[x=1', undefined, []],
    [filter, { ...deep, required: true }, 'b[on]=true', undefined, ['missing /a']],
    [{ type: 'object' }, deep, 'a[__proto__][x]=1', JSON.parse('{"__proto__":{"x":"1"}}'), []],
    [{ type: 'object' }, deep, 'a[list][0][n]=1&a[list][1][n]=2', { list: [{ n: '1' }, { n: '2' }] }, []],
    // What Stripe's document does with this style.
    [{ anyOf: [{ type: 'integer' }, { type: 'object', properties: { gt: { type: 'integer' } } }] }, deep, 'a=5', 5, []],
    [
      { anyOf: [{ type: 'integer' }, { type: 'object', properties: { gt: { type: 'integer' } } }] },
      deep,
      'a[gt]=5',
      { gt: 5 },
      [],
    ],
    [{ type: 'array', items: { type: 'string' } }, deep, 'a[]=x&a[]=y', ['x', 'y'], []],
    [{ type: 'array', items: { type: 'string' } }, deep, 'a[0]=x', ['x'], []],
    [
      {
        type: 'object',
        properties: { n: { anyOf: [{ type: 'integer' }, { type: 'array', items: { type: 'integer' } }] } },
      },
      deep,
      'a[n]=1',
      { n: 1 },
      [],
    ],
  ] as [JsonObject, JsonObject, string, unknown, string[]][])(
    '%j %j: %s is %j %j',
    (schema, parameter, query, value, keywords) => {
      const reading = read(operationWith(schema, parameter), query);
      expect(reading).toEqual({ value, keywords });
      expect(JSON.stringify(reading.value)).toBe(JSON.stringify(value));
    },
  );

  it('leave to other parameters and to credentials what is theirs', () => {
    const document = documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Free names', version: '1' },
      security: [{ key: [] }],
      paths: {
        '/': {
          get: {
            parameters: [
              { name: 'free', in: 'query', schema: { type: 'object', additionalProperties: { type: 'integer' } } },
              { name: 'page', in: 'query', schema: { type: 'string' } },
              { name: 'deep', in: 'query', style: 'deepObject', schema: { type: 'object' } },
            ],
            responses: {},
          },
        },
      },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'api_key' } } },
    });
    const operations = createOperations(document);
    const operation = operations.compile(operations.entries[0] as never);
    const request = { method: 'GET', target: '/?x=1&page=2&deep[y]=3&api_key=secret', headers: {}, body: null };
    expect(checkRequest(operation, request, {})).toMatchObject({
      values: { query: { free: { x: 1 }, page: '2', deep: { y: '3' }, api_key: 'secret' } },
      violations: [],
    });
  });
});

describe('parameters described by content', () => {
  const json = {
    content: {
      'application/json': { schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } },
    },
  };
  it.each([
    ['a=%7B%22n%22%3A1%7D', { n: 1 }, []],
    ['a=%7B%22n%22%3A%221%22%7D', { n: '1' }, ['type /a/n']],
    ['a=%7B%7D', {}, ['required /a/n']],
    ['a=%7Bn%3A1%7D', undefined, ['syntax /a']],
    ['a=', undefined, ['syntax /a']],
    ['a=%ff', undefined, ['encoding /a']],
    ['', undefined, []],
  ])('%s is %j %j', (query, value, keywords) => {
    const operation = operationWith(true, { ...json, schema: undefined as never });
    expect(read(operation, query)).toEqual({ value, keywords });
  });
});

describe('an empty value', () => {
  it('is a value, which the schema judges', () => {
    expect(read(operationWith({ type: 'string' }, { required: true }), 'a=')).toEqual({ value: '', keywords: [] });
    expect(read(operationWith({ type: 'string' }, { required: true }), 'a')).toEqual({ value: '', keywords: [] });
    expect(read(operationWith({ type: 'string', minLength: 1 }), 'a=').keywords).toEqual(['minLength /a']);
  });
  it('passes where allowEmptyValue says so', () => {
    const operation = operationWith({ type: 'integer' }, { required: true, allowEmptyValue: true });
    expect(read(operation, 'a')).toEqual({ value: '', keywords: [] });
    expect(read(operation, 'a=x').keywords).toEqual(['type /a']);
  });
});

it('a number on the wire is the number that JSON makes of it', () => {
  const operation = operationWith({ type: 'number' });
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const { value, keywords } = read(operation, `a=${encodeURIComponent(String(number))}`);
      expect(keywords).toEqual([]);
      expect(value === number || value === Number(String(number))).toBe(true);
    }),
  );
});

it('a long literal takes no longer than its length', () => {
  const operation = operationWith({ type: 'integer' });
  expect(read(operation, `a=1.${'0'.repeat(200_000)}1`).keywords).toEqual(['type /a']);
  expect(read(operation, `a=1.${'0'.repeat(200_000)}`).keywords).toEqual([]);
});

it('an integer is accepted just where its literal is a whole number', () => {
  const operation = operationWith({ type: 'integer' });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: -35, max: 35 }), (digits, exponent) => {
      const whole = exponent >= 0 || digits % 10n ** BigInt(-exponent) === 0n;
      expect(read(operation, `a=${digits}e${exponent}`).keywords.length === 0).toBe(whole);
    }),
    { numRuns: 500 },
  );
});
