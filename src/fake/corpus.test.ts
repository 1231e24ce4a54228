import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Document, readDocument } from '../document/index.js';
import { createSchemas, type Direction } from '../schema/index.js';
import { pointerOf } from '../text/pointer.js';
import type { JsonObject } from '../text/value.js';
import { createFaker, type Optionals } from './index.js';

const fileAt = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Of the seeds `npm test` tries a tenth, `npm run test:whole` all. */
const share = process.env.WHOLE === '1' ? 1 : 10;

/** A value of every component schema for each of some seeds: what was not made, and the largest in characters. */
function generateAll(document: Document, direction: Direction, optionals: Optionals, seeds: number) {
  const schemas = createSchemas(document);
  const faker = createFaker(schemas);
  const names = Object.keys((document.at('/components/schemas') ?? {}) as JsonObject);
  const failures: string[] = [];
  let largest = 0;
  for (const name of names) {
    const schema = schemas.at(pointerOf('components', 'schemas', name), direction);
    for (let seed = 1; seed <= Math.ceil(seeds / share); seed++) {
      const result = faker.generate(schema, { seed, optionals });
      if (!result.ok) {
        failures.push(`${name}: ${result.problem.message}`);
      } else if (!schema.accepts(result.value)) {
        failures.push(`${name}: seed ${seed} gives a value that is not valid`);
      } else {
        largest = Math.max(largest, JSON.stringify(result.value).length);
      }
    }
  }
  return { count: names.length, failures, largest };
}

describe.each([
  ['node_modules/@scalar/galaxy/dist/3.1.yaml', 6, 20],
  ['node_modules/@figma/rest-api-spec/openapi/openapi.yaml', 200, 3],
])('%s', (path, least, seeds) => {
  it('gives a small, valid value for each schema and seed', async () => {
    const document = await readDocument(fileAt(path));
    const { count, failures, largest } = generateAll(document, 'response', 'some', seeds);
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThanOrEqual(least);
    expect(largest).toBeLessThan(15_000);
  });

  it('gives a valid value with all optional members, and without', async () => {
    const document = await readDocument(fileAt(path));
    const all = generateAll(document, 'response', 'all', 1);
    expect([...all.failures, ...generateAll(document, 'request', 'none', seeds).failures]).toEqual([]);
    expect(all.largest).toBeLessThan(200_000);
  });
});

const corpus = ['openhands-agent-server.json', 'openhands-v0.json'].map((name) => `tests/documents/${name}`);

describe('the corpus', () => {
  it.each(corpus)('%s gives a small, valid value for each schema and seed', async (path) => {
    const document = await readDocument(fileAt(path));
    const { count, failures, largest } = generateAll(document, 'response', 'some', 20);
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(30);
    expect(largest).toBeLessThan(15_000);
  });

  it.each(corpus)('%s gives valid requests, with all optional members, and without', async (path) => {
    const document = await readDocument(fileAt(path));
    expect(generateAll(document, 'request', 'all', 3).failures).toEqual([]);
    expect(generateAll(document, 'request', 'none', 3).failures).toEqual([]);
  });
});
