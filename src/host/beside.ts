import { type DocumentPart, isText } from '../document/index.js';
import { faultProblem } from '../fault/index.js';
import { type Fixtures, fixturesFromText, joinFixtures, readFixtures } from '../fixture/index.js';
import type { Handlers } from '../mock/index.js';
import type { Operations } from '../operation/index.js';
import type { LoadedHandlers } from './handlers.js';
import { joinHandlers } from './part-handlers.js';

/** What stands beside a document, or is for all of several. */
export interface Beside {
  /** What messages call the document; null for what is for all of them. */
  readonly document: string | null;
  /** A fixture file (where there are files), or the text of one; null for none. */
  readonly fixtures: string | null;
  /** Whether it is known that the fixtures and the document go together (false). */
  readonly areFixturesChecked?: boolean;
  /** Functions by operation; or a file that exports them, or a folder of such files (where there are files); null for none. */
  readonly handlers: Handlers | string | null;
  /** Whether the user has named their place: then all modules of a folder count. */
  readonly areHandlersNamed: boolean;
}

/** Which of several documents it is about, whose words it speaks; undefined where there is one, or it is for all. */
type About = { readonly part: DocumentPart | undefined };

/** What is beside documents that are served: one that cannot be used may be left out. */
function served(besides: readonly Beside[], { document: { parts } }: Operations): (Beside & About)[] {
  return besides.flatMap((beside) => {
    const part = parts?.find((each) => each.document.name === beside.document);
    return parts === undefined || beside.document === null || part !== undefined ? [{ ...beside, part }] : [];
  });
}

/**
 * The fixtures of documents.
 * @throws CounterproofError FIXTURE_INVALID where one cannot be read, or with everything that is wrong in it
 */
export async function fixturesBeside(
  besides: readonly Beside[],
  operations: Operations,
): Promise<Fixtures | undefined> {
  const wanted = served(besides, operations).flatMap(({ fixtures, part, areFixturesChecked }) =>
    fixtures === null ? [] : [{ fixtures, part, isChecked: areFixturesChecked }],
  );
  const read = wanted.map(async ({ fixtures: given, part, isChecked }) => {
    const options = { faultProblem, part, isChecked };
    const fixtures = isText(given)
      ? fixturesFromText(given, 'fixtures', operations, options)
      : await readFixtures(given, operations, options);
    return { fixtures, part };
  });
  const all = await Promise.all(read);
  const parts = all.flatMap(({ fixtures, part }) => (part === undefined ? [] : [{ fixtures, part }]));
  return parts.length === 0 ? all[0]?.fixtures : joinFixtures(parts, operations);
}

/**
 * The functions of documents, each place read once.
 * @throws CounterproofError HANDLER_INVALID where one cannot be loaded
 */
export async function handlersBeside(
  besides: readonly Beside[],
  operations: Operations,
): Promise<LoadedHandlers | null> {
  const byPlace = new Map<Handlers | string, Beside & { readonly parts: (DocumentPart | undefined)[] }>();
  for (const { part, ...beside } of served(besides, operations)) {
    if (beside.handlers === null) continue;
    const known = byPlace.get(beside.handlers) ?? { ...beside, parts: [] };
    known.parts.push(part);
    byPlace.set(beside.handlers, known);
  }
  if (byPlace.size === 0) return null;
  const { readHandlers } = await import('./handlers.js');
  const read = Array.from(byPlace, async ([place, { areHandlersNamed, parts }]) => {
    const isGiven = typeof place === 'object';
    const loaded = isGiven
      ? { handlers: place, handlerPlaces: new Map(), files: [] }
      : await readHandlers(place, areHandlersNamed);
    return { loaded, parts: parts.filter((part) => part !== undefined) };
  });
  const all = await Promise.all(read);
  const [first] = all;
  return first !== undefined && first.parts.length === 0 ? first.loaded : joinHandlers(all, operations);
}
