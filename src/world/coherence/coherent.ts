import { Random } from '../../fake/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';
import { at, type Path, replaced } from '../path.js';
import { amountPhrase } from './amount-texts.js';
import { counts, currencies, holdings, parts, stocks, sums } from './amounts.js';
import { currencyParts } from './currency.js';
import { files } from './files.js';
import { grosses } from './grosses.js';
import { moneys } from './money.js';
import { namings } from './naming.js';
import { numberings } from './numberings.js';
import { lifecycles } from './order.js';
import { contacts, persons, renamed } from './person.js';
import { places } from './place.js';
import { progresses } from './progress.js';
import { ranges } from './ranges.js';
import { durations, remainders, spans } from './remainders.js';
import type { Rule } from './rule.js';
import { holdsAttributes } from './states.js';

/** What follows from a change of one member for others. */
const consequences: readonly Rule[] = [
  sums,
  grosses,
  counts,
  holdings,
  parts,
  remainders,
  durations,
  spans,
  stocks,
  progresses,
];

/** In this order: a later one builds on what an earlier one has changed. */
const rules: readonly Rule[] = [
  lifecycles,
  ranges,
  places,
  persons,
  contacts,
  namings,
  currencyParts,
  currencies,
  moneys,
  ...consequences,
  files,
  numberings,
];

/** Objects of one value that are looked at, and how deep. */
const maximumObjects = 200;
const maximumDepth = 6;
/** Changes of one value that are tried: each costs a look at the whole. */
const maximumTries = 60;

/**
 * A value whose members agree with each other: dates are in order, a minimum is not above its maximum, name and e-mail are
 * of one person, sums and counts are right. A change is kept only if the value is still valid.
 * @param isValid whether a value with a change is
 */
export function coherent(value: Json, isValid: (value: Json) => boolean, random: Random): Json {
  // Nearly always all of it can be: that takes one look at the whole.
  const first = changedWhere(() => true, value, random);
  return first === value || isValid(first) ? first : changedWhere(isValid, value, random);
}

function changedWhere(isValid: (value: Json) => boolean, value: Json, random: Random): Json {
  let whole = value;
  let tries = 0;
  for (const path of objectsIn(value)) {
    for (const index of concerned(at(whole, path) as JsonObject)) {
      const object = at(whole, path) as JsonObject;
      for (const changed of (rules[index] as Rule).apply(object, random.child(`${path.join(' ')} ${index}`))) {
        if (tries++ >= maximumTries) return whole;
        const next = replaced(whole, path, changed);
        if (!isValid(next)) continue;
        whole = next;
        break;
      }
    }
  }
  return whole;
}

/**
 * A value whose sums and counts are right again where a list in it has changed: in the objects that it stands in, while what stands
 * in the list is as it is.
 * @param list where the list stands
 */
export function tallied(value: Json, list: readonly string[], isValid: (value: Json) => boolean): Json {
  let whole = value;
  for (const [index] of [...list.entries()].reverse()) {
    const path = list.slice(0, index);
    for (const rule of [sums, counts, holdings, parts]) {
      const object = at(whole, path);
      if (!isObject(object)) continue;
      for (const changed of rule.apply(object, new Random(0))) {
        const next = replaced(whole, path, changed);
        if (isValid(next)) whole = next;
      }
    }
  }
  return whole;
}

/**
 * A row that was changed, in which what is told by what has changed is right again: the total of other lines, what remains when all
 * was paid. What nobody has touched stays, as somebody may have written it so.
 */
export function following(before: Json, row: Json, isValid: (row: Json) => boolean): Json {
  if (!isObject(before) || !isObject(row)) return row;
  const touched = Object.keys(row).filter((name) => !isAsItWas(row[name], before[name]));
  const called = renamed(before, row);
  let whole: JsonObject = called !== row && isValid(called) ? called : row;
  for (const { names, apply } of consequences) {
    const isConcerned = touched.some(
      (name) =>
        (typeof row[name] === 'object' && row[name] !== null) ||
        names.some((pattern) => pattern.test(amountPhrase(name))) ||
        isStatus(name),
    );
    for (const changed of isConcerned ? apply(whole, new Random(0)) : []) {
      if (!isValid(changed)) continue;
      whole = changed;
      break;
    }
  }
  for (const name of touched.filter(holdsAttributes)) {
    const [was, is] = [before[name], whole[name]];
    if (was === undefined || is === undefined || !isObject(is)) continue;
    const inner = following(was, is, (one) => isValid({ ...whole, [name]: one }));
    if (inner !== is) whole = { ...whole, [name]: inner };
  }
  return whole;
}

/** What is sent again as it stands changes nothing. */
function isAsItWas(value: Json | undefined, before: Json | undefined): boolean {
  const isInside = typeof value === 'object' && typeof before === 'object';
  return value === before || (isInside && JSON.stringify(value) === JSON.stringify(before));
}

const isStatus = (name: string): boolean =>
  /^(?:payment )?(?:status|state|paid|quantity|qty|price|unit price|(?:tax|vat) (?:rate|percent))$/.test(
    amountPhrase(name),
  );

/** The rules that a member of a name can belong to, each by its place. */
const concernedBy = remembering((name) => {
  const phrases = new Set([phraseOf(name), amountPhrase(name)]);
  const isMeant = (pattern: RegExp) => [...phrases].some((phrase) => pattern.test(phrase));
  return rules.flatMap(({ names }, index) => (names.some(isMeant) ? [index] : []));
});

/** The rules that may have something to say of an object, going by the names of its members: of most there are none. */
function concerned(object: JsonObject): readonly number[] {
  let members: number[] | undefined;
  for (const name of Object.keys(object)) {
    const places = concernedBy(name);
    if (places.length === 0) continue;
    members ??= rules.map(() => 0);
    for (const index of places) members[index] = (members[index] ?? 0) + 1;
  }
  if (members === undefined) return none;
  const counts = members;
  return [...rules.keys()].filter((index) => (counts[index] ?? 0) >= (rules[index]?.fewest ?? 1));
}

const none: readonly number[] = [];

/** Where objects stand in a value, the inner ones first. */
function objectsIn(value: Json): readonly Path[] {
  const found: Path[] = [];
  const open: { readonly value: object; readonly path: Path }[] =
    typeof value === 'object' && value !== null ? [{ value, path: [] }] : [];
  for (let next = open.shift(); next !== undefined && found.length < maximumObjects; next = open.shift()) {
    const { value: one, path } = next;
    const isList = Array.isArray(one);
    if (!isList) found.push(path);
    if (path.length >= maximumDepth) continue;
    for (const [name, inner] of Object.entries(one)) {
      if (typeof inner !== 'object' || inner === null) continue;
      open.push({ value: inner, path: [...path, isList ? Number(name) : name] });
    }
  }
  return found.reverse();
}
