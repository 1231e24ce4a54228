import type { HttpHandler } from 'msw';
import { createDocument } from '../../document/document.js';
import type { Location } from '../../errors.js';
import type { Locale } from '../../fake/index.js';
import { faultProblem } from '../../fault/index.js';
import { fixturesFromSource, noFixtures } from '../../fixture/index.js';
import { createMock, type Handlers, type Mock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { createPrebuilt, createSchemas, type Prebuilt } from '../../schema/index.js';
import { doubleOf } from '../../text/integers.js';
import { parsePointer, pointerOf, valueAt } from '../../text/pointer.js';
import type { Json, JsonObject } from '../../text/value.js';
import { type Control, createControl } from '../control/index.js';
import { type FetchHost, fetchHostOf } from '../fetch/host.js';
import { type MswHost, mswHostOf } from '../msw/handler.js';
import type { ScopeOptions } from '../scope.js';
import type { SubjectOptions } from '../subject.js';

// What a file that `counterproof build` wrote begins with, bundled into dist/built/runtime.js: a mock without what reads
// documents and without what makes code.

/** A document that was read ahead of time, and what belongs to it. */
export interface BuiltSource {
  readonly name: string;
  readonly declaredVersion: string;
  readonly root: JsonObject;
  /** `knownIntegers` */
  readonly integers: readonly string[];
  /** Where references lead that do not say it themselves: pointers to what holds a `$ref`, and to what it means. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** Places that messages name. */
  readonly locations: Readonly<Record<string, Location>>;
  readonly fixtures: { readonly name: string; readonly value: Json } | null;
  readonly seed: number;
  readonly made: BuiltData;
}

/** What made-up data is like, as JSON. */
export interface BuiltData {
  readonly rows?: number | undefined;
  readonly unknownIds?: 'made' | '404';
  readonly optional?: number;
  /** RFC 3339 */
  readonly now?: string;
  /** What Faker knows of a language. */
  readonly locale?: Pick<Locale, 'rawDefinitions'>;
}

/** What may be said anew each time; the seed is otherwise as built. */
export type BuiltOptions = Pick<
  SubjectOptions,
  | 'seed'
  | 'apiKey'
  | 'auth'
  | 'bodyLimits'
  | 'cors'
  | 'everywhere'
  | 'rows'
  | 'unknownIds'
  | 'state'
  | 'handlerTimeLimit'
> & {
  /** Functions by operation: a built file reads none. */
  readonly handlers?: Handlers;
};

export interface BuiltMock {
  createFetchHost(options?: BuiltOptions): Promise<FetchHost>;
  /** @param Handler the `HttpHandler` of `msw`: a built file imports nothing */
  createHandlers(
    Handler: typeof HttpHandler,
    options?: BuiltOptions & ScopeOptions & { readonly origins?: readonly string[] },
  ): Promise<MswHost>;
  /** What a worker exports by default. Its mock is made when the first request comes. */
  readonly worker: { fetch(request: Request): Promise<Response> };
}

/**
 * @param read gives the source, each time a tree of its own
 * @param prebuilt the validators of its schemas
 */
export function open(read: () => BuiltSource, prebuilt: Prebuilt): BuiltMock {
  function controlOf({ everywhere, ...options }: BuiltOptions): Control {
    const mock = mockOf(read(), prebuilt, options);
    return createControl({ mock: () => mock, ...(everywhere !== undefined && { everywhere }) });
  }
  let host: FetchHost | undefined;
  return {
    createFetchHost: async (options = {}) => fetchHostOf(controlOf(options)),
    async createHandlers(Handler, { origins, ...options } = {}) {
      return mswHostOf(Handler, controlOf(options), origins, undefined, options);
    },
    worker: {
      fetch(request) {
        host ??= fetchHostOf(controlOf({}));
        return host.fetch(request);
      },
    },
  };
}

function mockOf(source: BuiltSource, prebuilt: Prebuilt, options: BuiltOptions): Mock {
  const { root, integers, elsewhere, locations, fixtures, seed, made, ...named } = source;
  integers.map(doubleOf);
  const { now, locale, ...data } = made;
  const held = ([pointer, target]: [string, string]) =>
    [valueAt(root, parsePointer(pointer)) as JsonObject, target] as const;
  const document = createDocument({
    ...named,
    root,
    problems: () => [],
    leftOut: [],
    locate: (segments) => locations[pointerOf(...segments)] ?? placeWithoutLine(named.name, segments),
    elsewhere: new Map(Object.entries(elsewhere).map(held)),
  });
  const operations = createOperations(document, createSchemas(document, createPrebuilt(prebuilt)));
  const read = fixtures && {
    ...fixtures,
    problems: [],
    warnings: [],
    locate: (segments: readonly string[]) => placeWithoutLine(fixtures.name, segments),
  };
  const mock = createMock({
    operations,
    seed,
    fixtures: read ? fixturesFromSource(read, operations, { faultProblem }) : noFixtures(),
    ...data,
    ...(now !== undefined && { now: new Date(now) }),
    // Of a locale nothing but this is read.
    ...(locale !== undefined && { locale: locale as Locale }),
    ...options,
  });
  mock.prepare();
  return mock;
}

function placeWithoutLine(file: string, segments: readonly string[]): Location {
  return { file, line: 1, column: 1, pointer: pointerOf(...segments) };
}
