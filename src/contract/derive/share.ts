import type { Operations } from '../../operation/index.js';

/** How much there may be of something in a document: where each of thousands of operations leads to the same schemas, nobody waits for all of them from all. */
interface Bounds {
  readonly ofOne: number;
  readonly ofAll: number;
  readonly least: number;
}

/** What each operation has of it. The same for an operation whichever others are asked with it, so that a shard, or one operation alone, has the same cases. */
export function shareOf({ entries }: Operations, { ofOne, ofAll, least }: Bounds): number {
  return Math.min(ofOne, Math.max(least, Math.floor(ofAll / Math.max(1, entries.length))));
}
