import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Document } from '../document/index.js';
import { createSchemas } from '../schema/index.js';
import { parsePointer, valueAt } from '../text/pointer.js';
import type { Json, JsonObject } from '../text/value.js';
import { createFaker } from './index.js';

interface Group {
  readonly description: string;
  readonly schema: Json;
  readonly tests: readonly { readonly data: Json; readonly valid: boolean }[];
}

const suite = new URL('../../tests/json-schema-test-suite/draft2020-12/', import.meta.url);

/** A schema as the whole document: `#` is the schema itself. */
function alone(schema: Json): Document {
  return {
    name: 'suite',
    declaredVersion: '3.1.0',
    root: schema as JsonObject,
    files: [],
    problems: [],
    leftOut: [],
    elsewhere: new Map(),
    locate: (pointer) => ({ file: 'suite', line: 1, column: 1, pointer }),
    at: (pointer) => valueAt(schema, parsePointer(pointer)),
    resolve: (value, pointer) => ({ value, pointer }),
  };
}

function groupsOf(folder: string): Group[] {
  const names = readdirSync(new URL(folder, suite)).filter((name) => name.endsWith('.json'));
  return names.flatMap((name) => JSON.parse(readFileSync(new URL(folder + name, suite), 'utf8')) as Group[]);
}

describe('the schemas of the JSON Schema test suite', () => {
  it('all get a value for 5 seeds, if they have a valid test', () => {
    const reached: string[] = [];
    const missed: string[] = [];
    for (const { description, schema, tests } of ['', 'optional/', 'optional/format/'].flatMap(groupsOf)) {
      const schemas = createSchemas(alone(schema));
      const compiled = schemas.at('', 'response');
      // Schemas that refer to what the suite serves on localhost do not compile: see schema/suite.test.ts.
      if (compiled.problem || !tests.some(({ data, valid }) => valid && compiled.accepts(data))) continue;
      const faker = createFaker(schemas);
      expect([description, faker.contradiction(compiled)]).toEqual([description, null]);
      const results = Array.from({ length: 5 }, (_, seed) => faker.generate(compiled, { seed }));
      const whole = results.every((result) => result.ok && compiled.accepts(result.value));
      (whole ? reached : missed).push(description);
    }
    expect(missed).toEqual([]);
    expect(reached.length).toBeGreaterThan(400);
  });
});
