import type { Work } from '../../text/slices.js';
import type { JsonObject } from '../../text/value.js';
import type { File, Link, Site } from './reference.js';
import { objectsInPiece, segmentsOf } from './walk.js';

/** So many references to references are followed as they are written; longer chains are made to lead to their end. */
const longestChain = 32;
/** So many schemas of one value may stand behind each other, by references and keywords: what reads them goes that deep. */
export const maximumBehind = 200;

/** References alone that lead to references: what leads through many of them is made to lead to their end at once. */
export function shorten(links: readonly Link[]): Link[] {
  const next = new Map<JsonObject, Link>();
  for (const link of links) if (isAlone(link)) next.set(link.site.holder, link);
  const ends = new Map<JsonObject, { readonly link: Link; readonly length: number }>();
  for (const start of next.values()) {
    const passed: Link[] = [];
    const seen = new Set<Link>();
    let at: Link | undefined = start;
    while (at !== undefined && !ends.has(at.site.holder) && !seen.has(at)) {
      seen.add(at);
      passed.push(at);
      at = next.get(at.target.value as JsonObject);
    }
    let end = (at && ends.get(at.site.holder)) ?? { link: passed.at(-1) as Link, length: 0 };
    for (const link of passed.reverse()) {
      end = { link: end.link, length: end.length + 1 };
      ends.set(link.site.holder, end);
    }
  }
  return links.map((link) => {
    const inner = ends.get(link.target.value as JsonObject);
    if (inner === undefined || inner.length < longestChain || link.site.member !== '$ref') return link;
    const { site, target, asWritten } = inner.link;
    if (asWritten || link.asWritten || site.file !== link.site.file || target.file !== site.file) return link;
    link.site.holder.$ref = site.text;
    return { site: { ...link.site, text: site.text }, target, asWritten: false };
  });
}

/** Whether a reference stands alone, so that it is what it leads to. */
function isAlone({ site }: Link): boolean {
  return site.member === '$ref' && Object.keys(site.holder).length === 1;
}

/**
 * The references of schemas at which the schemas of one value, each behind another, become too many. A schema counts
 * as the one around it, of which it says something of the same value. Piece by piece.
 */
export function* tooDeep(links: readonly Link[]): Work<Site[]> {
  const leaving = yield* stepsOf(links);
  const found: Site[] = [];
  const behind = new Map<string, number>();
  const path: Visit[] = [];
  const open = new Set<string>();
  const enter = (name: string): void => {
    path.push({ name, steps: leaving.get(name) ?? [], index: 0, depth: 0 });
    open.add(name);
  };
  for (const start of leaving.keys()) {
    if (behind.size % objectsInPiece === 0) yield null;
    if (!behind.has(start)) enter(start);
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const step = at.steps[at.index];
      if (step === undefined) {
        behind.set(at.name, at.depth);
        open.delete(at.name);
        path.pop();
        continue;
      }
      // What leads back to itself is found where the schemas are read.
      const known = open.has(step.to) ? -step.weight : behind.get(step.to);
      if (known === undefined) {
        enter(step.to);
        continue;
      }
      at.index += 1;
      if (step.weight + known > maximumBehind) found.push(step.site);
      else at.depth = Math.max(at.depth, step.weight + known);
    }
  }
  return found;
}

/** Where the references of schemas lead, by the outermost schema of the value that they are about. */
function* stepsOf(links: readonly Link[]): Work<ReadonlyMap<string, readonly Step[]>> {
  const leaving = new Map<string, Step[]>();
  for (const [index, { site, target }] of links.entries()) {
    if (index % objectsInPiece === 0) yield null;
    if (site.kind !== 'schema' || site.member !== '$ref' || typeof site.holder.$ref !== 'string') continue;
    const from = outermost(site.file, segmentsOf(site.frame));
    const step = { site, weight: from.depth + 1, to: outermost(target.file, target.segments).name };
    const known = leaving.get(from.name);
    if (known) known.push(step);
    else leaving.set(from.name, [step]);
  }
  return leaving;
}

interface Step {
  readonly site: Site;
  readonly weight: number;
  readonly to: string;
}

interface Visit {
  readonly name: string;
  readonly steps: readonly Step[];
  index: number;
  depth: number;
}

const listed = new Set(['allOf', 'anyOf', 'oneOf', 'dependentSchemas']);
const single = new Set(['not', 'if', 'then', 'else']);

/** The outermost schema of the value that a schema is about, and how deep inside of it that one stands. */
function outermost(file: File, segments: readonly string[]): { readonly name: string; readonly depth: number } {
  let length = segments.length;
  let depth = 0;
  for (; length > 0; depth++) {
    if (single.has(segments[length - 1] as string)) length -= 1;
    else if (length > 1 && listed.has(segments[length - 2] as string)) length -= 2;
    else break;
  }
  return { name: `${file.uri}#${segments.slice(0, length).join('/')}`, depth };
}
