import type { OperationEntry } from '../../operation/index.js';
import { keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { headerValues } from '../checks/received.js';
import { excerpt } from '../excerpt.js';
import type { RunState } from '../run/state.js';
import { namedBy, type Thing } from '../things/harvest.js';
import { findNeeded } from '../things/need.js';
import type { Exchange } from '../types.js';
import { nameOf, rowIn } from './answers.js';
import { broken, isMissing, kept, Life, told } from './life.js';
import { RunHands } from './run-hands.js';

/**
 * Whether what makes a thing has made what tells of its state. Any other may come to be only when it is done, and `Location` leads
 * to it then.
 */
function saysHowItGoes({ things }: RunState, begun: Exchange): boolean {
  const role = things.resources.roleOf(begun.operation.id);
  if (role?.kind !== 'create') return true;
  const row = rowIn(begun, role);
  return row !== null && Object.keys(row).some((name) => /^(?:status|state|phase|progress)$/i.test(name));
}

/**
 * What is accepted and not done yet (202; RFC 9110, 15.3.3) says in `Location` where one can ask how it goes: each request has
 * an address of its own, and it leads to what it names.
 */
export async function checkAccepted(state: RunState, entry: OperationEntry, isSpent: () => boolean): Promise<void> {
  const operation = state.options.operations.compile(entry);
  const declared = operation.responses.find(({ key }) => key === '202');
  if (!declared?.headers.some(({ name }) => /^location$/i.test(name))) return;
  const hands = new RunHands(state, { name: `${entry.method} ${entry.path}` }, isSpent);
  if (!hands.isAsked(entry)) return;
  const path = (await findNeeded(state, entry))?.values ?? {};
  const names = state.things.resources.named(entry);
  if (names.some(({ parameter }) => path[parameter] === undefined)) return;
  const all: { readonly begun: Exchange; readonly location: string; readonly thing: Thing }[] = [];
  for (const title of ['begin what takes its time', 'begin it once more']) {
    const begun = await hands.send({ entry, path, title });
    const [location] = begun?.received.status === 202 ? headerValues(begun.received, 'location') : [];
    const named = namedBy(state.things.resources, location);
    const thing = begun && state.things.toldBy(begun).find(({ resource }) => resource === named?.resource);
    if (!begun || location === undefined || !thing || !saysHowItGoes(state, begun)) return;
    all.push({ begun, location, thing });
  }
  for (const { begun, location, thing } of all) {
    const life = new Life(hands, thing.resource);
    const isHeld = await hands.hold('location-leads', async () => {
      const reading = await life.read(thing, 'read how it goes');
      if (reading === undefined || isMissing(reading.status) === null) return null;
      const key = reading.row ? keyOf(thing.resource, reading.row) : undefined;
      const isOther = key !== undefined && key !== scalarText(thing.key);
      if (!isMissing(reading.status) && !isOther) return kept(reading.exchange);
      return broken(begun, {
        message: `Location of what was accepted does not lead to it: ${told(begun)}, with Location: ${excerpt(location, 80)}`,
        expected: `what says how it goes, by the key ${JSON.stringify(thing.key)}`,
        received: isOther ? `the key ${JSON.stringify(key)} in ${nameOf(reading.exchange)}` : told(reading.exchange),
        cause: 'Location of what was accepted',
      });
    });
    if (isHeld !== true) return;
  }
}
