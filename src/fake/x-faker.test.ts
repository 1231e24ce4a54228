import { describe, expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { formatProblem } from '../errors.js';
import { createSchemas, type JsonSchema } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { publicFunctions } from './draw.js';
import { checkXFaker, createFaker, namedCall } from './index.js';
import { olderNames } from './older-names.js';

function subject(schema: Json) {
  const root = {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {},
    components: { schemas: { Subject: schema } },
  };
  const schemas = createSchemas(documentFromText(JSON.stringify(root, null, 2), { name: 'test.json' }));
  return { faker: createFaker(schemas), schema: schemas.at('/components/schemas/Subject', 'response'), schemas };
}

function valuesOf(schema: Json): Json[] {
  const { faker, schema: compiled } = subject(schema);
  return Array.from({ length: 10 }, (_, seed) => {
    const result = faker.generate(compiled, { seed });
    return result.ok && result.warnings.length === 0 ? result.value : `failed: ${JSON.stringify(result)}`;
  });
}

function problemsOf(held: Json): string[] {
  const locate = (pointer: string) => ({ file: 'test.yaml', line: 1, column: 1, pointer });
  return checkXFaker({ type: 'string', 'x-faker': held } as JsonSchema, '/s', locate).map(formatProblem);
}

describe("x-faker in Prism's notation", () => {
  it.each<[string, Json, RegExp]>([
    ['a name', 'person.firstName', /^[A-Z][\w' -]+$/],
    ['a name with options', { 'string.numeric': { length: 5 } }, /^\d{5}$/],
    ['a name with arguments', { 'helpers.arrayElement': [['red', 'green']] }, /^(red|green)$/],
    ['a name with one value', { 'helpers.replaceSymbols': '##-??' }, /^\d\d-[A-Z]{2}$/],
    ['a name with null', { 'string.uuid': null }, /^[\da-f-]{36}$/],
    ['a template', { 'helpers.fake': '{{person.lastName}}, {{string.numeric(3)}}' }, /, \d{3}$/],
    ['one of some large numbers', { 'helpers.arrayElement': [[20_000, 30_000]] }, /^[23]0000$/],
    ['a number where a string is asked for', { 'number.int': { min: 10, max: 99 } }, /^\d\d$/],
    ['a date', 'date.past', /^202\d-\d\d-\d\dT[\d:.]+Z$/],
  ])('can be %s', (_, held, expected) => {
    const values = valuesOf({ type: 'string', 'x-faker': held });
    expect(values.filter((value) => !expected.test(String(value)))).toEqual([]);
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  it('follows the seed, and no clock', () => {
    const schema: Json = {
      type: 'object',
      required: ['at', 'name', 'token'],
      properties: {
        at: { type: 'string', format: 'date-time', 'x-faker': 'date.recent' },
        name: { type: 'string', 'x-faker': 'person.fullName' },
        token: { type: 'string', 'x-faker': 'internet.jwt' },
      },
    };
    expect(valuesOf(schema)).toEqual(valuesOf(schema));
    expect(valuesOf(schema)[0]).toMatchInlineSnapshot(`
      {
        "at": "2025-01-15T04:29:56.324Z",
        "name": "Della Bartoletti",
        "token": "eyJhbGciOiJFUzUxMiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MzY4NTAwNTQsImV4cCI6MTczNjkyNzQxNiwibmJmIjoxNzQ5MDIzNzYxLCJpc3MiOiJLYXV0emVyIC0gT2t1bmV2YSIsInN1YiI6IjFjNzJmODA2LTM2N2UtNDBhMi05NWY5LTc0NDI4ZmY2NTA1YyIsImF1ZCI6IjhiMTNmZTA2LTQ3N2EtNGI5Yy05Nzk5LTZiMzhkOWY3OGQxOSIsImp0aSI6IjYyMzRjMWYzLWJkNWEtNDljYy05MzU2LTRjMzZiMGJjNjA2ZSJ9.a44RusrWTO4hXuFspsRXH8nTOXWveVXfyYIJanngRDJyN4LcetFdhZuNRprBm1ZA",
      }
    `);
  });

  it('gives a day where the format is date', () => {
    expect(valuesOf({ type: 'string', format: 'date', 'x-faker': 'date.past' }).join()).toMatch(
      /^(\d{4}-\d\d-\d\d,?)+$/,
    );
  });

  it('is read in every part of the schema: what stands beside a reference, in allOf, in items', () => {
    const items = { allOf: [{ type: 'string' }, { 'x-faker': { 'helpers.arrayElement': [['a', 'b']] } }] };
    expect(JSON.stringify(valuesOf({ type: 'array', items, minItems: 3 }))).toMatch(/^[[\],"ab]+$/);
  });

  it('is asked until the items of a set differ', () => {
    const items: Json = { type: 'string', 'x-faker': { 'helpers.arrayElement': [['a', 'b', 'c', 'd']] } };
    const values = valuesOf({ type: 'array', items, uniqueItems: true, minItems: 4 });
    expect(new Set(values.map((value) => [...(value as string[])].sort().join('')))).toEqual(new Set(['abcd']));
  });

  it('that never gives a valid value is left out, with a warning that names it', () => {
    const { faker, schema } = subject({ type: 'integer', 'x-faker': 'person.firstName' });
    const result = faker.generate(schema, { seed: 1 });
    expect(result).toMatchObject({ ok: true, value: expect.any(Number) });
    expect(result.ok && result.warnings.map(formatProblem)).toMatchInlineSnapshot(`
      [
        "test.json:12:9 at /components/schemas/Subject/x-faker: What x-faker gives is not valid here, so the value is made from the schema (found "person.firstName")",
      ]
    `);
  });
});

describe('x-faker that is refused', () => {
  it.each<Json>([
    'constructor',
    'person.constructor',
    'person.__proto__',
    '__proto__.toString',
    'person.toString',
    'person.firstName.constructor',
    'person.firstName.call',
    'seed',
    'faker.seed',
    'setDefaultRefDate',
    'rawDefinitions',
    'definitions.person',
    'fakerCore.randomizer.seed',
    'fakerCore.config',
    'person.faker',
    'helpers.faker.seed',
    'helpers.fake.bind',
    '_randomizer.next',
    'person',
    '.',
    '',
    { 'helpers.fake': '{{constructor.constructor}}' },
    { 'helpers.fake': ['{{person.firstName}} {{ seed(1) }}'] },
    { 'helpers.fake': [['{{fakerCore.randomizer.next}}']] },
    { 'helpers.fake': '{{helpers.fake({{seed}})}}' },
    { 'person.firstName': {}, 'person.lastName': {} },
    {},
    [],
    42,
    null,
    { 'lorem.words': 1e9 },
    { 'string.alpha': { length: 1e12 } },
    { 'helpers.fromRegExp': '[a-z]{900000}' },
    { 'helpers.fromRegExp': '[a-z]{9000}{9000}' },
    { 'helpers.fake': '{{lorem.paragraphs(9000)}}'.repeat(3) },
    { 'helpers.fake': '{{lorem.text}}'.repeat(5000) },
    { 'git.commitSha': { length: 1e9 } },
    { 'airline.flightNumber': { length: { min: 5, max: 1e9 } } },
    { 'date.betweens': { from: '2020-01-01', to: '2021-01-01', count: 1e8 } },
    { 'number.int': { min: 5, max: 1 } },
    { 'helpers.multiple': ['not a function'] },
  ])('%j', (held) => {
    expect(problemsOf(held)).toHaveLength(1);
    const { faker, schema } = subject({ type: 'string', 'x-faker': held });
    expect(faker.generate(schema, { seed: 1 })).toMatchObject({
      ok: true,
      warnings: [{ message: expect.any(String) }],
    });
  });

  it('says what is meant, and where', () => {
    expect([
      ...problemsOf('person.firstname'),
      ...problemsOf('internet.usernames'),
      ...problemsOf({ a: 1, b: 2 }),
    ]).toMatchInlineSnapshot(`
      [
        "test.yaml:1:1 at /s/x-faker: faker has no public function "person.firstname" (expected a function as in https://fakerjs.dev/api, written module.method)
        Did you mean "person.firstName" or "person.lastName" or "person.fullName"?",
        "test.yaml:1:1 at /s/x-faker: faker has no public function "internet.usernames" (expected a function as in https://fakerjs.dev/api, written module.method)
        Did you mean "internet.username" or "internet.userAgent"?",
        "test.yaml:1:1 at /s/x-faker: x-faker is not in a notation that is known (expected module.method, or { module.method: { options } or [ arguments ] }, found {"a":1,"b":2})",
      ]
    `);
  });

  it('is found in the schemas inside as well', () => {
    const schema = {
      properties: { a: { items: { 'x-faker': 'nope.nope' } }, b: { oneOf: [{ 'x-faker': 'person.age' }] } },
    };
    const found = checkXFaker(schema as JsonSchema, '/s', (pointer) => ({ file: 'f', line: 1, column: 1, pointer }));
    expect(found.map(({ location }) => location?.pointer)).toEqual([
      '/s/properties/a/items/x-faker',
      '/s/properties/b/oneOf/0/x-faker',
    ]);
  });
});

it('understands what functions were called in the Faker that Prism has, and each of them is one', () => {
  expect([...olderNames.values()].filter((name) => !publicFunctions().has(name))).toEqual([]);
  const [older, current] = ['name.firstName', 'person.firstName'].map((held) =>
    valuesOf({ type: 'string', 'x-faker': held }),
  );
  expect(older).toEqual(current);
});

it('says what a member means by a function, where one alone makes it', () => {
  const call = (name: string, owner = 'user') => namedCall({ name, owner, siblings: [name] });
  expect(call('firstName')).toBe('name.firstName');
  expect(call('city')).toBe('address.city');
  expect(call('phone')).toBe('phone.phoneNumber');
  expect(call('gender')).toEqual({ 'helpers.arrayElement': [['female', 'male', 'non-binary']] });
  expect(call('qwzx')).toBeNull();
  for (const name of ['firstName', 'city', 'gender', 'company', 'phone', 'currency'])
    expect([name, problemsOf(call(name) ?? 'nothing')]).toEqual([name, []]);
});
