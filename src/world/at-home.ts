import { type ListRole, readAt } from '../resource/index.js';
import { listedValues, viewOf } from '../schema/view.js';
import { attached } from '../text/attached.js';
import { scalarText } from '../text/integers.js';
import type { BaseCollection } from './base-collection.js';
import type { Ground } from './ground.js';
import { asItIs, type Row, rowOf } from './row.js';
import { rowSchemaOf, withSaid } from './shape.js';
import type { Around } from './write/call.js';

/** Where a row was shown last. */
const placedRows = attached<Row, { readonly name: string; readonly there: Row }>();

/**
 * How a list shows rows below something of which the document says nothing but that: no path names one
 * (`/workspaces/{workspace}/channels`, and a channel says its `workspace`). There is one of any name, and it has the rows that nobody
 * has made, as anything has that nobody has made; what is made there is its own.
 */
export function atHome(
  role: ListRole,
  around: readonly Around[],
  base: BaseCollection,
  ground: Ground,
): (row: Row) => Row {
  const first = base.row(0) ?? null;
  // What a list of theirs has is said by some alone.
  const homes = around.filter((each) => isHome(role, each, ground) && !Array.isArray(readAt(first, each.member ?? [])));
  if (homes.length === 0 || ground.rowsOf(role.resource).data.length > 0) return asItIs;
  const unknown = homes.filter(({ member, value }) => !isSaid(base, member ?? [], value));
  if (unknown.length === 0) return asItIs;
  const schema = rowSchemaOf(role.resource, ground);
  const name = JSON.stringify(unknown);
  return (row) => {
    if (row.isNew) return row;
    const last = placedRows.get(row);
    if (last?.name === name) return last.there;
    const there = placed(row, unknown);
    placedRows.set(row, { name, there });
    return there;
  };

  function placed(row: Row, all: readonly Around[]): Row {
    const value = all.reduce(
      (said, { member, value: text }) => (member === null ? said : (withSaid(said, member, text, schema) ?? said)),
      row.value,
    );
    const there = rowOf(value);
    if (row.key !== undefined) there.key = row.key;
    return there;
  }
}

/** Whether a parameter names what the rows of a list are below, and not which of them are meant (`/pets/status/{status}`). */
function isHome({ path, scope, resource }: ListRole, { parameter, member }: Around, ground: Ground): boolean {
  const of = scope.find((each) => each.parameter === parameter);
  if (member === null || of === undefined || of.resource !== null) return false;
  const [, behind = ''] = path.split(`{${parameter}}`);
  if (!/^\/[^{}]*[^{}/]\/?$/.test(behind)) return false;
  const view = viewOf(ground.operations.document);
  return listedValues(view.within(resource.schema, member)).length === 0;
}

/** So many rows are looked at. */
const mostRows = 1000;

function isSaid(base: BaseCollection, member: readonly string[], text: string): boolean {
  for (let index = 0; index < Math.min(base.size, mostRows); index++) {
    if (scalarText(readAt(base.row(index) ?? null, member)) === text) return true;
  }
  return false;
}
