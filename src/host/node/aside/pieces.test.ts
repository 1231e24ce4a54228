import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFromObject } from '../../../document/index.js';
import type { JsonObject } from '../../../text/value.js';
import { addPiece, piecesOf } from './pieces.js';

function together(given: JsonObject) {
  const document = documentFromObject({ openapi: '3.2.0', info: { title: 't', version: '1' }, paths: {}, ...given });
  const pieces = [...piecesOf(document)];
  const root: JsonObject = {};
  for (const piece of structuredClone(pieces)) addPiece(root, piece);
  return { document, pieces, root };
}

const lengthOf = (value: unknown) => JSON.stringify(value).length;

test('the pieces of any document come together to the same tree, in the same order', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3000), (members, count) => {
      const many = Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, { type: 'string' }]));
      const oneOf = [...Object.values(many), { oneOf: [{ oneOf: Object.values(many) }, true] }];
      const schemas = { A: { properties: many, oneOf, default: members as JsonObject } };
      const { document, root } = together({ components: { schemas }, 'x-more': members as JsonObject });
      expect(JSON.stringify(root)).toBe(JSON.stringify(document.root));
    }),
    { numRuns: 30 },
  );
});

test('no piece is large, wherever most of a document stands, and there are not many more than it takes', () => {
  const properties = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [`n${index}`, { type: 'string' }]),
  );
  const { document, pieces } = together({ components: { schemas: { A: { type: 'object', properties } } } });
  expect(Math.max(...pieces.map(lengthOf))).toBeLessThan(lengthOf(document.root) / 30);
  expect(pieces.length).toBeLessThan(200);
});

test('no piece has more than a few of many branches', () => {
  const oneOf = Array.from({ length: 20_000 }, (_, index) => ({ required: [`n${index}`], properties: {} }));
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema: { oneOf } } } } };
  const { document, pieces, root } = together({ paths: { '/a': { get: { responses } } } });
  expect(Math.max(...pieces.map(lengthOf))).toBeLessThan(lengthOf(document.root) / 30);
  expect(root).toEqual(document.root);
});

test('each piece has what its references lead to', () => {
  const schemas = { A: { $id: 'https://a.test/a', $defs: { b: true }, properties: { c: { $ref: '#/$defs/b' } } } };
  const { pieces } = together({ components: { schemas } });
  expect(Object.assign({}, ...pieces.map(({ elsewhere }) => elsewhere))).toEqual({
    '/components/schemas/A/properties/c': '/components/schemas/A/$defs/b',
  });
});
