import type { Document } from '../../../../document/index.js';
import type { Alternative, Violation } from '../../../../schema/index.js';
import { isObject, type Json, type JsonObject } from '../../../../text/value.js';
import type { WordingContext } from '../../facts.js';
import { type Location, location, valueAt } from '../../location.js';
import { wordingOf } from './wordings.js';

/** One entry of `detail` in FastAPI's HTTPValidationError, members in FastAPI's order. */
export interface DetailEntry extends JsonObject {
  type: string;
  loc: Location;
  msg: string;
  input: Json;
}

/**
 * Words a violation as FastAPI with pydantic 2 would: mostly one entry; for a union one for each way in which each
 * member does not fit, under that member's name.
 */
export function detailEntries(violation: Violation, context: WordingContext): DetailEntry[] {
  const entries = ownEntries(violation, context);
  // The names of the outer alternatives move those of the inner ones, so the innermost goes in first.
  for (const alternative of (violation.alternatives ?? []).toReversed()) {
    const name = alternativeName(alternative, violation, context);
    if (name === null) continue;
    const depth = location({ ...violation, pointer: alternative.pointer }, context.values).length;
    for (const entry of entries) if (entry.type !== 'json_invalid') entry.loc.splice(depth, 0, name);
  }
  return entries;
}

/** What pydantic puts into `loc` for a member of a union: its tag, or its name; null for the only one besides `null`. */
function alternativeName(
  { pointer: place, schemaPointer, index }: Alternative,
  violation: Violation,
  { schemas: { document }, values }: WordingContext,
): string | null {
  const members = document.at(schemaPointer);
  if (!Array.isArray(members)) return null;
  const resolved = members.map((member, position) => document.resolve(member, `${schemaPointer}/${position}`));
  const chosen = resolved[index];
  if (chosen === undefined || resolved.filter(({ value }) => !isNull(value)).length < 2) return null;
  const property = discriminatorAt(schemaPointer, document);
  if (property === null) return branchName(chosen.value, chosen.pointer);
  const tagged = valueAt({ ...violation, pointer: place }, values);
  return isObject(tagged) && typeof tagged[property] === 'string'
    ? tagged[property]
    : branchName(chosen.value, chosen.pointer);
}

/** The member that tells the alternatives of a union apart, or null. */
function discriminatorAt(schemaPointer: string, document: Document): string | null {
  const union = document.at(schemaPointer.slice(0, schemaPointer.lastIndexOf('/')));
  const property = isObject(union) && isObject(union.discriminator) ? union.discriminator.propertyName : undefined;
  return typeof property === 'string' ? property : null;
}

function isNull(value: Json | undefined): boolean {
  return isObject(value) && value.type === 'null';
}

function ownEntries(violation: Violation, context: WordingContext): DetailEntry[] {
  const union = unionEntries(violation, context);
  if (union !== null) return union;
  const { type, message, context: ctx, loc, input } = wordingOf(violation, context);
  const entry: DetailEntry = {
    type,
    loc: [...(loc ?? location(violation, context.values))],
    msg: message,
    input: input === undefined ? inputOf(violation) : input,
  };
  if (ctx !== undefined) entry.ctx = ctx;
  return [entry];
}

/** The value as it came: outside a body everything is a string on the wire. */
function inputOf(violation: Violation): Json {
  const { received } = violation;
  if (received === undefined) return null;
  if (violation.in !== 'body' && (typeof received === 'number' || typeof received === 'boolean')) {
    return String(received);
  }
  return received as Json;
}

/** A union of which no member was meant: what is wrong with each, `null` aside, as pydantic reports it. */
function unionEntries(violation: Violation, context: WordingContext): DetailEntry[] | null {
  const branches = violation.params.branches as readonly (readonly Violation[])[] | undefined;
  if (branches === undefined) return null;
  const { document } = context.schemas;
  const members = document.at(violation.schemaPointer);
  const failing = branches
    .map((violations, index) => {
      const pointer = `${violation.schemaPointer}/${index}`;
      return { violations, ...document.resolve(Array.isArray(members) ? members[index] : undefined, pointer) };
    })
    .filter(({ violations, value }) => violations.length > 0 && !isNull(value));
  if (failing.length === 0) return null;
  if (discriminatorAt(violation.schemaPointer, document) !== null && !isObject(violation.received)) {
    return failing[0]?.violations.slice(0, 1).flatMap((each) => detailEntries(each, context)) ?? null;
  }
  const depth = location(violation, context.values).length;
  return failing.flatMap(({ violations, value, pointer }) => {
    const name = failing.length > 1 ? [branchName(value, pointer)] : [];
    return violations
      .flatMap((each) => detailEntries(each, context))
      .map((entry) => ({ ...entry, loc: [...entry.loc.slice(0, depth), ...name, ...entry.loc.slice(depth)] }));
  });
}

/** What pydantic calls a member of a union: the model's name, or the Python type. */
function branchName(value: Json | undefined, pointer: string): string {
  if (!isObject(value)) return 'any';
  const component = /^\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1];
  if (component !== undefined || value.enum !== undefined || value.properties !== undefined) {
    return String(value.title ?? component ?? 'literal');
  }
  const names: Record<string, string> = { integer: 'int', number: 'float', boolean: 'bool', string: 'str' };
  const type = String(value.type ?? 'any');
  if (type === 'array') return `list[${branchName(value.items, '')}]`;
  if (type === 'object') return `dict[str,${branchName(value.additionalProperties, '')}]`;
  return names[type] ?? type;
}
