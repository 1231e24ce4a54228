import { isParameter, keyOfSteps, type PathNode, parametersOf } from './path.js';
import type { Site } from './site.js';
import type { Naming } from './types.js';
import { afterNoun, fold } from './words.js';

/** Things that a path calls by another member than their key, and which one that is. */
export interface CalledOtherwise {
  readonly site: Site;
  readonly naming: Naming;
}

/**
 * What a path names one of that another path names by its key: `/pages/by-slug/{slug}` beside `/pages/{id}`, by the member that the
 * parameter and the word before it are called after.
 */
function otherwise(
  { item, steps, row, lists, key }: Site,
  byCollection: ReadonlyMap<string, Site>,
): CalledOtherwise | undefined {
  const last = steps.at(-1);
  const site = byCollection.get(keyOfSteps(steps.slice(0, -1)));
  if (item === null || site?.item == null || site.key === null || lists.length > 0) return undefined;
  if (last === undefined || !('word' in last) || !row.isOneWith(site.row)) return undefined;
  const parameter = parametersOf(item.steps).at(-1) ?? '';
  const [member, ...inner] = key?.member ?? [];
  const names = [fold(parameter), fold(afterNoun(parameter, site.noun) ?? '')];
  const isSaid = member !== undefined && fold(last.word).replace(/^(?:find|get)?by/, '') === fold(member);
  if (member === undefined || inner.length > 0 || !isSaid || !names.includes(fold(member))) return undefined;
  return site.key.member[0] === member
    ? undefined
    : { site, naming: { in: 'path', member: [parameter], equals: member } };
}

/**
 * What a path names by several members side by side, of which none is its key: `/genes/{symbol}/{species}` beside `/genes/{id}`. One of
 * them alone would be no key: many genes are of one species.
 */
function sideBySide({ item, row, lists }: Site, byCollection: ReadonlyMap<string, Site>): CalledOtherwise | undefined {
  const length = (item?.steps.findLastIndex((step) => !isParameter(step)) ?? -1) + 1;
  const parameters = parametersOf(item?.steps.slice(length) ?? []);
  const site = item === null ? undefined : byCollection.get(keyOfSteps(item.steps.slice(0, length)));
  if (parameters.length < 2 || site?.item == null || site.key === null || lists.length > 0) return undefined;
  const pairs = parameters.flatMap((parameter) => {
    const member = row.memberNamed(fold(parameter));
    const isPlain = member !== undefined && row.members.get(member)?.isScalar && member !== site.key?.member[0];
    return isPlain ? [[parameter, member] as const] : [];
  });
  const [first, ...beside] = pairs.reverse();
  if (first === undefined || pairs.length < parameters.length || !row.isOneWith(site.row)) return undefined;
  return { site, naming: { in: 'path', member: [first[0]], equals: first[1], beside } };
}

/** What was found before. */
interface Found {
  readonly all: ReadonlySet<Site>;
  readonly byCollection: ReadonlyMap<string, Site>;
  remove(site: Site): void;
}

/** Such things by the nodes of their paths, taken away from what was found. */
export function calledOtherwise(sites: Found): ReadonlyMap<PathNode, CalledOtherwise> {
  const found = new Map<PathNode, CalledOtherwise>();
  for (const site of [...sites.all]) {
    const other = otherwise(site, sites.byCollection) ?? sideBySide(site, sites.byCollection);
    if (other === undefined || site.item === null) continue;
    found.set(site.item, other);
    sites.remove(site);
  }
  return found;
}
