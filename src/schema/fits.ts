import type { Schema } from './types.js';

/**
 * Whether a schema accepts a value: without one anything is accepted, and by one that does not compile nothing is.
 *
 * @param schema what is declared for the value, null where nothing is
 * @param value JSON that nobody changes in place, or what a parameter was read as
 */
export function fits(schema: Schema | null, value: unknown): boolean {
  return schema === null || (schema.problem === null && schema.accepts(value, true));
}
