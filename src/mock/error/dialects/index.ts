import type { ErrorDialect } from './dialect.js';
import { fastapi } from './fastapi/dialect.js';

export { acceptedEntries, type ErrorDialect } from './dialect.js';

/** A row for each framework whose words are known. */
const dialects: readonly ErrorDialect[] = [fastapi];

/** The dialect that a document asks for by the members of an entry, or undefined. */
export function dialectOf(members: ReadonlyMap<string, unknown>): ErrorDialect | undefined {
  return dialects.find((dialect) => dialect.describes(members));
}
