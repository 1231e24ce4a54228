import type { Operation } from '../../operation/index.js';
import type { ListRole, Resource, Role } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { contentHash } from '../derive/content-hash.js';
import type { Budget } from '../run/options.js';
import type { RunState } from '../run/state.js';
import { whyNoMore } from '../run/why-no-more.js';
import { isUnsafe } from '../types.js';
import { checkAccepted } from './accepted.js';
import { Roles } from './life.js';
import { checkList } from './lists.js';
import { whyNoKey } from './no-key.js';
import { RunHands } from './run-hands.js';
import { searchedFor } from './searching.js';
import { changeSingleton, liveThrough } from './sequence.js';
import { liveTogether } from './together.js';

/**
 * Follows things of each resource through their life, one resource after the other, so that no sequence disturbs what
 * another one looks at. Where nothing may be written, or nothing can be made, the lists are looked at as they are.
 */
export async function lives(state: RunState, isSpent: () => boolean = () => false): Promise<void> {
  const { aspects } = state.options;
  if (state.lifeChecks.length === 0 || (aspects !== undefined && !aspects.includes('life'))) return;
  const beyond: string[] = [];
  for (const resource of state.things.resources.all) {
    if (state.stopReason !== null) return;
    if (!isInShard(resource, state) || isBusy(state, resource)) continue;
    if (isSpent()) beyond.push(resource.name);
    else await follow(state, new RunHands(state, resource, isSpent), resource);
  }
  if (beyond.length > 0)
    state.unlived.push(`Nothing of ${namesOf(beyond)} was followed through its life: the budget was spent`);
  await followAccepted(state, isSpent);
}

async function followAccepted(state: RunState, isSpent: () => boolean): Promise<void> {
  if (state.options.allowWrites !== true) return;
  for (const entry of state.options.operations.entries.filter(({ id }) => state.tallyOf(id) !== undefined)) {
    const role = state.things.resources.roleOf(entry.id);
    const isOwn = role !== undefined && role.kind !== 'action' && role.kind !== 'create';
    if (state.stopReason === null && !isSpent() && !isOwn && isUnsafe(entry.method))
      await checkAccepted(state, entry, isSpent);
  }
}

/** So much of a budget is for sequences, and with fewer requests than these none comes to its end. */
const [shareOfLives, fewestRequests] = [1 / 3, 50];

/** The same with a part of a budget. @returns what is left of it */
export async function livesWithin(state: RunState, budget: Budget): Promise<Budget> {
  const { requests = Number.POSITIVE_INFINITY, duration = Number.POSITIVE_INFINITY } = budget;
  if (requests * shareOfLives < fewestRequests) return budget;
  const before = state.answers;
  const until = performance.now() + Math.max(0, duration - (performance.now() - state.began)) * shareOfLives;
  await lives(state, () => state.answers - before >= requests * shareOfLives || performance.now() >= until);
  return budget.requests === undefined
    ? budget
    : { ...budget, requests: Math.max(0, requests - (state.answers - before)) };
}

async function follow(state: RunState, hands: RunHands, resource: Resource): Promise<void> {
  const { create, list, change, replace } = new Roles(resource);
  const maySend = (role: Role | undefined) =>
    role !== undefined && hands.isAsked(role.entry) && state.options.allowWrites === true;
  const isMade = maySend(create);
  const live = create === undefined && state.options.allowWrites === true ? liveTogether : liveThrough;
  const isLived = isMade || live === liveTogether;
  const reason = isLived ? (whyNoKey(hands, resource) ?? (await live(hands, resource))) : null;
  if (reason !== null) state.unlived.push(`Nothing of ${resource.name} was followed through its life: ${reason}`);
  const changing = resource.isSingleton ? (change ?? replace) : undefined;
  if (changing !== undefined && maySend(changing)) {
    const chosen = state.things.valuesFor(changing.entry, state.givenFor(changing.entry));
    // Without a value for all of its path each request would be about another one.
    const isWhole = changing.scope.every(({ parameter }) => chosen?.values[parameter] !== undefined);
    if (chosen !== null && isWhole) await changeSingleton(hands, resource, chosen.values);
  }
  const isSeen = isMade && reason === null;
  const mayAsk = ({ entry }: Role) => !isUnsafe(entry.method) || state.options.allowWrites === true;
  const isOther = (role: Role) => role.kind === 'list' && role.entry !== list?.entry && mayAsk(role);
  const others = resource.roles.filter((role): role is ListRole => isOther(role));
  // What else lists them, such as `/pets/findByStatus`, shows what it shows: nobody knows what has to be in it.
  for (const role of [...(list && !isSeen ? [list] : []), ...others.slice(0, mostOthers)]) {
    if (hands.isAsked(role.entry)) await checkKnown(state, hands, role);
  }
}

/** So many lists of one resource are looked at besides its own. */
const mostOthers = 3;

/** So many things are tried that a list stands under, where the run has brought down those that it knew. */
const mostParents = 3;

/** Looks at a list as it is. */
async function checkKnown(state: RunState, hands: RunHands, list: ListRole): Promise<void> {
  for (let tries = 0; tries < mostParents; tries++) {
    const given = state.givenFor(list.entry);
    const chosen = state.things.valuesFor(list.entry, given);
    if (chosen === null || !mayBeAsked(hands.operation(list.entry), chosen.values)) return;
    await checkList(
      hands,
      await searchedFor(hands, { role: list, path: { ...given, ...chosen.values } }, rowsOf(state)),
    );
    if (chosen.things.every((thing) => state.things.has(thing))) return;
  }
}

/** The last thing that is known of each resource, as it was seen last. */
function rowsOf({ things }: RunState): Json[] {
  return things.resources.all.flatMap((each) => things.known(each).findLast(({ row }) => row !== null)?.row ?? []);
}

/** Whether a path may have these values: what one path names a thing by is not what another does (`/genres/{name}`, `/genres/{id}/similar`). */
function mayBeAsked({ parameters }: Operation, values: Readonly<Record<string, Json>>): boolean {
  return parameters.every(({ in: place, name, schema }) => {
    const value = values[name];
    if (place !== 'path' || value === undefined || schema.problem !== null) return true;
    return [value, scalarText(value), Number(value)].some((reading) => schema.accepts(reading));
  });
}

/** Each resource is followed in one of the shards. */
function isInShard({ name }: Resource, { options: { shard } }: RunState): boolean {
  if (shard === undefined) return true;
  const number = Number.parseInt(contentHash(new TextEncoder().encode(name)).slice(-8), 16);
  return number % shard.count === shard.index - 1;
}

/** After so many answers that came to no end, sequences would take more time than they tell. */
const mostUnread = 2;

function isBusy(state: RunState, { roles }: Resource): boolean {
  const tallies = roles.map(({ entry }) => state.tallyOf(entry.id)).filter((tally) => tally !== undefined);
  return tallies.some(
    (tally) => tally.unread >= mostUnread || whyNoMore(state, tally, { expectation: 'accepted' }) !== null,
  );
}

/** So many are named, and the others are counted. */
const mostNamed = 5;

function namesOf(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
}
