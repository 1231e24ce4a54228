import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import type { ParameterIn } from '../../schema/index.js';
import type { JsonObject } from '../../text/value.js';
import { createOperations } from '../operations.js';
import { checkRequest } from '../request.js';
import type { Operation, Parameter } from '../types.js';
import { serializeParameter } from './serialize.js';

const places: Record<ParameterIn, readonly string[]> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
  querystring: [],
};

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[a-z,;=&|%+.[\] /"]*$/));
const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,3}$/),
  text,
  fc.constantFrom('__proto__', 'toString', '0', 'a[b]', 'p'),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0);
const primitive = (kind: 'string' | 'number' | 'boolean') =>
  ({ string: text, number, boolean: fc.boolean() })[kind] as fc.Arbitrary<unknown>;

const kind = fc.constantFrom('string' as const, 'number' as const, 'boolean' as const);
const flat = kind.chain((type): fc.Arbitrary<[JsonObject, unknown]> => {
  const value = primitive(type);
  return fc.oneof(
    fc.tuple(fc.constant({ type }), value),
    fc.tuple(fc.constant({ type: 'array', items: { type } }), fc.array(value, { maxLength: 4 })),
    fc.tuple(
      fc.constant({ type: 'object', additionalProperties: { type } }),
      fc.dictionary(name, value, { maxKeys: 4 }),
    ),
  );
});
const nested = fc.tuple(
  fc.constant({
    type: 'object',
    properties: {
      list: { type: 'array', items: { type: 'number' } },
      rows: { type: 'array', items: { type: 'object', properties: { on: { type: 'boolean' } } } },
      inner: { type: 'object', additionalProperties: { type: 'string' } },
    },
  } satisfies JsonObject),
  fc.record({
    list: fc.array(number, { maxLength: 3 }),
    rows: fc.array(fc.record({ on: fc.boolean() }), { maxLength: 3 }),
    inner: fc.dictionary(name, text, { maxKeys: 3 }),
  }),
);

const operations = new Map<string, Operation>();

function operationWith(parameter: JsonObject): Operation {
  const key = JSON.stringify(parameter);
  let operation = operations.get(key);
  if (!operation) {
    const document = documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Round trip', version: '1' },
      paths: {
        [parameter.in === 'path' ? '/{p}' : '/x']: {
          get: { parameters: [{ required: parameter.in === 'path', ...parameter }], responses: {} },
        },
      },
    });
    const all = createOperations(document);
    operation = all.compile(all.entries[0] as never);
    operations.set(key, operation);
  }
  return operation;
}

function send(place: ParameterIn, wire: string, operation: Operation) {
  const request = {
    method: 'GET',
    target: place === 'query' ? `/x?${wire}` : '/x',
    headers: place === 'header' ? { p: wire } : place === 'cookie' ? { cookie: wire } : {},
    body: null,
  };
  return checkRequest(operation, request, place === 'path' ? { p: wire } : {});
}

const cases = (Object.keys(places) as ParameterIn[]).flatMap((place) =>
  places[place].flatMap((style) => [false, true].map((explode) => [place, style, explode] as const)),
);

describe('what is written is read again as it was', () => {
  it.each(cases)('%s, %s, explode %s', (place, style, explode) => {
    let written = 0;
    fc.assert(
      fc.property(style === 'deepObject' ? fc.oneof(flat, nested) : flat, ([schema, value]) => {
        const operation = operationWith({ name: 'p', in: place, style, explode, schema });
        const parameter = operation.parameters[0] as Parameter;
        const wire = serializeParameter(parameter, value);
        if (wire === null) return;
        written += 1;
        expect(wire).toMatch(
          place === 'header' || style === 'cookie' ? /^[\x20-\x7e]*$/ : /^[\x21-\x7e]*$|^[\x20-\x7e]*; /,
        );
        const { values, violations } = send(place, wire, operation);
        expect({ value: values[place].p, violations }).toEqual({ value, violations: [] });
      }),
      { numRuns: 400 },
    );
    // Most values must have a form, or this would prove nothing.
    expect(written).toBeGreaterThan(80);
  });

  it.each(['query', 'path', 'header', 'cookie'] as const)('JSON in %s', (place) => {
    const operation = operationWith({ name: 'p', in: place, content: { 'application/json': { schema: {} } } });
    const parameter = operation.parameters[0] as Parameter;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value));
        const wire = serializeParameter(parameter, json);
        if (wire === null) return;
        const { values, violations } = send(place, wire, operation);
        expect({ value: values[place].p, violations }).toEqual({ value: json, violations: [] });
      }),
    );
  });
});
