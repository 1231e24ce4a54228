import type { JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { readInstant } from './instant.js';
import { ifChanged, type Rule } from './rule.js';

const wholeWords =
  /\b(?:total|entitled|entitlement|limit|quota|capacity|granted|allowance|allotted|budget|initial|ordered|on hand)\b/;
const usedWords = /\b(?:used|consumed|taken|spent|booked|reserved|occupied|received|delivered)\b/;
const restWords = /\b(?:remaining|remainder|left|available|unused|free|vacant)\b/;

const allNames = /^(?:is )?(?:full|sold out|fully booked|exhausted|used up)$/;

/** What remains is what there is without what was used of it: `remaining` of `entitled`, `available_seats` of `total_seats`. Where nothing remains it is `full`. */
export const remainders: Rule = { names: [usedWords, restWords], fewest: 1, apply: remaining };

function* remaining(object: JsonObject): Generator<JsonObject> {
  const changed = { ...object };
  for (const [of, { whole, used, rest }] of partsIn(object)) {
    // What is called like a part of it alone is the whole: `balance` beside `available_balance`.
    const name = whole ?? (of === '' ? undefined : Object.keys(object).find((one) => phraseOf(one) === of));
    const most = name === undefined ? Number.NaN : Number(object[name]);
    if (name === undefined || typeof object[name] !== 'number' || !(most >= 0)) continue;
    const [part, other] = used === undefined ? [rest, undefined] : [used, rest];
    if (part === undefined) continue;
    const taken = Number(object[part]);
    // The smaller one of two is what was taken.
    changed[name] = Math.max(most, taken);
    changed[part] = Math.min(most, taken);
    const left = round(Number(changed[name]) - Number(changed[part]));
    if (other !== undefined) changed[other] = left;
    const isAll = Object.keys(object).filter((one) => typeof object[one] === 'boolean' && allNames.test(phraseOf(one)));
    if (used !== undefined && isAll.length === 1) changed[isAll[0] as string] = left === 0;
  }
  yield* ifChanged(object, changed);
}

interface Parts {
  whole?: string;
  used?: string;
  rest?: string;
}

/** Numbers that are all, used or left of one thing, by what it is called. */
function partsIn(object: JsonObject): ReadonlyMap<string, Parts> {
  const found = new Map<string, Parts>();
  for (const [name, value] of Object.entries(object)) {
    if (typeof value !== 'number' || !(value >= 0)) continue;
    const words = phraseOf(name);
    for (const [as, pattern] of [
      ['rest', restWords],
      ['used', usedWords],
      ['whole', wholeWords],
    ] as const) {
      if (!pattern.test(words)) continue;
      const of = words
        .replace(pattern, '')
        .replace(/^quantity$/, '')
        .trim();
      const parts = found.get(of) ?? {};
      parts[as] ??= name;
      found.set(of, parts);
      break;
    }
  }
  return found;
}

const round = (value: number): number => Math.round(value * 100) / 100;

const dayMilliseconds = 86_400_000;
const firstNames = /^(?:start|from|begin|first|check in|arrival)(?: (?:date|day|on))?$/;
const lastNames = /^(?:end|to|until|last|check out|departure)(?: (?:date|day|on))?$/;
const spanNames = /^(?:(?:number of|num|total) )?(days|nights)(?: count)?$/;

/** So many days are from the first one to the last one, and so many nights between them. */
export const spans: Rule = { names: [spanNames, firstNames, lastNames], fewest: 3, apply: spanning };

function* spanning(object: JsonObject): Generator<JsonObject> {
  const names = Object.keys(object);
  const [first, last] = [firstNames, lastNames].map((pattern) => {
    const name = names.find((one) => pattern.test(phraseOf(one)));
    const instant = name === undefined ? null : readInstant(name, object[name], true);
    return instant?.form === 'date' ? instant.time : Number.NaN;
  });
  const apart = ((last ?? Number.NaN) - (first ?? Number.NaN)) / dayMilliseconds;
  if (!(apart >= 0)) return;
  const changed = { ...object };
  for (const name of names) {
    const [, unit] = typeof object[name] === 'number' ? (spanNames.exec(phraseOf(name)) ?? []) : [];
    if (unit !== undefined) changed[name] = unit === 'days' ? apart + 1 : apart;
  }
  yield* ifChanged(object, changed);
}

const durationUnits = '(?:minutes|mins|hours|seconds|time|duration)';
const totalDuration = new RegExp(`^total (${durationUnits})$`);
const partDuration = new RegExp(
  `^(?:prep|preparation|cook|cooking|bake|baking|rest|resting|wait|waiting|travel|work|working|idle|break|setup|processing|running) (${durationUnits})$`,
);

/** What something takes in all is what its parts take: `totalMinutes` beside `prepMinutes` and `cookMinutes`. */
export const durations: Rule = { names: [totalDuration, partDuration], fewest: 3, apply: lasting };

function* lasting(object: JsonObject): Generator<JsonObject> {
  const numbers = Object.keys(object).filter((name) => typeof object[name] === 'number');
  const total = numbers.find((name) => totalDuration.test(phraseOf(name)));
  const unit = totalDuration.exec(phraseOf(total ?? ''))?.[1];
  const parts = numbers.filter((name) => unit !== undefined && partDuration.exec(phraseOf(name))?.[1] === unit);
  if (total === undefined || parts.length < 2) return;
  yield* ifChanged(object, { ...object, [total]: round(parts.reduce((sum, name) => sum + Number(object[name]), 0)) });
}
