import { Slices } from '../operation/index.js';
import { OutOfTime, type World } from '../world/index.js';
import type { Mock, MockAnswer } from './types.js';
import type { Weight } from './weights.js';

/** How long rows are made at a stretch, where others wait. */
export const rowsMilliseconds = 20;
/** So often an answer is begun anew before it takes as long as it takes. */
const mostBeginnings = 500;

type Asked = Parameters<Mock['answer']>;

/** How an answer is made. */
export interface Making {
  readonly world: World;
  /** @param isLater whether the state may have become another one since it was asked */
  fresh(asked: Asked, isLater?: boolean): MockAnswer;
  /** null where it is to be answered here. */
  aside(asked: Asked, weight: Weight): Promise<MockAnswer> | null;
}

/**
 * An answer where others wait. What makes rows for long is begun anew after each slice, with the rows that are there by then: the answer
 * is the same, since it depends on nothing else. What needs a row that is long in the making by itself is answered aside.
 */
export function answerInTurns(asked: Asked, weight: Weight, making: Making): MockAnswer | Promise<MockAnswer> {
  const { world, fresh } = making;
  try {
    return weight.measured(() => world.made.within(rowsMilliseconds, () => fresh(asked)));
  } catch (error) {
    if (error instanceof OutOfTime) return begunAnew(asked, weight, making, error);
    throw error;
  }
}

async function begunAnew(
  asked: Asked,
  weight: Weight,
  { world, fresh, aside }: Making,
  before: OutOfTime,
): Promise<MockAnswer> {
  const slices = new Slices();
  let { isForLarge } = before;
  for (let beginnings = 1; !isForLarge && beginnings < mostBeginnings; beginnings++) {
    await slices.next();
    try {
      return world.made.within(rowsMilliseconds, () => fresh(asked, true));
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      isForLarge = error.isForLarge;
    }
  }
  if (isForLarge) weight.grow();
  return aside(asked, weight) ?? fresh(asked, true);
}
