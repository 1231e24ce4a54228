import { type Resource, readAt, setAt } from '../resource/index.js';
import type { Json } from '../text/value.js';
import type { Ground, Scope } from './ground.js';
import { shapeBelow, shapesOf } from './shape.js';

/** What a row shows of the things that stand under it. */
export interface ShownAbove {
  readonly rows: readonly Json[];
  /** Whether somebody has written the row. */
  readonly isWritten: boolean;
  /** Whether it shows all that there is of them. */
  readonly isWhole: boolean;
}

/** Rows that others may stand under. */
interface Above {
  indexOf(key: string): number | undefined;
  rawAt(index: number): Json | undefined;
  made(key: string): Json | undefined;
  isWritten(index: number): boolean;
}

/** What the row that a collection stands under shows of it in a list; null where it shows none. */
export function shownAbove(
  resource: Resource,
  scope: Scope,
  rowsOf: (resource: Resource, scope: Scope) => Above,
  ground: Ground,
): ShownAbove | null {
  const { resource: above, embedded } = resource.embeddedIn ?? {};
  if (above === undefined || embedded === undefined) return null;
  const keys = above.isSingleton ? scope : scope.slice(0, -1);
  if (keys.length !== above.scope.length) return null;
  const from = rowsOf(above, keys);
  const key = above.isSingleton ? '' : (scope.at(-1) as string);
  const index = from.indexOf(key);
  const row = index === undefined ? from.made(key) : from.rawAt(index);
  const { member, inside, isOfKeys } = embedded;
  const list = readAt(row, member);
  if (!Array.isArray(list)) return null;
  const ownKey = resource.key?.member;
  const rows = list.flatMap((item) =>
    isOfKeys ? (ownKey ? setAt({}, ownKey, item) : []) : (readAt(item, inside) ?? []),
  );
  const shown = isOfKeys ? null : shapeBelow(above.schema, [...member, 0, ...inside], 'response', ground);
  const names = shapesOf(resource, ground)[0]?.names;
  const isWhole =
    shown !== null && (shown.names === null || [...(names ?? [])].every((name) => shown.names?.has(name)));
  return { rows, isWritten: index !== undefined && from.isWritten(index), isWhole };
}
