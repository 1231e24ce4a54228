import type { Random } from '../../fake/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { readInstant, writeInstant } from './instant.js';
import type { Rule } from './rule.js';

const lowest = /\b(min|minimum|low|lower|lowest|least|smallest)\b/;
const highest = /\b(max|maximum|high|upper|highest|most|largest)\b/;

const pairs: readonly (readonly [low: RegExp, high: RegExp, numbers: boolean])[] = [
  [
    /\b(start|starts|starting|started|begin|begins|from|since)\b/,
    /\b(end|ends|ending|ended|finish|finishes|to|until|till|through)\b/,
    true,
  ],
  [lowest, highest, true],
  [/\b(check in|checkin)\b/, /\b(check out|checkout)\b/, false],
  [/\b(opens|open|opening)\b/, /\b(closes|close|closing)\b/, false],
  [/\b(departure|departs|departed)\b/, /\b(arrival|arrives|arrived)\b/, false],
];

/** A start is not after its end, a minimum not above its maximum. */
export const ranges: Rule = {
  names: [...pairs.map(([low]) => low), ...pairs.map(([, high]) => high)],
  fewest: 2,
  apply: inRange,
};

/** Both ends change places; or where somebody has said the one, the other one goes behind it, or before. */
type Way = 'both' | 'last' | 'first';

function* inRange(object: JsonObject, random: Random): Generator<JsonObject> {
  const held = momentsIn(object);
  const plain = { ...object, ...Object.fromEntries(held.map(({ name, moment }) => [name, moment])) };
  for (const way of ['both', 'last', 'first'] as const) {
    const changed = inRangeBy(way, plain, random);
    if (changed === plain) return;
    const back = held.map(({ name, inside, holder }) => [name, { ...holder, [inside]: changed[name] as Json }]);
    yield { ...changed, ...Object.fromEntries(back) };
  }
}

/** Members that hold an instant in an object with a time zone or the like: `{ "start": { "dateTime": … } }`. */
function momentsIn(object: JsonObject) {
  return Object.entries(object).flatMap(([name, holder]) => {
    if (!isObject(holder) || !endNamesOfRange(phraseOf(name))) return [];
    const [inside] = Object.keys(holder).filter((one) => momentNames.test(phraseOf(one)));
    const moment = inside === undefined ? undefined : holder[inside];
    return inside !== undefined && readInstant(inside, moment) !== null
      ? [{ name, inside, holder, moment: moment as Json }]
      : [];
  });
}

const momentNames = /^(?:date ?time|date|timestamp|time|at)$/;
const endNamesOfRange = (words: string): boolean =>
  pairs.some(([low, high, numbers]) => numbers && (low.test(words) || high.test(words)));

function inRangeBy(way: Way, object: JsonObject, random: Random): JsonObject {
  let changed = object;
  for (const [low, high, numbers] of pairs) {
    const ends = new Map<string, string>();
    for (const name of Object.keys(object)) {
      const words = phraseOf(name);
      if (high.test(words)) ends.set(words.replace(high, '-'), name);
    }
    if (ends.size === 0) continue;
    for (const name of Object.keys(object)) {
      const words = phraseOf(name);
      const other = low.test(words) ? ends.get(words.replace(low, '-')) : undefined;
      if (other !== undefined && other !== name) changed = swapped(changed, name, other, numbers, way);
    }
  }
  return meeting(averaged(changed), random);
}

const startNames = /^(?:starts?|start time|starts? at|start date ?time)$/;
const endNames = /^(?:ends?|end time|ends? at|end date ?time)$/;
const meetingNames =
  /^(?:attendees|participants|guests|organizer|location|room|calendar(?: id)?|summary|host|agenda|venue|slot(?: id)?|(?:is )?(?:available|booked)|(?:practitioner|doctor|therapist|instructor|teacher|trainer|coach|appointment)(?: id)?)$/;

/** What people come together for, or book, takes some hours, and not weeks; what says how long it takes says what is so. */
function meeting(object: JsonObject, random: Random): JsonObject {
  const names = Object.keys(object);
  const [first, last] = [startNames, endNames].map((pattern) => names.find((name) => pattern.test(phraseOf(name))));
  const length = names.find((name) => typeof object[name] === 'number' && lengthNames.test(phraseOf(name)));
  if (first === undefined || last === undefined) return object;
  if (length === undefined && !names.some((name) => meetingNames.test(phraseOf(name)))) return object;
  const [from, to] = [readInstant(first, object[first], true), readInstant(last, object[last], true)];
  if (from === null || to === null || to.form === 'date') return object;
  const isLong = to.time - from.time > longestMeeting;
  const end = isLong ? from.time + random.integer(1, 8) * halfHour : to.time;
  const [, unit = ''] = length === undefined ? [] : (lengthNames.exec(phraseOf(length)) ?? []);
  const told = length === undefined ? {} : { [length]: Math.round((end - from.time) / (units[unit] ?? minute)) };
  return isLong || length !== undefined
    ? { ...object, [last]: isLong ? writeInstant(to, end) : (object[last] as Json), ...told }
    : object;
}

const minute = 60_000;
const units: Readonly<Record<string, number>> = { seconds: 1000, sec: 1000, hours: 60 * minute };
const lengthNames = /^(?:duration|length)(?: in)?(?: (seconds|sec|minutes|mins?|hours))?$/;

const halfHour = 1_800_000;
const longestMeeting = 72 * halfHour;

const average = /\b(avg|average|mean|median)\b/;

/** An average lies between the least and the most: in the middle of them where it did not. */
function averaged(object: JsonObject): JsonObject {
  const least = boundNamed(object, lowest);
  const most = boundNamed(object, highest);
  let changed = object;
  for (const [name, value] of Object.entries(object)) {
    const of = phraseOf(name).replace(average, '-');
    const [low, high] = [least.get(of), most.get(of)];
    if (typeof value !== 'number' || of === phraseOf(name) || low === undefined || high === undefined) continue;
    if (value >= low && value <= high) continue;
    const middle = (low + high) / 2;
    changed = { ...changed, [name]: Number.isInteger(value) ? Math.round(middle) : Math.round(middle * 100) / 100 };
  }
  return changed;
}

/** What is said to be the least, or the most, of something, by the rest of its name. */
function boundNamed(object: JsonObject, pattern: RegExp): ReadonlyMap<string, number> {
  const bounds = Object.entries(object).filter(
    ([name, value]) => typeof value === 'number' && pattern.test(phraseOf(name)),
  );
  return new Map(bounds.map(([name, value]) => [phraseOf(name).replace(pattern, '-'), Number(value)]));
}

function swapped(object: JsonObject, first: string, last: string, numbers: boolean, way: Way): JsonObject {
  const [a, b] = [object[first], object[last]];
  const [from, to] = [readInstant(first, a, true), readInstant(last, b, true)];
  if (from !== null && to !== null) {
    if (from.time <= to.time) return object;
    const apart = from.time - to.time;
    const earlier = way === 'last' ? {} : { [first]: writeInstant(from, way === 'both' ? to.time : to.time - apart) };
    const later = { [last]: writeInstant(to, way === 'both' ? from.time : from.time + apart, to.time) };
    return { ...object, ...earlier, ...(way === 'first' ? {} : later) };
  }
  const isTime = (value: Json | undefined): boolean => typeof value === 'string' && /^\d\d:\d\d/.test(value);
  const comparable = numbers && typeof a === 'number' && typeof b === 'number';
  if (!comparable && !(isTime(a) && isTime(b))) return object;
  if ((a as number) <= (b as number)) return object;
  const earlier = way === 'last' ? {} : { [first]: b as Json };
  return { ...object, ...earlier, ...(way === 'first' ? {} : { [last]: a as Json }) };
}
