import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { CounterproofError } from '../errors.js';
import {
  type Beside,
  createAside,
  createMock,
  createOperations,
  type Document,
  type Fixtures,
  findHandlers,
  fixtureNames,
  fixturesBeside,
  handlersBeside,
  importedFiles,
  type LoadedHandlers,
  type Mock,
  type MockOptions,
  type Operations,
  readDocuments,
  readLocale,
} from '../index.js';
import { whyUnread } from '../text/file-failure.js';
import { readUserFile } from '../text/user-file.js';
import { documentFiles, hostOf, type Prefix, prefixesOf, readInput, standardInput } from './document-file.js';

/** What to read, as the command line says it. */
export interface Source {
  /** Several are served as one; undefined for the document that is built in. */
  readonly document: string | readonly string[] | undefined;
  /** Where documents are served, in the place of the base paths of their servers. */
  readonly prefixes?: readonly Prefix[];
  readonly fixtures: string | undefined;
  readonly allowRemote: readonly string[];
  /** Files to apply to the document, in this order. */
  readonly overlays: readonly string[];
  /** undefined for the project that the document lies in. */
  readonly root: string | undefined;
  /** Most bytes of a document with all that it refers to. */
  readonly maxDocument: number;
  /** Whether problems of the document end the command. */
  readonly strict?: boolean;
}

/** What to serve, as the command line says it. */
export interface Wish extends Source {
  /** The configuration file that has a part in it; undefined for none. */
  readonly configuration?: string | undefined;
  readonly seed: number;
  readonly handlers: string | undefined;
  readonly apiKey: string | undefined;
  readonly bodyLimits?: MockOptions['bodyLimits'];
  readonly cors: boolean;
  readonly errors: boolean;
  /** Whether bodies are made even where an example stands. */
  readonly dynamic?: boolean;
  readonly ignoreExamples?: boolean;
  /** undefined where it answers as itself. */
  readonly compat?: 'prism' | undefined;
  /** What a target has answered, or undefined. */
  readonly replay?: string | undefined;
  readonly streamItems: number | undefined;
  readonly rows: number;
  readonly unknownIds: 'made' | '404';
  readonly state: boolean;
  /** undefined for English. */
  readonly locale?: string | undefined;
  readonly now?: Date | undefined;
  readonly optional?: number | undefined;
  readonly picturePath?: string | undefined;
}

/** A document and its fixtures. */
export interface Subject {
  readonly document: Document;
  readonly operations: Operations;
  readonly fixtures: Fixtures | undefined;
  /** As a person would name it from where the command runs; null for none. */
  readonly fixturesName: string | null;
  /** Whether the document is the one that comes with the package. */
  readonly isBuiltIn: boolean;
}

/** A document and what was made of it. */
export interface Loaded {
  readonly document: Document;
  readonly mock: Mock;
  /** As a person would name it from where the command runs; null for none. */
  readonly fixtures: string | null;
  /** The functions that answer, and the files that they come from; null for none. */
  readonly handlers: LoadedHandlers | null;
  /** Whether the document is the one that comes with the package. */
  readonly isBuiltIn: boolean;
}

/** How a document is to be read, as the flags that all commands share say it. */
export function readingOf(flags: {
  readonly 'allow-remote': Source['allowRemote'];
  readonly overlay: Source['overlays'];
  readonly root: Source['root'];
  readonly 'max-document': Source['maxDocument'];
}): Pick<Source, 'allowRemote' | 'overlays' | 'root' | 'maxDocument'> {
  const { overlay: overlays, root, 'allow-remote': allowRemote, 'max-document': maxDocument } = flags;
  return { allowRemote, overlays, root, maxDocument };
}

/**
 * Reads a document and its fixtures.
 * @param previous what was made of the same before: it is served where one of several cannot be used any more
 * @throws CounterproofError where it is no document, with all its problems where `strict`, or else all of the fixtures
 */
export async function read(source: Source, previous?: Document): Promise<Subject> {
  const { files, isBuiltIn } = documentFiles(source.document);
  const prefixes = prefixesOf(files, source.prefixes ?? []);
  const { strict } = source;
  const document = await readDocuments(
    files.map((file, index) => ({
      document: file === standardInput ? readInput(source.maxDocument) : file,
      name: nameOf(file),
      prefix: prefixes[index],
      allowRemote: [...hostOf(file), ...source.allowRemote],
      overlays: source.overlays,
      maxDocumentBytes: source.maxDocument,
      ...(source.root !== undefined && { root: source.root }),
    })),
    { previous, ...(strict !== undefined && { strict }) },
  );
  const operations = createOperations(document);
  const besides = besidesOf({ ...source, handlers: 'none' });
  const names = besides.flatMap(({ fixtures }) => (fixtures === null ? [] : shortest(fixtures)));
  return {
    document,
    operations,
    fixtures: await fixturesBeside(besides, operations),
    fixturesName: names.length === 0 ? null : names.join(', '),
    isBuiltIn,
  };
}

/** What messages call a document. */
const nameOf = (file: string): string => (file === standardInput ? 'standard input' : shortest(file));

/** What stands beside the documents. What is named is for all of them. */
function besidesOf({
  document,
  fixtures,
  handlers,
  overlays,
}: Pick<Wish, 'document' | 'fixtures' | 'handlers' | 'overlays'>): Beside[] {
  const { files, isBuiltIn } = documentFiles(document);
  const said = (given: string | undefined) => (given === undefined || given === 'none' ? null : given);
  const forAll = { document: null, fixtures: said(fixtures), handlers: said(handlers), areHandlersNamed: true };
  const each = files.map((file) => {
    const own = fixtureFile(file, fixtures);
    return {
      document: nameOf(file),
      fixtures: fixtures === undefined ? own : null,
      // What comes with the package was checked before it was published.
      areFixturesChecked: isBuiltIn && overlays.length === 0,
      handlers: handlers === undefined ? findHandlers(file, own) : null,
      areHandlersNamed: false,
    };
  });
  return [forAll, ...each];
}

/** Where the functions stand that would answer, as a person would name it. */
export function handlersBesideOf({ document, fixtures }: Pick<Source, 'document' | 'fixtures'>): string[] {
  const places = besidesOf({ document, fixtures, handlers: undefined, overlays: [] }).map(({ handlers }) => handlers);
  return [...new Set(places.filter((place) => typeof place === 'string'))].map(shortest);
}

/**
 * Reads what `read` does, and makes the mock.
 * @throws CounterproofError as `read` does
 */
export async function load(wish: Wish, previous?: Loaded): Promise<Loaded> {
  const { document, operations, fixtures, fixturesName, isBuiltIn } = await read(wish, previous?.document);
  const { compat, replay } = wish;
  const isOurs = compat === undefined && replay === undefined;
  const handlers = isOurs ? await handlersBeside(besidesOf(wish), operations) : null;
  const options = {
    seed: wish.seed,
    bodyLimits: wish.bodyLimits,
    cors: wish.cors,
    errors: wish.errors,
    dynamic: (wish.dynamic || wish.ignoreExamples) ?? false,
    ...(wish.streamItems !== undefined && { streamItems: wish.streamItems }),
    rows: wish.rows,
    unknownIds: wish.unknownIds,
    state: wish.state,
    ...(wish.now !== undefined && { now: wish.now }),
    ...(wish.optional !== undefined && { optional: wish.optional }),
    ...(wish.picturePath !== undefined && { picturePath: wish.picturePath }),
    ...(wish.apiKey !== undefined && { apiKey: wish.apiKey }),
  };
  const { locale } = wish;
  const mock = createMock({
    ...options,
    operations,
    handlers: handlers?.handlers,
    handlerPlaces: handlers?.handlerPlaces,
    keptOut: handlers?.keptOut,
    ...(locale !== undefined && { locale: await readLocale(locale) }),
    ...(fixtures !== undefined && { fixtures }),
    aside: createAside({ document, fixtures, options: { ...options, locale } }),
  });
  const loaded = { document, mock, fixtures: fixturesName, handlers, isBuiltIn };
  if (wish.replay !== undefined) return replayed(wish, wish.replay, loaded);
  if (wish.compat === undefined) return loaded;
  const { dynamic = false, ignoreExamples = false, errors, cors } = wish;
  const { asPrism } = await import('../index.js');
  const prism = asPrism(mock, { dynamic, ignoreExamples, errors, cors });
  return { document, mock: prism, fixtures: null, handlers: null, isBuiltIn };
}

/** What answers as a target did. A record of scripted cases is a fixture file. */
async function replayed(wish: Wish, file: string, loaded: Loaded): Promise<Loaded> {
  let text: string;
  try {
    text = readUserFile(file);
  } catch (error) {
    throw new CounterproofError('USAGE', [{ message: `${file} cannot be read: ${whyUnread(error)}` }]);
  }
  const { asReplay } = await import('../proxy/index.js');
  const mock = asReplay(loaded.mock, text, shortest(file));
  return mock === null ? load({ ...wish, replay: undefined, fixtures: file }) : { ...loaded, mock };
}

/**
 * Every file that a new answer could come from, those too that are not there yet.
 * @param broken whether the last reading failed: then the folder counts as well, and so it does where a file could not be
 *   read, since what is missing may be one whose name nobody knows here
 */
export function filesOf(wish: Wish, { document, handlers }: Loaded, broken = false): string[] {
  const { files } = documentFiles(wish.document);
  const lacks = broken || document.problems.some(({ id }) => id === 'reference-dangling' || id === 'file-unreadable');
  const fixtures = wish.fixtures === undefined ? files.flatMap(fixtureCandidates) : [wish.fixtures];
  const all = [
    ...files,
    ...(wish.configuration === undefined ? [] : importedFiles(wish.configuration)),
    ...(document.files ?? []),
    ...wish.overlays,
    ...(wish.fixtures === 'none' ? [] : fixtures),
    ...(handlers?.files ?? []),
    ...(wish.replay === undefined ? [] : [wish.replay]),
    ...(lacks ? files.map((file) => dirname(file)) : []),
  ];
  return [...new Set(all.map((name) => resolve(name)))];
}

/** Where the fixtures of a document are looked for when none are named, best first. */
export const fixtureCandidates = (document: string): string[] =>
  fixtureNames(document).map((name) => join(dirname(document), name));

/**
 * The fixture file to use: the one that is named, none for `none`, or the first candidate that exists.
 * @returns null for none
 */
export function fixtureFile(document: string, named: string | undefined): string | null {
  if (named === 'none') return null;
  return named ?? fixtureCandidates(document).find((file) => existsSync(file)) ?? null;
}

/** The shorter way to name a file: from here, or from the root; an address is its own name. */
export function shortest(file: string): string {
  if (/^https?:\/\//i.test(file)) return file;
  const fromHere = relative('', file);
  return fromHere.startsWith('..') ? resolve(file) : fromHere;
}

/** The lines of a file of a document as messages name it, each file read once; null where it cannot be read. */
export function linesReader({ files = [] }: Pick<Document, 'files'>): (file: string) => readonly string[] | null {
  const known = new Map<string, readonly string[] | null>();
  return (file) => {
    const path = files.find((each) => each === file || each.endsWith(`/${file}`));
    if (!known.has(file)) known.set(file, path === undefined ? null : readLines(path));
    return known.get(file) ?? null;
  };
}

function readLines(path: string): readonly string[] | null {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return null;
  }
}

/**
 * A server that stays has more use for memory than for a collection that comes a little later: the heap grows by so many percent.
 * At 20 each request took a quarter more time. Where objects are young there is no more room than is needed so far: it would be
 * another 20 MiB, and requests are no quicker for it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=60');
  setFlagsFromString('--semi-space-growth-factor=1');
}
