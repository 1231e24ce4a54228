import type { Content } from '../../operation/index.js';
import { keyOf, type ListRole, setAt } from '../../resource/index.js';
import { attached } from '../../text/attached.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import type { Ground } from '../ground.js';
import type { Row } from '../row.js';
import { rowPlaceOf, shapeAt } from '../shape.js';
import { cursorsFor, type Page } from './page.js';

/** What is shown of a list. */
export interface Listed {
  readonly role: ListRole;
  readonly page: Page;
  readonly content: Content;
  readonly seed: number;
}

/**
 * The list that stands in an answer: its rows, or what holds one each beside its cursor, or an object that has them by their keys.
 * @param shown the rows of the page, as the answer shows them
 */
export function listOf({ role, page, content, seed }: Listed, shown: readonly Json[], ground: Ground): Json {
  const { list, inside } = rowPlaceOf(role);
  const items = inside.length === 0 ? shown : shown.map((row, index) => edgeOf(row, index));
  if (list !== 'object') return items as Json[];
  const keyed: JsonObject = {};
  for (const [index, item] of items.entries()) {
    const key = keyOf(role.resource, shown[index] as Json) ?? page.rows[index]?.key;
    if (key !== undefined) setMember(keyed, key, item);
  }
  return keyed;

  function edgeOf(row: Json, index: number): Json {
    const held = page.rows[index] as Row;
    const around = aroundRow(held, { role, content, seed }, ground);
    const cursor = Object.keys(around).find((name) => name.toLowerCase() === 'cursor');
    const [said] = cursor === undefined ? [] : cursorsFor(role, held.value, page.offset + index + 1);
    return setAt(cursor === undefined || said === undefined ? around : { ...around, [cursor]: said }, inside, row);
  }
}

const known = attached<Row, Map<string, JsonObject>>();

/** What stands around a row in its list: the same on each page. */
function aroundRow(row: Row, { role, content, seed }: Omit<Listed, 'page'>, ground: Ground): JsonObject {
  const all = known.get(row) ?? new Map<string, JsonObject>();
  known.set(row, all);
  const id = `${seed} ${role.entry.id}`;
  const found = all.get(id);
  if (found !== undefined) return found;
  const shape = shapeAt(content, { ...rowPlaceOf(role), inside: [] }, 'response', ground);
  const made = shape && ground.faker.generateForOneOfMany(shape.schema, { seed, salt: `${role.entry.id} ${row.text}` });
  const around = made?.ok && isObject(made.value) ? made.value : {};
  all.set(id, around);
  return around;
}
