import { elsewhereIn } from '../../document/document.js';
import type { Document } from '../../document/index.js';
import type { Location } from '../../errors.js';
import type { Locale } from '../../fake/index.js';
import type { Fixtures } from '../../fixture/index.js';
import { createOperations } from '../../operation/index.js';
import { type Schema, type Schemas, writeValidators } from '../../schema/index.js';
import { knownIntegers } from '../../text/integers.js';
import type { BuiltData, BuiltSource } from './runtime.js';

export interface BuildOptions {
  readonly document: Document;
  readonly fixtures?: Fixtures;
  /** 1 */
  readonly seed?: number;
  /** Rows of a collection (25). */
  readonly rows?: number | undefined;
  /** What is answered for a thing that no row is about (`made`). */
  readonly unknownIds?: 'made' | '404';
  /** How likely a member is that may be left out, from 0 to 1 (all near the root, then fewer). */
  readonly optional?: number | undefined;
  /** The present that made-up moments are near to (15 January 2025). */
  readonly now?: Date | undefined;
  /** What `@faker-js/faker/locale/…` exports (English). */
  readonly locale?: Locale | undefined;
}

/**
 * A mock as one module that imports nothing, reads no file and makes no code from strings: for workers, for pages with a
 * strict Content-Security-Policy, for bundles that shall be small. The same bytes for the same document, fixtures and seed.
 */
export async function buildModule({ document, fixtures, seed = 1, ...data }: BuildOptions): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  const runtime = await readFile(new URL('../../built/runtime.js', import.meta.url), 'utf8');
  const source: BuiltSource = {
    name: document.name,
    declaredVersion: document.declaredVersion,
    root: document.root,
    integers: knownIntegers(),
    elsewhere: elsewhereIn(document, document.root, ''),
    locations: locationsOfProblems(document),
    fixtures: fixtures === undefined ? null : { name: fixtures.file, value: fixtures.value },
    seed,
    made: dataOf(data),
  };
  const validators = writeValidators(document, (schemas) => schemasOf(document, schemas));
  // As a text, since engines read JSON faster than the same as code, and each mock gets a tree of its own.
  return `// A mock of ${document.name.replaceAll(/\s/g, ' ')}, written by counterproof build. Run it again where the document has changed.
${runtime.trim()}
const built = counterproof.open(() => JSON.parse(${JSON.stringify(JSON.stringify(source))}), ${validators});
export const { createFetchHost, createHandlers } = built;
export default built.worker;
`;
}

function dataOf({ now, locale, ...data }: Omit<BuildOptions, 'document' | 'fixtures' | 'seed'>): BuiltData {
  return {
    ...data,
    ...(now !== undefined && { now: now.toISOString() }),
    ...(locale !== undefined && { locale: { rawDefinitions: locale.rawDefinitions } }),
  } as BuiltData;
}

/** What every request is held against. Bodies of answers are judged once, when they are made: these are interpreted. */
function* schemasOf(document: Document, schemas: Schemas): Generator<Schema> {
  const operations = createOperations(document, schemas);
  for (const entry of operations.entries) {
    const { parameters, requestBody } = operations.compile(entry);
    for (const { schema } of [...parameters, ...(requestBody?.content ?? [])]) if (schema) yield schema;
  }
}

/** Where the problems of operations stand, which answers name: a built mock knows no lines. */
function locationsOfProblems(document: Document): Record<string, Location> {
  const found: Record<string, Location> = {};
  const locate = (pointer: string): Location => {
    const location = document.locate(pointer);
    found[pointer] = location;
    return location;
  };
  const operations = createOperations({ ...document, locate });
  for (const entry of operations.entries) void operations.compile(entry).problems;
  return found;
}
