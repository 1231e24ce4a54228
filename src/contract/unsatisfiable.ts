import type { Problem } from '../errors.js';
import { createFaker, type Faker } from '../fake/index.js';
import type { Schema, Schemas } from '../schema/index.js';

const verdicts = new WeakMap<Schema, Problem | null>();
/** What it comes to know of the schemas of a document serves for all of them. */
const fakers = new WeakMap<Schemas, Faker>();

/** Why no value was found that fits a schema; null where one was. */
export function whyUnsatisfiable(schema: Schema, schemas: Schemas): Problem | null {
  const known = verdicts.get(schema);
  if (known !== undefined) return known;
  const faker = fakers.get(schemas) ?? createFaker(schemas);
  fakers.set(schemas, faker);
  const made = faker.generate(schema, { seed: 1, optionals: 'none' });
  const verdict = made.ok ? null : made.problem;
  verdicts.set(schema, verdict);
  return verdict;
}
