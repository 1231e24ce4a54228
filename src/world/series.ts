import type { RequestValues } from '../operation/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf, remembering } from '../text/words.js';
import { readInstant, writeInstant } from './coherence/instant.js';
import { at, type Path, replaced } from './path.js';

/** Points of one series that are made, and how deep in a value series stand. */
const maximumPoints = 400;
const maximumDepth = 3;
const maximumLists = 50;
const maximumPlaces = 200;

const timeNames =
  /^(?:ts?|x|time(?: ?stamp)?|date ?time|date|hour|day|bucket|period|instant|(?:measured|recorded|observed|sampled) at|(?:interval |period |bucket )?start(?: time)?)$/;
const isTime = remembering((name) => timeNames.test(phraseOf(name)));

const from =
  /^(?:from|since|start|after|begin)(?: (?:time|date|at|timestamp))?$|^(?:date|time|min|period) (?:from|start|time)$/;
const to = /^(?:to|until|till|end|before)(?: (?:time|date|at|timestamp))?$|^(?:date|time|max|period) (?:to|end|time)$/;
const step = /^(?:interval|step|resolution|granularity|bucket|period|window|frequency|rollup)(?: size)?$/;

type Role = 'from' | 'to' | 'step';

/** In milliseconds, the first two since 1970. */
type Span = { readonly [role in Role]?: number | undefined };

/** What a parameter of a name says of the time that is asked for; null for nothing. */
const roleOf = remembering((name): Role | null => {
  const words = phraseOf(name);
  if (step.test(words)) return 'step';
  // `date from` and `period start` say the one, and not the other.
  return from.test(words) && !/\bmax\b/.test(words) ? 'from' : to.test(words) && !/\bmin\b/.test(words) ? 'to' : null;
});

/** Whether a parameter of a name may say of which time a series is. */
export const saysSpan = (name: string): boolean => roleOf(name) !== null;

/** Whether a query says from when, or up to when. */
export const asksForSpan = (query: RequestValues['query']): boolean => {
  const { from, to } = spanIn({ query });
  return from !== undefined || to !== undefined;
};

/** Whether a value holds numbers over time. */
export const hasSeries = (value: Json): boolean => !seriesIn(value).next().done;

/**
 * A value whose numbers over time are in the order of their times, within what is asked for (`from`, `to`), and as far apart (`interval`).
 * @param isValid whether a value with a change is
 */
export function inOrderOfTime(value: Json, values: RequestValues, isValid: (value: Json) => boolean): Json {
  let whole = value;
  let span: Span | undefined;
  for (const { path, time } of seriesIn(value)) {
    span ??= spanIn(values);
    const points = at(whole, path) as JsonObject[];
    for (const other of orders(points, time, span)) {
      const next = replaced(whole, path, other);
      if (!isValid(next)) continue;
      whole = next;
      break;
    }
  }
  return whole;
}

/**
 * Rows that are numbers over time, over that which is asked for: by days or hours where no interval is, and up to now where nothing is.
 * @param now in milliseconds since 1970
 * @returns null where they are something else, or may not be so
 */
export function pointsOverTime(
  rows: readonly Json[],
  query: RequestValues['query'],
  now: number,
  isValid: (row: Json) => boolean,
): Json[] | null {
  const time = timeIn(rows);
  const points = rows.filter(isObject);
  const [first] = points;
  if (time === undefined || first === undefined) return null;
  const usual = readInstant(time, first[time], true)?.form === 'date' ? (units.d as number) : hour;
  const { from: start, to: end, step: said } = spanIn({ query });
  const range = start !== undefined && end !== undefined ? end - start : Number.POSITIVE_INFINITY;
  const fitting = range >= 2 * usual && range <= maximumPoints * usual ? usual : undefined;
  const apart = said ?? (range === Number.POSITIVE_INFINITY ? usual : fitting);
  const until = start === undefined && end === undefined ? now : end;
  for (const made of orders(points, time, { from: start, to: until, step: apart }))
    if (made.every(isValid)) return made;
  return null;
}

interface Series {
  readonly path: Path;
  /** The member of each point that says when it is. */
  readonly time: string;
}

function* seriesIn(value: Json): Generator<Series> {
  const places: { readonly path: Path; readonly value: Json }[] = [{ path: [], value }];
  let lists = 0;
  for (const { path, value: held } of places) {
    if (typeof held !== 'object' || held === null || lists > maximumLists) continue;
    if (Array.isArray(held)) lists++;
    const time = Array.isArray(held) ? timeIn(held) : undefined;
    if (time !== undefined) yield { path, time };
    else if (path.length < maximumDepth)
      for (const [name, inner] of Object.entries(held))
        if (typeof inner === 'object' && inner !== null && places.length < maximumPlaces)
          places.push({ path: [...path, Array.isArray(held) ? Number(name) : name], value: inner });
  }
}

/** What all of several objects that hold numbers besides call a time. */
function timeIn(items: readonly Json[]): string | undefined {
  const [first] = items;
  if (!isObject(first)) return undefined;
  const others = Object.entries(first).filter(([name]) => !isTime(name));
  if (!others.some(([, value]) => typeof value === 'number') || Object.hasOwn(first, 'id')) return undefined;
  return Object.keys(first).find(
    (name) => isTime(name) && items.every((item) => isObject(item) && readInstant(name, item[name], true) !== null),
  );
}

const timeOf = (point: JsonObject, name: string): number => readInstant(name, point[name], true)?.time ?? 0;

/** Points in the order of their times, best first: over what is asked for, up and down or not, with more between them or not. */
function* orders(points: readonly JsonObject[], name: string, span: Span): Generator<Json[]> {
  const times = timesIn(points.length, span);
  if (times !== null) {
    for (const height of [0.1, 0])
      yield times.map((time, index) => atTime(between(points, times.length, index, height), name, time));
    const few = timesIn(points.length, { ...span, step: undefined }) ?? [];
    yield points.slice(0, few.length).map((point, index) => atTime(point, name, few[index] as number));
  }
  const own = points.map((point) => timeOf(point, name));
  const inOrder = own.toSorted((one, other) => one - other);
  if (inOrder.some((time, index) => time !== own[index]))
    yield points.map((point, index) => atTime(point, name, inOrder[index] as number));
}

function atTime(point: JsonObject, name: string, time: number): JsonObject {
  const instant = readInstant(name, point[name], true);
  return instant === null ? point : { ...point, [name]: writeInstant(instant, time) };
}

/** The times that are asked for, as far apart as is asked for, or as so many of them are; null where none are. */
function timesIn(count: number, { from: said, to: end, step: apart }: Span): number[] | null {
  if (said === undefined && end === undefined) return null;
  const far = apart ?? (said !== undefined && end !== undefined ? (end - said) / count : hour);
  const start = said ?? (end as number) - far * count;
  if (!(far > 0) || (end !== undefined && end <= start)) return null;
  const fitting = end === undefined ? count : Math.max(1, Math.ceil((end - start) / far));
  return Array.from({ length: Math.min(maximumPoints, fitting) }, (_, index) => start + index * far);
}

/**
 * The point at an index of so many: one of those that there are, or with numbers between those of two.
 * @param height how far these go up and down on their way, as a share of them
 */
function between(points: readonly JsonObject[], count: number, index: number, height: number): JsonObject {
  if (count <= points.length) return points[index] as JsonObject;
  const place = (index * (points.length - 1)) / (count - 1);
  const [one, other] = [points[Math.floor(place)], points[Math.ceil(place)]] as [JsonObject, JsonObject];
  const share = place % 1;
  const wave = 1 + height * Math.sin(index * 1.3) * Math.cos(index * 0.4);
  return Object.fromEntries(
    Object.entries(one).map(([name, value]) => {
      const next = other[name];
      if (typeof value !== 'number' || typeof next !== 'number' || isTime(name)) return [name, value];
      const decimals = Math.max(...[value, next].map((each) => String(each).split('.')[1]?.length ?? 0));
      return [name, Number(((value + (next - value) * share) * wave).toFixed(Math.min(decimals, 12)))];
    }),
  );
}

/** From when to when, and how far apart, as a request says it, in milliseconds. */
function spanIn({ query, body }: Pick<RequestValues, 'query'> & Partial<Pick<RequestValues, 'body'>>): Span {
  const span: { [role in Role]?: number } = {};
  for (const [name, value] of Object.entries({ ...(isObject(body) ? body : {}), ...(query as JsonObject) })) {
    const role = roleOf(name);
    if (role === null || span[role] !== undefined) continue;
    const read = role === 'step' ? durationOf(value) : momentOf(value, role);
    if (read !== undefined) span[role] = read;
  }
  return span;
}

/** The last day that is asked for is one of them. */
function momentOf(value: Json, role: 'from' | 'to'): number | undefined {
  const number = typeof value === 'string' && /^\d{9,13}$/.test(value) ? Number(value) : value;
  const instant = readInstant('', number, true);
  if (instant === null) return undefined;
  return instant.time + (role === 'to' && instant.form === 'date' ? (units.d as number) : 0);
}

const hour = 3_600_000;
const units: Record<string, number> = {
  s: 1000,
  m: 60_000,
  h: hour,
  d: 24 * hour,
  w: 168 * hour,
  M: 720 * hour,
  y: 8760 * hour,
};

/** `5m`, `1 hour`, `daily`, `PT15M` (ISO 8601-1, 5.5.2), `P1M`. */
function durationOf(value: Json): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, date, count, letter] = /^P(T)?(\d+)([SMHDWY])$/.exec(value) ?? [];
  if (letter !== undefined)
    return Number(count) * (units[date === undefined && letter === 'M' ? 'M' : letter.toLowerCase()] as number);
  const [, many, word] = /^(\d*)\s*([a-z]+)$/i.exec(value) ?? [];
  const unit = word === undefined ? undefined : unitOf(word);
  return unit === undefined ? undefined : Number(many || 1) * unit;
}

function unitOf(word: string): number | undefined {
  if (word === 'M' || /^mo(?:n(?:th(?:s|ly)?)?)?$/i.test(word)) return units.M;
  if (/^dai?ly$/i.test(word)) return units.d;
  const [, letter] =
    /^(s|m|h|d|w|y)(?:ec(?:ond)?s?|in(?:ute)?s?|r|ou?r(?:s|ly)?|ays?|eek(?:s|ly)?|ear(?:s|ly)?)?$/i.exec(word) ?? [];
  return letter === undefined ? undefined : units[letter.toLowerCase()];
}
