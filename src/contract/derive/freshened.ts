import type { Schema } from '../../schema/index.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';

/**
 * A body like another one that is of another thing: its names and keys differ, where the schema lets them.
 * @param ordinal how many such bodies there are already: each gets others
 * @returns undefined where nothing in it can differ
 */
export function freshened(body: Json, schema: Schema | null, ordinal: number): Json | undefined {
  const accepts = (value: Json) => schema === null || schema.accepts(value);
  const changed = freshenedIn(body, '', ordinal, (other) => accepts(other));
  return changed === body ? undefined : changed;
}

/** Deeper than this nothing tells things apart. */
const deepest = 3;

function freshenedIn(body: Json, name: string, ordinal: number, accepts: (value: Json) => boolean, depth = 0): Json {
  if (isObject(body) && depth < deepest) {
    let found: JsonObject = body;
    for (const [member, value] of Object.entries(body)) {
      const before = found;
      const within = (inner: Json) => {
        const copy = { ...before };
        setMember(copy, member, inner);
        return copy;
      };
      const other = freshenedIn(value, member, ordinal, (inner) => accepts(within(inner)), depth + 1);
      if (other !== value) found = within(other);
    }
    return found;
  }
  if (Array.isArray(body) && depth < deepest) {
    let found: Json[] = body;
    for (const [index, item] of body.entries()) {
      const before = found;
      const other = isObject(item)
        ? freshenedIn(item, name, ordinal, (inner) => accepts(before.with(index, inner)), depth + 1)
        : item;
      if (other !== item) found = before.with(index, other);
    }
    return found;
  }
  for (const other of othersOf(body, name, ordinal)) if (accepts(other)) return other;
  return body;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Members whose texts name nothing, but refer to something or say how it is. */
const isNoName =
  /(?:type|kind|status|state|format|mode|role|locale|language|currency|country|unit|version|url|uri|href|path)$/i;
const isKeyName = /(?:^|_|[a-z])(?:id|Id|ID|number|Number)$|^id$/;

function* othersOf(value: Json, name: string, ordinal: number): Iterable<Json> {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && isKeyName.test(name)) yield value + ordinal + 1;
    return;
  }
  // What has lines, or other control characters, is a text or a file, and no name.
  if (typeof value !== 'string' || value === '' || /\p{Cc}/u.test(value)) return;
  if (uuid.test(value))
    yield value.slice(0, -6) + String((Number.parseInt(value.slice(-6), 16) + ordinal + 1) % 1e6).padStart(6, '0');
  // A letter at the beginning lets names, addresses of mail and hosts be what they are.
  else if (/^\p{L}/u.test(value) && !isNoName.test(name) && !isDate(value) && !isAddress.test(value)) {
    for (const before of [`c${ordinal + 2}`, `C${ordinal + 2}`]) {
      yield before + value;
      yield (before + value).slice(0, value.length);
    }
    yield* counted(value, ordinal);
  } else if (!isNoName.test(name) && !isDate(value) && !isAddress.test(value)) yield* counted(value, ordinal);
}

/** Of the same form: its last digits are counted on, or where these are too few for that, its letters too. */
export function* counted(text: string, ordinal: number): Iterable<string> {
  const step = ordinal + 1;
  const [digits = ''] = /\d+(?=\D*$)/.exec(text) ?? [];
  const at = text.lastIndexOf(digits);
  const capacity = 10 ** digits.length;
  if (step < capacity && digits.length <= mostDigits) {
    const next = String((Number(digits) + step) % capacity).padStart(digits.length, '0');
    yield text.slice(0, at) + next + text.slice(at + digits.length);
  }
  let left = step;
  const other = [...text];
  for (let place = other.length - 1; place >= 0 && left > 0; place--) {
    const symbol = other[place] ?? '';
    const alphabet = alphabets.find((each) => each.includes(symbol));
    if (alphabet === undefined) continue;
    const sum = alphabet.indexOf(symbol) + left;
    other[place] = alphabet[sum % alphabet.length] ?? '';
    left = Math.floor(sum / alphabet.length);
  }
  yield other.join('');
}

/** Numbers with more are no longer whole ones. */
const mostDigits = 15;
const alphabets = ['0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** What begins with a scheme (RFC 3986, 3.1). */
const isAddress = /^[a-z][a-z0-9+.-]*:\S/i;

function isDate(text: string): boolean {
  return /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? |\d{4}-\d\d(?:-\d\d|$))/i.test(text);
}
