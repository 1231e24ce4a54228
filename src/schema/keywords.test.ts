import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { keywords } from './keywords.js';
import { compilePattern } from './pattern/pattern.js';
import { createSchemas } from './schemas.js';

const annotations = ['title', 'description', 'default', 'deprecated', 'readOnly', 'writeOnly', 'examples', '$comment'];

/** Values that are right for some keyword, and ones that are right for none. */
const values = fc.oneof(
  fc.constantFrom<Json>('string', 'text', '', '^a$', '(', '#', 'a#b', 'name', 'not a name'),
  fc.constantFrom<Json>(0, 1, -1, 1.5, true, false, null, [], {}),
  fc.constantFrom<Json>(['a'], ['string'], [1], [{}], [true, {}], [{ type: 1 }], [[]], ['text', 'null']),
  fc.constantFrom<Json>({ a: {} }, { a: true }, { a: 1 }, { a: ['b'] }, { a: [1] }, { '(': {} }, { type: 'text' }),
);
const names = Object.keys(keywords).filter(
  (name) => !['$ref', '$dynamicRef', '$recursiveRef', '$id', '$schema'].includes(name),
);
const schemas = fc.dictionary(fc.constantFrom(...names), values, {
  maxKeys: 3,
  noNullPrototype: true,
}) as fc.Arbitrary<JsonObject>;

// Ajv does not assert formats in meta-schemas, so expressions are asked for below.
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const metaSchema = ajv.getSchema('https://json-schema.org/draft/2020-12/schema');

/** The schema without what this project lets pass because it has no effect. */
function withoutHarmless(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([name, value]) => {
      const emptyList = Array.isArray(value) && value.length === 0;
      return !(emptyList && ['allOf', 'prefixItems'].includes(name));
    }),
  );
}

/** `"format": "regex"` of the meta-schema. */
function hasBrokenPattern({ pattern, patternProperties }: JsonObject): boolean {
  const named =
    typeof patternProperties === 'object' && patternProperties !== null ? Object.keys(patternProperties) : [];
  return [...named, ...(typeof pattern === 'string' ? [pattern] : [])].some((text) => compilePattern(text) === null);
}

/** What is wrong with a schema of a document: what is left out of it, or read as something else, is a warning. */
function problemsOf(schema: Json): readonly unknown[] {
  const info = { title: '', version: '' };
  const document = documentFromObject({ openapi: '3.1.0', info, paths: {}, components: { schemas: { A: schema } } });
  const { problems, warnings } = createSchemas(document).at('/components/schemas/A', 'request');
  return [...problems, ...warnings.filter(({ id }) => id === 'schema-left-out' || id === 'schema-read-as')];
}

describe('the keywords', () => {
  it('are right and wrong as the 2020-12 meta-schema says', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const expected = metaSchema?.(withoutHarmless(schema)) === true && !hasBrokenPattern(schema);
        expect({ schema, valid: problemsOf(schema).length === 0 }).toEqual({ schema, valid: expected });
      }),
      { numRuns: 2000 },
    );
  });

  it('are all that the meta-schema knows to assert or apply', () => {
    const vocabularies = ['core', 'applicator', 'unevaluated', 'validation', 'format-annotation'];
    const known = vocabularies.flatMap((name) => {
      const schema = ajv.getSchema(`https://json-schema.org/draft/2020-12/meta/${name}`)?.schema as {
        properties: object;
      };
      return Object.keys(schema.properties);
    });
    const missing = known.filter((name) => !(name in keywords) && !annotations.includes(name));
    expect(missing.sort()).toEqual(['$defs', '$vocabulary']);
  });
});
