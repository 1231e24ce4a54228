import fc from 'fast-check';
import type { JsonObject } from '../../src/text/value.js';

/** Now and then something else than the grammar wants. */
const orJunk = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 24, arbitrary }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Value> });

const names = ['id', 'name', 'user_id', 'items', 'created_at', 'status', '__proto__', 'a/b', '', 'toString', '\u202e'];
const name = fc.constantFrom(...names);
const formats = ['date-time', 'date', 'uuid', 'email', 'uri', 'int32', 'byte', 'binary', 'regex', 'ipv6', 'none such'];
const patterns = ['^[a-z]+$', '^(a+)+$', '(?=x)y', '^\\p{L}{3}$', '[', '\\d{2,4}', '^$', '(a|b)*c', '\\1(x)'];
const texts = ['', 'a', '7', 'null', '2025-01-01', '\u0000', '\ud800', 'ä'.repeat(40), '{{x}}', '<b>'];
const numbers = [0, -0, 1, -1, 3, 2.5, 0.1, 1e308, -1e308, 5e-324, 9007199254740993, 1e21];
const count = fc.constantFrom(0, 1, 2, 3, 7, 40, -1, 1e9);
const number = fc.constantFrom(...numbers);
const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, [], {}, [1, 'a'], { id: 1 }, { name: 'a', id: '7' }),
  fc.constantFrom<unknown>(...texts),
  number,
);
const reference = fc.constantFrom('A', 'B', 'C', 'None', 'A/properties/id').map((to) => `#/components/schemas/${to}`);
const type = fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'array', 'object');

const few = <Value>(arbitrary: fc.Arbitrary<Value>, minLength = 0) => fc.array(arbitrary, { minLength, maxLength: 3 });
const map = <Value>(key: fc.Arbitrary<string>, arbitrary: fc.Arbitrary<Value>) =>
  fc.dictionary(key, arbitrary, { maxKeys: 4, noNullPrototype: true });

/** At most so many of the members: all keywords at once are a contradiction, and say nothing. */
const some = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>, most: number): fc.Arbitrary<JsonObject> =>
  fc
    .subarray(Object.keys(members), { maxLength: most })
    // Chosen before any is made: what is not kept would have all of its own below it.
    .chain(
      (kept) =>
        fc.record(
          Object.fromEntries(kept.map((member) => [member, members[member] as fc.Arbitrary<unknown>])),
        ) as fc.Arbitrary<JsonObject>,
    );

/** Schemas after the grammar of JSON Schema 2020-12 and of OpenAPI, that contradict themselves as often as not. */
const { schema } = fc.letrec<{ schema: unknown; object: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'schema' },
    {
      weight: 3,
      arbitrary: fc.record({ type: orJunk(type), format: fc.constantFrom(...formats) }, { requiredKeys: [] }),
    },
    { weight: 1, arbitrary: fc.boolean() },
    { weight: 2, arbitrary: reference.map(($ref) => ({ $ref })) },
    { weight: 8, arbitrary: tie('object') },
  ),
  object: some(
    {
      type: orJunk(fc.oneof(type, few(type, 1))),
      enum: orJunk(few(value)),
      const: value,
      format: fc.constantFrom(...formats),
      pattern: fc.constantFrom(...patterns),
      minLength: orJunk(count),
      maxLength: orJunk(count),
      minimum: orJunk(number),
      maximum: orJunk(number),
      exclusiveMinimum: orJunk(number),
      multipleOf: orJunk(number),
      properties: orJunk(map(name, tie('schema'))),
      required: orJunk(few(name)),
      additionalProperties: tie('schema'),
      patternProperties: map(fc.constantFrom(...patterns), tie('schema')),
      propertyNames: tie('schema'),
      minProperties: orJunk(count),
      maxProperties: orJunk(count),
      dependentRequired: orJunk(map(name, few(name))),
      dependentSchemas: map(name, tie('schema')),
      unevaluatedProperties: tie('schema'),
      items: tie('schema'),
      prefixItems: orJunk(few(tie('schema'), 1)),
      contains: tie('schema'),
      minContains: orJunk(count),
      minItems: orJunk(fc.constantFrom(0, 1, 3, 20)),
      maxItems: orJunk(count),
      uniqueItems: orJunk(fc.boolean()),
      allOf: orJunk(few(tie('schema'), 1)),
      anyOf: orJunk(few(tie('schema'), 1)),
      oneOf: orJunk(few(tie('schema'), 1)),
      not: tie('schema'),
      if: tie('schema'),
      // biome-ignore lint/suspicious/noThenProperty: it is the keyword
      then: tie('schema'),
      else: tie('schema'),
      nullable: fc.boolean(),
      readOnly: orJunk(fc.boolean()),
      writeOnly: orJunk(fc.boolean()),
      discriminator: orJunk(fc.record({ propertyName: name, mapping: map(name, reference) })),
      xml: orJunk(fc.record({ name, attribute: fc.boolean(), wrapped: fc.boolean() }, { requiredKeys: [] })),
      example: value,
      examples: orJunk(few(value)),
      default: value,
      'x-faker': fc.constantFrom('person.firstName', 'no.such', 'constructor.constructor'),
      $anchor: fc.constantFrom('a', 'b', ''),
      $dynamicRef: fc.constantFrom('#a', '#b', '#'),
    },
    5,
  ),
}));

const mediaType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
  'text/event-stream',
  'application/x-ndjson',
  '*/*',
  'a b/c',
  '',
);
const content = orJunk(
  fc.dictionary(mediaType, orJunk(fc.record({ schema, example: value }, { requiredKeys: ['schema'] })), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
);
const parameter = fc.record(
  {
    name: orJunk(name),
    in: orJunk(fc.constantFrom('query', 'path', 'header', 'cookie', 'querystring')),
    required: orJunk(fc.boolean()),
    style: fc.constantFrom('form', 'simple', 'label', 'matrix', 'deepObject', 'pipeDelimited', 'none'),
    explode: fc.boolean(),
    schema,
    content,
    example: value,
  },
  { requiredKeys: ['name', 'in', 'schema'] },
);
const response = fc.record(
  { description: fc.constantFrom(...texts), content, headers: map(name, orJunk(fc.record({ schema }))) },
  { requiredKeys: ['description'] },
);
const status = fc.constantFrom('200', '201', '204', '400', '404', '422', '4XX', 'default', '99', '101', 'x');
const operation = orJunk(
  fc.record(
    {
      operationId: orJunk(name),
      parameters: orJunk(few(orJunk(parameter))),
      requestBody: orJunk(fc.record({ required: fc.boolean(), content })),
      responses: orJunk(map(status, orJunk(response))),
      deprecated: orJunk(fc.boolean()),
      security: orJunk(few(map(fc.constantFrom('key', 'none'), fc.constant([])))),
      servers: orJunk(few(fc.record({ url: fc.constantFrom('/v1', 'http://[', '{a}/b', '') }))),
    },
    { requiredKeys: ['responses'] },
  ),
);
const path = fc.constantFrom('/a', '/a/{id}', '/a/{id}/items', '/{name}', '/a/{id}.{name}', '/%7b', 'a', '/a/{id', '/');
const method = fc.constantFrom('get', 'post', 'put', 'patch', 'delete', 'head', 'trace', 'query');

/** Any document: most are nearly OpenAPI, some are. */
export const anyDocument: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      openapi: orJunk(fc.constantFrom('3.0.3', '3.1.0', '3.2.0')),
      info: orJunk(fc.constant({ title: 'Any', version: '1' })),
      paths: orJunk(
        fc.dictionary(
          path,
          orJunk(fc.dictionary(method, operation, { minKeys: 1, maxKeys: 2, noNullPrototype: true })),
          {
            maxKeys: 3,
            noNullPrototype: true,
          },
        ),
      ),
      components: orJunk(
        fc.record({
          schemas: fc.record({ A: schema, B: schema, C: schema }, { requiredKeys: [] }),
          securitySchemes: fc.constant({ key: { type: 'apiKey', in: 'query', name: 'key' } }),
        }),
      ),
    },
    { requiredKeys: ['openapi', 'info', 'paths'] },
  )
  .map((document) => document as unknown as JsonObject);
