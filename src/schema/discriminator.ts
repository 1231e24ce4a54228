import { child, parsePointer } from '../text/pointer.js';
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

/** The tags of an `anyOf` or `oneOf`: those that are mapped, and for the others the name of their component. */
export function tagsOf(schema: JsonObject, keyword: 'anyOf' | 'oneOf'): Tags | undefined {
  const discriminator = child(schema, 'discriminator');
  const property = child(discriminator, 'propertyName');
  const alternatives = child(schema, keyword);
  if (typeof property !== 'string' || !Array.isArray(alternatives)) return undefined;
  const references = alternatives.map((alternative) => child(alternative, '$ref'));
  const indexOf = (target: Json | undefined) =>
    references.findIndex((reference) => target !== undefined && (reference === target || nameIn(reference) === target));
  const indices = new Map<string, number>();
  const mapping = child(discriminator, 'mapping');
  for (const [tag, target] of isObject(mapping) ? Object.entries(mapping) : []) {
    const index = indexOf(target);
    if (index !== -1) indices.set(tag, index);
  }
  const fallback = indexOf(child(discriminator, 'defaultMapping'));
  const otherwise = fallback === -1 ? undefined : fallback;
  const mapped = new Set(indices.values());
  for (const [index, reference] of references.entries()) {
    const name = nameIn(reference);
    if (name !== undefined && !mapped.has(index) && index !== otherwise) indices.set(name, index);
  }
  return indices.size > 0 || otherwise !== undefined ? { property, indices, otherwise } : undefined;
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
