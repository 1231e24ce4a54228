import {
  type ItemRole,
  isForbiddenIn,
  type Resource,
  type Role,
  saysState,
  speaksOfStates,
  verbIn,
} from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import { gerundOf, participlesOf } from '../../text/participles.js';
import { phraseOf, wordsOf } from '../../text/words.js';
import { firstStatusAmong } from '../coherence/age.js';
import type { Ground } from '../ground.js';
import { holderOf } from './holder.js';
import { membersOf } from './members.js';

/** The state in which a new thing is, and the member that says it. */
interface Beginning {
  readonly member: string;
  readonly value: string;
}

const known = new WeakMap<Resource, Beginning | null>();

/**
 * In which state a new thing is, where the document tells: where it says so of what makes it (`A new wallet is active`), or where an
 * action is only possible in a state that nothing else leads to (`Only completed transfers can be reversed`). null where clients say
 * it, or nobody.
 */
export function beginningOf({ resource }: ItemRole, ground: Ground): Beginning | null {
  const before = known.get(resource);
  if (before !== undefined) return before;
  const holder = holderOf(resource, ground)?.name ?? null;
  const view = viewOf(ground.operations.document);
  const own = view.certain(resource.schema);
  const parts = holder === null ? own : view.certain(...view.member(own, holder).map(({ to }) => to));
  const names = [...view.members(parts).keys()];
  const member = names.find((name) => saysState(name) && !isSaid(resource, name, ground, holder));
  const path = [...(holder === null ? [] : [holder]), member ?? ''];
  const listed = member === undefined ? [] : resource.listed(path).filter((value) => typeof value === 'string');
  const value =
    listed.length < 2 ? undefined : (saidOf(resource, listed, ground) ?? neededOf(resource, listed, ground));
  const beginning = member === undefined || value === undefined ? null : { member, value };
  known.set(resource, beginning);
  return beginning;
}

/** Whether clients say what a member is, when a thing is made or later, or it has a value by itself. */
const isSaid = ({ roles }: Resource, name: string, ground: Ground, holder: string | null): boolean =>
  roles.some((role) => {
    if (!isWrite(role)) return false;
    const { readOnly, sendable, usual } = membersOf(role, ground, holder);
    return (!readOnly.has(name) && (sendable === null || sendable.has(name))) || usual.some(([one]) => one === name);
  });

const writes: ReadonlySet<Role['kind']> = new Set(['create', 'upsert', 'replace', 'merge', 'patch']);
const isWrite = (role: Role): role is ItemRole => writes.has(role.kind);

/** What a sentence about what is new says, if it names one state alone. */
function saidOf({ roles }: Resource, listed: readonly string[], ground: Ground): string | undefined {
  const texts = roles
    .filter(({ kind }) => kind === 'create')
    .flatMap(({ entry }) => [ground.operations.compile(entry).description, ground.operations.compile(entry).summary]);
  for (const sentence of texts.flatMap((text) => String(text ?? '').split(/[.;\n](?:\s|$)/))) {
    if (!/\b(?:new|newly|starts?|begins?|initially|at first|until)\b/i.test(sentence)) continue;
    const words = ` ${phraseOf(sentence)} `;
    const [only, ...others] = listed.filter((value) => words.includes(` ${phraseOf(value)} `));
    if (only !== undefined && others.length === 0) return only;
  }
  return undefined;
}

/** The state that an action asks for, and that no other one and no usual beginning leads to. */
function neededOf({ roles }: Resource, listed: readonly string[], ground: Ground): string | undefined {
  const first = firstStatusAmong(listed);
  const actions = roles
    .filter(({ kind }) => kind === 'action')
    .map(({ entry: { path }, entry }) => ({
      entry,
      leadsTo: listed.filter((value) => formsOf(path).has(value.toLowerCase())),
    }));
  for (const { entry } of actions) {
    const operation = ground.operations.compile(entry);
    const others = actions.filter((other) => other.entry !== entry);
    // What an action leads to whose word is no state nobody knows.
    if (!speaksOfStates(operation, listed) || others.some(({ leadsTo }) => leadsTo.length === 0)) continue;
    const reached = new Set([first, ...others.flatMap(({ leadsTo }) => leadsTo)]);
    const allowed = listed.filter((value) => !isForbiddenIn(operation, value, listed));
    if (allowed.length > 0 && allowed.length < listed.length && !allowed.some((value) => reached.has(value)))
      return allowed[0];
  }
  // What is new is in no state that an action leads to, where no other one tells.
  const isReached = (value: string) => actions.some(({ leadsTo }) => leadsTo.includes(value));
  return first === undefined && listed.some(isReached) ? listed.find((value) => !isReached(value)) : undefined;
}

/** What a thing is called to which an action was done: `open`, `opened`, `opening`. */
function formsOf(path: string): ReadonlySet<string> {
  const [verb = ''] = wordsOf(verbIn(path));
  return new Set([verb, ...participlesOf(verb), gerundOf(verb)]);
}
