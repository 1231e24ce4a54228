import type { ListRole } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { BaseCollection } from '../base.js';
import { fits, type Ground } from '../ground.js';
import { type Row, rowOf } from '../row.js';
import { answerContentOf, picked, rowPlaceOf, type Shape, shapeAt, shownAs } from '../shape.js';

const shownRows = new WeakMap<Row, Map<string, Json | undefined>>();

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

type Showing = ((row: Row) => Row) | null;

const showings = new WeakMap<BaseCollection, Map<ListRole, Showing>>();

/**
 * How a list shows rows that do not fit it as they are, so that they can be looked at as whoever asked sees them.
 * @returns null where it shows them as they are: all of the base world fit it
 */
export function showingOf(role: ListRole, base: BaseCollection, ground: Ground, seed: number): Showing {
  const ofBase = showings.get(base) ?? new Map<ListRole, Showing>();
  showings.set(base, ofBase);
  const known = ofBase.get(role);
  if (known !== undefined) return known;
  const found = findShowing(role, base, ground, seed);
  ofBase.set(role, found);
  return found;
}

function findShowing(role: ListRole, base: BaseCollection, ground: Ground, seed: number): Showing {
  const content = answerContentOf(role, ground)?.content;
  const shape = content && shapeAt(content, rowPlaceOf(role), 'response', ground);
  if (!shape) return null;
  const isFit = (row: Json | undefined) => row === undefined || fits(shape.schema, picked(row, shape));
  if (Array.from({ length: base.size }, (_, index) => base.row(index)).every(isFit)) return null;
  return (row) => {
    const shown = shownInList(row, role, shape, ground, seed);
    return shown === undefined ? row : rowOf(shown);
  };
}
