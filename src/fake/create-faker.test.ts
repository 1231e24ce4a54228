import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createSchemas, type Direction, type Schema, type Schemas } from '../schema/index.js';
import type { Json } from '../text/value.js';
import { createFaker, type Faker, type GenerateOptions } from './index.js';

function schemasOf(components: Record<string, Json>): Schemas {
  const root = {
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {},
    components: { schemas: components },
  };
  return createSchemas(documentFromObject(root, { name: 'test.yaml' }));
}

function subject(schema: Json, others: Record<string, Json> = {}, direction: Direction = 'response'): [Faker, Schema] {
  const schemas = schemasOf({ Subject: schema, ...others });
  return [createFaker(schemas), schemas.at('/components/schemas/Subject', direction)];
}

function generated([faker, schema]: [Faker, Schema], options: GenerateOptions): Json {
  const result = faker.generate(schema, options);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const person: Json = {
  type: 'object',
  required: ['id', 'email', 'tags'],
  properties: {
    id: { type: 'integer' },
    node_id: { type: 'string' },
    firstName: { type: 'string' },
    email: { type: 'string', format: 'email' },
    homepageUrl: { type: ['string', 'null'], format: 'uri' },
    city: { type: 'string' },
    created_at: { type: 'string', format: 'date-time' },
    role: { enum: ['admin', 'member', 'guest'] },
    score: { type: 'number', minimum: 0, maximum: 1 },
    tags: { type: 'array', items: { type: 'string' } },
    settings: { type: 'object', additionalProperties: { type: 'boolean' } },
    manager: { $ref: '#/components/schemas/Subject' },
  },
};

const shapes: Readonly<Record<string, Json>> = {
  person,
  union: { oneOf: [person, { type: 'object', properties: { kind: { const: 'none' } }, required: ['kind'] }] },
  pattern: { type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$' }, minItems: 3 },
  map: { type: 'object', additionalProperties: { type: 'number' }, minProperties: 2 },
};

describe('a value', () => {
  it('looks as a developer expects by the names and formats of its properties', () => {
    expect(generated(subject(person), { seed: 1, optionals: 'all' })).toMatchInlineSnapshot(`
      {
        "city": "Elmhurst",
        "created_at": "2024-05-04T15:11:57Z",
        "email": "maymie.swaniawski10@example.net",
        "firstName": "Granville",
        "homepageUrl": "https://basic.example.com/research",
        "id": 548,
        "manager": {
          "city": "East Zacharystead",
          "created_at": "2024-04-07T15:46:03Z",
          "email": "catalina.runte1@example.com",
          "firstName": "Sedrick",
          "homepageUrl": "https://valley.example.com/beacon",
          "id": 4928,
          "node_id": "ritl61yo96dp",
          "role": "admin",
          "score": 0.87,
          "settings": {
            "owner": true,
            "team": true,
          },
          "tags": [
            "research",
          ],
        },
        "node_id": "dksct2ufh559",
        "role": "admin",
        "score": 0.15,
        "settings": {
          "stage": false,
        },
        "tags": [
          "evening",
          "pixel",
          "family",
        ],
      }
    `);
  });

  it('is the same for the same schema, seed and salt, whatever was made before and by whom', () => {
    const one = subject(person);
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(shapes)),
        fc.integer(),
        fc.string(),
        fc.constantFrom('all' as const, 'some' as const, 'none' as const),
        (name, seed, salt, optionals) => {
          const options = { seed, salt, optionals };
          const first = JSON.stringify(generated(subject(shapes[name] as Json), options));
          generated(one, { seed: seed + 1 });
          expect(JSON.stringify(generated(subject(shapes[name] as Json), options))).toBe(first);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is the same on every machine and day: these bytes never change without a reason', () => {
    const bytes = Object.values(shapes).map((shape) => JSON.stringify(generated(subject(shape), { seed: 42 })));
    expect(bytes).toMatchInlineSnapshot(`
      [
        "{"id":1409,"node_id":"bfuw8eptvziq","firstName":"Wilmer","email":"reyna.runolfsdottir87@example.net","homepageUrl":"https://monthly.example.com/daily","city":"South Darianview","created_at":"2024-06-25T20:57:35Z","role":"guest","score":0.5,"tags":["weekly","studio","spring"],"settings":{"owner":false},"manager":{"id":2231,"node_id":"46oy8t3x45y8","firstName":"Natalie","email":"gerald_bauch@example.org","homepageUrl":"https://music.example.com/books","city":"New Brennastad","created_at":"2024-05-03T13:21:01Z","role":"guest","score":0.96,"tags":["evening"],"settings":{"stage":false,"color":true}}}",
        "{"kind":"none"}",
        "["XN-0340","AC-1239","SJ-6335"]",
        "{"priority":4,"stage":59.97}",
      ]
    `);
  });

  it('has few decimals where it is a number', () => {
    const one = subject({ type: 'number', minimum: 0, maximum: 1 });
    const values = Array.from({ length: 30 }, (_, seed) => String(generated(one, { seed })));
    expect(values.filter((value) => !/^[01](\.\d{1,2})?$/.test(value))).toEqual([]);
  });

  it('is another one for another seed, and for another salt', () => {
    for (const shape of Object.values(shapes)) {
      const one = subject(shape);
      const bySeed = new Set(Array.from({ length: 50 }, (_, seed) => JSON.stringify(generated(one, { seed }))));
      const bySalt = new Set(
        Array.from({ length: 50 }, (_, salt) => JSON.stringify(generated(one, { seed: 1, salt: `${salt}` }))),
      );
      expect(Math.min(bySeed.size, bySalt.size)).toBeGreaterThan(20);
    }
  });

  it('stays as it was when the schema gets one more member', () => {
    const { properties } = person as { properties: Record<string, Json> };
    const more = { ...(person as object), properties: { nickname: { type: 'string' }, ...properties } };
    const before = generated(subject(person), { seed: 7 }) as Record<string, Json>;
    const { nickname, manager, ...after } = generated(subject(more), { seed: 7 }) as Record<string, Json>;
    expect(nickname).toBeTypeOf('string');
    expect({ ...after, manager: before.manager }).toEqual(before);
  });
});

describe('members that are not required', () => {
  const names = Object.keys((person as { properties: object }).properties);
  const one = subject(person);
  const membersFor = (optionals: 'all' | 'some' | 'none') =>
    Array.from({ length: 30 }, (_, seed) => Object.keys(generated(one, { seed, optionals }) as object));

  it('are all there, or none, or on the first levels, but for those that lead on without end', () => {
    expect(new Set(membersFor('all').map(String))).toEqual(new Set([String(names)]));
    expect(new Set(membersFor('none').map(String))).toEqual(new Set(['id,email,tags']));
    const some = new Set(membersFor('some').map(String));
    expect(some).toEqual(new Set([String(names), String(names.filter((name) => name !== 'manager'))]));
  });

  it('are there by chance where a share is given, and no object is empty that need not be', () => {
    const schemas = schemasOf({ Subject: person, Open: { type: 'object', properties: { deep: { type: 'object' } } } });
    const shares = [0, 0.5, 1].map((optional) => {
      const faker = createFaker(schemas, { optional });
      const subject = schemas.at('/components/schemas/Subject', 'response');
      const made = Array.from({ length: 30 }, (_, seed) => generated([faker, subject], { seed }) as object);
      return new Set(made.map((value) => String(Object.keys(value)))).size;
    });
    expect(shares[0]).toBe(1);
    expect(shares[1]).toBeGreaterThan(10);
    expect(shares[2]).toBe(1);
    const open = schemas.at('/components/schemas/Open', 'response');
    const { deep } = generated([createFaker(schemas), open], { seed: 1 }) as { deep: object };
    expect(Object.keys(deep).length).toBeGreaterThan(0);
  });

  it('are left out of a response when they are write-only, and of a request when they are read-only', () => {
    const account: Json = {
      type: 'object',
      required: ['id', 'password', 'secret'],
      properties: {
        id: { type: 'string', readOnly: true },
        password: { type: 'string', writeOnly: true },
        secret: { $ref: '#/components/schemas/Secret' },
        name: { type: 'string' },
      },
    };
    const others: Record<string, Json> = { Secret: { type: 'string', writeOnly: true } };
    const members = (direction: Direction) =>
      Object.keys(generated(subject(account, others, direction), { seed: 1, optionals: 'all' }) as object);
    expect(members('response')).toEqual(['id', 'name']);
    expect(members('request')).toEqual(['password', 'secret', 'name']);
  });
});

describe('a recursive schema', () => {
  it('gives small values, also where all members are wanted', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const tree: Json = {
      type: 'object',
      properties: {
        ...Object.fromEntries(names.map((name) => [name, { $ref: '#/components/schemas/Subject' }])),
        children: { type: 'array', items: { $ref: '#/components/schemas/Subject' } },
        text: { type: 'string' },
      },
      required: ['children', 'text'],
    };
    const one = subject(tree);
    for (const optionals of ['all', 'some'] as const) {
      for (let seed = 0; seed < 20; seed++) {
        expect(JSON.stringify(generated(one, { seed, optionals })).length).toBeLessThan(20_000);
      }
    }
  });
});

it('has no more of what schemas that all know each other may have than a person would look at', () => {
  const size = 12;
  const named = (own: number): Json => ({
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'integer' },
      ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { type: 'string' }])),
      ...Object.fromEntries(
        Array.from({ length: size }, (_, other) => [
          `to${other}`,
          { $ref: `#/components/schemas/Node${(own + other) % 40}` },
        ]),
      ),
    },
  });
  const schemas = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`Node${index}`, named(index * 7)]));
  const one = subject({ $ref: '#/components/schemas/Node0' }, schemas);
  const values: Json[] = [];
  const add = (value: Json): void => {
    values.push(value);
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) add(inner as Json);
  };
  add(generated(one, { seed: 1 }));
  expect(values.length).toBeGreaterThan(100);
  expect(values.length).toBeLessThan(500);
});

describe('a union', () => {
  it('gives every branch its turn', () => {
    const branches = ['a', 'b', 'c', 'd'].map((kind) => ({
      type: 'object',
      properties: { kind: { const: kind } },
      required: ['kind'],
    }));
    const one = subject({ oneOf: branches });
    const kinds = new Set(Array.from({ length: 60 }, (_, seed) => JSON.stringify(generated(one, { seed }))));
    expect(kinds.size).toBe(4);
  });

  it('says that something failed only where nothing else is possible', () => {
    const object = (properties: Record<string, Json>): Json => ({
      ...{ type: 'object', required: Object.keys(properties), properties },
    });
    const failed = object({ ok: { const: false }, error: { type: 'string' } });
    const done = object({ ok: { const: true }, user: object({ id: { type: 'integer' }, name: { type: 'string' } }) });
    const oneOf = subject({ oneOf: [failed, done] });
    for (let seed = 0; seed < 40; seed++) expect(generated(oneOf, { seed })).toMatchObject({ ok: true });
    expect(generated(subject({ oneOf: [failed] }), { seed: 1 })).toMatchObject({ ok: false });
  });

  it('sets the discriminator to the name of the branch, by mapping or by component', () => {
    const animal = (name: string): Json => ({
      type: 'object',
      properties: { petType: { type: 'string' }, [name]: { type: 'integer' } },
      required: ['petType', name],
      additionalProperties: false,
    });
    const one = subject(
      {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'petType', mapping: { kitty: '#/components/schemas/Cat' } },
      },
      { Cat: animal('lives'), Dog: animal('age') },
    );
    for (let seed = 0; seed < 20; seed++) {
      const value = generated(one, { seed }) as Record<string, Json>;
      expect(value.petType).toBe('lives' in value ? 'kitty' : 'Dog');
    }
  });
});

describe('a base with a discriminator', () => {
  const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
  const kinds = { kind: { type: 'string' } };
  const extending = (name: string, required: string): Json => ({
    allOf: [reference(name), { type: 'object', properties: { [required]: { type: 'integer' } }, required: [required] }],
  });
  const children = {
    Cat: extending('Subject', 'lives'),
    Dog: extending('Subject', 'age'),
    Puppy: extending('Dog', 'teeth'),
  };
  const made = (schema: Json, at = 'Subject'): { accepts(value: Json): boolean; values: Record<string, Json>[] } => {
    const schemas = schemasOf({ Subject: schema, ...children });
    const one = schemas.at(`/components/schemas/${at}`, 'response');
    const values = Array.from({ length: 12 }, (_, seed) => generated([createFaker(schemas), one], { seed }));
    return { accepts: (value) => one.accepts(value), values: values as Record<string, Json>[] };
  };
  const nameOf = (value: Record<string, Json>) =>
    'lives' in value ? 'kitty' : 'teeth' in value ? 'Puppy' : 'age' in value ? 'Dog' : 'none';

  it('is made as one of the schemas that extend it, by its name', () => {
    const mapping = { kitty: '#/components/schemas/Cat' };
    const base = {
      type: 'object',
      properties: kinds,
      required: ['kind'],
      discriminator: { propertyName: 'kind', mapping },
    };
    const { values } = made(base);
    for (const value of values) expect(value.kind).toBe(nameOf(value));
    expect(new Set(values.map(nameOf))).toEqual(new Set(['kitty', 'Dog', 'Puppy']));
    for (const value of made(base, 'Puppy').values)
      expect(value).toMatchObject({ kind: 'Puppy', age: expect.anything() });
  });

  it('that has its children as branches is cut where they extend it', () => {
    const base = {
      type: 'object',
      properties: kinds,
      required: ['kind'],
      oneOf: [reference('Cat'), reference('Dog')],
      discriminator: { propertyName: 'kind' },
    };
    for (const at of ['Subject', 'Cat', 'Puppy']) {
      const { accepts, values } = made(base, at);
      for (const value of values) expect(accepts(value)).toBe(true);
      expect(accepts({ lives: 9, age: 1, teeth: 2 })).toBe(false);
    }
    const { accepts } = made(base);
    expect(accepts({ kind: 'Cat', lives: 9 })).toBe(true);
    expect(accepts({ kind: 'Cat', age: 9 })).toBe(false);
    for (const value of made(base, 'Cat').values) expect(value.kind).toBe('Cat');
  });
});

describe('a schema that does not compile', () => {
  it('is a problem, not an exception', () => {
    const schemas = schemasOf({});
    const result = createFaker(schemas).generate(schemas.at('/components/schemas/None', 'response'), { seed: 1 });
    expect(result).toMatchObject({ ok: false, problem: { message: expect.stringContaining('no schema here') } });
  });
});
