import type { ItemRole } from '../../resource/index.js';
import type { JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess } from './answers.js';
import { ofState } from './changed.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, told } from './life.js';
import { changedMembers } from './witness.js';

/** Names of what brings back a thing that was deleted. */
const restoring = /\/[^/{}]*(?:restor|undelet|recover|reviv|unarchiv|unremove)[^/{}]*$/i;

/**
 * What brings back a deleted thing, where the target says that it has, has done so, and the thing is what it was.
 * @param before how it was shown before it was deleted
 */
export async function checkRestored(life: Life, { thing }: Made, before: JsonObject | null): Promise<void> {
  const { hands, resource } = life;
  const action = resource.roles.find(
    (role): role is ItemRole => role.kind === 'action' && role.keyParameter !== null && restoring.test(role.entry.path),
  );
  const gone = action && (await life.read(thing, 'read what will be restored'));
  if (!action || !gone || isMissing(gone.status) !== true) return;
  const doing = await life.ask(action, thing, 'restore what was deleted', { mayBeRefused: true });
  if (doing === null || !isSuccess(doing) || (doing.received.status === 202 && !hands.isPatient)) return;
  const complain = (what: string, received: string, cause: string) => ({
    message: `What was restored is not ${what}`,
    expected: 'the thing that was deleted, as it was',
    received,
    cause,
  });
  let isThere = false;
  await hands.hold('change-kept', async () => {
    const reading = await life.read(thing, 'read what was restored');
    const isGone = reading ? isMissing(reading.status) : null;
    if (reading === undefined || isGone === null) return null;
    const { row, exchange } = reading;
    const how = `${told(doing)}, and then ${told(exchange)}`;
    if (isGone) return broken(exchange, complain(`there: ${how}`, `status ${reading.status}`, 'restored and gone'));
    isThere = true;
    const changed = before && row ? changedMembers(life, before, row) : [];
    if (changed.length === 0) return kept(exchange);
    const names = changed.map((name) => `"${name}"`).join(', ');
    return broken(exchange, complain(`what it was: ${how}`, `another ${names}`, 'restored as something else'));
  });
  // The run made it, so that it is to be removed again.
  if (isThere) hands.renamed(thing, thing.key);
}

/**
 * What brings back a thing that another action has put away leaves what clients have said of it, but for its state.
 * @param first the thing before both
 * @param row the thing that was put away
 */
export async function checkBroughtBack(
  life: Life,
  { entry }: ItemRole,
  { thing }: Made,
  { first, row: away }: { readonly first: JsonObject; readonly row: JsonObject },
  doing: Exchange,
): Promise<void> {
  if (first === away || !restoring.test(entry.path)) return;
  await life.hands.hold('others-kept', async () => {
    const reading = await life.read(thing, 'read what was brought back');
    const now = reading?.row;
    if (!reading || !now) return null;
    const lost = changedMembers(life, away, now);
    const changed = changedMembers(life, first, now).filter((name) => lost.includes(name) && !ofState.test(name));
    if (changed.length === 0) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `What was restored is not what it was: ${told(doing)}, and then ${told(reading.exchange)}`,
      expected: excerpt(Object.fromEntries(changed.map((name) => [name, first[name] ?? null]))),
      received: excerpt(Object.fromEntries(changed.map((name) => [name, now[name] ?? null]))),
      cause: 'restored as something else',
    });
  });
}
