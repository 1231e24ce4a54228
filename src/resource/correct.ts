import type { Operations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { findRows } from './answer.js';
import type { Outlines } from './outlines.js';
import { isParameter, type PathNode, parametersOf, pathIn } from './path.js';
import type { Shape } from './shape.js';
import { insideOf, type List, type Site } from './site.js';
import type { Sites } from './sites.js';
import { writtenRow } from './written-row.js';

/** `resources:` of a fixture file: corrects what was found. */
export interface ResourceCorrection {
  readonly name: string;
  /** `name: false`: it is no resource. */
  readonly isNone?: true;
  /** Path templates, or ids of operations that stand there. */
  readonly list?: string;
  readonly item?: string;
  /** The member: its name, or a path with dots. */
  readonly key?: string;
  /** How many rows the base world has (25). */
  readonly rows?: number;
  /** Own rows, from JSON, YAML or CSV: the base world begins with these. */
  readonly data?: readonly Json[];
}

/** What corrections are applied to. */
export interface Correctable {
  readonly operations: Operations;
  readonly sites: Sites;
  readonly outlines: Outlines;
  readonly nodes: ReadonlyMap<string, PathNode>;
  /** By the name of the resource that was found. */
  readonly byName: ReadonlyMap<string, Site>;
}

/**
 * Lets the sites be what a fixture file says of them.
 * @returns the names of those that it speaks of
 */
export function correctSites(
  { operations, sites, outlines, nodes, byName }: Correctable,
  corrections: readonly ResourceCorrection[],
): ReadonlyMap<Site, string> {
  const byPath = new Map(
    [...nodes.values()].flatMap((node) =>
      node.entries.flatMap((entry) => [entry.path, pathIn(operations, entry)].map((path) => [path, node] as const)),
    ),
  );
  const nodeOf = (named: string | undefined) =>
    named === undefined ? undefined : byPath.get(operations.find(named)?.path ?? named);
  const names = new Map<Site, string>();
  for (const correction of corrections) {
    const found = byName.get(correction.name);
    const [list, item] = [nodeOf(correction.list), nodeOf(correction.item)];
    if (found !== undefined) sites.remove(found);
    if (correction.isNone || (found === undefined && !list && !item)) continue;
    const site = correctedSite({ sites, outlines }, found, correction, list, item);
    if (site === undefined) continue;
    sites.add(site);
    names.set(site, correction.name);
  }
  return names;
}

function correctedSite(
  { sites, outlines }: Pick<Correctable, 'sites' | 'outlines'>,
  found: Site | undefined,
  { name, key }: ResourceCorrection,
  listNode: PathNode | undefined,
  itemNode: PathNode | undefined,
): Site | undefined {
  // What the paths were taken for before gives way.
  for (const other of [listNode && sites.byList.get(listNode), itemNode && sites.byItem.get(itemNode.key)])
    if (other !== undefined) sites.remove(other);
  const noun = found?.noun ?? name.split('.').at(-1) ?? name;
  const list = listNode && listAt(outlines, listNode, noun);
  const item = itemNode ?? found?.item ?? null;
  const collection = listNode ?? found?.collection ?? null;
  const row =
    (itemNode && rowAt(outlines, itemNode, noun)) ??
    (found && !list ? found.row : undefined) ??
    list?.item ??
    found?.row;
  if (row === undefined) return undefined;
  const isSingleton = item !== null && collection === null && !isParameter(item.steps.at(-1));
  const steps = collection?.steps ?? (isSingleton ? item?.steps : item?.steps.slice(0, -1)) ?? [];
  const parameter = item ? (parametersOf(item.steps).at(-1) ?? null) : null;
  const others = found?.lists.filter(({ node }) => node !== listNode && node !== found.collection) ?? [];
  const own = list ? [list] : (found?.lists.filter(({ node }) => node === collection) ?? []);
  return {
    noun,
    steps,
    collection,
    collectionPath: collection?.path ?? found?.collectionPath ?? null,
    item,
    isSingleton,
    lists: [...own, ...others],
    row,
    key: key === undefined ? sites.keyOf(row, noun, item) : { member: key.split('.'), parameter, by: 'fixture' },
    why: [...(found?.why.slice(0, 1) ?? []), 'the fixture file says so'],
  };
}

/** The list that a path is said to have; undefined where its answer has no array of objects. */
function listAt(outlines: Outlines, node: PathNode, noun: string): List | undefined {
  const outline = outlines.at(node, 'GET') ?? outlines.at(node, 'QUERY');
  if (!outline?.answer) return undefined;
  const hints = { noun, endsInParameter: false, isCollection: true, isPaged: () => true, row: null };
  const found = findRows(outline.answer.shape, hints);
  return typeof found === 'string' ? undefined : { outline, node, ...found };
}

/** What one thing looks like that a path is said to name; undefined where no answer and no body shows it. */
function rowAt(outlines: Outlines, node: PathNode, noun: string): Shape | undefined {
  const read = outlines.at(node, 'GET')?.answer;
  return (read ? insideOf(read.shape, noun) : writtenRow(outlines, node, null, noun)) ?? undefined;
}
