import type { Document } from '../document/types.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { escapeToken, samePlace } from './schema-sites.js';
import type { FaultContext } from './types.js';

/** A value inside a body, and one schema that it has to satisfy. */
export interface ValueNode {
  readonly path: readonly (string | number)[];
  readonly value: Json;
  readonly schema: JsonObject;
  readonly pointer: string;
}

const mostNodes = 2000;

/**
 * Every value in `body` with every schema of the document that applies to it. Of `anyOf` and `oneOf` only
 * the branches that the value satisfies: to break another one would change nothing.
 */
export function valueNodes(body: Json, pointer: string, context: FaultContext): ValueNode[] {
  const nodes: ValueNode[] = [];
  visit(body, pointer, [], new Set());
  return nodes;

  function visit(value: Json, at: string, path: readonly (string | number)[], here: ReadonlySet<string>): void {
    const schema = schemaAt(context.operation.document, at);
    if (!isObject(schema) || here.has(at) || nodes.length >= mostNodes) return;
    nodes.push({ path, value, schema, pointer: at });
    const seen = new Set(here).add(at);
    for (const same of alternativesAt(context.operation.document, schema, at)) {
      if (!/\/(anyOf|oneOf)\/\d+$/.test(same) || accepts(same, value)) visit(value, same, path, seen);
    }
    if (Array.isArray(value)) visitItems(value, schema, at, path);
    else if (isObject(value)) visitMembers(value, schema, at, path);
  }

  function visitItems(items: Json[], schema: JsonObject, at: string, path: readonly (string | number)[]): void {
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0;
    for (const [index, item] of items.entries()) {
      visit(item, index < prefix ? `${at}/prefixItems/${index}` : `${at}/items`, [...path, index], new Set());
    }
  }

  function visitMembers(object: JsonObject, schema: JsonObject, at: string, path: readonly (string | number)[]): void {
    for (const [name, value] of Object.entries(object)) {
      const declared = isObject(schema.properties) && Object.hasOwn(schema.properties, name);
      const below = declared ? `${at}/properties/${escapeToken(name)}` : `${at}/additionalProperties`;
      visit(value, below, [...path, name], new Set());
    }
  }

  function accepts(branch: string, value: Json): boolean {
    const schema = context.schemaAt(branch);
    return schema.problem === null && schema.accepts(value);
  }
}

/** Bodies of one operation walk the same schemas again and again, and a pointer takes time to follow. */
const schemas = new WeakMap<Document, Map<string, Json | undefined>>();
const alternatives = new WeakMap<JsonObject, readonly string[]>();

function schemaAt(document: Document, pointer: string): Json | undefined {
  const known = schemas.get(document) ?? new Map<string, Json | undefined>();
  schemas.set(document, known);
  if (!known.has(pointer)) known.set(pointer, document.at(pointer));
  return known.get(pointer);
}

function alternativesAt(document: Document, schema: JsonObject, pointer: string): readonly string[] {
  const found = alternatives.get(schema) ?? samePlace(document, schema, pointer);
  alternatives.set(schema, found);
  return found;
}

/** A copy of `body` with `value` at `path`; `undefined` takes the member or item away. */
export function replaced(body: Json, path: readonly (string | number)[], value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? null;
  if (Array.isArray(body)) {
    const items = [...body];
    if (rest.length === 0 && value === undefined) items.splice(Number(step), 1);
    else items[Number(step)] = replaced(items[Number(step)] ?? null, rest, value);
    return items;
  }
  const members = Object.entries(isObject(body) ? body : {});
  if (!members.some(([name]) => name === step)) members.push([String(step), null]);
  return Object.fromEntries(
    members
      .filter(([name]) => name !== step || rest.length > 0 || value !== undefined)
      .map(([name, member]) => [name, name === step ? replaced(member, rest, value) : member]),
  );
}
