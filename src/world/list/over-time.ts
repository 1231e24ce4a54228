import type { ListRole } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import type { BaseCollection } from '../base-collection.js';
import { exampleRows } from '../example-rows.js';
import type { Ground } from '../ground.js';
import { rowOf } from '../row.js';
import { asksForSpan, hasSeries, pointsOverTime } from '../series.js';
import { rowSchemaOf } from '../shape.js';
import type { Query } from './filter.js';
import { type Rows, rowsOf } from './page.js';

/** Rows that the others are made between. */
const mostAnchors = 100;

/**
 * Numbers over time that are only listed (`/analytics/daily?start_date=…`), as rows over the time that is asked for; null where rows are
 * something else, or somebody says what they are.
 */
export function overTime(role: ListRole, base: BaseCollection, query: Query, ground: Ground): Rows | null {
  const { resource } = role;
  const first = resource.key === null ? base.row(0) : undefined;
  if (first === undefined || !hasSeries([first]) || resource.roles.some(({ kind }) => kind !== 'list')) return null;
  const isShown = exampleRows(resource, ground).length > 0 && !asksForSpan(query);
  if (isShown || ground.rowsOf(resource).data.length > 0) return null;
  const rows = Array.from({ length: Math.min(base.size, mostAnchors) }, (_, index) => base.row(index) ?? null);
  const own = rowSchemaOf(resource, ground);
  const points = pointsOverTime(rows, query, ground.time, (row) => fits(own, row));
  return points && rowsOf(points.map(rowOf), role);
}
