import { dirname, resolve } from 'node:path';
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { CounterproofError } from '../errors.js';
import {
  createAside,
  createMock,
  type Document,
  handlersBeside,
  importedFiles,
  type LoadedHandlers,
  type Mock,
  type MockOptions,
  readLocale,
} from '../index.js';
import { whyUnread } from '../text/file-failure.js';
import { resultInSlices } from '../text/slices.js';
import { readUserFile } from '../text/user-file.js';
import { documentFiles } from './document-file.js';
import { besidesOf, fixtureCandidates, read, type Source, shortest } from './subject.js';

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
  readonly rows: number | undefined;
  readonly unknownIds: 'made' | '404';
  readonly state: boolean;
  /** undefined for English. */
  readonly locale?: string | undefined;
  readonly now?: Date | undefined;
  readonly optional?: number | undefined;
  readonly picturePath?: string | undefined;
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
  // What finds operations is worked out while nobody waits.
  await resultInSlices(operations.preparing());
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

const mebibyte = 1024 * 1024;
/** So much room for young objects, in bytes, is enough: hot requests are no quicker with more. With half of it they took a sixth more. */
const youngRoom = 7.5 * mebibyte;
/** By so many percent may the heap grow before it is collected. At 20 each request to a small document took a quarter more time. */
const growth = { least: 20, most: 60 };
/** What may be waiting to be collected, in bytes: as much again as a large heap has in use would be a room of its own. */
const oldRoom = 16 * mebibyte;

/**
 * What stays, or works through very many operations, has more use for memory than for a collection that comes a little later. The room for young objects grows
 * until it is enough: what the engine would add beyond that is another 20 MiB while many rows are made, which all stay.
 */
export function keepHeapSmall(): void {
  let percent = growth.most;
  const grow = () => setFlagsFromString(`--heap-growing-percent=${percent}`);
  grow();
  const looking = setInterval(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young !== undefined && young.space_used_size + young.space_available_size < youngRoom) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    clearInterval(looking);
  }, 50).unref();
  setInterval(() => {
    const wanted = Math.round((100 * oldRoom) / getHeapStatistics().used_heap_size);
    const bounded = Math.min(growth.most, Math.max(growth.least, wanted));
    if (bounded === percent) return;
    percent = bounded;
    grow();
  }, 1000).unref();
}
