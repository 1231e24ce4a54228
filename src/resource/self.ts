import { phraseOf } from '../text/words.js';
import type { CalledOtherwise } from './called-otherwise.js';
import type { Outline } from './outline.js';
import { isParameter, keyOfSteps, lastWordOf, type PathNode } from './path.js';
import { judgeOnItem } from './roles.js';
import { RowsOf } from './rows-of.js';
import type { Shape } from './shape.js';
import { insideOf, type Site, saysNoMore } from './site.js';
import type { ItemRole, Naming } from './types.js';
import { isSameName } from './words.js';

/** What a path is called that shows whoever asks. */
const selfNames = /^(?:me|self|myself|whoami|viewer|current(?: (?:user|account|member))?)$/;

/** What is called in the singular, and so is one: the one that asks. */
const personNames = /^(?:user|account|member|profile|person|customer)$/;

/**
 * The things of which a path without a key shows the one that asks (`/users/me`, `/me`): those of the collection that it stands below, or
 * the only ones that are declared as it is. One that says more of itself than those do is a thing by itself.
 */
export function selfSiteOf(
  { steps }: PathNode,
  shown: Shape,
  { all, byCollection }: { readonly all: Iterable<Site>; readonly byCollection: ReadonlyMap<string, Site> },
): Site | undefined {
  if (steps.some(isParameter)) return undefined;
  // Beside `/user/{account_id}` the one that `/user` shows is one of these.
  const own = byCollection.get(keyOfSteps(steps));
  if (own !== undefined)
    return own.key !== null && personNames.test(phraseOf(own.noun)) && saysNoMore(shown, own.row) ? own : undefined;
  if (!selfNames.test(phraseOf(lastWordOf(steps)))) return undefined;
  const rowIn = ({ noun, row }: Site): Shape | null => insideOf(shown, noun, row);
  const above = byCollection.get(keyOfSteps(steps.slice(0, -1)));
  if (above !== undefined) {
    const row = rowIn(above);
    return above.key !== null && row !== null && row.members.size > 1 && saysNoMore(row, above.row) ? above : undefined;
  }
  const alike = [...all].filter(
    (site) =>
      !site.isSingleton && site.key !== null && !site.steps.some(isParameter) && rowIn(site)?.isOneWith(site.row),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

/** What an operation does with the one that asks. */
export interface SelfFound {
  readonly site: Site;
  readonly kind: ItemRole['kind'];
  readonly rows: RowsOf;
  readonly naming?: Naming | null;
  readonly isSelf?: boolean;
}

/** Paths that name a thing otherwise than by its key. */
interface SelfSites {
  readonly bySelf: ReadonlyMap<PathNode, Site>;
  readonly byOther: ReadonlyMap<PathNode, CalledOtherwise>;
}

/** What is done with it by a path of its own, or with what a path calls by another member than its key. */
export function selfAt(outline: Outline, node: PathNode, { bySelf, byOther }: SelfSites): SelfFound | undefined {
  const { site, naming } = byOther.get(node) ?? { site: bySelf.get(node), naming: null };
  const verdict = site && judgeOnItem(outline, site);
  if (site === undefined || typeof verdict !== 'object' || verdict.kind === 'list') return undefined;
  return {
    site,
    kind: verdict.kind === 'upsert' ? 'replace' : verdict.kind,
    rows: verdict.rows,
    naming,
    isSelf: naming === null,
  };
}

/** What a path is called by which one signs in, or up. */
const signingNames =
  /^(?:log ?in|log on|sign ?in|sign ?up|sign on|register|registrations?|auth|authenticate|authentication|sessions?|tokens?)$/;

/**
 * The single thing that is from now on what a request answers with: `/user` after `POST /users/login`, where nothing else shows such
 * a thing.
 */
export function signedInAt(outline: Outline, { steps }: PathNode, sites: Iterable<Site>): SelfFound | undefined {
  if (outline.entry.method !== 'POST' || steps.some(isParameter)) return undefined;
  const last = lastWordOf(steps);
  const isSigning = signingNames.test(phraseOf(last));
  for (const site of sites) {
    const isAlone = site.isSingleton && !site.steps.some(isParameter);
    if (!isAlone || !(isSigning || isSameName(site.noun, last))) continue;
    const rows = new RowsOf(outline, site);
    if (rows.body !== null && rows.isExactly(site)) return { site, kind: 'merge', rows };
  }
  return undefined;
}
