import type { At } from '../schema/view.js';
import type { QueryPlace } from './query-place.js';
import { isLeftAlone } from './query-words.js';
import type { Shapes } from './shapes.js';
import type { QueryRole, Resource } from './types.js';
import { afterNoun, fold, isSameNoun, wordsOf } from './words.js';

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
  [['in', 'anyof', 'oneof', 'any', 'list'], 'in'],
  [
    ['contains', 'icontains', 'has', 'includes', 'like', 'ilike', 'contain', 'substring', 'match', 'search'],
    'contains',
  ],
];

/** Names of a filter that say only that it is one. */
const prefixes = /^(?:filters?|where|filterby|by|search|query|criteria|match|conditions?)(?=[[._])[[._]*/i;

/** Values that ask for everything. */
const neutral = new Set(['all', 'any', '*', 'both', '']);

/** What a query parameter filters the rows by, if anything; null where nobody can tell. */
export function filterOf(
  shapes: Shapes,
  place: QueryPlace,
  places: readonly QueryPlace[],
  resource: Resource,
): Filter | null {
  const { parameter, within, schema } = place;
  const name = place.name.replace(prefixes, '');
  const isNamedFilter = name !== place.name;
  if (!isNamedFilter && isLeftAlone(name)) return null;
  const found = resolveName(shapes, name, place, resource);
  if (found === null) return null;
  const member = shapes.at(resource.schema, found.member);
  if (member === undefined) return null;
  const operator = operatorFor(shapes, found.operator, member, place);
  if (operator === null || isRangeOfTwo(found, shapes, member, place, places)) return null;
  return {
    role: 'filter',
    parameter,
    within,
    member: found.member,
    operator,
    neutral: neutralOf(shapes, schema, member),
  };
}

interface Named {
  readonly member: readonly string[];
  /** null where the name has none. */
  readonly operator: Operator | null;
}

function resolveName(shapes: Shapes, name: string, place: QueryPlace, resource: Resource): Named | null {
  const exact = memberCalled(shapes, name, resource);
  if (exact !== null) return { member: exact, operator: null };
  const words = wordsOf(name);
  for (const [marks, operator] of operators) {
    for (const length of [2, 1]) {
      if (words.length <= length) continue;
      const [head, tail] = [words.slice(0, length).join(''), words.slice(-length).join('')];
      const stems = [
        ...(marks.includes(tail) ? [words.slice(0, -length)] : []),
        ...(marks.includes(head) && operator !== 'in' ? [words.slice(length)] : []),
      ];
      for (const stem of stems) {
        const member = memberCalled(shapes, stem.join('_'), resource) ?? dateCalled(shapes, stem, resource);
        if (member !== null) return { member, operator };
      }
    }
  }
  return sinceOrUntil(shapes, fold(name), place, resource);
}

/** A member by its name, also where it stands one step deeper, or as the key of what is named. */
function memberCalled(shapes: Shapes, name: string, resource: Resource): readonly string[] | null {
  const wanted = fold(name);
  const members = [...shapes.members(resource.schema)];
  const exact = members.find(([member]) => fold(member) === wanted);
  if (exact) return namedBy(shapes, exact, resource);
  return (
    keyCalled(name, resource) ??
    memberAround(shapes, wanted, members, resource) ??
    insideAttributes(shapes, members, wanted)
  );
}

/** The path of what a member is compared by: itself, or what names it where it is an object. */
function namedBy(
  shapes: Shapes,
  [member, at]: readonly [string, At],
  { references }: Resource,
): readonly string[] | null {
  const thing = shapes.item(at) ?? at;
  if (shapes.isScalar(thing)) return [member];
  const reference = references.find((each) => each.member[0] === member)?.member.slice(1) ?? [];
  const names = ['name', 'slug', 'id', 'key', 'code', 'login', 'title'];
  const inside = reference.length > 0 ? reference : names.filter((name) => shapes.members(thing).has(name)).slice(0, 1);
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
function memberAround(
  shapes: Shapes,
  wanted: string,
  members: readonly (readonly [string, At])[],
  resource: Resource,
): readonly string[] | null {
  for (const member of members) {
    if (isSameNoun(fold(member[0]), wanted)) return namedBy(shapes, member, resource);
    if (!wanted.startsWith(fold(member[0])) || !shapes.isObject(member[1])) continue;
    const inner = [...shapes.members(member[1])].find(
      ([inside, at]) => wanted === fold(member[0] + inside) && shapes.isScalar(at),
    );
    if (inner) return [member[0], inner[0]];
  }
  const isIt = ({ member }: Resource['references'][number]) =>
    [`${wanted}id`, `${wanted}ids`].includes(fold(member.join('')));
  return resource.references.find(isIt)?.member ?? null;
}

/** JSON:API and the like keep what a row says in one object. */
function insideAttributes(shapes: Shapes, members: readonly (readonly [string, At])[], wanted: string) {
  for (const [holder, at] of members) {
    if (!/^(?:attributes|properties|fields|metadata|spec|status)$/.test(holder)) continue;
    for (const [member, inside] of shapes.members(at)) {
      if (fold(member) === wanted && shapes.isScalar(shapes.item(inside) ?? inside)) return [holder, member];
    }
  }
  return null;
}

/** `created` means the date `created_at`, `createdOn`, `creationDate`. */
function dateCalled(shapes: Shapes, words: readonly string[], { schema }: Resource): readonly string[] | null {
  const stem = words.filter((word) => word !== 'date' && word !== 'time' && word !== 'at' && word !== 'on');
  const [first] = stem;
  if (first === undefined) return null;
  for (const [member, at] of shapes.members(schema)) {
    const own = wordsOf(member).filter((word) => !['date', 'time', 'at', 'on', 'datetime', 'timestamp'].includes(word));
    if (
      isDateLike(shapes, at) &&
      own.length === stem.length &&
      own.every((word, index) => isSameStem(word, stem[index]))
    )
      return [member];
  }
  return null;
}

/** `creation` and `created`, `update` and `updated`. */
function isSameStem(one: string, other = ''): boolean {
  const cut = (word: string) => word.replace(/(?:ion|ed|e|s|ing)$/, '');
  return cut(one) === cut(other);
}

function isDateLike(shapes: Shapes, at: At): boolean {
  const format = shapes.keyword(at, 'format');
  return (
    format === 'date-time' || format === 'date' || shapes.types(at)?.has('integer') === true || format === undefined
  );
}

const bounds: Readonly<Record<string, Operator>> = {
  since: 'gte',
  from: 'gte',
  fromdate: 'gte',
  datefrom: 'gte',
  startdate: 'gte',
  starttime: 'gte',
  mindate: 'gte',
  after: 'gt',
  until: 'lte',
  to: 'lte',
  todate: 'lte',
  dateto: 'lte',
  enddate: 'lte',
  endtime: 'lte',
  maxdate: 'lte',
  before: 'lt',
};

/** A bound without a name is of the date that its description speaks of, or of the only one, or of the creation. */
function sinceOrUntil(
  shapes: Shapes,
  name: string,
  { schema, description }: QueryPlace,
  resource: Resource,
): Named | null {
  const operator = Object.hasOwn(bounds, name) ? bounds[name] : undefined;
  if (operator === undefined || !shapes.isScalar(schema)) return null;
  const dates = [...shapes.members(resource.schema)].filter(([, at]) =>
    /^date/.test(String(shapes.keyword(at, 'format') ?? '')),
  );
  const said = wordsOf(description);
  const named = dates.filter(([member]) => wordsOf(member).some((word) => word.length > 3 && said.includes(word)));
  const created = dates.filter(([member]) => /^(?:creat|date$|timestamp$|time$)/i.test(member));
  const [only] = named.length === 1 ? named : dates.length === 1 ? dates : created;
  return only === undefined ? null : { member: [only[0]], operator };
}

/** Whether rows can be compared so at all, and what a list on either side makes of it. */
function operatorFor(shapes: Shapes, said: Operator | null, member: At, { schema }: QueryPlace): Operator | null {
  const item = shapes.item(schema);
  const own = shapes.types(shapes.item(member) ?? member);
  const asked = shapes.types(item ?? schema);
  const isBoolean = (types: ReadonlySet<string> | null) => types?.has('boolean') === true && types.size <= 2;
  if (isBoolean(own) !== isBoolean(asked) && own !== null && asked !== null && !asked.has('string')) return null;
  if (shapes.item(member) !== undefined)
    return said === null || said === 'in' || said === 'contains' || said === 'eq' ? 'contains' : null;
  if (said === 'contains') return own === null || own.has('string') ? 'contains' : null;
  if (item !== undefined && (said === null || said === 'eq')) return 'in';
  if (said === 'gt' || said === 'gte' || said === 'lt' || said === 'lte') return isBoolean(own) ? null : said;
  return said ?? 'eq';
}

/** `start_date` beside `end_date` are two ends of a range, and not what a row must equal. */
function isRangeOfTwo(
  { member, operator }: Named,
  shapes: Shapes,
  at: At,
  { name }: QueryPlace,
  places: readonly QueryPlace[],
): boolean {
  const format = shapes.keyword(at, 'format');
  if (operator !== null || member.length !== 1 || (format !== 'date' && format !== 'date-time')) return false;
  const pairs = [
    ['start', 'end'],
    ['from', 'to'],
    ['begin', 'end'],
    ['min', 'max'],
  ] as const;
  return pairs.some((pair) => {
    const words = wordsOf(name);
    const index = pair.findIndex((word) => words.includes(word));
    if (index < 0) return false;
    const other = words.map((word) => (word === pair[index] ? pair[1 - index] : word)).join('');
    return places.some((place) => fold(place.name) === other);
  });
}

/** Values that the parameter lists and no row can have, if they say that they filter nothing. */
function neutralOf(shapes: Shapes, schema: At, member: At): readonly string[] {
  const values = shapes.keyword(shapes.item(schema) ?? schema, 'enum');
  const own = shapes.keyword(shapes.item(member) ?? member, 'enum');
  if (!Array.isArray(values)) return [];
  return values
    .map(String)
    .filter((value) => neutral.has(value.toLowerCase()) && !(Array.isArray(own) && own.includes(value)));
}
