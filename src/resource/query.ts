import { filterOf } from './filter.js';
import type { OutlinedParameter } from './outline.js';
import { placesOf, type QueryPlace } from './query-place.js';
import { isLeftAlone, type PagingWord, suggestedRoles } from './query-words.js';
import type { Shapes } from './shapes.js';
import type { QueryRole, Resource } from './types.js';
import { fold } from './words.js';

/**
 * What the query parameters of a list do to it. Those that shape the answer (`fields`, `expand`), and those that nobody
 * can tell, are left out.
 */
export function queryRolesOf(
  shapes: Shapes,
  parameters: readonly OutlinedParameter[],
  resource: Resource,
): QueryRole[] {
  const places = parameters.flatMap((parameter) => [...placesOf(shapes, parameter)]);
  const paging = new Map<QueryPlace, PagingWord>();
  for (const place of places) {
    const role = pagingRole(shapes, place, places, resource);
    if (role !== undefined && !(single.has(role) && [...paging.values()].includes(role))) paging.set(place, role);
  }
  const direction = [...paging].find(([, role]) => role === 'direction')?.[0].parameter ?? null;
  return places.flatMap((place): QueryRole[] => {
    const role = paging.get(place);
    const { parameter, within } = place;
    if (role === 'size') return [{ role, parameter, within, ...boundsOf(shapes, place) }];
    if (role === 'order') return [{ role, parameter, within, direction }];
    if (role === 'direction' || role === 'search') return [{ role, parameter, within }];
    if (role !== undefined) return [{ role, parameter, within, first: firstOf(shapes, place, role) }];
    const filter = filterOf(shapes, place, places, resource);
    return filter === null ? [] : [filter];
  });
}

/** Roles that one parameter has, and no second one. */
const single = new Set<PagingWord>(['size', 'page', 'offset', 'cursor', 'order', 'direction']);

function pagingRole(
  shapes: Shapes,
  place: QueryPlace,
  places: readonly QueryPlace[],
  resource: Resource,
): PagingWord | undefined {
  const types = shapes.types(place.schema);
  const isNumber = types === null || types.has('integer') || types.has('number');
  const isText = types === null || types.has('string');
  // A text that is a number is declared often enough.
  const isCount = isNumber || (isText && /^\d+$/.test(String(shapes.keyword(place.schema, 'default') ?? '')));
  const roles = suggestedRoles(place.name.replace(/^(?:page|pagination|paging)\[/, 'page'));
  const fitting = roles.filter((role) => {
    if (role === 'size') return isCount || (isText && sureSizes.has(fold(place.name)));
    if (role === 'page' || role === 'offset') return isCount || (isText && surePlaces.has(fold(place.name)));
    if (role === 'cursor') return !isDate(shapes, place) && (isText || isNumber) && !types?.has('boolean');
    if (role === 'after' || role === 'before') return !isDate(shapes, place) && !types?.has('boolean');
    if (role === 'order') return (isText || types?.has('array') === true) && !isDirection(shapes, place);
    if (role === 'direction') return isDirection(shapes, place) || /dir|sortorder|ordertype/i.test(fold(place.name));
    return isText && !isDate(shapes, place) && shapes.keyword(place.schema, 'enum') === undefined;
  });
  const role = fitting[0];
  if (role === undefined || isOfRows(shapes, place, role, places, resource)) return undefined;
  if ((role === 'after' || role === 'before') && /cursor|token|opaque/i.test(place.description))
    return role === 'after' ? 'cursor' : 'before';
  if (role === 'search' && isLeftAlone(place.name)) return undefined;
  return role;
}

const sureSizes = new Set(['limit', 'perpage', 'pagesize', 'maxresults', 'pagelimit']);
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
function isOfRows(
  shapes: Shapes,
  place: QueryPlace,
  role: PagingWord,
  places: readonly QueryPlace[],
  { schema }: Resource,
): boolean {
  if (sure.has(fold(place.name)) || place.within.length > 0) return false;
  const has = [...shapes.members(schema).keys()].some((name) => fold(name) === fold(place.name));
  if (!has) return false;
  const others = places.filter((other) => other !== place).flatMap(({ name }) => suggestedRoles(name));
  if (role === 'size') return !others.some((other) => other === 'page' || other === 'offset' || other === 'cursor');
  if (role === 'page' || role === 'offset' || role === 'cursor') return !others.includes('size');
  return true;
}

function isDate(shapes: Shapes, { schema }: QueryPlace): boolean {
  return /^date/.test(String(shapes.keyword(schema, 'format') ?? ''));
}

const directions = /^[+-]?(?:asc|desc|ascending|descending|1|-1|true|false)$/i;

/** Whether it only says which way: `asc` or `desc`, or yes or no. */
function isDirection(shapes: Shapes, { schema, name }: QueryPlace): boolean {
  const types = shapes.types(schema);
  if (types?.has('boolean')) return suggestedRoles(name).includes('direction');
  const values = shapes.keyword(schema, 'enum');
  return Array.isArray(values) && values.length > 0 && values.every((value) => directions.test(String(value)));
}

function boundsOf(shapes: Shapes, { schema }: QueryPlace) {
  const number = (name: string): number | null => {
    const value = shapes.keyword(schema, name);
    const read = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    return typeof read === 'number' && read >= 0 ? read : null;
  };
  const exclusive = number('exclusiveMaximum');
  return { default: number('default'), maximum: number('maximum') ?? (exclusive === null ? null : exclusive - 1) };
}

/** Whether pages, or rows, are counted from 0 or 1. */
function firstOf(shapes: Shapes, { schema, name, description }: QueryPlace, role: PagingWord): number {
  for (const keyword of ['default', 'minimum']) {
    const value = Number(shapes.keyword(schema, keyword) ?? Number.NaN);
    if (value === 0 || value === 1) return value;
  }
  if (/\b(?:zero|0)[- ](?:based|indexed)|start(?:s|ing)? (?:at|from|with) (?:0|zero)/i.test(description)) return 0;
  if (/\b(?:one|1)[- ](?:based|indexed)|start(?:s|ing)? (?:at|from|with) (?:1|one)/i.test(description)) return 1;
  return role === 'page' && !/index/i.test(name) ? 1 : 0;
}
