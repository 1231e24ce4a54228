import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { findResources } from './finding.js';

const nouns = ['widget', 'zorble', 'country', 'box', 'person', 'analysis', 'orderItem', 'ledger_entry'];
const plurals = ['widgets', 'zorbles', 'countries', 'boxes', 'people', 'analyses', 'orderItems', 'ledger_entries'];
const camel = (word: string) => word.replaceAll(/[_-](.)/g, (_, letter: string) => letter.toUpperCase());

/** How a collection is written: what the generator knows of it, and the finder is to find. */
const collection = fc.record({
  noun: fc.integer({ min: 0, max: nouns.length - 1 }),
  keyStyle: fc.constantFrom('id', 'uuid', 'slug', 'nounId', 'noun_id', '_id'),
  parameterStyle: fc.constantFrom('same', 'nounId', 'id'),
  wrap: fc.constantFrom<readonly string[]>(
    [],
    ['data'],
    ['items'],
    ['result', 'rows'],
    ['_embedded', 'things'],
    ['plural'],
  ),
  isNested: fc.boolean(),
  isWrapped: fc.boolean(),
  methods: fc.record({ post: fc.boolean(), put: fc.boolean(), patch: fc.boolean(), delete: fc.boolean() }),
});

function written({ noun, keyStyle, parameterStyle, wrap, isNested, isWrapped, methods }: Collection) {
  const [one, many] = [nouns[noun] ?? '', plurals[noun] ?? ''];
  const key = { nounId: `${camel(one)}Id`, noun_id: `${one}_id` }[keyStyle as string] ?? keyStyle;
  const parameter = { same: key, nounId: `${camel(one)}Id`, id: 'id' }[parameterStyle];
  const row: JsonObject = {
    type: 'object',
    required: [key, 'label', 'weight'],
    properties: {
      label: { type: 'string' },
      [key]: { type: 'string' },
      weight: { type: 'number' },
      isNew: { type: 'boolean' },
    },
  };
  const rows = wrap.map((step) => (step === 'plural' ? many : step));
  const listed = rows
    .toReversed()
    .reduce<JsonObject>(
      (inner, step) => ({ type: 'object', properties: { [step]: inner, total: { type: 'integer' } } }),
      { type: 'array', items: row },
    );
  const shown: JsonObject = isWrapped ? { type: 'object', properties: { [camel(one)]: row } } : row;
  const answer = (schema: JsonObject): JsonObject => ({
    description: 'done',
    content: { 'application/json': { schema } },
  });
  const body = { content: { 'application/json': { schema: shown } } };
  const base = isNested ? `/planets/{planetId}/${many}` : `/${many}`;
  const gone: JsonObject = { responses: { 204: { description: 'gone' } } };
  const paths: JsonObject = {
    [base]: {
      get: { responses: { 200: answer(listed) } },
      ...(methods.post && { post: { requestBody: body, responses: { 201: answer(shown) } } }),
    },
    [`${base}/{${parameter}}`]: {
      get: { responses: { 200: answer(shown) } },
      ...(methods.put && { put: { requestBody: body, responses: { 200: answer(shown) } } }),
      ...(methods.patch && { patch: { requestBody: body, responses: { 200: answer(shown) } } }),
      ...(methods.delete && { delete: gone }),
    },
    ...(isNested && {
      '/planets/{planetId}': {
        get: {
          responses: {
            200: answer({ type: 'object', properties: { planetId: { type: 'string' }, mass: { type: 'number' } } }),
          },
        },
      },
    }),
  };
  return { paths, base, key, parameter, rows, wrapped: isWrapped ? [camel(one)] : [] };
}
type Collection = typeof collection extends fc.Arbitrary<infer Value> ? Value : never;

it('finds what a collection is, whatever its words, its key and what wraps it are', () => {
  fc.assert(
    fc.property(collection, (wanted) => {
      const { paths, base, key, parameter, rows, wrapped } = written(wanted);
      const document = documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths });
      const found = findResources(createOperations(document));
      const resource = found.all.find(({ collection: path }) => path === base);
      expect(resource).toMatchObject({ item: `${base}/{${parameter}}`, key: { member: [key], parameter } });
      expect(resource?.parent?.name).toBe(wanted.isNested ? 'planets' : undefined);
      expect(found.unplaced).toEqual([]);
      const kindOf = (method: string, path: string) => found.roleOf(`${method} ${path}`);
      expect(kindOf('GET', base)).toMatchObject({ kind: 'list', answer: { path: rows } });
      expect(kindOf('GET', `${base}/{${parameter}}`)).toMatchObject({ kind: 'read', answer: { path: wrapped } });
      if (wanted.methods.post) {
        const create = kindOf('POST', base);
        expect(create).toMatchObject({ kind: 'create', answer: { path: wrapped }, body: { path: wrapped } });
      }
      const changed = wanted.methods.post ? 'replace' : 'upsert';
      if (wanted.methods.put) expect(kindOf('PUT', `${base}/{${parameter}}`)?.kind).toBe(changed);
      if (wanted.methods.patch) expect(kindOf('PATCH', `${base}/{${parameter}}`)?.kind).toBe('merge');
      if (wanted.methods.delete) expect(kindOf('DELETE', `${base}/{${parameter}}`)?.kind).toBe('delete');
    }),
    { numRuns: 100 },
  );
});
