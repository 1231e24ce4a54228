import { wordsOf } from '../text/words.js';
import { stateCalled } from './counted.js';
import { lackingOf } from './filter-lacking.js';
import { isDate, type Named, type Operator, sinceOrUntil } from './filter-moments.js';
import { boundSaid, saysCaseless } from './filter-words.js';
import type { QueryPlace } from './query-place.js';
import { isLeftAlone } from './query-words.js';
import type { Shape } from './shape.js';
import type { QueryRole, Resource } from './types.js';
import { afterNoun, fold, isHolder, isListOf, isSameNoun, singularsOf } from './words.js';

type Filter = QueryRole & { readonly role: 'filter' };

/** Words behind or before a member's name, in the order in which they are tried. */
const operators: readonly (readonly [words: readonly string[], operator: Operator])[] = [
  [['eq', 'equals', 'is', 'exact', 'iexact', 'equal'], 'eq'],
  [['ne', 'neq', 'noteq', 'not', 'isnot', 'notequals', 'exclude', 'excluded'], 'ne'],
  [['gte', 'gteq', 'ge', 'min', 'minimum', 'from', 'since', 'start', 'atleast', 'lower', 'begin'], 'gte'],
  [['gt', 'after', 'over', 'above', 'greaterthan', 'newerthan', 'morethan', 'later'], 'gt'],
  [['lte', 'lteq', 'le', 'max', 'maximum', 'to', 'until', 'end', 'atmost', 'upper', 'till'], 'lte'],
  [['lt', 'before', 'under', 'below', 'lessthan', 'olderthan', 'earlier'], 'lt'],
  [['isnull', 'isempty', 'ismissing'], 'absent'],
  [['prefix', 'startswith', 'istartswith', 'startingwith', 'beginswith', 'beginningwith'], 'starts'],
  [['in', 'anyof', 'oneof', 'any', 'list'], 'in'],
  [
    ['contains', 'icontains', 'has', 'includes', 'like', 'ilike', 'contain', 'substring', 'match', 'search', 'cont'],
    'contains',
  ],
];

/** Names of a filter that say only that it is one. */
const prefixes = /^(?:filters?|where|filterby|by|search|query|q|criteria|match|conditions?)(?=[[._])[[._]*/i;

/** Values that ask for everything. */
const neutral = new Set(['all', 'any', '*', 'both', '']);

/** Rows that a filter may be about. */
interface Rows {
  readonly row: Shape;
  readonly resource: Resource;
}

/** What a query parameter filters the rows by, if anything; null where nobody can tell. */
export function filterOf(
  place: QueryPlace,
  places: readonly QueryPlace[],
  row: Shape,
  resource: Resource,
): Filter | null {
  const { parameter, within, shape } = place;
  const name = place.name.replace(prefixes, '');
  if (name === place.name && isLeftAlone(name)) return null;
  // A language that is there without being asked for is the one that texts are in.
  if (shape.keyword('default') !== undefined && /^(?:locale|lang|language|culture)$/.test(fold(name))) return null;
  const found = resolveName(name, place, { row, resource });
  const member = found && row.at(found.member);
  if (!found || !member || (member.is('boolean') && !saysYesOrNo(place))) return null;
  // What stands inside of the items of a list is one of several.
  const isOfList = found.member.some((_, index) => row.at(found.member.slice(0, index))?.item !== undefined);
  const operator = operatorFor(found.operator, member, place, isOfList);
  // What is not excluded may be there, and so may the rest.
  const isSwitch = found.operator === 'ne' && member.is('boolean') && /^excl/i.test(wordsOf(name)[0] ?? '');
  const without = isSwitch || found.isOnly === true ? ['false', '0'] : [];
  if (operator === null || (found.operator === null && isEndOfRange(member, place, places))) return null;
  return {
    role: 'filter',
    parameter,
    within,
    member: found.member,
    ...boundSaid(place.description, operator),
    neutral: [...neutralOf(shape, member), ...without],
    ...(saysCaseless(place.description) && { isCaseless: true }),
  };
}

function resolveName(name: string, place: QueryPlace, rows: Rows): Named | null {
  const exact = memberCalled(name, rows);
  // `ids` and `statuses` are lists of what a row has one of.
  const isPlural =
    exact !== null &&
    singularsOf(fold(name))
      .slice(1)
      .includes(fold(exact.at(-1) ?? ''));
  if (exact !== null) return { member: exact, operator: isPlural ? 'in' : null };
  const words = wordsOf(name);
  const whole = place.shape.is('boolean') ? switchCalled(words, rows) : null;
  if (whole !== null) return { member: whole, operator: null };
  const state = place.shape.is('boolean') ? stateAsked(words, rows) : null;
  if (state !== null) return state;
  const lacking = place.shape.is('boolean') ? lackingOf(words, rows.row) : null;
  if (lacking !== null) return lacking;
  for (const [marks, operator] of operators) {
    for (const stem of stemsOf(words, marks, operator)) {
      const member = memberCalled(stem.join('_'), rows) ?? switchCalled(stem, rows) ?? dateCalled(stem, rows);
      if (member !== null) return { member, operator };
    }
  }
  return sinceOrUntil(fold(name), place, rows.row) ?? onlyAddress(name, place, rows.row);
}

/** `email` asks for the one address that a row has, whosever it is: `customer_email`. */
function onlyAddress(name: string, { shape }: QueryPlace, row: Shape): Named | null {
  if (!/^e?mail$/.test(fold(name)) || shape.keyword('format') !== 'email') return null;
  const all = [...row.members].filter(([, each]) => each.keyword('format') === 'email').map(([member]) => member);
  const [only] = all.filter((member) => fold(member).endsWith('email'));
  return only !== undefined && all.length === 1 ? { member: [only], operator: null } : null;
}

/** What is left of a name without an operator behind or before it: `price_min`, `min_price`, `created[not_equals]`. */
function* stemsOf(
  words: readonly string[],
  marks: readonly string[],
  operator: Operator,
): Generator<readonly string[]> {
  for (const length of [2, 1]) {
    if (words.length <= length) continue;
    if (marks.includes(words.slice(-length).join(''))) yield words.slice(0, -length);
    if (operator !== 'in' && marks.includes(words.slice(0, length).join(''))) yield words.slice(length);
  }
}

/** A member by its name, also where it stands one step deeper, or as the key of what is named. */
function memberCalled(name: string, rows: Rows): readonly string[] | null {
  return memberNamed(name, rows) ?? memberInside(name, rows.row);
}

/** `author.name` and `author[name]`, also of what JSON:API keeps in `attributes`. */
function memberInside(name: string, row: Shape): readonly string[] | null {
  const steps = name.split(/[.[\]]+|__/).filter((step) => step !== '');
  if (steps.length < 2 || steps.length > 4) return null;
  const starts = [[], ...[...row.members.keys()].filter(isHolder).map((holder) => [holder])];
  for (const start of starts) {
    let at: Shape | undefined = row.at(start);
    const path: string[] = [...start];
    for (const step of steps) {
      const inside: readonly [string, Shape] | undefined = [...((at?.item ?? at)?.members ?? [])].find(
        ([member]) => fold(member) === fold(step),
      );
      at = inside?.[1];
      path.push(inside?.[0] ?? '');
    }
    if (at !== undefined && (at.item ?? at).isScalar) return path;
  }
  return null;
}

function memberNamed(name: string, rows: Rows): readonly string[] | null {
  const wanted = fold(name);
  const exact = [...rows.row.members].find(([member]) => fold(member) === wanted);
  const inside = insideAttributes(wanted, rows.row);
  // Beside what a row says in one object its `type` is that of all rows (JSON:API 1.1, 7.2).
  if (exact) return (exact[0] === 'type' && inside) || namedBy(exact, rows);
  return keyCalled(name, rows.resource) ?? memberAround(wanted, rows) ?? inside;
}

/** The path of what a member is compared by: itself, or what names it where it is an object. */
function namedBy([member, shape]: readonly [string, Shape], { resource }: Rows): readonly string[] | null {
  const thing = shape.item ?? shape;
  if (thing.isScalar) return [member];
  const reference = resource.references.find((each) => each.member[0] === member)?.member.slice(1);
  // What is shown by its key, unless it is asked for whole.
  if (reference?.length === 0) return [member];
  const ids = ['id', 'login', 'slug', 'key', 'code'];
  const names = shape.item ? ['name', 'title', ...ids] : [...ids, 'name'];
  const inside = reference !== undefined ? reference : names.filter((name) => thing.members.has(name)).slice(0, 1);
  return inside.length > 0 ? [member, ...inside] : null;
}

/** `ids` and `pet_id` are the key of a pet. */
function keyCalled(name: string, { key, name: own }: Resource): readonly string[] | null {
  const wanted = fold(name);
  const isKey = /^(?:ids?|uuids?|guids?)$/;
  const isNamed = isKey.test(wanted) || isKey.test(afterNoun(name, own.split('.').at(-1) ?? '') ?? '');
  return key !== null && (isNamed || isSameNoun(fold(key.member.at(-1) ?? ''), wanted)) ? key.member : null;
}

/** `tag` filters by `tags`, `tagList` and `hashtags`, and `statuses` by `status`, `authorId` by `author.id` and `author` by `authorId`. */
function memberAround(wanted: string, rows: Rows): readonly string[] | null {
  for (const member of rows.row.members) {
    const [name, shape] = member;
    if (isSameNoun(fold(name), wanted) || (shape.item !== undefined && isListOf(name, wanted)))
      return namedBy(member, rows);
    if (!wanted.startsWith(fold(name))) continue;
    const inner = [...shape.members].find(([inside, value]) => wanted === fold(name + inside) && value.isScalar);
    if (inner) return [name, inner[0]];
  }
  const { references } = rows.resource;
  return (
    references.find(
      ({ member: [first = '', second = '', ...inner] }) =>
        [`${wanted}id`, `${wanted}ids`].includes(fold([first, second, ...inner].join(''))) ||
        (first === 'relationships' && [wanted, wanted.replace(/id$/, '')].includes(fold(second))),
    )?.member ?? null
  );
}

/** JSON:API and the like keep what a row says in one object. */
function insideAttributes(wanted: string, row: Shape): readonly string[] | null {
  const inside = [...row.members].flatMap(([holder, { members }]) =>
    isHolder(holder) ? [...members].map(([member, shape]) => ({ path: [holder, member], member, shape })) : [],
  );
  const scalars = inside.filter(({ shape }) => (shape.item ?? shape).isScalar);
  const found =
    scalars.find(({ member }) => fold(member) === wanted) ??
    scalars.find(({ member, shape }) => shape.item !== undefined && isListOf(member, wanted));
  return found?.path ?? null;
}

/** `archived` asks for the switch `is_archived`. */
function switchCalled(words: readonly string[], { row }: Rows): readonly string[] | null {
  const member = row.memberNamed(`is${words.join('')}`);
  return member !== undefined && row.members.get(member)?.is('boolean') ? [member] : null;
}

/** `unread` asks for what is not `read`, `archived_only` for nothing else than that, or for all. */
function stateAsked(words: readonly string[], { row }: Rows): Named | null {
  const [word, ...others] = words.filter((one) => one !== 'only');
  const state = word === undefined || others.length > 0 ? undefined : stateCalled(word, row);
  if (state == null || !row.at(state.member)?.is('boolean')) return null;
  return { member: state.member, operator: state.value === 'false' ? 'ne' : 'eq', isOnly: words.length > 1 };
}

const dateWords = new Set(['date', 'time', 'at', 'on', 'of', 'datetime', 'timestamp']);

/** `created` means the date `created_at`, `createdOn`, `creationDate`. */
function dateCalled(words: readonly string[], { row }: Rows): readonly string[] | null {
  const stem = words.filter((word) => !dateWords.has(word));
  if (stem.length === 0) return null;
  for (const [member, shape] of row.members) {
    const own = wordsOf(member).filter((word) => !dateWords.has(word));
    const isSame = own.length === stem.length && own.every((word, index) => isSameStem(word, stem[index]));
    if (isSame && shape.isScalar && !shape.is('boolean')) return [member];
  }
  return null;
}

/** `creation` and `created`, `update` and `updated`, `birth` and `born`. */
function isSameStem(one: string, other = ''): boolean {
  const cut = (word: string) => (word === 'born' ? 'birth' : word.replace(/(?:ion|ed|e|s|ing)$/, ''));
  return cut(one) === cut(other);
}

/** How rows are compared: what the name says, and what a list on either side makes of it; null where they cannot be. */
function operatorFor(said: Operator | null, member: Shape, { shape }: QueryPlace, isOfList: boolean): Operator | null {
  const isBoolean = (each: Shape) => each.is('boolean') && !each.is('string');
  const [own, asked] = [member.item ?? member, shape.item ?? shape];
  if (said === 'absent') return isOfList || !asked.may('boolean') ? null : said;
  if (isBoolean(own) !== isBoolean(asked) && own.types !== null && asked.types !== null && !asked.is('string'))
    return null;
  if (isOfList || member.item !== undefined)
    return said === null || ['in', 'contains', 'eq'].includes(said) ? 'contains' : null;
  if (said === 'contains' || said === 'starts') return own.may('string') && asked.may('string') ? said : null;
  if (shape.item !== undefined && (said === null || said === 'eq')) return 'in';
  if (said !== null && said !== 'eq' && said !== 'ne' && said !== 'in' && isBoolean(own)) return null;
  return said ?? 'eq';
}

/** Whether a text asks for what is so, and not for that of which somebody says so: `favorited`, by the name of a user. */
function saysYesOrNo({ shape, description }: QueryPlace): boolean {
  const isListed = ['enum', 'default', 'example', 'examples', 'pattern'].some(
    (name) => shape.keyword(name) !== undefined,
  );
  return isListed || !shape.is('string') || !somebody.test(description);
}

const somebody =
  /\buser ?names?\b|\b(?:name|ids?|(?:by|of) an?|by the) (?:\w+ )?(?:user|person|member|author|account)\b/i;

const pairs = [
  ['start', 'end'],
  ['from', 'to'],
  ['begin', 'end'],
  ['min', 'max'],
] as const;

/** `start_date` beside `end_date` are two ends of a range, and not what a row must equal. */
function isEndOfRange(member: Shape, { name }: QueryPlace, places: readonly QueryPlace[]): boolean {
  if (!isDate(member)) return false;
  const words = wordsOf(name);
  return pairs.some((pair) => {
    const index = pair.findIndex((word) => words.includes(word));
    if (index < 0) return false;
    const other = words.map((word) => (word === pair[index] ? pair[1 - index] : word)).join('');
    return places.some((place) => fold(place.name) === other);
  });
}

/** Values that the parameter lists, or has by default, and no row can have, if they say that they filter nothing. */
function neutralOf(shape: Shape, member: Shape): readonly string[] {
  const values = (shape.item ?? shape).keyword('enum');
  const own = (member.item ?? member).keyword('enum');
  const listed = Array.isArray(own) ? own.map(String) : [];
  const all = (Array.isArray(values) ? values : []).map(String).filter((value) => neutral.has(value.toLowerCase()));
  const usual = shape.keyword('default');
  if (typeof usual === 'string' && /^(?:null|undefined|all|any|\*)$/i.test(usual)) all.push(usual);
  return all.filter((value) => !listed.includes(value));
}
