import type { ItemRole } from '../../resource/index.js';
import { isSuccess } from './answers.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, type Life, told } from './life.js';

/** Names of what brings back a thing that was deleted. */
const restoring = /\/[^/{}]*(?:restor|undelet|recover|reviv|unarchiv|unremove)[^/{}]*$/i;

/** What brings back a deleted thing, where the target says that it has, has done so. */
export async function checkRestored(life: Life, { thing }: Made): Promise<void> {
  const { hands, resource } = life;
  const action = resource.roles.find(
    (role): role is ItemRole => role.kind === 'action' && role.keyParameter !== null && restoring.test(role.entry.path),
  );
  const gone = action && (await life.read(thing, 'read what will be restored'));
  if (!action || !gone || isMissing(gone.status) !== true) return;
  const doing = await life.ask(action, thing, 'restore what was deleted', { mayBeRefused: true });
  if (doing === null || !isSuccess(doing) || (doing.received.status === 202 && !hands.isPatient)) return;
  const back = hands.renamed(thing, thing.key);
  await hands.hold('change-kept', async () => {
    const reading = await life.read(back, 'read what was restored');
    const isGone = reading ? isMissing(reading.status) : null;
    if (reading === undefined || isGone === null) return null;
    if (!isGone) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `What was restored is not there: ${told(doing)}, and then ${told(reading.exchange)}`,
      expected: 'the thing that was deleted',
      received: `status ${reading.status}`,
      cause: 'restored and gone',
    });
  });
}
