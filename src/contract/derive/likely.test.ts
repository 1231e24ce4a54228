import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createSchemas } from '../../schema/index.js';
import type { JsonObject } from '../../text/value.js';
import { askedFor } from '../things/asked-for.js';
import { freshened } from './freshened.js';
import { casesOfPost, firstBody } from './library/posting.js';
import { shownIn } from './likely.js';

/** The body of the valid request for an object with these members, all required. */
function bodyOf(properties: JsonObject, options: { members?: string[]; required?: string[] } = {}) {
  const schema = { type: 'object', required: options.required ?? Object.keys(properties), properties };
  const learnt = { values: {}, isSure: true, members: options.members ?? [] };
  return firstBody(casesOfPost(schema, { learnt }));
}

it.each<[string, JsonObject, unknown]>([
  ['a whole number', { weight: { type: 'number', minimum: 1.5, maximum: 2.5 } }, { weight: 2 }],
  ['digits for a number in a text', { price: { type: 'string', format: 'decimal' } }, { price: '12' }],
  [
    'numbers within their bounds, where a text may write one out',
    {
      counts: {
        type: 'array',
        minItems: 6,
        items: { minimum: 5, maximum: 40, anyOf: [{ type: 'string', format: 'integer' }, { type: 'integer' }] },
      },
    },
    { counts: expect.toSatisfy((all: unknown[]) => all.every((one) => typeof one === 'number')) },
  ],
  ['a time to come', { expiresAt: { type: 'string', format: 'date-time' } }, { expiresAt: '2099-12-31T23:59:59Z' }],
  [
    'what a description shows',
    { zone: { type: 'string', description: 'Name of the zone (e.g. “example.com.”)' } },
    { zone: 'example.com.' },
  ],
  [
    'the first of a list',
    { kind: { type: 'string', enum: ['native', 'other', 'third', 'fourth'] } },
    { kind: 'native' },
  ],
  ['an example as it is', { weight: { type: 'number', example: 1.25 } }, { weight: 1.25 }],
  [
    'the beginning of a range before its end',
    { minPrice: { type: 'integer', minimum: 8, maximum: 8 }, maxPrice: { type: 'integer', minimum: 8, maximum: 9 } },
    { minPrice: 8, maxPrice: expect.toSatisfy((value: number) => value >= 8) },
  ],
  [
    'what begins before what ends, by whatever names they have',
    { arrival: { type: 'string', format: 'date' }, departure: { type: 'string', format: 'date' } },
    expect.toSatisfy((value: { arrival: string; departure: string }) => value.arrival < value.departure),
  ],
  [
    'moments as the author shows them',
    {
      opened: { type: 'string', format: 'date', example: '2024-05-02' },
      sealed: { type: 'string', format: 'date', example: '2024-05-01' },
    },
    { opened: '2024-05-02', sealed: '2024-05-01' },
  ],
])('a valid body has %s', (_what, properties, expected) => {
  expect(bodyOf(properties)).toEqual(expected);
});

it('a valid body has the optional members that the target asks for', () => {
  const text = { type: 'string', minLength: 1 };
  expect(
    Object.keys(bodyOf({ name: text, kind: text, note: text }, { required: [], members: ['kind', 'name'] })),
  ).toEqual(['kind', 'name']);
});

it('a refusal asks for the member that it names first, as a word of its own', () => {
  expect(askedFor("Key 'name' not present, and kind neither", ['kind', 'name', 'note'])).toBe('name');
  expect(askedFor('the filename is wrong', ['name'])).toBeUndefined();
  expect(askedFor('a.b is missing', ['a.b'])).toBe('a.b');
});

it('a description shows what it quotes as an example', () => {
  expect(shownIn([{ description: 'An address, for example: `10.0.0.0/8`.' }])).toBe('10.0.0.0/8');
  expect(shownIn([{ description: 'Set to "TSIGKey"' }])).toBeUndefined();
});

it('a further body has other names and keys, and the rest as it was', () => {
  const body = { id: 7, name: 'Ada', kind: 'dog', site: 'http://a.example/', born: '1815-12-10', tags: ['x'] };
  expect(freshened(body, null, 0)).toEqual({ ...body, id: 8, name: 'c2Ada' });
  expect(freshened(body, null, 1)).toEqual({ ...body, id: 9, name: 'c3Ada' });
});

it.each([
  ['^[A-Z]+-[A-Z]\\d$', 'BOLT-M8'],
  ['^[A-Z0-9-]+$', 'BOLT-M8'],
  ['^\\d-\\d$', '0-1'],
])('of %s two further bodies never have one name, as far as there are names', (pattern, sku) => {
  const components = { schemas: { Sku: { properties: { sku: { pattern } } } } };
  const root = { openapi: '3.1.0', info: { title: 'T', version: '1' }, components };
  const schema = createSchemas(documentFromObject(root)).at('/components/schemas/Sku', 'request');
  const names = Array.from({ length: 90 }, (_, ordinal) => freshened({ sku }, schema, ordinal));
  expect(new Set(names.map((one) => JSON.stringify(one))).size).toBe(90);
});
