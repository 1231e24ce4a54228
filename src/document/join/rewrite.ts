import { parsePointer, pointerOf, referenceTo, valueAt } from '../../text/pointer.js';
import { resultOf } from '../../text/slices.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { embeddedFiles } from '../read/origins.js';
import type { Link } from '../refer/reference.js';
import { relink } from '../refer/relink.js';
import type { Frame } from '../refer/walk.js';
import type { Renaming } from './names.js';
import type { Part } from './part.js';

/**
 * Lets a part speak of places and names as the whole has them.
 * @param whole the joined tree, where the objects of the part stand already
 * @param anchors names of dynamic anchors that others have; those of this part are added
 * @returns by the object that holds a `$ref`, the pointer that it leads to, where that is not what it says
 */
export function rewrite(
  part: Part,
  renaming: Renaming,
  whole: JsonObject,
  anchors: Set<string>,
): ReadonlyMap<JsonObject, string> {
  const links = part.links.map(asPointer);
  const elsewhere = resultOf(relink(whole, links, { prefixes: renaming.moves, holders: new Map() }));
  for (const { holder, member, text } of part.lost) {
    // In the whole it must not lead to what another document has there.
    const segments = parsePointer(text);
    if (valueAt(whole, segments) !== undefined)
      holder[member] = referenceTo(pointerOf(embeddedFiles, `${part.label} lacks`, ...segments));
  }
  tagSchemas(part, renaming);
  renameDynamicAnchors(part, anchors);
  const schemes = renamedSchemes(renaming);
  for (const { value } of part.frames.operation) {
    if (typeof value.operationId === 'string')
      value.operationId = renaming.operations.get(value.operationId) ?? value.operationId;
    if (Array.isArray(value.tags)) value.tags = value.tags.map((tag) => renaming.tags.get(String(tag)) ?? tag);
    const security = value.security ?? part.root.security;
    if (security !== undefined) value.security = requirements(security, schemes);
  }
  for (const { value } of part.frames.link) renameTarget(value, renaming);
  return elsewhere;
}

/** What is read against an `$id` or an anchor that another document may have as well is written as a pointer. */
function asPointer(link: Link): Link {
  const { text, frame } = link.site;
  const isLocal = text.startsWith('#');
  const isNamed = isLocal ? frame.resource.segments.length === 0 && !text.startsWith('#/') : true;
  if (!link.asWritten || !isNamed) return link;
  // A reference that begins with no `#` is one to somewhere else, and is always written anew.
  return { ...link, asWritten: false, site: { ...link.site, text: text.replace(/^#/, '') } };
}

function renamedSchemes({ moves }: Renaming): ReadonlyMap<string, string> {
  const schemes = moves.filter(({ from }) => from[1] === 'securitySchemes');
  return new Map(schemes.map(({ from, to }) => [from.at(-1) ?? '', to.at(-1) ?? '']));
}

function requirements(security: Json, schemes: ReadonlyMap<string, string>): Json {
  if (!Array.isArray(security)) return security;
  return security.map((requirement) => {
    if (!isObject(requirement)) return requirement;
    return Object.fromEntries(Object.entries(requirement).map(([name, scopes]) => [schemes.get(name) ?? name, scopes]));
  });
}

/** Which operation a Link Object (OpenAPI 3.2, 4.21) leads to. */
function renameTarget(link: JsonObject, { operations, moved }: Renaming): void {
  const { operationId, operationRef } = link;
  if (typeof operationId === 'string') link.operationId = operations.get(operationId) ?? operationId;
  if (typeof operationRef !== 'string' || !operationRef.startsWith('#/')) return;
  const [map = '', name = '', ...rest] = parsePointer(operationRef);
  link.operationRef = referenceTo(pointerOf(...moved(map, name), ...rest));
}

/** A dynamic reference leads to the outermost anchor of its name (JSON Schema 2020-12 Core, 8.2.3.2): to none of another document. */
function renameDynamicAnchors({ label, frames }: Part, anchors: Set<string>): void {
  const own = new Set(
    frames.schema.map(({ value }) => value.$dynamicAnchor).filter((name) => typeof name === 'string'),
  );
  const taken = new Set([...own].filter((name) => anchors.has(name)));
  for (const name of own) anchors.add(name);
  if (taken.size === 0) return;
  const renamed = (name: string) => (taken.has(name) ? `${label}.${name}` : name);
  for (const { value } of frames.schema) {
    const { $dynamicAnchor: anchor, $dynamicRef: reference } = value;
    if (typeof anchor === 'string') value.$dynamicAnchor = renamed(anchor);
    if (typeof reference === 'string') value.$dynamicRef = reference.replace(/(?<=#)[^/]+$/, renamed);
  }
}

/** A schema that is called otherwise keeps its name as a tag (Discriminator Object; OpenAPI 3.2, 4.25). */
function tagSchemas(part: Part, renaming: Renaming): void {
  const references = new Map<string, string>();
  for (const { from, to } of renaming.moves)
    if (from[1] === 'schemas') references.set(from[2] ?? '', referenceTo(pointerOf(...to)));
  if (references.size === 0) return;
  const names = new Map<Json, string>();
  for (const name of references.keys()) {
    const schema = valueAt(part.root, ['components', 'schemas', name]);
    if (schema !== undefined) names.set(schema, name);
  }
  const children = childrenByBase(part.links);
  for (const { value } of part.frames.schema) {
    const { discriminator } = value;
    if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') continue;
    const branches = [value.oneOf, value.anyOf].flatMap((list) => (Array.isArray(list) ? list : []));
    const chosen = new Set(branches.map((branch) => (isObject(branch) ? branch.$ref : undefined)));
    const meant =
      branches.length === 0
        ? descendants(value, children).flatMap((schema) => names.get(schema) ?? [])
        : [...references].flatMap(([name, reference]) => (chosen.has(reference) ? name : []));
    mapTags(discriminator, references, meant);
  }
}

/** Maps the names of schemas to where these stand now: those that are said, and those that are meant where nothing is. */
function mapTags(discriminator: JsonObject, references: ReadonlyMap<string, string>, meant: readonly string[]): void {
  const mapping = isObject(discriminator.mapping) ? discriminator.mapping : {};
  for (const [tag, target] of Object.entries(mapping))
    setMember(mapping, tag, references.get(String(target)) ?? target);
  const fallback = discriminator.defaultMapping;
  if (typeof fallback === 'string') discriminator.defaultMapping = references.get(fallback) ?? fallback;
  const mapped = new Set<Json | undefined>([...Object.values(mapping), discriminator.defaultMapping]);
  for (const name of meant) {
    const reference = references.get(name);
    if (reference === undefined || mapped.has(reference)) continue;
    setMember(mapping, name, reference);
    discriminator.mapping = mapping;
  }
}

/** By schema, those that have it in `allOf`. */
function childrenByBase(links: readonly Link[]): ReadonlyMap<Json, readonly JsonObject[]> {
  const children = new Map<Json, JsonObject[]>();
  for (const { site, target } of links) {
    const { from, member }: Frame = site.frame;
    if (site.member !== '$ref' || member !== 'allOf' || !('value' in from)) continue;
    children.set(target.value, [...(children.get(target.value) ?? []), from.value]);
  }
  return children;
}

function descendants(base: JsonObject, children: ReadonlyMap<Json, readonly JsonObject[]>): JsonObject[] {
  const found = new Set(children.get(base));
  // A Set grows while it is iterated.
  for (const each of found) for (const inner of children.get(each) ?? []) found.add(inner);
  found.delete(base);
  return [...found];
}
