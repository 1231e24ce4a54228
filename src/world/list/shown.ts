import type { ListRole } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { fits, type Ground } from '../ground.js';
import { type Row, rowOf } from '../row.js';
import { answerContentOf, picked, rowPlaceOf, type Shape, shapeAt, shownAs } from '../shape.js';

/** A row as a list shows it that it does not fit: in the same way wherever in it, and on whichever page, it stands. */
export function shownInList(
  row: Row,
  { entry }: ListRole,
  shape: Shape,
  ground: Ground,
  seed: number,
): Json | undefined {
  return shownAs(row.value, shape, ground, seed, `${entry.id} ${row.text}`);
}

/**
 * How a list shows rows that do not fit it as they are, so that they can be looked at as whoever asked sees them.
 * @param sample one of the rows
 * @returns null where they are shown as they are
 */
export function showingOf(
  role: ListRole,
  sample: Json | undefined,
  ground: Ground,
  seed: number,
): ((row: Row) => Row) | null {
  const content = answerContentOf(role, ground)?.content;
  const shape = content && shapeAt(content, rowPlaceOf(role), 'response', ground);
  if (!shape || sample === undefined || fits(shape.schema, picked(sample, shape))) return null;
  return (row) => {
    const shown = shownInList(row, role, shape, ground, seed);
    return shown === undefined ? row : rowOf(shown);
  };
}
