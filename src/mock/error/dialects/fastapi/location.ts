import type { RequestValues } from '../../../../operation/index.js';
import type { Schemas, Violation } from '../../../../schema/index.js';
import type { Json } from '../../../../text/value.js';

/** What the entries are made from, besides the violations. */
export interface WordingContext {
  readonly schemas: Schemas;
  readonly values: RequestValues | null;
  /** The body as text, for the place of a syntax error. */
  readonly bodyText: string | null;
  /** Pointer of the schema of the body; null where there is none. */
  readonly bodyPointer: string | null;
}

/** FastAPI's `loc`: where, then the parameter's name, then member names and item numbers. */
export type Location = (string | number)[];

/** The `loc` of a violation. Values tell item numbers from members whose name is a number. */
export function location(violation: Violation, values: RequestValues | null): Location {
  const segments = tokens(violation.pointer);
  const { in: where } = violation;
  if (where === 'body') return ['body', ...typed(segments, values?.body)];
  if (where === 'content-type') return ['body'];
  const [name = '', ...below] = segments;
  if (where === 'path' || where === 'query' || where === 'cookie') {
    return [where, name, ...typed(below, values?.[where][name])];
  }
  // FastAPI names headers as it looks them up: in lower case.
  const header = name.toLowerCase();
  return header === '' ? ['header'] : ['header', header, ...typed(below, values?.header[header])];
}

/** The object that lacks a member, for a violation whose pointer leads to that member. */
export function ownerOf(violation: Violation, values: RequestValues | null): Json {
  const { pointer } = violation;
  return valueAt({ ...violation, pointer: pointer.slice(0, pointer.lastIndexOf('/')) }, values);
}

/** What was sent at the violation's pointer; null where nothing was. */
export function valueAt(violation: Violation, values: RequestValues | null): Json {
  let value: unknown = violation.in === 'body' ? values?.body : values?.[violation.in as 'query'];
  for (const segment of tokens(violation.pointer)) value = member(value, segment);
  return (value ?? null) as Json;
}

/** The reference tokens of a JSON Pointer (RFC 6901). */
export function tokens(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Reference tokens, as numbers where they lead into an array. */
function typed(segments: readonly string[], root: unknown): Location {
  let value = root;
  return segments.map((segment) => {
    const isKnown = typeof value === 'object' && value !== null;
    const isIndex = /^(?:0|[1-9]\d*)$/.test(segment) && (isKnown ? Array.isArray(value) : true);
    value = member(value, segment);
    return isIndex ? Number(segment) : segment;
  });
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
