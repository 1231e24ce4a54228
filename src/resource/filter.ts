import { wordsOf } from '../text/words.js';
import type { QueryPlace } from './query-place.js';
import { isLeftAlone } from './query-words.js';
import type { Shape } from './shape.js';
import type { QueryRole, Resource } from './types.js';
import { afterNoun, fold, isHolder, isSameNoun, singularsOf } from './words.js';

type Filter = QueryRole & { readonly role: 'filter' };
type Operator = Filter['operator'];

/** Words behind or before a member's name, in the order in which they are tried. */
const operators: readonly (readonly [words: readonly string[], operator: Operator])[] = [
  [['eq', 'equals', 'is', 'exact', 'iexact', 'equal'], 'eq'],
  [['ne', 'neq', 'not', 'isnot', 'notequals', 'exclude', 'excluded'], 'ne'],
  [['gte', 'ge', 'min', 'minimum', 'from', 'since', 'start', 'atleast', 'lower', 'begin'], 'gte'],
  [['gt', 'after', 'over', 'above', 'greaterthan', 'newerthan', 'morethan', 'later'], 'gt'],
  [['lte', 'le', 'max', 'maximum', 'to', 'until', 'end', 'atmost', 'upper', 'till'], 'lte'],
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
  if (!found || !member) return null;
  // What stands inside of the items of a list is one of several.
  const isOfList = found.member.some((_, index) => row.at(found.member.slice(0, index))?.item !== undefined);
  const operator = operatorFor(found.operator, member, place, isOfList);
  // What is not excluded may be there, and so may the rest.
  const isSwitch = found.operator === 'ne' && member.is('boolean') && /^excl/i.test(wordsOf(name)[0] ?? '');
  const without = isSwitch ? ['false', '0'] : [];
  if (operator === null || (found.operator === null && isEndOfRange(member, place, places))) return null;
  return {
    role: 'filter',
    parameter,
    within,
    member: found.member,
    operator,
    neutral: [...neutralOf(shape, member), ...without],
  };
}

interface Named {
  readonly member: readonly string[];
  /** null where the name has none. */
  readonly operator: Operator | null;
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
  for (const [marks, operator] of operators) {
    for (const stem of stemsOf(words, marks, operator)) {
      const member = memberCalled(stem.join('_'), rows) ?? switchCalled(stem, rows) ?? dateCalled(stem, rows);
      if (member !== null) return { member, operator };
    }
  }
  return sinceOrUntil(fold(name), place, rows);
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
  const reference = resource.references.find((each) => each.member[0] === member)?.member.slice(1) ?? [];
  const ids = ['id', 'login', 'slug', 'key', 'code'];
  const names = shape.item ? ['name', 'title', ...ids] : [...ids, 'name'];
  const inside = reference.length > 0 ? reference : names.filter((name) => thing.members.has(name)).slice(0, 1);
  return inside.length > 0 ? [member, ...inside] : null;
}

/** `ids` and `pet_id` are the key of a pet. */
function keyCalled(name: string, { key, name: own }: Resource): readonly string[] | null {
  const wanted = fold(name);
  const isKey = /^(?:ids?|uuids?|guids?)$/;
  const isNamed = isKey.test(wanted) || isKey.test(afterNoun(name, own.split('.').at(-1) ?? '') ?? '');
  return key !== null && (isNamed || isSameNoun(fold(key.member.at(-1) ?? ''), wanted)) ? key.member : null;
}

/** `tag` filters by `tags` and `statuses` by `status`, `authorId` by `author.id` and `author` by `authorId`. */
function memberAround(wanted: string, rows: Rows): readonly string[] | null {
  for (const member of rows.row.members) {
    const [name, shape] = member;
    if (isSameNoun(fold(name), wanted)) return namedBy(member, rows);
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
  for (const [holder, inner] of row.members) {
    if (!isHolder(holder)) continue;
    for (const [member, inside] of inner.members) {
      if (fold(member) === wanted && (inside.item ?? inside).isScalar) return [holder, member];
    }
  }
  return null;
}

/** `archived` asks for the switch `is_archived`. */
function switchCalled(words: readonly string[], { row }: Rows): readonly string[] | null {
  const member = row.memberNamed(`is${words.join('')}`);
  return member !== undefined && row.members.get(member)?.is('boolean') ? [member] : null;
}

const dateWords = new Set(['date', 'time', 'at', 'on', 'datetime', 'timestamp']);

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

/** `creation` and `created`, `update` and `updated`. */
function isSameStem(one: string, other = ''): boolean {
  const cut = (word: string) => word.replace(/(?:ion|ed|e|s|ing)$/, '');
  return cut(one) === cut(other);
}

const bounds = new Map<string, Operator>([
  ...['since', 'from', 'fromdate', 'datefrom', 'startdate', 'starttime', 'start', 'mindate', 'startingat'].map(
    (name) => [name, 'gte'] as const,
  ),
  ...['until', 'to', 'todate', 'dateto', 'enddate', 'endtime', 'end', 'maxdate', 'endingat'].map(
    (name) => [name, 'lte'] as const,
  ),
  ...['timemin', 'mintime', 'datemin'].map((name) => [name, 'gte'] as const),
  ...['timemax', 'maxtime', 'datemax'].map((name) => [name, 'lte'] as const),
  ['after', 'gt'],
  ['before', 'lt'],
]);

/** A bound without a name is of the date that its description speaks of, or of the only one, or of the creation. */
function sinceOrUntil(name: string, { shape, description }: QueryPlace, { row }: Rows): Named | null {
  const operator = bounds.get(name);
  if (operator === undefined || !shape.isScalar) return null;
  const places = new Map([...row.members].flatMap(([member, each]) => momentIn(member, each)));
  const dates = [...places.keys()];
  const said = wordsOf(description);
  const named = dates.filter((member) => wordsOf(member).some((word) => word.length > 3 && said.includes(word)));
  const created = dates.filter((member) =>
    /^(?:creat|(?:raised|occurred|happened|recorded|measured|logged|reported|received|posted|issued|placed|ordered|requested|triggered)(?:_?(?:at|on|date|time))?$|date$|timestamp$|time$)/i.test(
      member,
    ),
  );
  const lasting = operator.startsWith('g') ? /^ends?(?:s?at|time|date)?$/i : /^starts?(?:s?at|time|date)?$/i;
  // What lasts for some time is there from its start to its end.
  const within = /min|max/.test(name) ? dates.filter((member) => lasting.test(fold(member))) : [];
  const [only] = within.length === 1 ? within : named.length === 1 ? named : dates.length === 1 ? dates : created;
  const member = only === undefined ? undefined : places.get(only);
  return member === undefined ? null : { member, operator };
}

/** Where a member says when something is: itself, or in an object beside a time zone (`{ "start": { "dateTime": … } }`). */
function momentIn(name: string, shape: Shape): readonly (readonly [string, readonly string[]])[] {
  if (isDate(shape)) return [[name, [name]]];
  const held = shape.isObject ? [...shape.members].filter(([, each]) => shape.item === undefined && isDate(each)) : [];
  const inside = held.find(([member]) => /^date_?time$/i.test(member)) ?? (held.length === 1 ? held[0] : undefined);
  return inside !== undefined && lastingNames.test(fold(name)) ? [[name, [name, inside[0]]]] : [];
}

const lastingNames = /^(?:starts?|ends?)(?:s?at|time|date)?$/;

function isDate(shape: Shape): boolean {
  return /^date(?:-time)?$/.test(shape.text('format'));
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
