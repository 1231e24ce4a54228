import type { Document } from '../document/index.js';
import { type Faker, loadLibrary } from '../fake/index.js';
import { type JsonSchema, leadsToMore, type Schemas } from '../schema/index.js';

/** Something of each kind that answers mostly consist of. */
const properties = {
  id: { type: 'string', format: 'uuid' },
  name: { type: 'string', minLength: 1, maxLength: 80 },
  email: { type: 'string', format: 'email' },
  createdAt: { type: 'string', format: 'date-time' },
  count: { type: 'integer', minimum: 0 },
  tags: { type: 'array', minItems: 1, items: { type: 'string' } },
  state: { anyOf: [{ enum: ['open', 'closed'] }, { type: 'null' }] },
} satisfies Record<string, JsonSchema>;
const usual: JsonSchema = { type: 'object', required: Object.keys(properties), properties };

/**
 * What the first value of a process would wait for, in pieces: its libraries are read, and what makes values has run once. Nothing that
 * is made later depends on it.
 */
export function* workAhead(faker: Faker, schemas: Schemas): Generator<null> {
  loadLibrary();
  yield null;
  for (const schema of [...Object.values(properties), usual]) {
    faker.generate(schemas.inline(schema, '', 'response'), { seed: 1 });
    yield null;
  }
}

/** So much may lead from a schema that is simple. */
const mostSteps = 300;

/** Whether a value of a schema is made in a moment. */
export function isSimple(document: Document, pointer: string): boolean {
  return !leadsToMore(document, pointer, mostSteps);
}
