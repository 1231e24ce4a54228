import type { JsonObject } from '../../text/value.js';
import type { Thing } from '../things/harvest.js';
import type { Exchange } from '../types.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, Life, told } from './life.js';

interface Above {
  readonly life: Life;
  readonly thing: Thing;
  /** As it was read, and by what. */
  readonly row: JsonObject;
  readonly reading: Exchange;
}

/** What a thing stands under, as far as it can be read. */
export async function aboveOf({ hands, resource }: Life, { thing }: Made): Promise<Above | null> {
  const place = resource.scope.at(-1);
  const key = place && (thing.scope[place.parameter] ?? thing.under[place.parameter]);
  if (!place?.resource || place.resource.isSingleton || place.resource === resource || key === undefined) return null;
  const scope = Object.fromEntries(Object.entries(thing.scope).filter(([name]) => name !== place.parameter));
  const above = {
    life: new Life(hands, place.resource),
    thing: { ...thing, resource: place.resource, scope, key, row: null },
  };
  const reading = await above.life.read(above.thing, 'read what it stands under');
  return reading?.row ? { ...above, row: reading.row, reading: reading.exchange } : null;
}

/** To delete a thing leaves what it stood under. */
export async function checkAbove({ life, thing }: Above, deleting: Exchange): Promise<void> {
  await life.hands.hold('others-kept', async () => {
    const reading = await life.read(thing, 'read what something deleted stood under');
    const isGone = reading ? isMissing(reading.status) : null;
    if (reading === undefined || isGone === null) return null;
    if (!isGone) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `To delete a thing has taken what it stood under: ${told(deleting)}, and then ${told(reading.exchange)}`,
      expected: `the thing with the key ${JSON.stringify(thing.key)}, as before`,
      received: `status ${reading.status}`,
      cause: 'what something deleted stood under',
    });
  });
}
