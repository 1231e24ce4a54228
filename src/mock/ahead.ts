import type { Document } from '../document/index.js';
import { type Faker, loadLibrary } from '../fake/index.js';
import type { JsonSchema, Schemas } from '../schema/index.js';
import { parsePointer, valueAt } from '../text/pointer.js';
import type { Json } from '../text/value.js';
import { ledTo } from './led-to.js';

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
/** What keywords that values are searched for by count for: as many as the members of an ordinary row. */
const stepsOfSearch = 30;
const searched = new Set([
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'contains',
  'pattern',
  'patternProperties',
  'dependentSchemas',
]);

/** Whether a value of a schema is made in a moment: little leads from it, what leads there in several ways counted as often. */
export function isSimple({ root }: Document, pointer: string): boolean {
  let steps = 0;
  const isWithin = (value: Json | undefined): boolean => {
    if (typeof value !== 'object' || value === null) return true;
    return Object.entries(value).every(([name, member]) => {
      steps += searched.has(name) ? stepsOfSearch : 1;
      if (steps > mostSteps) return false;
      return isWithin(ledTo(root, name, member));
    });
  };
  return isWithin(valueAt(root, parsePointer(pointer)));
}
