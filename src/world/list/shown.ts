import type { ListRole } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { attached } from '../../text/attached.js';
import type { Json } from '../../text/value.js';
import type { Ground } from '../ground.js';
import { type Row, rowOf } from '../row.js';
import { answerContentOf, picked, rowPlaceOf, type Shape, shapeAt, shownAs } from '../shape.js';

const shownRows = attached<Row, Map<string, Json | undefined>>();

/** A row as a list shows it that it does not fit: in the same way wherever in it, and on whichever page, it stands. */
export function shownInList(
  row: Row,
  { entry }: ListRole,
  shape: Shape,
  ground: Ground,
  seed: number,
): Json | undefined {
  const known = shownRows.get(row) ?? new Map<string, Json | undefined>();
  shownRows.set(row, known);
  const key = `${seed} ${entry.id} ${shape.schema.pointer}`;
  if (!known.has(key)) known.set(key, shownAs(row.value, shape, ground, seed, `${entry.id} ${row.text}`));
  return known.get(key);
}

/** Rows that fit as they are. */
const fitting = new WeakMap<Shape, WeakSet<Row>>();

function isFitting(row: Row, shape: Shape): boolean {
  if (row.shownAs === shape) return true;
  const known = fitting.get(shape) ?? new WeakSet<Row>();
  fitting.set(shape, known);
  if (known.has(row)) return true;
  const isFit = fits(shape.schema, picked(row.value, shape));
  if (isFit) known.add(row);
  return isFit;
}

/** How a list shows a row, also one that does not fit it as it is, so that whoever asks for some is given what they see. */
export function showingOf(role: ListRole, ground: Ground, seed: number): (row: Row) => Row {
  const content = answerContentOf(role, ground)?.content;
  const shape = content && shapeAt(content, rowPlaceOf(role), 'response', ground);
  if (!shape) return (row) => row;
  return (row) => {
    const shown = isFitting(row, shape) ? undefined : shownInList(row, role, shape, ground, seed);
    if (shown === undefined) return row;
    const held = rowOf(shown);
    if (row.key !== undefined) held.key ??= row.key;
    return held;
  };
}
