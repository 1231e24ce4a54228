import type { ListBelow } from './embedded.js';
import { FoundResource } from './found.js';
import type { Outlines } from './outlines.js';
import { isParameter } from './path.js';
import { RowsOf } from './rows-of.js';
import { type Known, scopeOf } from './scope.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { ListRole, Resource, Role } from './types.js';
import { afterNoun, fold, Index, isSameName } from './words.js';

/**
 * Of which things those are that stand below others and say themselves below which: `/owners/{ownerId}/pets/{petId}` are those of
 * `/pets/{petId}`, where a pet has its `ownerId`. Those of which nothing but a key is sent there are members of a group, and no
 * others; where nothing at all is sent, one is made.
 */
export function homesIn(
  sites: readonly Site[],
  outlines: Outlines,
  known: Known,
  resources: ReadonlyMap<Site, Resource>,
): (site: Site) => Site | undefined {
  const alike = new Index<Shape, Site>();
  for (const site of sites) if (site.key !== null) alike.add(site.row.core, site);
  const makesRow = (site: Site): boolean =>
    [...(site.collection?.entries ?? []), ...(site.item?.entries ?? [])].some((entry) => {
      const rows = new RowsOf(outlines.of(entry), site);
      return rows.saysRow || (site.collection?.entries.includes(entry) && entry.method === 'POST' && rows.makesUnasked);
    });
  return (site) => {
    const { key, steps, row } = site;
    if (key === null || !steps.some(isParameter)) return undefined;
    const [home, ...others] = alike
      .get(row.core)
      .filter((other) => !other.steps.some(isParameter) && other.key?.member.join('.') === key.member.join('.'));
    if (home === undefined || others.length > 0 || !makesRow(site)) return undefined;
    const above = scopeOf(steps, row, known, resources.get(site) ?? null).at(-1);
    return above?.member && above.resource !== resources.get(home) ? home : undefined;
  };
}

/** What follows from where things are at home. @param homes those that others were taken for */
export function settleAtHome(all: readonly FoundResource[], homes: Iterable<FoundResource>): void {
  for (const { roles, collection, item } of homes) {
    // What is done by their own paths comes before what is done by others.
    const isElsewhere = ({ path }: Role): number => Number(path !== collection && path !== item);
    roles.sort((one, other) => isElsewhere(one) - isElsewhere(other));
  }
  for (const one of all) one.listsNaming = () => listsNaming(one);
}

/**
 * The lists in rows of what names them, as if it were listed below them: `pets` of an owner are those with its `ownerId`. Looked for
 * when somebody asks: what things of a large document name takes long to be found.
 */
function listsNaming(above: FoundResource): readonly ListBelow[] {
  const parameter = above.key?.parameter ?? null;
  if (parameter === null || above.scope.length > 0) return [];
  return above.relations.flatMap(({ resource: below, isList, inside, name }): ListBelow[] => {
    const isOwn = above.listsBelow.some(({ word }) => isSameName(word, name));
    if (!isList || inside.length === 0 || isOwn || below === above || !isSameName(name, lastOf(below))) return [];
    const list = below.roles.find((role): role is ListRole => role.kind === 'list' && role.path === below.collection);
    const [reference, ...others] = below.references.filter((one) => one.resource === above && !one.isList);
    if (list === undefined || reference === undefined || others.length > 0) return [];
    if (!namesAlone(reference.member, lastOf(above)) || !(below instanceof FoundResource)) return [];
    const scope = [{ parameter, resource: above, member: reference.member }];
    const { kind, entry, resource, keyParameter, answer } = list;
    const role = { kind, entry, resource, keyParameter, answer, path: `${above.item}/${name}`, scope };
    return [{ word: name, role: { ...role, query: [], sent: [], envelope: [] }, row: below.row }];
  });
}

const lastOf = ({ name }: Resource): string => name.split('.').at(-1) ?? '';

/** Whether a member says of which thing of a noun something is: `ownerId`, `owner.id`. */
function namesAlone([first = '', ...inner]: readonly string[], noun: string): boolean {
  return inner.length > 0 ? isSameName(first, noun) : afterNoun(first, noun) !== null || isSameName(fold(first), noun);
}
