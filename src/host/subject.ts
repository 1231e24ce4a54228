import { isText, problemsLine, readDocument } from '../document/index.js';
import type { Locale } from '../fake/index.js';
import { readLocale } from '../fake/locale.js';
import { type Fixtures, findFixtures, fixturesFromText, readFixtures } from '../fixture/index.js';
import {
  createMock,
  faultProblem,
  type Handlers,
  type Mock,
  type Preference,
  type WorldOptions,
} from '../mock/index.js';
import { type BodyLimits, createOperations, type Operations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { type Control, createControl } from './control/index.js';
import type { StreamOptions } from './stream.js';

/** What a mock inside another program is made from. */
export interface MockSource extends WorldOptions {
  /** A file (where there are files), the text of a document, or the document as an object. */
  readonly document: string | JsonObject;
  /** What messages call the document: its file as given, or "document". */
  readonly name?: string;
  /**
   * A fixture file (where there are files), or the text of one; `none` for none. By default the one that stands beside a document
   * that is a file: for `api.yaml` the first of `api.fixtures.yaml`, `fixtures/api.yaml`, `../fixtures/api.yaml`.
   */
  readonly fixtures?: string;
  /**
   * Functions by operation; or a file that exports them, or a folder of such files (where there are files); `none` for none. By default
   * the folder `handlers` beside the fixture file.
   */
  readonly handlers?: Handlers | string;
  /** Milliseconds that a handler may take (10,000). */
  readonly handlerTimeLimit?: number;
  /** 1 */
  readonly seed?: number;
  /** The only credential that is let in; without it any that is not empty is. */
  readonly apiKey?: string;
  /** `off`: nobody is asked for a credential. */
  readonly auth?: 'off' | undefined;
  /** How much structure the body of a request may have: 256 levels, 100,000 members, 1,000 parts. More is answered with 413. */
  readonly bodyLimits?: Partial<BodyLimits>;
  /** Whether pages of other origins may use the mock (true). */
  readonly cors?: boolean;
  /** How many items a made stream has: three, or as many as the document allows. */
  readonly streamItems?: number;
  /** How likely a member is that may be left out, from 0 to 1 (all near the root, then fewer). */
  readonly optional?: number;
  /** The present that made-up moments are near to (15 January 2025). */
  readonly now?: Date;
  /** The language of made-up data (English): as in `de`, or what `@faker-js/faker/locale/de` exports. */
  readonly locale?: string | Locale;
  /** Hosts that a URL as document, and its references, may lead to: none. */
  readonly allowRemote?: readonly string[];
  /** Overlays to apply to the document, in this order: files (where there are files), texts, or objects. */
  readonly overlays?: readonly (string | JsonObject)[];
}

export interface SubjectOptions extends MockSource {
  /** How items of streams are sent: at once. */
  readonly stream?: StreamOptions;
  /** Active for every operation. */
  readonly everywhere?: readonly Preference[];
}

/**
 * Reads a document and makes a mock of it.
 * @throws CounterproofError with all that is wrong with the document, or else with the fixtures
 */
export async function readMock(source: MockSource): Promise<Mock> {
  const { document, name, fixtures, seed, apiKey, cors, streamItems, allowRemote, rows, unknownIds, state } = source;
  const { optional, now, locale, bodyLimits, overlays } = source;
  const operations = createOperations(
    await readDocument(document, {
      ...(name !== undefined && { name }),
      ...(allowRemote !== undefined && { allowRemote }),
      ...(overlays !== undefined && { overlays }),
    }),
  );
  const found = fixtures ?? (isFileName(document) ? await findFixtures(document) : null);
  const read = found === null || found === 'none' ? undefined : await fixturesOf(found, operations);
  return createMock({
    operations,
    ...(await handlersOf(source, found)),
    auth: source.auth,
    bodyLimits,
    rows,
    unknownIds,
    state,
    ...(read !== undefined && { fixtures: read }),
    ...(seed !== undefined && { seed }),
    ...(apiKey !== undefined && { apiKey }),
    ...(cors !== undefined && { cors }),
    ...(streamItems !== undefined && { streamItems }),
    ...(optional !== undefined && { optional }),
    ...(now !== undefined && { now }),
    ...(locale !== undefined && { locale: typeof locale === 'string' ? await readLocale(locale) : locale }),
  });
}

async function handlersOf({ document, handlers, handlerTimeLimit }: MockSource, fixtures: string | null) {
  const limit = { handlerTimeLimit };
  if (typeof handlers === 'object') return { ...limit, handlers };
  if (handlers === 'none' || (handlers === undefined && !isFileName(document))) return limit;
  const { findHandlers, readHandlers } = await import('./handlers.js');
  const beside = fixtures === null || fixtures === 'none' || isText(fixtures) ? null : fixtures;
  const place = handlers ?? findHandlers(document as string, beside);
  return place === null ? limit : { ...limit, ...(await readHandlers(place, handlers !== undefined)) };
}

/** One line on what is wrong with the document of a mock, and how to see all of it; null where nothing is known to be. */
export function problemNotice({ operations: { document, entries } }: Mock): string | null {
  const { problems, leftOut, name } = document;
  if (problems.length === 0) return null;
  const line = problemsLine({ problems, leftOut, operations: entries.length + leftOut.length });
  const how = document.files === undefined ? '' : ` (npx counterproof lint ${name} lists them)`;
  return `counterproof: ${name}: ${line}${how}`;
}

/**
 * Reads a document and makes a mock of it, with the state beside it. Says what is wrong with the document on the console.
 * @throws CounterproofError as `readMock` does
 */
export async function createSubject({ everywhere, ...source }: SubjectOptions): Promise<Control> {
  const mock = await readMock(source);
  const notice = problemNotice(mock);
  if (notice !== null) console.warn(notice);
  return createControl({ mock: () => mock, ...(everywhere !== undefined && { everywhere }) });
}

async function fixturesOf(fixtures: string, operations: Operations): Promise<Fixtures> {
  return isText(fixtures)
    ? fixturesFromText(fixtures, 'fixtures', operations, { faultProblem })
    : readFixtures(fixtures, operations, { faultProblem });
}

/** Whether it names a file, and is neither the document itself nor an address. */
export function isFileName(document: string | JsonObject): document is string {
  return typeof document === 'string' && !isText(document) && !URL.canParse(document);
}

/** Overlays whose files are named from a folder. */
export function overlaysIn(
  resolve: (file: string) => string,
  overlays: readonly (string | JsonObject)[],
): readonly (string | JsonObject)[] {
  return overlays.map((overlay) => (isFileName(overlay) ? resolve(overlay) : overlay));
}
