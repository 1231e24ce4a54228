import type { Operations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { isParameter, type PathNode, parametersOf, pathIn } from './path.js';
import type { Site } from './site.js';
import type { Sites } from './sites.js';

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
  readonly nodes: ReadonlyMap<string, PathNode>;
  /** By the name of the resource that was found. */
  readonly byName: ReadonlyMap<string, Site>;
}

/**
 * Lets the sites be what a fixture file says of them.
 * @returns the names of those that it speaks of
 */
export function correctSites(
  { operations, sites, nodes, byName }: Correctable,
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
    const site = correctedSite(sites, found, correction, list, item);
    if (site === undefined) continue;
    sites.add(site);
    names.set(site, correction.name);
  }
  return names;
}

function correctedSite(
  sites: Sites,
  found: Site | undefined,
  { name, key }: ResourceCorrection,
  listNode: PathNode | undefined,
  itemNode: PathNode | undefined,
): Site | undefined {
  // What the paths were taken for before gives way.
  for (const other of [listNode && sites.byList.get(listNode), itemNode && sites.byItem.get(itemNode.key)])
    if (other !== undefined) sites.remove(other);
  const noun = found?.noun ?? name.split('.').at(-1) ?? name;
  const list = listNode && sites.listAt(listNode, noun);
  const item = itemNode ?? found?.item ?? null;
  const collection = listNode ?? found?.collection ?? null;
  const row =
    (itemNode && sites.rowAt(itemNode, noun)) ?? (found && !list ? found.row : undefined) ?? list?.item ?? found?.row;
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
