import { type ItemRole, type Role, verbIn } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { participlesOf } from '../../text/participles.js';
import type { Json } from '../../text/value.js';
import { phraseOf, wordsOf } from '../../text/words.js';
import type { RunState } from '../run/state.js';
import type { Attempts } from './attempts.js';
import type { Thing } from './harvest.js';
import { askStep } from './step.js';

type Values = Readonly<Record<string, Json>>;

/** Under so many things it is tried, where the run has brought down those that it knew. */
export const mostParents = 3;

/** Whether nothing could be made for what is there (RFC 9110, 15.5.5, 15.5.10 and 15.5.11), and not for what was sent. */
export function isOfState({ status }: Attempts): boolean {
  return status === 404 || status === 409 || status === 410;
}

/**
 * The thing that a create was refused under, after an action that the document speaks of where it says why (`The recipe is not
 * published`); undefined where the run has not made that thing, or there is no such action.
 */
export async function readiedHome(state: RunState, { entry }: ItemRole, path: Values): Promise<Thing | undefined> {
  const { things, options } = state;
  const last = things.resources.named(entry).at(-1);
  if (!last?.resource) return undefined;
  const key = scalarText(path[last.parameter] ?? null);
  const home = things.known(last.resource).find((one) => one.origin === 'made' && scalarText(one.key) === key);
  const said = options.operations.compile(entry).responses.find((each) => each.key === '409')?.description ?? '';
  const words = new Set(wordsOf(phraseOf(said)));
  const isSaid = (role: Role): role is ItemRole => {
    const [verb = ''] = wordsOf(verbIn(role.entry.path));
    return role.kind === 'action' && [verb, ...participlesOf(verb)].some((word) => words.has(word));
  };
  const action = home && last.resource.roles.find(isSaid);
  if (!home || !action) return undefined;
  const title = `make it ready for ${entry.method} ${entry.path}`;
  const sent = await askStep(state, {
    entry: action.entry,
    path: things.pathTo(action.entry, home),
    name: title,
    title,
  });
  const status = sent?.exchange.received.status ?? 0;
  return status >= 200 && status < 300 ? home : undefined;
}

/** Other things to make it under, those first that others have: what the run makes is all in one state. */
export function otherHomes(state: RunState, role: ItemRole, path: Values, scope: Values): readonly Thing[] {
  const { things } = state;
  const last = things.resources.named(role.entry).at(-1);
  if (role.kind !== 'create' || !last?.resource) return [];
  const { parameter, resource } = last;
  if ((scope[parameter] ?? state.givenFor(role.entry)[parameter]) !== undefined) return [];
  return things
    .known(resource)
    .filter((home) => scalarText(home.key) !== scalarText(path[parameter]) && !things.isReserved(home))
    .sort((a, b) => Number(a.origin === 'made') - Number(b.origin === 'made'))
    .slice(0, mostParents);
}
