import { phraseOf, remembering } from '../../text/words.js';
import { money } from './money.js';
import { people } from './people.js';
import { places } from './places.js';
import { quantities } from './quantities.js';
import { type Draw, kindDraws, type Meaning, type Moment, type Range } from './row.js';
import { things } from './things.js';
import { instantIn, textOf, time } from './time.js';
import { web } from './web.js';

/** The one table: of all rows that match a name, the first that knows the wanted type counts. */
const table: readonly Meaning[] = [...web, ...money, ...people, ...places, ...quantities, ...time, ...things];

/** A member by name, with what tells its meaning besides. */
export interface Named {
  readonly name: string;
  /** What it belongs to: a component, or the member that holds it. */
  readonly owner: string;
  /** The names of the members beside it: always the same list for the same object. */
  readonly siblings: readonly string[];
}

/** What a name says; null where it says nothing of such a value. */
export interface Found {
  readonly string: Draw | null;
  /** Whether the string is one of a few, and does not tell a thing from others. */
  readonly isKind: boolean;
  readonly integer: Range | null;
  readonly number: Range | null;
  /** Whether the number is added to the year that it is. */
  readonly isYearsAhead: boolean;
  /** A number is the time since 1970. */
  readonly epoch: Moment | null;
  /** When it is, where a format tells that it is a moment. */
  readonly moment: Moment | null;
}

/** Names that mean a moment whatever the type is; others (`paid`, `from`, `used`) may as well be an amount or a mark. */
const momentous =
  /\b(at|on|date|time|date ?time|time ?stamp|ts|day|created|updated|modified|deleted|expires|expiration|expiry|due|deadline|birthday|dob|expires? \w+|last (seen|login|log in|active|activity|used|access|accessed|visit|sign in|contacted|contact|modified|change|changed|run|sync|synced|edited|checked|message|reply)|iat|nbf|exp)( (ms|millis|utc))?$/;

/** `date_created` is a created date; a time zone is none. */
const said = /^(date|time) (\w+ed|start|end|begin|due|sent|seen|paid|from|to)$/;

/** Documents repeat their names; maps make up new ones, so what is kept is bounded. */
const maximumNames = 5000;
const known = new WeakMap<readonly string[], Map<string, Found>>();

/** What a member means by its name, what it belongs to, and what stands beside it. */
export function meaningOf({ name, owner, siblings }: Named): Found {
  let names = known.get(siblings);
  if (names === undefined || names.size >= maximumNames) {
    names = new Map();
    known.set(siblings, names);
  }
  const key = `${owner}: ${name}`;
  let found = names.get(key);
  if (found === undefined) {
    found = find(`${phraseOf(owner)}: ${phraseOf(name).replace(said, '$2 $1')}`, siblings);
    names.set(key, found);
  }
  return found;
}

/** The rows that match a name, whatever stands beside it: the same members stand in many objects. */
const rowsNamed = remembering((words) => table.filter(({ words: own }) => own.test(words)));

function find(words: string, siblings: readonly string[]): Found {
  const isBeside = ({ beside }: Meaning): boolean => !beside || siblings.some((one) => beside.test(phraseOf(one)));
  const rows = rowsNamed(words).filter(isBeside);
  const isMoment = momentous.test(words);
  const counts = ({ integer, number, moment }: Meaning) => integer || number || (moment && isMoment);
  const telling = rows.find((row) => row.string || counts(row));
  const counting = rows.find(counts);
  const moment = telling?.string ? undefined : telling?.moment;
  return {
    string: telling?.string ?? (moment ? (faker) => textOf(instantIn(faker, moment), moment) : null),
    isKind: telling?.string !== undefined && kindDraws.has(telling.string),
    integer: counting?.integer ?? counting?.number ?? null,
    number: counting?.number ?? counting?.integer ?? null,
    isYearsAhead: counting?.isYearsAhead === true,
    epoch: counting?.integer || counting?.number ? null : (counting?.moment ?? null),
    moment: rows.find((row) => row.moment)?.moment ?? null,
  };
}

const keys = /\b(id|ids|uuid|guid|key|sid|uid|number|no|code|token|hash|sha|reference|ref|slug|serial|sku)$/;

/** Whether a member of this name tells one thing from others. */
export function tellsApart(name: string): boolean {
  return keys.test(phraseOf(name));
}

const counts =
  /^(total|count|(total|item|result|record|row) (counts?|items|results|elements|records|rows|entries|size)|number of (elements|items|results))$/;

/** Whether a number of this name says how many items there are in a list beside it. */
export function countsItems(name: string): boolean {
  return counts.test(phraseOf(name));
}

/** The name of one of a list: `recipients` holds a recipient, `categories` a category. What is no plural stays. */
export const singular: (name: string) => string = remembering((name) => {
  if (name.length < 4 || /(ss|us|is|news|series|species|data|media|settings|details)$/i.test(name)) return name;
  if (/ies$/i.test(name)) return `${name.slice(0, -3)}y`;
  if (/(sses|shes|ches|xes|uses|zzes)$/i.test(name)) return name.slice(0, -2);
  return /s$/i.test(name) ? name.slice(0, -1) : /people$/i.test(name) ? name.replace(/people$/i, 'person') : name;
});
