import type { OperationEntry, Operations } from '../../operation/index.js';
import { type ItemRole, memberPointers, type Resource, type Role } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { outcomeOf } from '../checks/outcome.js';
import { statusClass } from '../checks/received.js';
import type { NewKey } from '../derive/step-request.js';
import { excerptBytes } from '../excerpt.js';
import type { RunState } from '../run/state.js';
import { adopts } from './adopted.js';
import { askedFor } from './asked-for.js';
import type { Attempts } from './attempts.js';
import type { Thing } from './harvest.js';
import { isOfState, mostParents, otherHomes, readiedHome } from './homes.js';
import { learnOf } from './learn.js';
import { madeBy } from './made-by.js';
import { keysOf, keyToPut } from './membership.js';
import { referable, sharedScope } from './refer.js';
import { askStep, isFree, type SentStep, type Step, sendStep } from './step.js';
import { isAboutBody, isTaken, textOf } from './taken.js';

type Values = Readonly<Record<string, Json>>;

/** A thing that this run has made, and how. */
export interface Made {
  readonly thing: Thing;
  readonly sent: SentStep;
}

export interface MakeOptions {
  /** Path parameters of ancestors that it is to stand under. */
  readonly scope?: Values;
  /** Whether the request is judged as a case is: for what is part of a sequence, and does not only prepare. */
  readonly isJudged?: boolean;
  /** Whether it is to have every member that the document declares: a refusal of that says nothing of others. */
  readonly isFull?: boolean;
  /** What is being made that stands under it. */
  readonly below?: readonly Resource[];
  /** What it is made for, in words that are the same in every run. */
  readonly name?: string;
}

/** So many requests are tried to make a thing. */
const mostTries = 12;

/** So many keys are looked at until one is free. */
const mostLooks = 3;

const parentGone = 'what it stands under was deleted';

/** So many things are made in one run at most, besides those of its cases. */
const mostMade = 500;

/**
 * Makes a thing: sends the valid request of its create with a body that is of no earlier thing. What it stands under is
 * found, or made first. The run removes it at its end.
 *
 * @returns the reason where none can be made: half a sentence
 */
export async function make(state: RunState, resource: Resource, options: MakeOptions = {}): Promise<Made | string> {
  const { things } = state;
  const reason = whyNothing(state);
  if (reason !== null) return reason;
  const role = creatorOf(resource);
  if (role === undefined) return `the document has no way to create ${resource.name}`;
  const isNamed = role.kind === 'upsert' && state.givenFor(role.entry)[role.keyParameter ?? ''] !== undefined;
  if (isNamed) return `--set names the one of ${resource.name}`;
  const attempts = things.attemptsOf(resource);
  if (attempts.refusal !== null) return attempts.refusal;
  if (options.below?.includes(resource)) return `one of ${resource.name} would have to be made for itself`;
  const below = [...(options.below ?? []), resource];
  for (let tries = 0; tries < mostParents; tries++) {
    const path = await pathWith(state, role, options.scope ?? {}, below);
    if (typeof path === 'string') return path;
    let made = await tryToMake(state, role, path, attempts, { ...options, below });
    if (typeof made === 'string' && isOfState(attempts))
      made = (await makeElsewhere(state, role, path, attempts, { ...options, below })) ?? made;
    if (options.isFull) attempts.refusal = null;
    if (made !== parentGone) return made;
  }
  return parentGone;
}

/** Makes a thing where it is not refused for the state of what it stands under; null where it is tried nowhere. */
async function makeElsewhere(
  state: RunState,
  role: ItemRole,
  path: Values,
  attempts: Attempts,
  options: MakeOptions,
): Promise<Made | string | null> {
  const { things } = state;
  const readied = await readiedHome(state, role, path);
  const homes = otherHomes(state, role, path, options.scope ?? {});
  let made: Made | string | null = null;
  for (const home of readied ? [readied, ...homes] : homes) {
    attempts.refusal = null;
    made = await tryToMake(state, role, { ...path, ...things.pathTo(role.entry, home) }, attempts, options);
    if (typeof made === 'string') continue;
    if (home !== readied) things.settle(role.resource, home);
    break;
  }
  return made;
}

/**
 * Why nothing may be made now; null where it may. What is refused is kept, and asked for once: of a run that is stopped nothing is
 * refused any more, and every way from thing to thing, as many as there are orders of them, would be gone to its end.
 */
function whyNothing({ options, stopReason }: RunState): string | null {
  return options.allowWrites ? stopReason : 'writing is not allowed';
}

/** What the path of a create needs, and its query; where a thing has the key of something else, as a membership of a user, that too. */
async function pathWith(
  state: RunState,
  role: ItemRole,
  scope: Values,
  below: readonly Resource[],
): Promise<Values | string> {
  const { kind, keyParameter, entry, resource } = role;
  const { things } = state;
  const path = await pathFor(state, role, scope, below);
  if (typeof path === 'string') return path;
  await findReferred(state, entry, path, below);
  const of = kind === 'upsert' && keyParameter !== null ? keysOf(things.resources, resource) : null;
  if (of === null || keyParameter === null) return { ...things.queriedFor(entry), ...path };
  const name = `for ${entry.method} ${entry.path}`;
  const found = await keyToPut(state, resource, of, path, (above) => make(state, of, { scope: above, below, name }));
  return typeof found === 'string' ? found : { ...path, [keyParameter]: found.key };
}

async function tryToMake(
  state: RunState,
  role: ItemRole,
  path: Values,
  attempts: Attempts,
  options: MakeOptions,
): Promise<Made | string> {
  const { things } = state;
  const { resource } = role;
  const send = options.isJudged ? sendStep : askStep;
  let answer = 'it could not be written';
  // A name may be of a form that nobody wrote down: then the body of the valid request goes as it is.
  const ways = [true, false, true];
  for (let tries = 0; ways.length > 0 && tries < mostTries; tries++) {
    if (state.stopReason !== null) return state.stopReason;
    if (attempts.count >= mostMade) return `${mostMade} were made already`;
    attempts.count++;
    const isFresh = ways[0] === true;
    const { step, wasFree } = await onFreeKey(state, resource, () => {
      const ordinal = attempts.names++;
      return stepFor(state.context.operations, role, path, isFresh ? ordinal : null, attempts.members, options);
    });
    const before = things.known(resource);
    const sent = await send(state, step);
    if (sent === null) break;
    const status = outcomeOf(sent.exchange);
    if (statusClass(status ?? 0) === 2) {
      const thing = await madeBy(state, role, path, sent, before, wasFree);
      if (thing !== null) return { thing, sent };
      return `${step.title} was answered with ${status}, which does not say what was made`;
    }
    attempts.status = status;
    answer = `status ${status ?? 'none'}: ${excerptBytes(sent.exchange.received.body)}`;
    if (sent.gone !== null) return parentGone;
    if (await adopts(state, role, sent, (one) => findThing(state, one, path, options.below ?? [], role.entry)))
      continue;
    if (!mayTryAgain(sent, attempts, ways[0] ? tries : null)) ways.shift();
  }
  attempts.refusal = `${role.entry.method} ${role.entry.path} makes none: ${answer}`;
  return attempts.refusal;
}

/**
 * A step that puts a thing where nothing is: what others have nobody writes over.
 * @returns whether nothing was there
 */
async function onFreeKey(
  state: RunState,
  resource: Resource,
  draw: () => Step,
): Promise<{ readonly step: Step; readonly wasFree: boolean }> {
  for (let looks = 1; ; looks++) {
    const step = draw();
    const wasFree = await isFree(state, step, resource);
    // A target that has whatever is asked for tells nothing.
    if (wasFree !== false || looks === mostLooks) return { step, wasFree: wasFree === true };
  }
}

/** The operation that makes a thing of a resource. */
export function creatorOf({ roles, collection }: Resource): ItemRole | undefined {
  const makes = (kind: Role['kind']) => roles.filter((role): role is ItemRole => role.kind === kind);
  const creates = makes('create');
  return creates.find(({ path }) => path === collection) ?? creates[0] ?? makes('upsert')[0];
}

/**
 * Whether a refusal says what to do otherwise: a member to add, or another name.
 *
 * @param tries how often it was tried with a name of its own; null: it had the name of the valid request
 */
function mayTryAgain({ exchange: { received }, absent }: SentStep, attempts: Attempts, tries: number | null): boolean {
  const missing = isAboutBody(received.status) ? askedFor(textOf(received.body), absent) : undefined;
  if (missing !== undefined) attempts.members = [...attempts.members, missing];
  if (missing !== undefined || tries === null || !isTaken(received)) return missing !== undefined;
  // What is left of earlier runs may have the names that are made first.
  attempts.names += tries * tries * 10;
  return true;
}

/**
 * Sees to it that something is known of what the query and the body of an operation name: in lists, or else by making it.
 *
 * @param path what the path of the operation names
 * @param below what is being made already, and stands under or names what is to be found
 */
export async function findReferred(
  state: RunState,
  entry: OperationEntry,
  path: Values,
  below: readonly Resource[] = [],
): Promise<void> {
  const { things } = state;
  for (const { resource } of [...things.queried(entry), ...things.resources.sent(entry)]) {
    if (state.stopReason !== null) return;
    await findThing(state, resource, path, below, entry);
  }
}

/** Sees to it that something is known of a resource. */
async function findThing(
  state: RunState,
  resource: Resource,
  path: Values,
  below: readonly Resource[],
  { method, path: template }: OperationEntry,
): Promise<void> {
  const { things, options } = state;
  if (below.includes(resource) || referable(things, resource, path).length > 0) return;
  await learnOf(state, resource, path);
  if (referable(things, resource, path).length > 0 || !options.allowWrites) return;
  await make(state, resource, { scope: sharedScope(resource, path), below, name: `for ${method} ${template}` });
}

/** Values for the path of a create: what it stands under is made where it is not known. */
async function pathFor(
  state: RunState,
  { entry, kind }: ItemRole,
  scope: Values,
  below: readonly Resource[],
): Promise<Values | string> {
  const { things } = state;
  const given = { ...state.givenFor(entry), ...scope };
  const named = things.resources.named(entry);
  const above = kind === 'upsert' ? named.slice(0, -1) : named;
  const chosen = things.valuesFor(entry, given, above.length);
  if (chosen !== null) return { ...chosen.values, ...scope };
  const missing = above.findLast(({ parameter, resource }) => resource !== null && given[parameter] === undefined);
  if (!missing?.resource) return `nothing is known that ${entry.path} stands under`;
  const parent = await make(state, missing.resource, { scope, below });
  if (typeof parent === 'string') return parent;
  const now = things.valuesFor(entry, given, above.length);
  return now === null ? `nothing is known that ${entry.path} stands under` : { ...now.values, ...scope };
}

function stepFor(
  operations: Operations,
  role: ItemRole,
  path: Values,
  ordinal: number | null,
  members: readonly string[],
  options: MakeOptions,
): Step {
  const { entry, resource } = role;
  const { name = 'to have one', isFull = false } = options;
  return {
    entry,
    path,
    members,
    ...(role.kind === 'upsert' && { expectation: 'survived' as const }),
    ...(role.kind === 'upsert' &&
      path[role.keyParameter ?? ''] === undefined && { newKey: newKeyOf(operations, role) }),
    ...(ordinal !== null && { bodiesBefore: ordinal }),
    ...(isFull && { isFull }),
    name: `make one of ${resource.name}: ${name}`,
    title: `make one of ${resource.name}, ${name}`,
  };
}

function newKeyOf(operations: Operations, { keyParameter, resource: { key, schema } }: ItemRole): NewKey {
  return { parameter: keyParameter ?? '', shown: key === null ? [] : memberPointers(operations, schema, key.member) };
}
