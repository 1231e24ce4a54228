import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Document, documentFromObject } from '../document/index.js';
import { parsePointer, valueAt } from '../text/pointer.js';
import type { Json, JsonObject } from '../text/value.js';
import { createSchemas } from './schemas.js';
import type { Schema } from './types.js';
import { createAjv } from './validate/instance.js';
import { createInterpreter } from './validate/interpret/interpreter.js';
import { createPrebuilt } from './validate/prebuilt.js';
import type { CreateCompiler } from './validate/validator.js';
import { writeValidators } from './validate/write.js';

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly { readonly description: string; readonly data: Json; readonly valid: boolean }[];
}

const suite = new URL('../../tests/json-schema-test-suite/draft2020-12/', import.meta.url);

/** Why an answer differs from the JSON Schema test suite's. */
const reasons = {
  asserted: 'formats are asserted here, as users of OpenAPI expect; these want annotations only',
  vocabularies: 'vocabularies of other meta-schemas are not read: every schema has those of 2020-12',
  served:
    'refers to documents that the suite serves on localhost, and that are not among them: anything is valid there',
} as const;

/** Every test of the suite (draft 2020-12, optional ones too) that is answered differently here, by file. */
const exceptions: Readonly<
  Record<string, { readonly reason: keyof typeof reasons; readonly tests: readonly string[] }>
> = {
  'dynamicRef.json': {
    reason: 'served',
    tests: [
      'strict-tree schema, guards against misspelled properties: instance with correct field',
      'tests for implementation dynamic anchor and reference link: incorrect parent schema',
      'tests for implementation dynamic anchor and reference link: incorrect extended schema',
      '$ref and $dynamicAnchor are independent of order - $defs first: incorrect parent schema',
      '$ref and $dynamicAnchor are independent of order - $defs first: incorrect extended schema',
      '$ref and $dynamicAnchor are independent of order - $ref first: incorrect parent schema',
      '$ref and $dynamicAnchor are independent of order - $ref first: incorrect extended schema',
      '$ref to $dynamicRef finds detached $dynamicAnchor: non-number is invalid',
    ],
  },
  'format.json': {
    reason: 'asserted',
    tests: [
      'email format: invalid email string is only an annotation by default',
      'idn-email format: invalid idn-email string is only an annotation by default',
      'regex format: invalid regex string is only an annotation by default',
      'ipv4 format: invalid ipv4 string is only an annotation by default',
      'ipv6 format: invalid ipv6 string is only an annotation by default',
      'idn-hostname format: invalid idn-hostname string is only an annotation by default',
      'hostname format: invalid hostname string is only an annotation by default',
      'date format: invalid date string is only an annotation by default',
      'date-time format: invalid date-time string is only an annotation by default',
      'time format: invalid time string is only an annotation by default',
      'json-pointer format: invalid json-pointer string is only an annotation by default',
      'relative-json-pointer format: invalid relative-json-pointer string is only an annotation by default',
      'iri format: invalid iri string is only an annotation by default',
      'iri-reference format: invalid iri-reference string is only an annotation by default',
      'uri format: invalid uri string is only an annotation by default',
      'uri-reference format: invalid uri-reference string is only an annotation by default',
      'uri-template format: invalid uri-template string is only an annotation by default',
      'uuid format: invalid uuid string is only an annotation by default',
      'duration format: invalid duration string is only an annotation by default',
    ],
  },
  'refRemote.json': {
    reason: 'served',
    tests: [
      'remote ref: remote ref invalid',
      'fragment within remote ref: remote fragment invalid',
      'anchor within remote ref: remote anchor invalid',
      'ref within remote ref: ref within ref invalid',
      'base URI change: base URI change ref invalid',
      'base URI change - change folder: string is invalid',
      'base URI change - change folder in subschema: string is invalid',
      'root ref in remote ref: object is invalid',
      'remote ref with ref to defs: invalid',
      'Location-independent identifier in remote ref: string is invalid',
      'retrieved nested refs resolve relative to their URI not $id: number is invalid',
      'remote HTTP ref with different $id: number is invalid',
      'remote HTTP ref with different URN $id: number is invalid',
      'remote HTTP ref with nested absolute ref: number is invalid',
      '$ref to $ref finds detached $anchor: non-number is invalid',
    ],
  },
  'vocabulary.json': {
    reason: 'vocabularies',
    tests: [
      'schema that uses custom metaschema with with no validation vocabulary: no validation: invalid number, but it still validates',
    ],
  },
};

function files(): string[] {
  return ['', 'optional/', 'optional/format/'].flatMap((folder) =>
    readdirSync(new URL(folder, suite))
      .filter((name) => name.endsWith('.json'))
      .map((name) => folder + name),
  );
}

/** A schema as the whole document: `#` is the schema itself. */
function alone(schema: Json): Document {
  return {
    name: 'suite',
    declaredVersion: '3.1.0',
    root: schema as JsonObject,
    problems: [],
    leftOut: [],
    elsewhere: new Map(),
    locate: (pointer) => ({ file: 'suite', line: 1, column: 1, pointer }),
    at: (pointer) => valueAt(schema, parsePointer(pointer)),
    resolve: (value, pointer) => ({ value, pointer }),
  };
}

/** A schema among the components of an OpenAPI document, as a resource of its own so that `#` is the schema still. */
function component(schema: Json): Document {
  const named =
    typeof schema === 'object' && schema !== null && !Array.isArray(schema)
      ? { $id: 'https://suite.example/schema', ...schema }
      : schema;
  const components = { schemas: { Test: named } };
  return documentFromObject({ openapi: '3.1.0', info: { title: 'suite', version: '1' }, paths: {}, components });
}

/** The tests of a file that are answered differently, as `group: test`. */
function different(groups: readonly Group[], pointer: string, read: (schema: Json) => Document): string[] {
  return groups.flatMap(({ description, schema, tests }) => {
    const [compiled, ...others] = [() => createAjv, () => createInterpreter, () => written(read(schema), pointer)].map(
      (compiler) => attempt(() => createSchemas(read(schema), compiler()).at(pointer, 'response')),
    ) as [Schema, Schema, Schema];
    return tests
      .filter(({ data, valid }) => {
        const judge = (subject: Schema) =>
          subject instanceof Error
            ? subject
            : attempt(() => ({ accepted: subject.accepts(data), violations: subject.validate(data, 'body') }));
        const judged = judge(compiled);
        // Where no code may be made, the same is found, and said in the same order.
        for (const other of others) expect(judge(other)).toEqual(judged);
        return judged instanceof Error || judged.accepted !== valid || (judged.violations.length === 0) !== valid;
      })
      .map((test) => `${description}: ${test.description}`);
  });
}

/** The validators of a schema as `counterproof build` writes them. */
function written(document: Document, pointer: string): CreateCompiler {
  const text = writeValidators(document, (schemas) => [schemas.at(pointer, 'response')]);
  return createPrebuilt(new Function(`return ${text}`)());
}

/** What a document that cannot be read, or a schema that does not compile, throws is no answer. */
function attempt<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    return error as Value;
  }
}

describe('the JSON Schema test suite, draft 2020-12', () => {
  const names = files();
  const groupsOf = (file: string) => JSON.parse(readFileSync(new URL(file, suite), 'utf8')) as Group[];

  it.each(names)('%s is answered as it says, but for what the list of exceptions explains', (file) => {
    expect(different(groupsOf(file), '', alone)).toEqual(exceptions[file]?.tests ?? []);
  });

  it.each(names)('%s is answered the same by a component of an OpenAPI document', (file) => {
    // A document may refer to the meta-schema only where --allow-remote names its host.
    const groups = groupsOf(file).filter(
      ({ schema }) => !JSON.stringify(schema).includes('"$ref":"https://json-schema.org'),
    );
    expect(different(groups, '/components/schemas/Test', component)).toEqual(exceptions[file]?.tests ?? []);
  });

  it('is whole', () => {
    expect(names.length).toBeGreaterThan(75);
    expect(Object.keys(exceptions).filter((file) => !names.includes(file))).toEqual([]);
  });
});
