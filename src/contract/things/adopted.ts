import { type ItemRole, isSameName, nameOfKey, type Resource, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import { askedFor } from './asked-for.js';
import { learnOf } from './learn.js';
import type { SentStep } from './step.js';
import { isAboutBody, isTaken, textOf } from './taken.js';
import { isTurned } from './turns.js';

/**
 * Whether a refusal names a member of the body for which another value is known: what a thing that is there says there, or the key
 * of a thing that is called so. A document need not tell that a `category` is one of those that exist. The next body has that value;
 * what is refused with it too gets what was made up again.
 *
 * @param find sees to it that something is known of a resource
 */
export async function adopts(
  state: RunState,
  role: ItemRole,
  { exchange: { received }, absent, body }: SentStep,
  find: (resource: Resource) => Promise<void>,
): Promise<boolean> {
  const { things } = state;
  const { resource } = role;
  const words = textOf(received.body);
  if (isTurned(things, role, { status: received.status, words })) return true;
  const isRefused = isAboutBody(received.status) || received.status === 404;
  if (!isRefused || body === undefined || isTaken(received) || askedFor(words, absent) !== undefined) return false;
  const attempts = things.attemptsOf(resource);
  const [member, sent] = refusedIn(role, words, body);
  const value = sent === undefined || attempts.values[member] !== undefined ? undefined : await otherFor();
  if (value !== undefined) attempts.values = { ...attempts.values, [member]: value };
  else if (!things.made.some((one) => one.resource === resource)) attempts.values = {};
  return value !== undefined;

  async function otherFor(): Promise<Json | undefined> {
    await learnOf(state, resource, {});
    const isOther = (each: Json | undefined) =>
      typeof each === typeof sent && each !== '' && scalarText(each) !== scalarText(sent);
    const said = things.known(resource).map((thing) => thing.row?.[member]);
    const called = things.resources.all.filter((one) => isSameName(member, one.name) && one !== resource);
    if (!said.some(isOther)) for (const one of called) await find(one);
    const keys = called.flatMap((one) => things.known(one).map(({ key }) => nameOfKey(one, [], key)));
    return [...said, ...keys].find(isOther);
  }
}

/** The member of a body that a refusal names, with its value; in whatever case, as `Category not found` does. */
function refusedIn(
  { body: place }: ItemRole,
  words: string,
  body: Json,
): readonly [name: string, value: string | number | undefined] {
  const row = readAt(body, place?.path ?? []);
  const names = new Map(Object.keys(isObject(row) ? row : {}).map((name) => [name.toLowerCase(), name]));
  const name = names.get(askedFor(words.toLowerCase(), [...names.keys()]) ?? '') ?? '';
  const value = isObject(row) ? row[name] : undefined;
  return [name, typeof value === 'string' || typeof value === 'number' ? value : undefined];
}
