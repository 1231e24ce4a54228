import type { ListRole } from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import type { Ground } from '../ground.js';
import type { Row } from '../row.js';
import { answerContentOf, picked, rowPlaceOf, type Shape, shapeAt } from '../shape.js';
import { type Rows, rowsOf } from './page.js';
import { shownInList } from './shown.js';

/**
 * Of rows that a list shows alike the first, where the list may show nothing twice (`uniqueItems`: JSON Schema Validation
 * 2020-12, 6.4.3) and no key tells them apart. Before a page of them is taken, so that totals and pages count what is shown.
 * @param shown a row as answers show it, of whichever list
 */
export function distinctRows(rows: Rows, role: ListRole, ground: Ground, seed: number, shown: (row: Row) => Row): Rows {
  const shape = distinctShapeOf(role, ground);
  if (shape === null || rows.size < 2) return rows;
  const first = new Map<string, Row>();
  for (const row of rows.rows(0, rows.size)) {
    const held = shown(row);
    const text = JSON.stringify(shownInList(held, role, shape, ground, seed) ?? picked(held.value, shape));
    if (!first.has(text)) first.set(text, row);
  }
  return first.size === rows.size ? rows : rowsOf([...first.values()], role);
}

const known = new WeakMap<ListRole, Shape | null>();

/** The form in which rows without a key are to differ; null where they need not. */
function distinctShapeOf(role: ListRole, ground: Ground): Shape | null {
  let shape = known.get(role);
  if (shape === undefined) {
    shape = findShape(role, ground);
    known.set(role, shape);
  }
  return shape;
}

function findShape(role: ListRole, ground: Ground): Shape | null {
  const place = rowPlaceOf(role);
  if (role.resource.key !== null || place.list !== 'array' || place.inside.length > 0) return null;
  const content = answerContentOf(role, ground)?.content;
  if (!content?.schema) return null;
  const parts = viewOf(ground.operations.document).within(content.schema.pointer, place.path);
  return parts.some(({ schema }) => schema.uniqueItems === true) ? shapeAt(content, place, 'response', ground) : null;
}
