import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createFaker } from '../fake/index.js';
import type { Json } from '../text/value.js';
import type { Place } from './place.js';
import { placesOf } from './places.js';
import { createSchemas } from './schemas.js';

function documentOf(components: Record<string, Json>) {
  const root = { openapi: '3.0.3', info: { title: '', version: '' }, paths: {}, components: { schemas: components } };
  return documentFromObject(root, { name: 'test.yaml' });
}

/** The schema `Subject` among others. */
function subjectOf(components: Record<string, Json>) {
  const schemas = createSchemas(documentOf(components));
  return { schemas, subject: schemas.at('/components/schemas/Subject', 'response') };
}

const text = { type: 'string' };
const closed = (properties: Record<string, Json>, more: Record<string, Json> = {}) => ({
  type: 'object',
  properties,
  additionalProperties: false,
  ...more,
});
const allOf = (...names: string[]) => ({ allOf: names.map((name) => ({ $ref: `#/components/schemas/${name}` })) });

test.each<[string, Record<string, Json>]>([
  [
    'a schema that is closed beside allOf',
    { Base: { type: 'object', properties: { id: text } }, Subject: closed({ name: text }, allOf('Base')) },
  ],
  ['one without members of its own', { Base: closed({ id: text, name: text }), Subject: closed({}, allOf('Base')) }],
  [
    'a closed base that is extended',
    { Base: closed({ id: text }), Subject: { ...allOf('Base'), properties: { name: text } } },
  ],
  [
    'one that is extended by a closed schema',
    { Base: closed({ id: text }), Subject: closed({ name: text }, allOf('Base')) },
  ],
  [
    'one that is extended beside allOf',
    { Base: closed({ id: text }), Subject: { allOf: [...allOf('Base').allOf, { properties: { name: text } }] } },
  ],
  [
    'one that is extended twice',
    {
      Base: closed({ id: text }),
      Middle: closed({}, allOf('Base')),
      Subject: closed({ name: text }, allOf('Middle')),
    },
  ],
  [
    'one that forbids what is required, though it names some of it again',
    {
      Base: { properties: { id: text, name: text }, required: ['id', 'name'] },
      Subject: closed({ id: text }, allOf('Base')),
    },
  ],
  [
    'what is closed beside branches',
    { Subject: { additionalProperties: false, oneOf: [closed({ id: text, name: text })] } },
  ],
])('%s allows what is declared, and nothing else', (_, components) => {
  const { schemas, subject } = subjectOf(components);
  expect(subject.accepts({ id: 'a', name: 'b' })).toBe(true);
  expect(subject.accepts({ id: 'a', name: 'b', other: 1 })).toBe(false);
  expect(subject.warnings.map(({ id }) => id)).toContain('schema-read-as');
  expect(createFaker(schemas).generate(subject, { seed: 1 })).toMatchObject({
    ok: true,
    value: { id: expect.any(String), name: expect.any(String) },
  });
});

test.each<[string, Record<string, Json>]>([
  [
    'what narrows a schema to some of its members',
    { Base: { properties: { id: text, name: text } }, Subject: closed({ id: text }, allOf('Base')) },
  ],
  [
    'a closed base whose members are told more of',
    { Base: closed({ id: text }), Subject: { ...allOf('Base'), properties: { id: { maxLength: 3 } } } },
  ],
])('%s is read by the letter', (_, components) => {
  const { subject } = subjectOf(components);
  expect(subject.accepts({ id: 'a' })).toBe(true);
  expect(subject.accepts({ id: 'a', name: 'b' })).toBe(false);
  expect(subject.warnings).toEqual([]);
});

test('a base that allows others of one type is extended by members of another, and by others of that type', () => {
  const { schemas, subject } = subjectOf({
    Base: { type: 'object', properties: { id: text }, additionalProperties: { type: 'object' } },
    Subject: { ...allOf('Base'), properties: { name: text }, required: ['id', 'name'] },
  });
  expect(subject.accepts({ id: 'a', name: 'b', other: {} })).toBe(true);
  expect(subject.accepts({ id: 'a', name: 'b', other: 1 })).toBe(false);
  expect(createFaker(schemas).generate(subject, { seed: 1 })).toMatchObject({ ok: true });
});

test('a base that is extended somewhere is closed where it stands by itself', () => {
  const { schemas } = subjectOf({
    Base: closed({ id: text }),
    Subject: { ...allOf('Base'), properties: { name: text } },
  });
  expect(schemas.at('/components/schemas/Base', 'response').accepts({ id: 'a', name: 'b' })).toBe(false);
});

test('beside a closed base, what nothing closes is the schema that it is elsewhere', () => {
  const extended = allOf('Base', 'Other');
  const places = placesOf(
    documentOf({
      Base: closed({ id: text }),
      Other: { type: 'object', properties: { age: text } },
      Subject: { allOf: [extended, { properties: { name: text } }] },
    }),
  );
  const subject = places.at('/components/schemas/Subject') as Place;
  const part = places.inside(subject, ['allOf', 0], extended);
  const [base, other] = extended.allOf.map((reference, index) =>
    places.target(places.inside(part, ['allOf', index], reference), '$ref'),
  );
  expect(base?.isOpen).toBe(true);
  expect(other?.isOpen).toBeUndefined();
});

test('what was read otherwise is said, with what was forbidden', () => {
  const { subject } = subjectOf({ Base: closed({ id: text }), Subject: closed({ name: text }, allOf('Base')) });
  expect(
    subject.warnings.map(({ message, location, found }) => `${location?.pointer} ${message}: ${found}`),
  ).toMatchInlineSnapshot(`
    [
      "/components/schemas/Subject/additionalProperties "additionalProperties" forbids what is declared beside it: it is read as "unevaluatedProperties": ["id"]",
      "/components/schemas/Subject/allOf/0 "additionalProperties" of what is extended here forbids what is added: it is read as "unevaluatedProperties" around both: ["name"]",
    ]
  `);
});

test('thousands of schemas that are put together are looked at once each, and not once for each other', () => {
  const open = Array.from({ length: 6000 }, (_, index) => ({ type: 'object', properties: { [`m${index}`]: text } }));
  const { subject } = subjectOf({ Subject: { allOf: [...open, closed({ own: text })] } });
  expect(subject.accepts({ m1: 'a', m5999: 'b', own: 'c' })).toBe(true);
  expect(subject.accepts({ m6000: 'a' })).toBe(false);
});
