import type { Document, Json, JsonObject } from '../document/index.js';

/** A schema of the document, looked at from outside: what a value of it may consist of. */
export interface Shape {
  readonly types: readonly string[];
  /** Members by name, with the pointer of their schema. From `allOf` too. */
  readonly properties: ReadonlyMap<string, string>;
  readonly required: ReadonlySet<string>;
  /** Pointer of the schema of all items; null where there is none. */
  readonly items: string | null;
  /** Pointer of the schema of members that are not named; null where there is none. */
  readonly members: string | null;
  /** Pointers of the alternatives of `oneOf` and `anyOf`. */
  readonly alternatives: readonly string[];
  /** Whether the value is drawn from a list or a pattern, and no free text fits. */
  readonly narrow: boolean;
}

const maximumDepth = 12;

/** The shape of the schema at a pointer, references followed and `allOf` merged. */
export function shapeAt(document: Document, pointer: string): Shape {
  const draft = {
    types: new Set<string>(),
    properties: new Map<string, string>(),
    required: new Set<string>(),
    items: null as string | null,
    members: null as string | null,
    alternatives: [] as string[],
    narrow: false,
  };
  const visit = (value: Json | undefined, place: string, depth: number): void => {
    if (!isObject(value) || depth > maximumDepth) return;
    if (typeof value.$ref === 'string') {
      const target = document.resolve({ $ref: value.$ref }, place);
      if (target.pointer !== place) visit(target.value, target.pointer, depth + 1);
    }
    for (const type of [value.type ?? []].flat()) draft.types.add(String(type));
    if (isObject(value.properties)) {
      for (const name of Object.keys(value.properties)) {
        if (!draft.properties.has(name)) draft.properties.set(name, `${place}/properties/${escapeToken(name)}`);
      }
    }
    if (Array.isArray(value.required)) for (const name of value.required) draft.required.add(String(name));
    if (value.items !== undefined) draft.items ??= `${place}/items`;
    if (isObject(value.additionalProperties)) draft.members ??= `${place}/additionalProperties`;
    if (value.enum !== undefined || value.const !== undefined || value.pattern !== undefined) {
      draft.narrow = true;
    }
    if (value.format !== undefined) draft.narrow = true;
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const list = value[keyword];
      if (Array.isArray(list)) draft.alternatives.push(...list.map((_, index) => `${place}/${keyword}/${index}`));
    }
    if (Array.isArray(value.allOf)) {
      for (const [index, member] of value.allOf.entries()) visit(member, `${place}/allOf/${index}`, depth + 1);
    }
  };
  visit(document.at(pointer), pointer, 0);
  if (draft.types.size === 0 && draft.properties.size > 0) draft.types.add('object');
  if (draft.types.size === 0 && draft.items !== null) draft.types.add('array');
  return { ...draft, types: [...draft.types] };
}

function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
