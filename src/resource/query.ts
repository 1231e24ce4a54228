import { filterOf } from './filter.js';
import type { OutlinedParameter } from './outline.js';
import { placesOf, type QueryPlace } from './query-place.js';
import { type PagingWord, suggestedRoles } from './query-words.js';
import type { Shape } from './shape.js';
import type { QueryRole, Resource } from './types.js';
import { fold } from './words.js';

/**
 * What the query parameters of a list do to it. Those that shape the answer (`fields`, `expand`), and those that nobody
 * can tell, are left out.
 */
export function queryRolesOf(parameters: readonly OutlinedParameter[], row: Shape, resource: Resource): QueryRole[] {
  const places = parameters.flatMap((parameter) =>
    hasConditions(parameter) ? wholeOf(parameter) : [...placesOf(parameter)],
  );
  const paging = new Map<QueryPlace, PagingWord>();
  const isFromEnd = ({ name }: QueryPlace) =>
    fold(name) === 'last' && places.some((other) => fold(other.name) === 'first');
  for (const place of places
    .filter((one) => !isFromEnd(one))
    .toSorted((a, b) => Number(sure.has(fold(b.name))) - Number(sure.has(fold(a.name))))) {
    const role = pagingRole(place, places, row);
    if (role !== undefined && !(single.has(role) && [...paging.values()].includes(role))) paging.set(place, role);
  }
  const direction = [...paging].find(([, role]) => role === 'direction')?.[0].parameter ?? null;
  return places.flatMap((place): QueryRole[] => {
    const role = paging.get(place);
    const { parameter, within } = place;
    if (isFromEnd(place)) return [{ role: 'last', parameter, within }];
    if (role === 'size') return [{ role, parameter, within, ...boundsOf(place) }];
    if (role === 'order') return [{ role, parameter, within, direction }];
    if (role === 'direction' || role === 'search') return [{ role, parameter, within }];
    if (role !== undefined) return [{ role, parameter, within, first: firstOf(place, role) }];
    const filter = filterOf(place, places, row, resource);
    if (filter !== null) return [filter];
    return isExpression(place) ? [{ role: 'expression', parameter, within }] : [];
  });
}

/** Roles that one parameter has, and no second one. */
const single = new Set<PagingWord>(['size', 'page', 'offset', 'cursor', 'order', 'direction']);

function pagingRole(place: QueryPlace, places: readonly QueryPlace[], row: Shape): PagingWord | undefined {
  const name = place.name.replace(/^(?:page|pagination|paging)\[/i, 'page').replace(/^filters?\[(?=search\]$)/i, '');
  const role = suggestedRoles(name).find((each) => fitsRole(each, place, places));
  if (role === undefined || isOfRows(place, role, places, row)) return undefined;
  const isOpaque = /cursor|token|opaque/i.test(place.description) && !ofItem.test(place.description);
  if (role === 'after' && isOpaque) return 'cursor';
  // Of the newest first, what comes after is what is older.
  const isTimeline = places.some((other) => olderNames.has(fold(other.name)));
  if (isTimeline && olderNames.has(fold(name))) return 'after';
  return isTimeline && newerNames.has(fold(name)) ? 'before' : role;
}

/** The key up to which things are asked for, and that since which they are. */
const olderNames = new Set(['maxid', 'untilid']);
const newerNames = new Set(['sinceid', 'minid']);

/** Whether rows are chosen by an expression here: a text that is called so, and not one of a few words, or conditions. */
function isExpression({ name, within, shape }: QueryPlace): boolean {
  if (within.length > 0) return false;
  if (hasConditions({ name, shape })) return true;
  const isCalled = /^(?:filters?|filterexpression|fieldselector|labelselector)$/.test(fold(name));
  return isCalled && shape.is('string') && shape.keyword('enum') === undefined;
}

/**
 * Whether rows are chosen by conditions here: an object that says nothing of its members, or which member it is about by one of them, or
 * a list of such objects.
 */
function hasConditions({ name, shape }: Pick<QueryPlace, 'name' | 'shape'>): boolean {
  if (!/^(?:filters?|where|criteria|conditions?|filtergroups?)$/.test(fold(name))) return false;
  const one = shape.item ?? shape;
  if (one.members.size === 0) return one.is('object');
  return [...one.members.keys()].some((member) => /^(?:property|field|column|attribute|and|or)$/.test(fold(member)));
}

const wholeOf = ({ name, shape, description }: OutlinedParameter): QueryPlace[] => [
  { parameter: name, within: [], name, shape, description },
];

/** "An object ID that defines your place in the list", "the ID of the last item". */
const ofItem =
  /\b(?:object|item|record|resource|element) ids?\b|\bids? of (?:the |an? )?(?:last|object|item|record|resource|element)\b/i;

/** Whether values of a place can be what a role asks for. */
function fitsRole(role: PagingWord, place: QueryPlace, places: readonly QueryPlace[]): boolean {
  const { shape, name } = place;
  const isText = shape.may('string');
  // A number is often enough declared as a text.
  const isCount = shape.may('integer') || shape.may('number') || /^\d+$/.test(String(shape.keyword('default') ?? ''));
  switch (role) {
    case 'size':
      if (mayMeanAnything.has(fold(name)) && !saysSize(place, places)) return false;
      return isCount || (isText && sureSizes.has(fold(name)));
    case 'page':
    case 'offset':
      return isCount || (isText && surePlaces.has(fold(name)));
    case 'cursor':
    case 'after':
    case 'before':
      // `since` is a date, or the last that one knows.
      if (fold(name) === 'since') return shape.is('integer') && /\bids?\b/i.test(place.description);
      return !isDate(place) && !shape.is('boolean');
    case 'order':
      return (isText || shape.is('array')) && !isDirection(place, places);
    case 'direction':
      return isDirection(place, places);
    case 'search':
      return isText && !isDate(place) && shape.keyword('enum') === undefined;
  }
}

const sureSizes = new Set(['limit', 'perpage', 'pagesize', 'maxresults', 'pagelimit']);
/** Names that say of a number no more than that it is one. */
const mayMeanAnything = new Set(['n', 'nb', 'num', 'max', 'ps']);

/** Whether what stands beside a number, or is said of it, makes it the size of a page. */
function saysSize(place: QueryPlace, places: readonly QueryPlace[]): boolean {
  if (/\b(?:results?|items?|entries|records?|rows|pages?|limit|return|elements?|number of)\b/i.test(place.description))
    return true;
  const others = places.filter((other) => other !== place).flatMap(({ name }) => suggestedRoles(name));
  return others.some((other) => other === 'page' || other === 'offset' || other === 'cursor' || other === 'after');
}

const surePlaces = new Set(['page', 'pagenumber', 'offset', 'skip', 'startindex', 'pageno', 'pageindex']);
/** Names that are seldom anything but paging. */
const sure = new Set([
  ...sureSizes,
  ...surePlaces,
  'cursor',
  'sort',
  'orderby',
  'sortby',
  'q',
  'query',
  'search',
  'take',
]);

/** Whether the rows have a member of this name, which then is rather filtered by. */
function isOfRows(place: QueryPlace, role: PagingWord, places: readonly QueryPlace[], row: Shape): boolean {
  if (sure.has(fold(place.name)) || place.within.length > 0) return false;
  const has = [...row.members.keys()].some((name) => fold(name) === fold(place.name));
  if (!has) return false;
  const others = places.filter((other) => other !== place).flatMap(({ name }) => suggestedRoles(name));
  if (role === 'size') return !others.some((other) => other === 'page' || other === 'offset' || other === 'cursor');
  if (role === 'page' || role === 'offset' || role === 'cursor') return !others.includes('size');
  return true;
}

function isDate({ shape }: QueryPlace): boolean {
  return /^date/.test(shape.text('format'));
}

const directions = /^[+-]?(?:asc|desc|ascending|descending|1|-1|true|false)$/i;

/** Whether it only says which way: `asc` or `desc`, or yes or no; without such values beside what says by what alone. */
function isDirection(place: QueryPlace, places: readonly QueryPlace[]): boolean {
  const { shape, name } = place;
  if (!suggestedRoles(name).includes('direction')) return false;
  if (shape.is('boolean')) return true;
  const values = shape.keyword('enum') ?? shape.item?.keyword('enum');
  if (Array.isArray(values)) return values.length > 0 && values.every((value) => directions.test(String(value)));
  if (fold(name) === 'sort') return false;
  const isNamed = /dir|asc|desc|reverse/i.test(name);
  const hasOrder = places.some((other) => other !== place && suggestedRoles(other.name).includes('order'));
  return (isNamed || hasOrder) && suggestedRoles(name).length + Number(isNamed) > 1;
}

function boundsOf({ shape, description }: QueryPlace) {
  const number = (name: string): number | null => {
    const value = shape.keyword(name);
    const read = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof read === 'number' && read >= 0 ? read : null;
  };
  const exclusive = number('exclusiveMaximum');
  return {
    default: number('default'),
    described: describedSize(description),
    maximum: number('maximum') ?? (exclusive === null ? null : exclusive - 1),
  };
}

/** "Default is 20", "defaults to `20`", "20 by default"; null where the description says no such size. */
function describedSize(description: string): number | null {
  const behind =
    /\bdefaults?(?: (?:value|size|page size|limit))?(?: is| are| of| to|:| =|=)? ?[`'"*(]*(\d+)\b(?![.,%]\d)/i;
  const said = behind.exec(description) ?? /\b(\d+)[`'"*)]*(?: \w+)?,? by default\b/i.exec(description);
  const size = Number(said?.[1] ?? 0);
  return size > 0 ? size : null;
}

/** Whether pages, or rows, are counted from 0 or 1. */
function firstOf({ shape, name, description }: QueryPlace, role: PagingWord): number {
  for (const keyword of ['default', 'minimum']) {
    const value = Number(shape.keyword(keyword) ?? Number.NaN);
    if (value === 0 || value === 1) return value;
  }
  if (/\b(?:zero|0)[- ](?:based|indexed)|start(?:s|ing)? (?:at|from|with) (?:0|zero)/i.test(description)) return 0;
  if (/\b(?:one|1)[- ](?:based|indexed)|start(?:s|ing)? (?:at|from|with) (?:1|one)/i.test(description)) return 1;
  return role === 'page' && !/index/i.test(name) ? 1 : 0;
}
