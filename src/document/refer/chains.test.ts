import { expect, it } from 'vitest';
import type { JsonObject } from '../../text/value.js';
import { documentFromObject } from '../index.js';

const chain = (length: number, link: (next: string) => JsonObject): JsonObject =>
  Object.fromEntries([
    ...Array.from({ length }, (_, index) => [`C${index}`, link(`#/components/schemas/C${index + 1}`)]),
    [`C${length}`, { type: 'integer' }],
  ]);

function documentOf(schemas: JsonObject) {
  const schema = { $ref: '#/components/schemas/C0' };
  const responses = { 200: { description: '', content: { 'application/json': { schema } } } };
  const paths = { '/a': { get: { responses } } };
  return documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths, components: { schemas } });
}

it('follows a chain of references to its end, however long it is', () => {
  const document = documentOf(chain(5000, (next) => ({ $ref: next })));
  expect(document.problems).toEqual([]);
  expect(document.at('/components/schemas/C0')).toEqual({ $ref: '#/components/schemas/C5000' });
});

it('leaves references as they are written where few lead to each other', () => {
  const document = documentOf(chain(20, (next) => ({ $ref: next })));
  expect(document.at('/components/schemas/C0')).toEqual({ $ref: '#/components/schemas/C1' });
});

it.each([
  ['allOf', (next: string) => ({ allOf: [{ $ref: next }] })],
  ['anyOf within not', (next: string) => ({ not: { anyOf: [{ $ref: next }, {}] } })],
])('cuts schemas of one value that stand behind each other too deep: %s', (_name, link) => {
  const { problems } = documentOf(chain(1000, link));
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThan(20);
  expect(new Set(problems.map(({ id }) => id))).toEqual(new Set(['reference-depth']));
});

it('cuts nothing where each schema is of a member of the one before', () => {
  const { problems } = documentOf(chain(1000, (next) => ({ properties: { a: { allOf: [{ $ref: next }] } } })));
  expect(problems).toEqual([]);
});
