import { isText, problemsLine, readDocuments } from '../document/index.js';
import { formatProblem } from '../errors.js';
import type { Locale } from '../fake/index.js';
import { readLocale } from '../fake/locale.js';
import { findFixtures } from '../fixture/index.js';
import { createMock, type Handlers, type Mock, type Preference, type WorldOptions } from '../mock/index.js';
import { type BodyLimits, operationsInSlices, resultInSlices } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { type Beside, fixturesBeside, handlersBeside } from './beside.js';
import { type Control, createControl } from './control/index.js';
import type { StreamOptions } from './stream.js';

/** One document of a mock, and what stands beside it. */
export interface SubjectDocument {
  /** A file (where there are files), the text of a document, or the document as an object. */
  readonly document: string | JsonObject;
  /** What messages call the document: its file as given, or "document". */
  readonly name?: string;
  /** The path that it is served under, in the place of the base path of its servers. */
  readonly prefix?: string;
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
  /** Overlays to apply to the document, in this order: files (where there are files), texts, or objects. */
  readonly overlays?: readonly (string | JsonObject)[];
}

/** A document by itself, or with what stands beside it. */
export type SubjectSource = string | JsonObject | SubjectDocument;

/** What a mock inside another program is made from. */
export interface MockSource extends WorldOptions, Omit<SubjectDocument, 'document' | 'prefix'> {
  /**
   * A file (where there are files), the text of a document, or the document as an object; or several of them, each also with what stands beside
   * it: `[{ document: 'users.yaml', prefix: '/users' }, 'orders.yaml']`. `fixtures` and `handlers` are then for all of them.
   */
  readonly document: string | JsonObject | readonly SubjectSource[];
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
}

/** What a host is given. */
export interface SubjectOptions extends Omit<MockSource, 'document'> {
  /** Where it is left out, `counterproof.config.*` says it, with all that these options do not (where there are files). */
  readonly document?: MockSource['document'] | undefined;
  /** How items of streams are sent: at once. */
  readonly stream?: StreamOptions;
  /** Active for every operation. */
  readonly everywhere?: readonly Preference[];
}

/**
 * Reads documents and makes a mock of them.
 * @param previous what was made of them before: it is served where one cannot be used any more
 * @throws CounterproofError with all that is wrong with the documents, or else with the fixtures
 */
export async function readMock(source: MockSource, previous?: Mock): Promise<Mock> {
  const { seed, apiKey, cors, streamItems, allowRemote, rows, unknownIds, state } = source;
  const { optional, now, locale, bodyLimits } = source;
  const subjects = documentsOf(source);
  const read = subjects.map(({ document, name, prefix, overlays }) => ({
    document,
    prefix,
    ...(name !== undefined && { name }),
    ...(allowRemote !== undefined && { allowRemote }),
    ...(overlays !== undefined && { overlays }),
  }));
  const document = await readDocuments(read, previous && { previous: previous.operations.document });
  const operations = await operationsInSlices(document);
  await resultInSlices(operations.preparing());
  const besides = await besidesOf(source, subjects);
  const fixtures = await fixturesBeside(besides, operations);
  const mock = createMock({
    operations,
    handlerTimeLimit: source.handlerTimeLimit,
    ...(await handlersBeside(besides, operations)),
    auth: source.auth,
    bodyLimits,
    rows,
    unknownIds,
    state,
    ...(fixtures !== undefined && { fixtures }),
    ...(seed !== undefined && { seed }),
    ...(apiKey !== undefined && { apiKey }),
    ...(cors !== undefined && { cors }),
    ...(streamItems !== undefined && { streamItems }),
    ...(optional !== undefined && { optional }),
    ...(now !== undefined && { now }),
    ...(locale !== undefined && { locale: typeof locale === 'string' ? await readLocale(locale) : locale }),
  });
  await mock.ready();
  return mock;
}

/**
 * Options with what the configuration file of a folder says where they name no document.
 * @returns the file too, where it was read
 * @throws CounterproofError CONFIGURATION_INVALID where there is none that can be used
 */
export async function configured<Options extends Pick<SubjectOptions, 'document'>>(
  options: Options,
  folder: string,
): Promise<{ readonly source: Options & MockSource; readonly file: string | null }> {
  const { document, ...others } = options;
  if (document !== undefined) return { source: { ...options, document }, file: null };
  const { sourceOfConfiguration } = await import('./configuration-file.js');
  const { file, source } = await sourceOfConfiguration(folder);
  return { source: { ...source, ...others } as Options & MockSource, file };
}

/** The documents of a mock, each with what stands beside it alone. */
export function documentsOf(source: Pick<MockSource, keyof SubjectPlaces>): readonly SubjectDocument[] {
  const { document, name, fixtures, handlers, overlays = [] } = source;
  // Hosts may have a prefix of another meaning.
  if (!isSeveral(document)) return [given({ document, name, fixtures, handlers, overlays: source.overlays })];
  return document.map(asSubject).map((one, index) => ({
    ...one,
    // Texts and objects have no name of their own.
    ...(one.name === undefined && !isFileName(one.document) && { name: `document ${index + 1}` }),
    overlays: [...overlays, ...(one.overlays ?? [])],
    ...(fixtures !== undefined && { fixtures: 'none' }),
    ...(handlers !== undefined && { handlers: 'none' }),
  }));
}

/** Without what is not said. */
function given(said: { readonly [Name in keyof SubjectDocument]: SubjectDocument[Name] | undefined }): SubjectDocument {
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as unknown as SubjectDocument;
}

const isSeveral = (document: MockSource['document']): document is readonly SubjectSource[] => Array.isArray(document);

function asSubject(given: SubjectSource): SubjectDocument {
  const isDocument = typeof given === 'string' || !('document' in given) || 'openapi' in given || 'swagger' in given;
  return isDocument ? { document: given as string | JsonObject } : (given as SubjectDocument);
}

/** What of a source names files. */
type SubjectPlaces = Pick<MockSource, 'document' | 'name' | 'fixtures' | 'handlers' | 'overlays'>;

/**
 * A source whose files are named from a folder.
 * @param resolve gives the whole path of a file
 * @param shown gives what messages call the file at a path
 */
export function placedIn<Source extends SubjectPlaces>(
  source: Source,
  resolve: (file: string) => string,
  shown: (path: string) => string,
): Source {
  const { document } = source;
  const place = (one: SubjectDocument): SubjectDocument => ({
    ...one,
    ...besidePlaced(one, resolve),
    ...named(one.document),
  });
  const named = (given: string | JsonObject) =>
    isFileName(given) ? { document: resolve(given), name: shown(resolve(given)) } : { document: given };
  if (!isSeveral(document)) return { ...source, ...place({ ...source, document }) } as Source;
  return { ...source, ...besidePlaced(source, resolve), document: document.map(asSubject).map(place) };
}

function besidePlaced(
  { fixtures, handlers, overlays }: Pick<MockSource, 'fixtures' | 'handlers' | 'overlays'>,
  resolve: (file: string) => string,
) {
  const isPlace = (given: string) => given !== 'none' && !isText(given);
  return {
    ...(fixtures !== undefined && { fixtures: isPlace(fixtures) ? resolve(fixtures) : fixtures }),
    ...(handlers !== undefined && {
      handlers: typeof handlers === 'string' && isPlace(handlers) ? resolve(handlers) : handlers,
    }),
    ...(overlays !== undefined && {
      overlays: overlays.map((overlay) => (isFileName(overlay) ? resolve(overlay) : overlay)),
    }),
  };
}

/** What stands beside each document, and what is for all of several. */
async function besidesOf(source: MockSource, subjects: readonly SubjectDocument[]): Promise<Beside[]> {
  const all = await Promise.all(subjects.map(besideOf));
  if (!isSeveral(source.document)) return all;
  const { fixtures, handlers } = source;
  return [await besideOf({ document: '{}', fixtures: fixtures ?? 'none', handlers: handlers ?? 'none' }), ...all];
}

async function besideOf({ document, name, fixtures, handlers }: SubjectDocument): Promise<Beside> {
  const isFile = isFileName(document);
  const found = fixtures ?? (isFile ? await findFixtures(document) : null);
  const file = found === 'none' ? null : found;
  const beside = file === null || isText(file) ? null : file;
  const { findHandlers } = await import('./handlers.js');
  const place = handlers ?? (isFile ? findHandlers(document, beside) : null);
  return {
    document: name ?? (isFile ? document : null),
    fixtures: file,
    handlers: place === 'none' ? null : place,
    areHandlersNamed: handlers !== undefined,
  };
}
/**
 * What whoever starts a mock has to know of it: one line on what is wrong with its document, and how to see all of that; and a line for
 * each thing that counts for nothing, since another document has the place of its operation.
 */
export function noticesOf(mock: Mock): string[] {
  const notice = problemNotice(mock);
  const kept = mock.keptOut.map((problem) => `counterproof: ${formatProblem(problem)}`);
  return notice === null ? kept : [notice, ...kept];
}

function problemNotice({ operations: { document, entries } }: Mock): string | null {
  const { problems, leftOut, name, parts = [] } = document;
  if (problems.length === 0) return null;
  const line = problemsLine({ problems, leftOut, operations: entries.length + leftOut.length });
  const files = parts.length === 0 ? [name] : parts.map((part) => part.document.name);
  const how = files.map((file) => `npx counterproof lint ${file}`).join(', ');
  return `counterproof: ${name}: ${line}${document.files === undefined ? '' : ` (${how} ${files.length > 1 ? 'list' : 'lists'} them)`}`;
}

/**
 * Reads a document and makes a mock of it, with the state beside it. Says what is wrong with the document on the console.
 * @throws CounterproofError as `readMock` does
 */
export async function createSubject({ everywhere, ...options }: SubjectOptions): Promise<Control> {
  const mock = await readMock((await configured(options, '.')).source);
  for (const notice of noticesOf(mock)) console.warn(notice);
  return createControl({ mock: () => mock, ...(everywhere !== undefined && { everywhere }) });
}

/** Whether it names a file, and is neither the document itself nor an address. */
export function isFileName(document: string | JsonObject): document is string {
  return typeof document === 'string' && !isText(document) && !URL.canParse(document);
}
