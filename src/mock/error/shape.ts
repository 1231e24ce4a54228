import type { Document } from '../../document/index.js';
import { type Part, requiredNames, typesOf, viewOf } from '../../schema/view.js';

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
  /** Whether the value is drawn from a list, a pattern or a format, and no free text fits. */
  readonly narrow: boolean;
}

const narrowingKeywords = ['enum', 'const', 'pattern', 'format'];

const shapes = new WeakMap<readonly Part[], Shape>();

/** The shape of the schema at a pointer, references followed and `allOf` merged. */
export function shapeAt(document: Document, pointer: string): Shape {
  const parts = viewOf(document).certain(pointer);
  const shape = shapes.get(parts) ?? shapeOf(document, parts);
  shapes.set(parts, shape);
  return shape;
}

function shapeOf(document: Document, parts: readonly Part[]): Shape {
  const view = viewOf(document);
  const properties = new Map([...view.members(parts)].map(([name, [edge]]) => [name, edge?.pointer ?? '']));
  const items = view.under(parts, 'items')[0]?.pointer ?? null;
  const implied = properties.size > 0 ? ['object'] : items === null ? [] : ['array'];
  return {
    types: [...(typesOf(parts) ?? implied)],
    properties,
    required: requiredNames(parts),
    items,
    members: view.under(parts, 'additionalProperties').find(({ to }) => view.part(to))?.pointer ?? null,
    alternatives: ['oneOf', 'anyOf'].flatMap((keyword) => view.under(parts, keyword).map((edge) => edge.pointer)),
    narrow: parts.some(({ schema }) => narrowingKeywords.some((keyword) => schema[keyword] !== undefined)),
  };
}
