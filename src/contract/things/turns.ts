import { type ItemRole, isSameName, type Resource, readAt, saysState } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { Attempts } from './attempts.js';
import type { Thing } from './harvest.js';
import type { Things } from './things.js';

/** So many other things are named in a body, one after the other and none of them taken, before it is given up. */
const mostTurns = 8;

/** A member of a body that names a thing. */
interface Naming {
  readonly member: readonly string[];
  readonly resource: Resource;
}

const placeOf = (member: readonly string[]): string => member.join('/');

/** In which state a thing is, as far as it says that. */
function stateOf({ row }: Thing): string {
  return JSON.stringify(Object.entries(row ?? {}).filter(([name]) => saysState(name)));
}

/**
 * What a member of a body may name, in the order in which it is tried: one of each state, then the next of each; those first
 * that are in the state of one that was taken.
 */
export function inTurn({ taken }: Attempts, member: readonly string[], known: readonly Thing[]): readonly Thing[] {
  const groups = new Map<string, Thing[]>();
  for (const thing of known) groups.set(stateOf(thing), [...(groups.get(stateOf(thing)) ?? []), thing]);
  const state = taken.get(placeOf(member));
  const first = (state === undefined ? undefined : groups.get(state)) ?? [];
  const others = [...groups].filter(([name]) => name !== state || first.length === 0).map(([, things]) => things);
  const longest = Math.max(0, ...others.map(({ length }) => length));
  return [...first, ...Array.from({ length: longest }, (_, at) => others.flatMap((things) => things[at] ?? [])).flat()];
}

/** Which of them a member names now; null: whatever it names, as long as it is known. */
export function turnOf({ turns }: Attempts, member: readonly string[]): number | null {
  return turns.get(placeOf(member)) ?? null;
}

/**
 * Whether a body can name another thing where it was refused for the state of what it names, or since there is one for these things
 * already (RFC 9110, 15.5.10): a copy that is lost, who is enrolled. What the refusal speaks of is another one then, or what was
 * the same for longest.
 */
export function isTurned(
  things: Things,
  { entry, resource }: ItemRole,
  { status, words }: { readonly status: number | null; readonly words: string },
): boolean {
  const attempts = things.attemptsOf(resource);
  if (status !== 409 || attempts.turnsInVain >= mostTurns) return false;
  const turnsOf = ({ member }: Naming) => turnOf(attempts, member) ?? 0;
  const open = things.resources.sent(entry).filter((one) => roomOf(things, attempts, one) > turnsOf(one) + 1);
  const spoken = open.filter((one) => isSpokenOf(one, words));
  const [first] = (spoken.length > 0 ? spoken : open).toReversed().sort((a, b) => turnsOf(a) - turnsOf(b));
  if (first === undefined) return false;
  attempts.turns.set(placeOf(first.member), turnsOf(first) + 1);
  attempts.turnsInVain++;
  return true;
}

/** How many of them may be taken: those in the state of one that was, or all. */
function roomOf(things: Things, { taken }: Attempts, { member, resource }: Naming): number {
  const state = taken.get(placeOf(member));
  const known = things.known(resource);
  return (state === undefined ? known : known.filter((thing) => stateOf(thing) === state)).length;
}

function isSpokenOf({ resource }: Naming, words: string): boolean {
  const own = resource.name.split('.').at(-1) ?? '';
  return (words.match(/[\p{L}\p{N}_-]{3,}/gu) ?? []).some((word) => isSameName(word, own));
}

/** Keeps which things were taken where others had been refused. */
export function keepTurns(things: Things, { entry, resource }: ItemRole, body: Json | undefined): void {
  const attempts = things.attemptsOf(resource);
  attempts.turnsInVain = 0;
  if (attempts.turns.size === 0 || body === undefined) return;
  for (const { member, resource: named } of things.resources.sent(entry)) {
    const key = readAt(body, member);
    if (typeof key !== 'string' && typeof key !== 'number') continue;
    const isIt = (thing: Thing) => scalarText(thing.key) === scalarText(key);
    const known = things.known(named);
    const thing = known.find(isIt);
    if (thing === undefined) continue;
    attempts.taken.set(placeOf(member), stateOf(thing));
    attempts.turns.set(placeOf(member), inTurn(attempts, member, known).findIndex(isIt));
  }
}
