import { findRows, sameThing } from './answer.js';
import { stepsCalled, verbOf } from './call.js';
import type { Outlines } from './outlines.js';
import { keyOfSteps, lastWordOf, type PathNode } from './path.js';
import type { Shape } from './shape.js';
import { insideOf, type Site } from './site.js';
import type { Key } from './types.js';
import { isSameName } from './words.js';

/** What was found before. */
interface Found {
  readonly byCollection: ReadonlyMap<string, Site>;
  readonly byList: ReadonlyMap<PathNode, Site>;
  keyOf(row: Shape, noun: string, item: PathNode | null): Key | null;
}

/**
 * Things whose paths say what is done with them, by the key of the path before the verb: `/users.list`, `/users.create`. One such path
 * alone tells nothing.
 */
export function* calledSites(
  nodes: ReadonlyMap<string, PathNode>,
  found: Found,
  outlines: Outlines,
): Generator<readonly [string, Site]> {
  const called = new Map<string, PathNode[]>();
  for (const node of nodes.values()) {
    const key = keyOfSteps(stepsCalled(node));
    if (verbOf(node) === undefined || nodes.has(key) || found.byCollection.has(key)) continue;
    called.set(key, [...(called.get(key) ?? []), node]);
  }
  for (const [key, alike] of called) {
    const site = new Set(alike.map(verbOf)).size > 1 ? siteOf(alike, found, outlines) : undefined;
    if (site !== undefined) yield [key, site];
  }
}

/** What things are called of which paths say another word than answers do: `conversations.list` lists `channels`, and shows a `channel`. */
function wordFor(noun: string, listed: string, read: Shape | null): string {
  const shows = (word: string) => [...(read?.members.keys() ?? [])].some((name) => isSameName(name, word));
  return !shows(noun) && shows(listed) ? listed : noun;
}

function siteOf(nodes: readonly PathNode[], found: Found, outlines: Outlines): Site | undefined {
  // What a search shows beside each thing is no thing: `{ "ranking": 1, "document": { … } }`.
  const listed = nodes.map((node) => found.byList.get(node)).find((site) => site !== undefined && site.key !== null);
  if (listed !== undefined) return listed;
  const steps = stepsCalled(nodes[0] as PathNode);
  const noun = lastWordOf(steps);
  const answers = nodes.flatMap((node) => {
    const { answer } = outlines.at(node, 'POST') ?? outlines.at(node, 'GET') ?? {};
    return answer ? [{ verb: verbOf(node), shape: answer.shape }] : [];
  });
  const read = answers.find(({ verb }) => verb === 'read');
  const shown = read ? insideOf(read.shape, noun) : null;
  const hints = { noun, endsInParameter: false, isCollection: true, isPaged: () => true, row: null };
  const lists = answers.flatMap(({ verb, shape }) => (verb === 'list' ? findRows(shape, hints) : []));
  const listing = lists.flatMap((one) => (typeof one === 'object' ? one : []));
  const rows = listing.find(({ item }) => shown !== null && item.likeness(shown) >= sameThing) ?? listing[0];
  const row = rows?.item ?? shown;
  if (row === null) return undefined;
  return {
    noun: wordFor(noun, rows?.path.at(-1) ?? noun, read?.shape ?? null),
    steps,
    collectionPath: null,
    collection: null,
    item: null,
    isSingleton: false,
    lists: [],
    row,
    key: found.keyOf(row, noun, null),
    why: [`${nodes.map(({ path }) => path).join(', ')} are called with such things`],
  };
}
