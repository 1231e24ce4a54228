import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { documentFromObject, documentFromText } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { fixtureSchemaOf } from './fixture-schema.js';

function validatorOf(file: string) {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const schema = fixtureSchemaOf(createOperations(documentFromText(text, { name: file })));
  // It is a schema by the letter: what Ajv would only warn of is an error.
  return new Ajv2020({
    allErrors: true,
    validateFormats: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    strictTuples: false,
  }).compile(schema);
}

const bookings = validatorOf('examples/bookings/openapi.yaml');

test('the fixtures of the built-in document are valid by its schema', () => {
  const validate = validatorOf('spec/openhands-installations.yaml');
  const text = readFileSync(new URL('../../fixtures/openhands-installations.yaml', import.meta.url), 'utf8');
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
});

test('a schema with references and parameters is one by the letter', () => {
  expect(validatorOf('examples/club-members/openapi.yaml')({})).toBe(true);
});

test.each([
  ['a body', 'listBookings: { cases: { some: { body: [{ room: Blue, day: 2030-01-01, id: 1 }] } } }'],
  ['placeholders', `getExport: { cases: [{ body: { id: "$\{path.id}", state: "$\{query.state}" } }] }`],
  [
    'a method and a path',
    '"GET /exports/{id}": { cases: { late: { when: { path: { id: "7" } }, merge: { state: done } } } }',
  ],
  ['another status with its body', 'book: { cases: { taken: { status: 409, body: { message: taken } } } }'],
  ['a body that is not the declared one', 'book: { cases: { odd: { status: 409, body: 7, offContract: true } } }'],
  ['an undeclared status', 'book: { cases: { odd: { status: 500, offContract: true, body: { any: 1 } } } }'],
  [
    'a sequence',
    'getExport: { cases: { slow: { merge: { state: running }, then: [{ body: { id: 1, state: done } }] } } }',
  ],
  [
    'a part of a body',
    'book: { cases: { blue: { when: { body: { room: Blue }, query: { any: 1 } }, delay: 1s..2s } } }',
  ],
  ['what the suite sends', 'book: { contract: { body: { room: Red, day: 2030-01-01 } } }'],
])('%s is valid', (_, text) => {
  expect(bookings({ operations: parse(`{ ${text} }`) }), JSON.stringify(bookings.errors)).toBe(true);
});

test.each([
  ['an operation', 'listBooking: { cases: {} }'],
  ['a path parameter', 'getExport: { cases: { late: { when: { path: { ide: 7 } } } } }'],
  ['a member of a case', 'getExport: { cases: { late: { dely: 7 } } }'],
  ['a value of an enumeration', 'getExport: { cases: { late: { body: { id: 1, state: dun } } } }'],
  ['a member that is required', 'getExport: { cases: { late: { body: { id: 1, stat: done } } } }'],
  ['a body of another status', 'book: { cases: { taken: { status: 409, body: { room: Blue } } } }'],
  ['a body in a step', 'getExport: { cases: { slow: { delay: 1, then: [{ body: { id: 1, state: dun } }] } } }'],
  ['a parameter for the suite', 'getExport: { contract: { parameters: { ide: 7 } } }'],
  ['a body where there is none', 'getExport: { cases: { late: { when: { body: { a: 1 } } } } }'],
])('what misspells %s is not', (_, text) => {
  expect(bookings({ operations: parse(`{ ${text} }`) })).toBe(false);
});

test('schemas may lead to each other deeper than the stack bears', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [
      `C${index}`,
      { type: 'object', properties: { c: { $ref: `#/components/schemas/C${(index + 1) % 5000}` } } },
    ]),
  );
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/C0' } } };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/a': { get: { responses: { 200: { description: '', content } } } } },
    components: { schemas },
  });
  const { $defs } = fixtureSchemaOf(createOperations(document));
  expect(Object.keys($defs as object)).toContain('C4999');
});

test('an operation and a parameter may be called as members of every object are', () => {
  const responses = { 200: { description: 'x' } };
  const parameters = [{ name: '__proto__', in: 'query', description: 'p', schema: {} }];
  const document = {
    openapi: '3.1.0',
    info: {},
    paths: { '/a': { get: { operationId: '__proto__', parameters, responses } } },
  };
  const { properties } = JSON.parse(JSON.stringify(fixtureSchemaOf(createOperations(documentFromObject(document)))));
  expect(Object.keys(properties.operations.properties)).toEqual(['__proto__', 'GET /a']);
  expect(Object.keys(properties.contract.properties.parameters.properties)).toEqual(['__proto__']);
});
