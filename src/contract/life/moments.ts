import type { Json } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import { nameOf } from './answers.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading } from './life.js';
import type { Member } from './members.js';

/** What says when a thing was changed last. */
const ofChange =
  /^(?:date_?|last_?)?(?:(?:updated|modified|changed)(?:[_-]?(?:at|on|time|date|timestamp))?|(?:update|modif(?:y|ication))[_-]?(?:time|date|timestamp))$/i;

const [secondPasses, momentPasses] = [1_100, 20];

/** Whether a time is said to more than a second; null: it is no time, or is said to less. */
function isFine(value: Json | undefined): boolean | null {
  if (typeof value === 'string') {
    const [, fraction] = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?/.exec(value) ?? [undefined, null];
    return fraction === null ? null : /[1-9]/.test(fraction ?? '');
  }
  if (typeof value !== 'number' || value < 1e9) return null;
  return value >= 1e12 ? value % 1_000 !== 0 : !Number.isInteger(value);
}

/**
 * What says when a thing was changed last says something else after a change. A server that says it to a second is given one.
 *
 * @param taken members that clients say, and of which the server says nothing by itself
 * @param again changes it once more; undefined where that is refused
 * @returns the thing as it is by then
 */
export async function checkMoved(
  { hands }: Life,
  { exchange: made }: Pick<Made, 'exchange'>,
  taken: readonly Member[],
  before: Reading,
  after: Reading,
  again: () => Promise<Reading | undefined>,
): Promise<Reading> {
  const was = before.row ?? {};
  const names = Object.keys(was).filter(
    (name) => ofChange.test(name) && !taken.some((member) => member.name === name) && isFine(was[name]) !== null,
  );
  if (names.length === 0) return after;
  const stayed = ({ row }: Reading) => names.find((name) => row !== null && row[name] === was[name]);
  let last = after;
  await hands.hold('change-kept', async () => {
    const first = stayed(after);
    if (first === undefined) return kept(after.exchange);
    if (!(await hands.pause(isFine(was[first]) ? momentPasses : secondPasses))) return null;
    const now = await again();
    if (!now?.row) return null;
    last = now;
    const name = stayed(now);
    if (name === undefined) return kept(now.exchange);
    return broken(now.exchange, {
      message: `What says when a thing was changed has stayed as it was: ${nameOf(made)}, a change, and then ${nameOf(now.exchange)}: "${name}"`,
      expected: `another "${name}" than before the change`,
      received: excerpt(now.row[name]),
      cause: 'the time of the last change',
    });
  });
  return last;
}
