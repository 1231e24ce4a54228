import type { OperationEntry } from '../../operation/index.js';
import { isCall, type Resource } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import { isUnsafe } from '../types.js';
import { askedFor } from './asked-for.js';
import { learnOf } from './learn.js';
import { findReferred, make } from './make.js';
import { findReady, isAction, readyToTry } from './ready.js';
import { askStep } from './step.js';
import { isAboutBody, textOf } from './taken.js';
import type { Chosen } from './things.js';

type Values = Readonly<Record<string, Json>>;

/**
 * Finds what the path of an operation needs: among what is known, else in the lists that show it, else by making it. What
 * changes or deletes a thing gets one of its own that this run has made, so that the others find theirs as it was.
 *
 * @returns null where it needs nothing, or nothing was found
 */
export async function findNeeded(state: RunState, entry: OperationEntry): Promise<Chosen | null> {
  const { things, options } = state;
  const found = await findPath(state, entry);
  const isAsking = found === null && things.queried(entry).length > 0;
  if (isAsking) await findReferred(state, entry, {});
  const isOpen = things.resources.named(entry).some(({ parameter }) => state.givenFor(entry)[parameter] === undefined);
  const chosen = isAsking && !isOpen ? things.valuesFor(entry, state.givenFor(entry)) : found;
  const role = things.resources.roleOf(entry.id);
  if (options.allowWrites && isAction(role)) return findReady(state, entry, chosen);
  if (chosen === null || role?.kind !== 'create' || !options.allowWrites) return chosen;
  if (things.attemptsOf(role.resource).count > 0) return chosen;
  // Not everything can have something under it: a thing that is closed cannot.
  const given = state.givenFor(entry);
  await make(state, role.resource, { scope: given });
  return things.valuesFor(entry, given) ?? chosen;
}

async function findPath(state: RunState, entry: OperationEntry): Promise<Chosen | null> {
  const { things } = state;
  const given = state.givenFor(entry);
  const named = things.resources.named(entry);
  const open = named.filter(({ parameter, resource }) => resource !== null && given[parameter] === undefined);
  const last = named.at(-1);
  if (open.length === 0 || last === undefined) return null;
  const isOpen = given[last.parameter] === undefined && last.resource !== null;
  if (isUnsafe(entry.method) && !state.options.allowWrites) return null;
  if (isOpen && last.resource !== null && things.changesThing(entry)) {
    await learnScope(state, last.resource, given);
    const own = await make(state, last.resource, { scope: given, name: `for ${entry.method} ${entry.path}` });
    if (typeof own !== 'string') {
      things.reserve(own.thing);
      const chosen = things.valuesFor(entry, { ...given, ...things.pathTo(entry, own.thing) });
      if (chosen !== null) return chosen;
    }
    return things.valuesFor(entry, given);
  }
  const known = things.valuesFor(entry, given);
  if (known !== null) return known;
  for (const { resource } of open) if (resource !== null) await learnOf(state, resource, given);
  const listed = things.valuesFor(entry, given);
  if (listed !== null) return listed;
  const deepest = open.findLast(({ resource }) => resource !== null)?.resource;
  if (deepest) await make(state, deepest, { scope: given });
  return things.valuesFor(entry, given);
}

/** Whether an operation that only reads is about something of which nothing is known yet, and later ones may tell. */
export function mayBeTold(state: RunState, entry: OperationEntry, chosen: Chosen | null): boolean {
  const { casesOf, allowWrites } = state.options;
  if (casesOf !== undefined || !allowWrites || chosen !== null || !state.things.reads(entry)) return false;
  const given = state.givenFor(entry);
  return state.things.resources
    .named(entry)
    .some(({ parameter, resource }) => resource && given[parameter] === undefined);
}

/** Looks for what a thing of a resource stands under, so that it need not be made. */
async function learnScope(state: RunState, { scope }: Resource, given: Values): Promise<void> {
  for (const { resource } of scope) if (resource !== null) await learnOf(state, resource, given);
}

/** So many members are added to a body, one after the other. */
const mostAsked = 8;

/**
 * The optional members without which the target refuses the body of an operation, as its own words say. The valid request is
 * sent for that until it is taken, or nothing more is asked for.
 */
export async function findMembers(
  state: RunState,
  entry: OperationEntry,
  chosen: Chosen | null,
): Promise<readonly string[]> {
  const { things, options } = state;
  const path = chosen?.values ?? {};
  const role = things.resources.roleOf(entry.id);
  if (isUnsafe(entry.method) && options.allowWrites) await findReferred(state, entry, path);
  // What is asked for that shows nothing of a body, what is deleted is gone, and what a call has done is done.
  const isOnce = role?.kind === 'delete' || (role?.kind === 'action' && isCall(entry.path));
  if (things.reads(entry) || isOnce) return [];
  if (!options.allowWrites || options.operations.compile(entry).requestBody === null) return [];
  if (role?.kind === 'create') {
    // What is made to find them is what an operation on one thing needs anyway.
    if (things.attemptsOf(role.resource).count === 0) await make(state, role.resource, { scope: path });
    return things.attemptsOf(role.resource).members;
  }
  const last = things.resources.named(entry).at(-1);
  const isOurs =
    chosen?.things.at(-1)?.origin === 'made' || (last && state.givenFor(entry)[last.parameter] !== undefined);
  if (last?.resource && !isOurs) return [];
  if (!isAction(role)) return membersAskedFor(state, entry, path);
  // What was done to a thing is done: the valid request needs one to which it was not.
  const thing = await readyToTry(state, role, chosen?.things.at(-1)?.scope ?? {});
  return thing === null ? [] : membersAskedFor(state, entry, things.pathTo(entry, thing));
}

async function membersAskedFor(state: RunState, entry: OperationEntry, path: Values): Promise<readonly string[]> {
  const members: string[] = [];
  while (members.length < mostAsked && state.stopReason === null) {
    const name = 'look what the body needs';
    const sent = await askStep(state, {
      entry,
      path,
      members: [...members],
      bodiesBefore: members.length,
      name,
      title: name,
    });
    const { status = null, body = new Uint8Array() } = sent?.exchange.received ?? {};
    const missing = sent && isAboutBody(status) ? askedFor(textOf(body), sent.absent) : undefined;
    if (missing === undefined) return status !== null && status < 300 ? members : [];
    members.push(missing);
  }
  return [];
}
