import { findRows, sameThing } from './answer.js';
import { stepsCalled, verbOf } from './call.js';
import type { Outlines } from './outlines.js';
import { keyOfSteps, lastWordOf, type PathNode, type Step } from './path.js';
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

/** The paths of which each says what is done with the same things. */
interface Called {
  readonly steps: readonly Step[];
  readonly nodes: PathNode[];
}

/**
 * Things whose paths say what is done with them, with the key of the path before the verb: `/users.list`, `/users.create`; `/ListUsers`,
 * `/CreateUser`. One such path alone tells nothing.
 */
export function* calledSites(
  nodes: ReadonlyMap<string, PathNode>,
  found: Found,
  outlines: Outlines,
): Generator<Called & { readonly key: string; readonly site: Site }> {
  const called: Called[] = [];
  for (const node of nodes.values()) {
    const steps = stepsCalled(node);
    const key = keyOfSteps(steps);
    if (verbOf(node) === undefined || nodes.has(key) || found.byCollection.has(key)) continue;
    const known = called.find((one) => isAlike(one.steps, steps));
    if (known) known.nodes.push(node);
    else called.push({ steps, nodes: [node] });
  }
  for (const one of called) {
    const site = new Set(one.nodes.map(verbOf)).size > 1 ? siteOf(one, found, outlines) : undefined;
    if (site !== undefined) yield { ...one, key: keyOfSteps(one.steps), site };
  }
}

/** Whether paths differ in the number of their last word alone. */
function isAlike(one: readonly Step[], other: readonly Step[]): boolean {
  if (one.length !== other.length || keyOfSteps(one.slice(0, -1)) !== keyOfSteps(other.slice(0, -1))) return false;
  return isSameName(lastWordOf(one), lastWordOf(other));
}

/** What things are called of which paths say another word than answers do: `conversations.list` lists `channels`, and shows a `channel`. */
function wordFor(noun: string, listed: string, read: Shape | null): string {
  const shows = (word: string) => [...(read?.members.keys() ?? [])].some((name) => isSameName(name, word));
  return !shows(noun) && shows(listed) ? listed : noun;
}

/** Lets things that are only listed have the key by which calls ask for one; whether there is such a key. */
function nameKey(site: Site, nodes: readonly PathNode[], outlines: Outlines): boolean {
  const key = site.item === null ? keyAsked(site.row, nodes, outlines) : null;
  if (key !== null) Object.assign(site, { key });
  return key !== null;
}

/** The key of rows that nothing is called like: the member that calls ask for one by, and ask for nothing else. */
function keyAsked(row: Shape, nodes: readonly PathNode[], outlines: Outlines): Key | null {
  for (const node of nodes) {
    const verb = verbOf(node);
    const outline = outlines.at(node, 'POST') ?? outlines.at(node, 'GET');
    const asked = [...(outline?.sent ?? []), ...(outline?.query ?? [])];
    const [only, ...others] = verb === 'read' || verb === 'delete' ? asked : [];
    const member = only && others.length === 0 ? row.members.get(only.name) : undefined;
    if (only && member?.isScalar && !member.is('boolean')) return { member: [only.name], parameter: null, by: 'name' };
  }
  return null;
}

function siteOf({ nodes, steps }: Called, found: Found, outlines: Outlines): Site | undefined {
  const noun = lastWordOf(steps);
  // What a search shows beside each thing is no thing: `{ "ranking": 1, "document": { … } }`.
  const sites = nodes.flatMap((node) => found.byList.get(node) ?? []);
  const listed = sites.find((site) => site.key !== null) ?? sites.find((site) => nameKey(site, nodes, outlines));
  if (listed !== undefined) {
    // What only a call lists is not called after its verb.
    const isCall = listed.item === null && listed.collection !== null && nodes.includes(listed.collection);
    return isCall ? Object.assign(listed, { noun, steps }) : listed;
  }
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
    key: found.keyOf(row, noun, null) ?? keyAsked(row, nodes, outlines),
    why: [`${nodes.map(({ path }) => path).join(', ')} are called with such things`],
  };
}
