import type { Json, JsonObject } from '../../document/index.js';
import type { RequestValues, Schemas, Violation } from '../../operation/index.js';
import { type Location, location } from './location.js';
import { isObject, wordingOf } from './wordings.js';

/** One entry of `detail` in FastAPI's HTTPValidationError, members in FastAPI's order. */
export interface DetailEntry extends JsonObject {
  type: string;
  loc: Location;
  msg: string;
  input: Json;
}

/** What the entries are made from, besides the violations. */
export interface WordingContext {
  readonly schemas: Schemas;
  readonly values: RequestValues | null;
  /** The body as text, for the place of a syntax error. */
  readonly bodyText: string | null;
  /** Pointer of the schema of the body; null where there is none. */
  readonly bodyPointer: string | null;
}

/**
 * Words a violation as FastAPI with pydantic 2 would: mostly one entry; for a union one for each way in which each
 * member does not fit, under that member's name.
 */
export function detailEntries(violation: Violation, context: WordingContext): DetailEntry[] {
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

/** A union of which no member was meant: what is wrong with each, `null` aside, as pydantic tells it. */
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
    .filter(({ violations, value }) => violations.length > 0 && !(isObject(value) && value.type === 'null'));
  if (failing.length === 0) return null;
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
