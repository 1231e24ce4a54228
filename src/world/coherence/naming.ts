import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { memberNamed } from './member-named.js';
import { ifChanged, type Rule } from './rule.js';

const slugNames = /^(?:url )?slug$|^permalink$/;
const titleNames = /^(?:title|name|headline|subject|label|display name)$/;
const displayNames = /^display(?: name| text)?$/;

/** What a thing is called in an address is made of what it is called, and what is displayed of it says the same. */
export const namings: Rule = { names: [slugNames, titleNames, displayNames], fewest: 2, apply: named };

function* named(object: JsonObject): Generator<JsonObject> {
  const slug = memberNamed(object, slugNames, 'string');
  const display = memberNamed(object, displayNames, 'string');
  const title = Object.keys(object).find(
    (name) => name !== display && typeof object[name] === 'string' && titleNames.test(phraseOf(name)),
  );
  if (title === undefined) return;
  const text = scalarText(object[title]);
  const changed = { ...object };
  if (display !== undefined) changed[display] = /\s/.test(text) ? text : titleOf(text);
  if (slug !== undefined && slugOf(text) !== '') changed[slug] = slugOf(text);
  yield* ifChanged(object, changed);
}

/**
 * A row that is called as its key says, where that is made of what things are called.
 * @param member the key
 * @param isOurs whether a member of the row may be changed
 */
export function titledBy(
  row: Json,
  member: readonly string[],
  key: Json,
  isValid: (row: Json) => boolean,
  isOurs: (name: string) => boolean = () => true,
): Json {
  if (!isSlugName(member.at(-1) ?? '') || typeof key !== 'string' || !isObject(row)) return row;
  const title = memberNamed(row, titleNames, 'string');
  if (title === undefined || slugOf(scalarText(row[title])) === key || !isOurs(title)) return row;
  const titled = { ...row, [title]: titleOf(key) };
  return isValid(titled) ? titled : row;
}

/** The key that a thing would have which is sent with a name; undefined where none is made of names. */
export function slugFor(sent: JsonObject, member: string): string | undefined {
  const title = isSlugName(member) ? memberNamed(sent, titleNames, 'string') : undefined;
  return (title !== undefined && slugOf(scalarText(sent[title]))) || undefined;
}

const isSlugName = (name: string): boolean => slugNames.test(phraseOf(name));

const slugOf = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '');

function titleOf(text: string): string {
  const words = text.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
