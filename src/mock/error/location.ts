import type { RequestValues } from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';
import { parsePointer } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';

/** Where, then the parameter's name, then member names and item numbers: `['body', 'items', 0]`. */
export type Location = (string | number)[];

/** The location of a violation. Values tell item numbers from members whose name is a number. */
export function location(violation: Violation, values: RequestValues | null): Location {
  const segments = parsePointer(violation.pointer);
  const { in: where } = violation;
  if (where === 'body') return ['body', ...typed(segments, values?.body)];
  if (where === 'content-type') return ['body'];
  const [name = '', ...below] = segments;
  // The name of a whole query stands nowhere on the wire.
  if (where === 'querystring') return ['query', ...typed(below, values?.querystring[name])];
  if (where === 'path' || where === 'query' || where === 'cookie') {
    return [where, name, ...typed(below, values?.[where][name])];
  }
  // Header fields are named as they are looked up: in lower case.
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
  for (const segment of parsePointer(violation.pointer)) value = member(value, segment);
  return (value ?? null) as Json;
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
