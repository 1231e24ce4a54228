import type { Random } from '../fake/index.js';
import { memberPointers, type Resource, readAt, setAt } from '../resource/index.js';
import { listedValues, viewOf } from '../schema/view.js';
import type { Json } from '../text/value.js';
import type { Ground } from './ground.js';

/** A member that may be any text, of which a filter says what there is. */
interface Listed {
  readonly member: readonly string[];
  readonly values: readonly Json[];
}

const known = new WeakMap<Resource, readonly Listed[]>();

/**
 * A row whose members can be asked for: one that may be any text is one of those that the filter for it lists, so that what
 * is chosen from that list shows rows.
 */
export function withListedValues(row: Json, resource: Resource, ground: Ground, random: Random): Json {
  const listed = known.get(resource) ?? listedIn(resource, ground);
  known.set(resource, listed);
  return listed.reduce((whole, { member, values }) => {
    const value = readAt(whole, member);
    return typeof value !== 'string' || values.includes(value) ? whole : setAt(whole, member, random.pick(values));
  }, row);
}

function listedIn(resource: Resource, ground: Ground): Listed[] {
  const { operations } = ground;
  const view = viewOf(operations.document);
  const all = resource.roles.flatMap((role) => {
    if (role.kind !== 'list') return [];
    const { parameters } = operations.compile(role.entry);
    return role.query.flatMap((one): Listed[] => {
      if (one.role !== 'filter' || (one.operator !== 'eq' && one.operator !== 'in') || one.within.length > 0) return [];
      const pointer = parameters.find(({ in: place, name }) => place === 'query' && name === one.parameter)?.schema
        ?.pointer;
      if (pointer === undefined || !isOpen(one.member, resource, ground)) return [];
      const parts = view.certain(pointer);
      const items = view.item(parts, 0).map(({ to }) => to);
      const values = [...listedValues(parts), ...listedValues(view.certain(...items))].filter(
        (value) => typeof value === 'string' && !one.neutral.includes(value),
      );
      return values.length === 0 ? [] : [{ member: one.member, values }];
    });
  });
  // What two filters say of one member: the first of them.
  return all.filter(({ member }, index) => all.findIndex((one) => one.member.join('.') === member.join('.')) === index);
}

/** What stands in examples for a value of a type, as tools write it there, and shows none. */
const typeNames = /^(?:string|text|int|integer|number|float|double|bool|boolean|date|date-?time)$/i;

/** Whether the document says nothing of what a member may be, and shows nothing. */
function isOpen(member: readonly string[], { schema }: Resource, { operations }: Ground): boolean {
  const parts = viewOf(operations.document).possible(...memberPointers(operations, schema, member));
  const says = ['enum', 'const', 'format', 'pattern', 'examples', 'default'];
  const shows = (example: unknown) =>
    example !== undefined && !(typeof example === 'string' && typeNames.test(example));
  return (
    parts.length > 0 &&
    parts.every((part) => says.every((keyword) => part.schema[keyword] === undefined) && !shows(part.schema.example))
  );
}
