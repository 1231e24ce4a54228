import type { Resource } from '../../resource/index.js';
import { checkActions } from './acting.js';
import { checkOwner, checkScope } from './apart.js';
import { checkChange } from './changing.js';
import { checkCreated, checkKeys, checkReadOnly } from './creating.js';
import { checkDelete, checkReadAgain } from './deleting.js';
import type { Hands, Made } from './hands.js';
import { Life } from './life.js';
import { checkList } from './lists.js';
import { checkReplace } from './replacing.js';
import { checkRetry } from './retrying.js';
import { checkWitness, witnessOf } from './witness.js';

/**
 * Makes things of a resource, follows one through its life (created, read, listed, changed, replaced, deleted), and asks
 * for their list in several ways while they are there. About forty requests where the document has all of that.
 *
 * @returns why nothing could be made: half a sentence; null where it was
 */
export async function liveThrough(hands: Hands, resource: Resource): Promise<string | null> {
  const life = new Life(hands, resource);
  const first = await hands.make(resource, 'to follow it through its life');
  if (typeof first === 'string') return first;
  const isThere = await checkCreated(life, first);
  let second = isThere ? await makeFull(life, first) : null;
  // What has the key of another one would be taken for that.
  if (second !== null) await checkKeys(life, first, second);
  if (String(second?.thing.key) === String(first.thing.key)) second = null;
  if (second !== null && !(await checkCreated(life, second))) second = null;
  const third = isThere ? await checkReadOnly(life, first) : null;
  const { list } = life.roles;
  if (third === null && list !== undefined) await hands.make(resource, 'to have more of them', first.thing.scope);
  if (list !== undefined) await checkList(hands, { role: list, path: hands.pathTo(list, first.thing) });
  // Of what is not there nothing else can be said.
  if (!isThere) return null;
  let subject = second ?? first;
  await checkReadAgain(life, subject);
  await checkScope(life, subject);
  const witness = await witnessOf(life, second === null ? null : first);
  const changed = await checkChange(life, subject);
  const replaced = await checkReplace(life, changed.made);
  subject = replaced.made;
  const last = replaced.last ?? changed.last;
  if (last !== null) await checkWitness(life, witness, last);
  await checkActions(life);
  await checkRetry(life, first);
  await checkOwner(life, subject);
  await checkDelete(life, subject, second === null ? null : first);
  return null;
}

/** Another thing, with all members that the document declares, or else as the first one. */
async function makeFull({ hands, roles, resource }: Life, first: Made): Promise<Made | null> {
  const { create } = roles;
  if (create?.kind === 'create') {
    const body = await hands.fresh(create, first.thing);
    const path = hands.pathTo(create, first.thing);
    const exchange =
      body === null
        ? null
        : await hands.send({
            entry: create.entry,
            path,
            body,
            title: 'create another, with all members',
            mayBeRefused: true,
          });
    const made = exchange && hands.madeBy(exchange, create);
    if (made !== null) return made;
  }
  const again = await hands.make(resource, 'to have two of them', first.thing.scope);
  return typeof again === 'string' ? null : again;
}
