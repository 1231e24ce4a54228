import { addAll } from '../text/many.js';
import { inTable } from '../text/value.js';
import { wordsOf } from '../text/words.js';
import type { Shape } from './shape.js';
import type { Key, Resource } from './types.js';
import { afterNoun, fold, nounForms } from './words.js';

/** What the key of a row is sought by. */
export interface KeyHints {
  readonly row: Shape;
  /** What the rows are called. */
  readonly noun: string;
  /** The path parameter that names one, with where its schema stands; null where there is no item path. */
  readonly parameter: KeyParameter | null;
  /** Members that links of the document pass for the parameter, as paths into a row. */
  readonly linked: readonly (readonly string[])[];
  /** Whether the parameter stands right behind another one, as names within a namespace do: `/repos/{owner}/{repo}`. */
  readonly isNamespaced?: boolean;
  /** Whether rows are listed by their keys, so that none of their members need say it. */
  readonly isKeyed?: boolean;
}

export interface KeyParameter {
  readonly name: string;
  readonly description: string;
  /** What its values look like; null where nobody says. */
  readonly shape: Shape | null;
}

/** What keys are called, best first. */
const keyNames = [
  'id',
  'uuid',
  'guid',
  'uid',
  'gid',
  'sid',
  'pk',
  'key',
  'identifier',
  'slug',
  'code',
  'number',
  'no',
  'ref',
  'sku',
];
/** Those that say no more than which one. */
const identities = keyNames.slice(0, 7);
/** What may name a thing too, where a path parameter says that something does. */
const namingNames = ['name', 'login', 'username', 'handle', 'email', 'title', 'symbol', 'hash', 'sha', 'token'];

const smallRow = 5;

/** Objects inside of which a key may stand. */
const holders = new Set(
  ['metadata', 'meta', 'sys', 'attributes', 'properties', 'info', 'identity', 'spec', 'header', 'links', 'self'].map(
    fold,
  ),
);

/**
 * The member that tells the rows of a resource apart: by links (OpenAPI 3.1, 4.8.20), then by the name of the path
 * parameter, then by schema.
 * @returns null where there is none, or nobody can tell
 */
export function findKey(hints: KeyHints): Key | null {
  const { row, parameter, linked } = hints;
  const name = parameter?.name ?? null;
  const link = linked.find((path) => isKey(row.at(path)));
  if (link !== undefined) return { member: link, parameter: name, by: 'link' };
  const named = byName(hints);
  if (named !== undefined) return { member: named, parameter: name, by: 'name' };
  const alike = bySchema(hints);
  return alike === undefined ? null : { member: alike, parameter: name, by: 'schema' };
}

function isKey(shape: Shape | undefined): boolean {
  return shape?.isScalar === true && !shape.is('boolean');
}

function byName({
  row,
  noun,
  parameter,
  isKeyed = false,
  isNamespaced = false,
}: KeyHints): readonly string[] | undefined {
  const { keys, naming } =
    parameter === null
      ? { keys: [...identities, 'key'], naming: [] }
      : namesFor(parameter, noun, row, isKeyed, isNamespaced);
  const inside = (names: readonly string[]) => memberInside(row, names, noun, parameter);
  const own = (names: readonly string[]) => {
    const member = memberOf(row, names, noun, parameter);
    return member === undefined ? undefined : [member];
  };
  // A name does not tell things apart where what all things have in common does.
  return (
    own(keys) ?? inside(keys.filter((name) => identities.includes(name))) ?? own(naming) ?? inside([...keys, ...naming])
  );
}

/** The same in one of the objects that hold it. */
function memberInside(row: Shape, names: readonly string[], noun: string, parameter: KeyHints['parameter']) {
  for (const [holder, inner] of row.members) {
    if (!holders.has(fold(holder)) && afterNoun(holder, noun) !== '') continue;
    const member = memberOf(inner, names, noun, parameter);
    if (member !== undefined) return [holder, member];
  }
  return undefined;
}

/** The first member that is called so, with or without the noun: `petId` and `_id` are `id` of a pet. */
function memberOf(row: Shape, names: readonly string[], noun: string, parameter: KeyHints['parameter']) {
  const nouns = ['', ...nounForms(noun)];
  for (const name of names) {
    for (const form of nouns) {
      const member = row.memberNamed(form + name);
      if (member !== undefined && fits(row.members.get(member), parameter, !namingNames.includes(name))) return member;
    }
  }
  return undefined;
}

/** What the member may be called that a path parameter equals, best first, and what else may name such a thing. */
function namesFor(
  parameter: KeyParameter,
  noun: string,
  row: Shape,
  isKeyed: boolean,
  isNamespaced: boolean,
): { readonly keys: readonly string[]; readonly naming: readonly string[] } {
  // The second of its kind in a path has a number, as no two are called the same: `/items/{item-id}/children/{item-id1}`.
  const name = parameter.name.replace(/(?<=id|key|name)[-_]?\d$/i, '');
  const own = fold(name);
  const rest = afterNoun(name, noun);
  const ending = /(?:id|uuid|guid|key|name|slug|code|number)$/.exec(own)?.[0] ?? '';
  const last = wordsOf(name).at(-1) ?? '';
  const names = [own, ...(inTable(synonyms, own) ?? []), rest ?? ''];
  if (keyNames.includes(last) || namingNames.includes(last)) names.push(last);
  names.push(ending);
  // A parameter that is the noun itself, or says no more than "which one".
  const isNoun = rest === '';
  const isAny = isNoun || [own, rest ?? '', ending].some((name) => keyNames.includes(name));
  if (isNoun) addAll(names, namesOfNoun(parameter, row, isNamespaced));
  if (isAny) addAll(names, keyNames);
  // A row that says little has nothing else to be known by than its name.
  const mayBeName = isNoun || (isAny && !isKeyed && row.members.size <= smallRow);
  const isName = mayBeName || own === 'username' || ending === 'name';
  return {
    keys: [...new Set(names)].filter((name) => name !== ''),
    naming: isName ? ['name', 'login', 'username', 'handle'] : [],
  };
}

/** Other words for what a parameter says; `username` begins with a noun by chance. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  index: ['number', 'position'],
  username: ['username', 'login', 'handle', 'nickname', 'screenname'],
};

/** For `{repo}` the description tells what names it; or else a text is rather a name than a number. */
function namesOfNoun({ description, shape }: KeyParameter, row: Shape, isNamespaced: boolean): string[] {
  const said = wordsOf(description);
  const described = [...keyNames, ...namingNames].filter((name) => said.includes(name));
  const id = row.members.get('id');
  const isText = shape?.is('string') && id?.is('integer') && !id.is('string');
  if (!isText || described.length > 0) return described;
  return ['slug', 'login', 'key', 'code', ...(isNamespaced ? ['name'] : [])];
}

/**
 * Whether values of a member can stand in a parameter, as far as types and formats tell.
 * @param mayBeNumeric whether a text there may hold a number, which a name does not
 */
function fits(shape: Shape | undefined, parameter: KeyHints['parameter'], mayBeNumeric = true): boolean {
  if (shape === undefined || !isKey(shape)) return false;
  const other = parameter?.shape ?? null;
  // A number has no form of its own, such as a UUID has.
  if (other?.is('string') && other.keyword('format') !== undefined && !shape.may('string')) return false;
  const isNumber = other?.is('integer') && !other.is('string');
  if (!isNumber || shape.may('integer') || shape.may('number')) return true;
  // A number in the path may be a text in the row, but not one of a form of its own.
  return mayBeNumeric && shape.keyword('format') === undefined && shape.keyword('enum') === undefined;
}

function bySchema({ row, parameter }: KeyHints): readonly string[] | undefined {
  const wanted = parameter?.shape ?? null;
  if (wanted === null) return undefined;
  const members = [...row.members].filter(([, shape]) => fits(shape, parameter));
  const same = members.filter(([, shape]) => shape.core === wanted.core);
  if (same.length === 1 && same[0] !== undefined) return [same[0][0]];
  for (const keyword of ['pattern', 'format']) {
    const form = wanted.text(keyword);
    if (form === '' || /^(?:u?int\d+|date|date-time)$/.test(form)) continue;
    const [first, ...others] = members.filter(([, shape]) => shape.keyword(keyword) === form);
    if (first !== undefined && others.length === 0) return [first[0]];
  }
  return undefined;
}

/**
 * The member by which an answer tells the key of a thing that it does not show: called as the key is, or as others call it (`contact_id`).
 * @param names what the answer has
 */
export function memberTelling(
  { key, name }: Pick<Resource, 'key' | 'name'>,
  names: readonly string[],
): string | undefined {
  const own = key?.member.at(-1) ?? '';
  const folded = wordsOf(own).join('');
  if (folded === '') return undefined;
  if (names.includes(own)) return own;
  const noun = name.split('.').at(-1) ?? name;
  return (
    names.find((each) => afterNoun(each, noun) === folded) ?? names.find((each) => wordsOf(each).join('') === folded)
  );
}
