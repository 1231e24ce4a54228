import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createOperations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { prove } from './index.js';

/** How often each fault that has places was tried at which of them, by the pointer below the schema. */
async function strikesAt(schema: Json): Promise<{ struck: string[]; missed: string[] }> {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/a': { get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } } },
    },
  });
  const { trials } = await prove({ operations: createOperations(document) });
  const root = '/paths/~1a/get/responses/200/content/application~1json/schema';
  const placed = trials.filter(({ site }) => site?.startsWith(`${root}/`));
  const names = (kinds: readonly string[]) =>
    placed
      .filter(({ outcome }) => kinds.includes(outcome.kind))
      .map(({ fault, site }) => `${fault} ${site?.slice(root.length)}`);
  return { struck: names(['killed']), missed: names(['not-applicable', 'not-tried', 'survived']) };
}

test('A fault strikes members that are declared by pattern, and what holds on a condition', async () => {
  const { struck, missed } = await strikesAt({
    type: 'object',
    properties: { kind: { enum: ['a', 'b'] }, size: { type: 'integer' } },
    required: ['kind'],
    patternProperties: { '^x-': { type: 'string', minLength: 2 } },
    if: { properties: { kind: { const: 'a' } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: { required: ['size'], properties: { size: { minimum: 5 } } },
    else: { required: ['name'], properties: { name: { type: 'string', maxLength: 4 } } },
  });
  expect(missed).toEqual([]);
  expect(struck).toContain('bounds-min-length /patternProperties/^x-/minLength');
  expect(struck).toContain('required-dropped /then/required');
  expect(struck).toContain('bounds-minimum /then/properties/size/minimum');
  expect(struck).toContain('bounds-max-length /else/properties/name/maxLength');
});

test('A fault strikes what the items that contains counts have to keep, and the schemas that members bring', async () => {
  const { struck, missed } = await strikesAt({
    type: 'object',
    properties: {
      list: { type: 'array', contains: { type: 'integer', minimum: 3 }, minItems: 1, maxItems: 3 },
      kind: { type: 'string' },
      branch: {
        anyOf: [
          { type: 'integer', maximum: 9 },
          { type: 'string', minLength: 3 },
        ],
      },
    },
    required: ['list', 'kind', 'branch'],
    dependentSchemas: { kind: { properties: { size: { type: 'integer', multipleOf: 5 } }, required: ['size'] } },
    unevaluatedProperties: false,
  });
  expect(missed).toEqual([]);
  expect(struck).toContain('bounds-minimum /properties/list/contains/minimum');
  expect(struck).toContain('bounds-multiple-of /dependentSchemas/kind/properties/size/multipleOf');
  expect(struck).toContain('bounds-maximum /properties/branch/anyOf/0/maximum');
  expect(struck).toContain('bounds-min-length /properties/branch/anyOf/1/minLength');
});

test('A method that is served where nothing but TRACE is left, which no body may have, is no fault that shows', async () => {
  const body = { required: true, content: { 'application/json': { schema: { type: 'object' } } } };
  const done = { responses: { 204: { description: 'x' } } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {
        '/pets/{id}': { parameters: [id], get: done, put: done, patch: done, delete: done },
        '/pets/sweep': { post: { requestBody: body, ...done } },
      },
    }),
  );
  const { trials } = await prove({
    operations,
    faults: faults.filter((fault) => fault.id === 'method-any-served'),
    only: ({ path }) => path === '/pets/sweep',
  });
  const reason = expect.stringContaining('where the document promises nothing, such as in the answer to TRACE');
  expect(trials).toMatchObject([{ outcome: { kind: 'not-applicable', reason } }]);
});

test('What is refused by another rule where a keyword is ignored is no fault that shows', async () => {
  const json = (schema: Json) => ({ description: 'ok', content: { 'application/json': { schema } } });
  const settings = { type: 'object', properties: { theme: { type: 'string' } } };
  const step = {
    type: 'object',
    required: ['op', 'path'],
    properties: { op: { enum: ['add', 'remove', 'replace'] }, path: { type: 'string' }, value: {} },
  };
  const content = {
    'application/merge-patch+json': { schema: settings },
    'application/json-patch+json': { schema: { type: 'array', minItems: 1, items: step } },
  };
  const responses = { 200: json(settings), 400: json({}), 409: json({}) };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/settings': {
        get: { responses: { 200: json(settings) } },
        patch: { requestBody: { required: true, content }, responses },
      },
    },
  });
  const { trials } = await prove({
    operations: createOperations(document),
    faults: faults.filter(({ family }) => family === 'parameters'),
  });
  const of = (kind: string) => trials.filter(({ outcome }) => outcome.kind === kind).map(({ site }) => site);
  expect(of('survived')).toEqual([]);
  expect(of('killed')).toContain(
    '/paths/~1settings/patch/requestBody/content/application~1json-patch+json/schema/items/properties/path/type',
  );
});
