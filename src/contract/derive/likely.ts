import { type Part, viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import type { Workbench } from './workbench.js';

/**
 * Values that servers take, where the schema alone leaves open which those are: what the author shows in a description, a
 * whole number where any number is right, digits for what is a number in a text, a time to come for an expiry, and ranges
 * whose end is behind their beginning. A value stays as it was where the schema would not take the other one.
 */
export function likely(bench: Workbench, pointer: string, value: Json, accepts: (value: Json) => boolean): Json {
  const changed = likelyIn(bench, [pointer], value, '', 0);
  if (changed !== value && accepts(changed)) return changed;
  return value;
}

/** Deeper than this a value stays as it is. */
const deepest = 4;

function likelyIn(bench: Workbench, pointers: readonly string[], value: Json, name: string, depth: number): Json {
  const view = viewOf(bench.operations.document);
  const parts = pointers.flatMap((pointer) => view.certain(pointer));
  if (depth > deepest) return value;
  if (Array.isArray(value)) {
    return value.map((item) => {
      const inside = parts.flatMap((part) => (isObject(part.schema.items) ? `${part.pointer}/items` : []));
      return likelyIn(bench, inside, item, name, depth + 1);
    });
  }
  if (isObject(value)) {
    let found: JsonObject = value;
    for (const [member, inner] of Object.entries(value)) {
      const inside = view.member(parts, member).map((edge) => edge.pointer);
      const other = likelyIn(bench, inside, inner, member, depth + 1);
      if (other === inner) continue;
      found = found === value ? { ...value } : found;
      setMember(found, member, other);
    }
    return inOrder(
      inSuccession(found, (member) => view.member(parts, member).flatMap(({ pointer }) => view.certain(pointer))),
    );
  }
  return scalar(
    parts.map(({ schema }) => schema),
    value,
    name,
  );
}

/** What closes, refers or shows says more than a name. */
const decided = ['enum', 'const', 'example', 'examples', 'default', 'pattern'];

function scalar(schemas: readonly JsonObject[], value: Json, name: string): Json {
  // Of a closed list the author names first what is most usual.
  const list = schemas.map((schema) => schema.enum).find((each) => Array.isArray(each));
  if (Array.isArray(list) && schemas.every((schema) => schema.example === undefined && schema.default === undefined))
    return list.find((each) => each !== null && each !== '') ?? value;
  if (schemas.some((schema) => decided.some((keyword) => schema[keyword] !== undefined))) return value;
  if (typeof value === 'number') return Number.isInteger(value) ? value : wholeNear(value, schemas);
  if (typeof value !== 'string') return value;
  const bounds = schemas.flatMap(({ minimum, maximum }) =>
    [minimum, maximum].filter((each) => typeof each === 'number'),
  );
  // Bounds of numbers beside branches: a text is one of them, in which the number is written out.
  if (bounds.length > 0 && schemas.some(({ anyOf, oneOf }) => anyOf ?? oneOf))
    return wholeNear(bounds[0] ?? 0, schemas);
  const format = schemas.map((schema) => schema.format).find((each) => typeof each === 'string');
  if (/^(?:numeric|decimal|number|big-?decimal|bigint|u?int(?:eger|32|64)?|float|double)$/i.test(String(format ?? '')))
    return '12';
  if (/(?:expir|valid_?until|not_?after|due_?(?:date|at)|deadline|ends?_?(?:at|time|date|on)$|until$)/i.test(name)) {
    if (format === 'date-time') return '2099-12-31T23:59:59Z';
    if (format === 'date') return '2099-12-31';
  }
  return format === undefined ? (shownIn(schemas) ?? value) : value;
}

function wholeNear(value: number, schemas: readonly JsonObject[]): number {
  const fits = (each: number) =>
    schemas.every(({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }) => {
      const isAbove = typeof minimum !== 'number' || each >= minimum;
      const isBelow = typeof maximum !== 'number' || each <= maximum;
      const isOver = typeof exclusiveMinimum !== 'number' || each > exclusiveMinimum;
      return isAbove && isBelow && isOver && (typeof exclusiveMaximum !== 'number' || each < exclusiveMaximum);
    });
  return [Math.round(value), Math.ceil(value), Math.floor(value)].find(fits) ?? value;
}

/** What a description shows as an example: `(e.g. "example.com.")`, `for example: 10.0.0.0/8`. */
export function shownIn(schemas: readonly JsonObject[]): string | undefined {
  for (const { description } of schemas) {
    if (typeof description !== 'string') continue;
    const shown =
      /(?:\be\.\s?g\.?|\bfor example|\bexample|\bsuch as)[:,]?\s*(?:[“"'`‘]([^”"'`’\n]{1,200})[”"'`’])/i.exec(
        description,
      );
    if (shown?.[1] !== undefined) return shown[1];
  }
  return undefined;
}

/** What says nothing of when the rest is: when somebody was born, and what is a time to come anyway. */
const apart = /birth|born|dob$|expir|valid_?until|not_?after|due|deadline|ends?_?(?:at|time|date|on)?$|until$/i;

/**
 * The object with its moments one after the other, as they are declared: what is called `arrival` and `departure`, or otherwise, has its
 * beginning first. What the author shows stays.
 */
function inSuccession(whole: JsonObject, partsOf: (member: string) => readonly Part[]): JsonObject {
  const isDrawn = (name: string) =>
    partsOf(name).every(({ schema }) => decided.every((keyword) => schema[keyword] === undefined));
  let object = whole;
  for (const isOfKind of [isDay, isMoment]) {
    const names = Object.keys(object).filter((name) => isOfKind(object[name]) && !apart.test(name) && isDrawn(name));
    const sorted = names.map((name) => Date.parse(String(object[name]))).sort((a, b) => a - b);
    if (names.length < 2) continue;
    let found = object;
    let last = Number.NEGATIVE_INFINITY;
    for (const [index, name] of names.entries()) {
      last = Math.max(sorted[index] ?? 0, last + day);
      const text = new Date(last).toISOString();
      const value = isDay(object[name]) ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
      if (Date.parse(value) === Date.parse(String(object[name]))) continue;
      found = found === object ? { ...object } : found;
      setMember(found, name, value);
    }
    object = found;
  }
  return object;
}

const day = 86_400_000;
const isDay = (value: Json | undefined): boolean => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
const isMoment = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value));

const pairs: readonly (readonly [RegExp, string])[] = [
  [/^(.*?)(?:from|since)$/i, 'to'],
  [/^(.*?)(?:start)(.*)$/i, 'end'],
  [/^(.*?)(?:starts)(.*)$/i, 'ends'],
  [/^(.*?)(?:begin)(.*)$/i, 'end'],
  [/^(.*?)(?:min|minimum)(.*)$/i, 'max'],
  [/^(.*?)(?:lower)(.*)$/i, 'upper'],
  [/^(.*?)(?:after)(.*)$/i, 'before'],
];

/** The object with the two ends of each range in their order; equal ones stay. */
function inOrder(object: JsonObject): JsonObject {
  const names = Object.keys(object);
  const byFolded = new Map(names.map((name) => [name.toLowerCase().replaceAll(/[-_]/g, ''), name]));
  let found = object;
  for (const name of names) {
    for (const [expression, opposite] of pairs) {
      const match = expression.exec(name.replaceAll(/[-_]/g, ''));
      const other = match && byFolded.get(`${match[1] ?? ''}${opposite}${match[2] ?? ''}`.toLowerCase());
      if (!other || other === name) continue;
      const [low, high] = [found[name], found[other]];
      if (low === undefined || high === undefined || !isBehind(low, high)) continue;
      found = { ...found };
      setMember(found, name, high);
      setMember(found, other, low);
    }
  }
  return found;
}

/** Whether the beginning of a range is behind its end. */
function isBehind(low: Json, high: Json): boolean {
  if (typeof low === 'number' && typeof high === 'number') return low > high;
  const isTime = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);
  return isTime(low) && isTime(high) && Date.parse(low) > Date.parse(high);
}
