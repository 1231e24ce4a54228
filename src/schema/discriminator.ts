import { child, parsePointer, pointerOf, valueAt } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

/** What a discriminator tells apart (OpenAPI 3.1, 4.8.25). */
export interface Tags {
  /** The member whose value is the tag. */
  readonly property: string;
  /** Each tag with the index of the alternative that it stands for. */
  readonly indices: ReadonlyMap<string, number>;
  /** The alternative that a value without a tag, or with another one, is meant for (`defaultMapping`; OpenAPI 3.2, 4.25.1). */
  readonly otherwise: number | undefined;
}

const known = { anyOf: new WeakMap<JsonObject, Tags | null>(), oneOf: new WeakMap<JsonObject, Tags | null>() };

/** The tags of an `anyOf` or `oneOf`: those that are mapped, and for the others the name of their component. */
export function tagsOf(schema: JsonObject, keyword: 'anyOf' | 'oneOf'): Tags | undefined {
  if (schema[keyword] === undefined) return undefined;
  let tags = known[keyword].get(schema);
  if (tags === undefined) {
    tags = readTags(schema, keyword);
    known[keyword].set(schema, tags);
  }
  return tags ?? undefined;
}

function readTags(schema: JsonObject, keyword: 'anyOf' | 'oneOf'): Tags | null {
  const discriminator = child(schema, 'discriminator');
  const property = child(discriminator, 'propertyName');
  const alternatives = child(schema, keyword);
  if (typeof property !== 'string' || !Array.isArray(alternatives)) return null;
  const references = alternatives.map((alternative) => child(alternative, '$ref'));
  const names = references.map(nameIn);
  /** Which alternative is meant by what a mapping says: the first of them. */
  const byTarget = new Map<Json | undefined, number>();
  for (const [index, reference] of references.entries()) {
    for (const target of [reference, names[index]]) {
      if (target !== undefined && !byTarget.has(target)) byTarget.set(target, index);
    }
  }
  const indices = new Map<string, number>();
  const mapping = child(discriminator, 'mapping');
  for (const [tag, target] of isObject(mapping) ? Object.entries(mapping) : []) {
    const index = byTarget.get(target);
    if (index !== undefined) indices.set(tag, index);
  }
  const otherwise = byTarget.get(child(discriminator, 'defaultMapping'));
  const mapped = new Set(indices.values());
  for (const [index, name] of names.entries()) {
    if (name !== undefined && !mapped.has(index) && index !== otherwise) indices.set(name, index);
  }
  return indices.size > 0 || otherwise !== undefined ? { property, indices, otherwise } : null;
}

function nameIn(reference: Json | undefined): string | undefined {
  return typeof reference === 'string' ? parsePointer(reference).at(-1) : undefined;
}

/** The index of the branch that a value's tag names; undefined where there is no such tag. */
export function taggedBranch(schema: JsonObject, keyword: 'anyOf' | 'oneOf', value: Json): number | undefined {
  const tags = isObject(value) ? tagsOf(schema, keyword) : undefined;
  const tag = tags && child(value, tags.property);
  return (typeof tag === 'string' ? tags?.indices.get(tag) : undefined) ?? tags?.otherwise;
}

/** A schema that extends a base with a discriminator, and the tags that name it. */
export interface Child {
  readonly pointer: string;
  readonly tags: readonly string[];
}

const extensions = new WeakMap<JsonObject, ReadonlyMap<string, readonly string[]>>();

/**
 * The schemas that extend one with a discriminator: those of its mapping, and each component that has it in `allOf`, or has
 * one that does; with their names as tags where they are not mapped (OpenAPI 3.1, 4.8.25). A schema with branches of its
 * own tells those apart, and has no other children.
 * @param root that of the document
 * @param pointer where the schema stands
 */
export function childrenOf(root: JsonObject, schema: JsonObject, pointer: string): readonly Child[] {
  const discriminator = child(schema, 'discriminator');
  if (typeof child(discriminator, 'propertyName') !== 'string' || 'oneOf' in schema || 'anyOf' in schema) return [];
  const mapping = child(discriminator, 'mapping');
  const tags = new Map<string, string[]>();
  for (const [tag, target] of isObject(mapping) ? Object.entries(mapping) : []) {
    if (typeof target !== 'string') continue;
    const mapped = target.startsWith('#') ? pointerOf(...parsePointer(target)) : componentPointer(target);
    tags.set(mapped, [...(tags.get(mapped) ?? []), tag]);
  }
  const extended = extensionsIn(root);
  const found = new Set([...tags.keys(), ...(extended.get(pointer) ?? [])]);
  // A Set grows while it is iterated.
  for (const each of found) for (const inner of extended.get(each) ?? []) found.add(inner);
  found.delete(pointer);
  return [...found]
    .filter((each) => valueAt(root, parsePointer(each)) !== undefined)
    .map((each) => ({ pointer: each, tags: tags.get(each) ?? [String(parsePointer(each).at(-1))] }));
}

/** By pointer, the components that have what stands there in `allOf`. */
function extensionsIn(root: JsonObject): ReadonlyMap<string, readonly string[]> {
  const known = extensions.get(root);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  const components = child(child(root, 'components'), 'schemas');
  for (const [name, schema] of isObject(components) ? Object.entries(components) : []) {
    const parts = child(schema, 'allOf');
    for (const part of Array.isArray(parts) ? parts : []) {
      const reference = child(part, '$ref');
      if (typeof reference !== 'string' || !reference.startsWith('#/')) continue;
      const base = pointerOf(...parsePointer(reference));
      found.set(base, [...(found.get(base) ?? []), componentPointer(name)]);
    }
  }
  extensions.set(root, found);
  return found;
}

function componentPointer(name: string): string {
  return pointerOf('components', 'schemas', name);
}
