import { scalarText } from '../../text/integers.js';
import type { Exchange } from '../types.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, Life, type Reading, told } from './life.js';

/** What a thing has the key of, as the member of a group that of a user, and how it is read. */
export interface Keyed {
  readonly life: Life;
  readonly made: Made;
  readonly before: Reading;
}

/** That where it is there; null where a thing has a key of its own, or nothing shows the other. */
export async function keyedBy({ hands, resource }: Life, made: Made): Promise<Keyed | null> {
  const other = hands.keysOf(resource);
  if (other === null || other.scope.length > 0) return null;
  const life = new Life(hands, other);
  const thing = { ...made.thing, resource: other, scope: {}, under: {}, row: null };
  const before = await life.read(thing, `read what has the same key`);
  return before?.row ? { life, made: { ...made, thing }, before } : null;
}

/** To take a user out of a group does not remove the user. */
export async function checkKeyed(keyed: Keyed | null, deleting: Exchange): Promise<void> {
  if (keyed === null) return;
  const { life, made } = keyed;
  await life.hands.hold('others-kept', async () => {
    const after = await life.read(made.thing, 'read what has the same key again');
    if (after === undefined || isMissing(after.status) === null) return null;
    if (!isMissing(after.status)) return kept(after.exchange);
    return broken(after.exchange, {
      message: `What was taken out of where it was put is gone itself: ${told(deleting)}, and then ${told(after.exchange)}`,
      expected: `the one of ${life.resource.name} with the key ${JSON.stringify(scalarText(made.thing.key))}`,
      received: `status ${after.status}`,
      cause: 'what was put somewhere is gone',
    });
  });
}
