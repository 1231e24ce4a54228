import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { JsonObject } from '../text/value.js';
import { leadsToMore } from './index.js';

const most = 1000;
const isMuch = (schema: JsonObject, others: Record<string, JsonObject> = {}): boolean => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {},
    components: { schemas: { A: schema, ...others } },
  });
  return leadsToMore(document, '/components/schemas/A', most);
};
const members = (count: number, schema: JsonObject = { type: 'string' }): JsonObject => ({
  type: 'object',
  properties: Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, schema])),
});
const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

test('an ordinary row is not much, also with patterns, alternatives and prose', () => {
  const prose = { type: 'string', description: 'What it is. '.repeat(1000) };
  expect(isMuch({ ...members(60, prose), required: ['m1'] })).toBe(false);
  expect(isMuch(members(20, { anyOf: [{ type: 'string', pattern: '^[a-z]+$' }, { type: 'null' }] }))).toBe(true);
  expect(isMuch(members(10, { anyOf: [{ type: 'string', pattern: '^[a-z]+$' }, { type: 'null' }] }))).toBe(false);
});

test('much is many members, and what values are searched for by', () => {
  expect(isMuch(members(600))).toBe(true);
  const clause = (at: number): JsonObject => ({ oneOf: [{ required: [`a${at}`] }, { required: [`b${at}`] }] });
  expect(isMuch({ allOf: Array.from({ length: 40 }, (_, at) => clause(at)) })).toBe(true);
  const dependent = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`m${at}`, { required: [`m${at + 1}`] }]));
  expect(isMuch({ type: 'object', dependentSchemas: dependent })).toBe(true);
  expect(isMuch({ type: 'string', pattern: `^${'(a|b)'.repeat(5000)}$` })).toBe(true);
});

test('what is made several times counts as often', () => {
  const item = members(5);
  expect(isMuch({ type: 'array', items: item })).toBe(false);
  expect(isMuch({ type: 'array', minItems: 300, items: item })).toBe(true);
  const level = (name: string): JsonObject => members(3, to(name));
  expect(isMuch(level('B'), { B: level('C'), C: level('D'), D: { type: 'string' } })).toBe(false);
  const levels = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`L${at}`, at < 11 ? level(`L${at + 1}`) : { type: 'string' }]),
  );
  expect(isMuch(to('L0'), levels)).toBe(true);
});

test('what leads back to itself counts once, and more only where it is searched for', () => {
  expect(isMuch({ type: 'object', properties: { next: to('A'), name: { type: 'string' } } })).toBe(false);
  const branches = Array.from({ length: 20 }, (_, at) => ({
    type: 'object',
    required: [`op${at}`],
    properties: { [`op${at}`]: { const: at }, left: to('A'), right: to('A') },
  }));
  expect(isMuch({ oneOf: [...branches, { type: 'integer' }] })).toBe(true);
});
