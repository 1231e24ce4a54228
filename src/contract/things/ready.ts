import type { OperationEntry } from '../../operation/index.js';
import { type ItemRole, isCall, type Resource, type Role } from '../../resource/index.js';
import { outcomeOf } from '../checks/outcome.js';
import { statusClass } from '../checks/received.js';
import type { RunState } from '../run/state.js';
import type { Thing } from './harvest.js';
import { make } from './make.js';
import { askStep } from './step.js';
import type { Chosen, Things } from './things.js';

/** Of so many other actions it is seen whether they lead to one. */
const mostLeads = 5;

const leads = new WeakMap<Things, Map<string, readonly ItemRole[]>>();

/** The actions that have to be taken before one, in their order: what is not confirmed cannot be started. */
export function leadsTo(things: Things, { id }: OperationEntry): readonly ItemRole[] {
  return leads.get(things)?.get(id) ?? [];
}

/** Whether something is done to a thing by a path below its own. */
export function isAction(role: Role | undefined): role is ItemRole {
  return role?.kind === 'action' && role.keyParameter !== null && !isCall(role.path);
}

/**
 * A thing in the state in which an action can be taken. Where that is refused for the state of a new one, and the document says that it may be
 * (409; RFC 9110, 15.5.10), others are tried before it, each on a thing of its own.
 */
export async function findReady(state: RunState, entry: OperationEntry, chosen: Chosen | null): Promise<Chosen | null> {
  const { things, options } = state;
  const role = things.resources.roleOf(entry.id);
  const own = chosen?.things.at(-1);
  if (!isAction(role) || own?.origin !== 'made' || own.resource !== role.resource) return chosen;
  if (!options.operations.compile(entry).responses.some(({ key }) => key === '409')) return chosen;
  const others = role.resource.roles.filter(
    (each): each is ItemRole => isAction(each) && each.entry !== entry && each.entry.method !== 'DELETE',
  );
  if (others.length === 0 || (await statusAfter(state, role, [], own.scope)) !== 409) return chosen;
  for (const other of others.slice(0, mostLeads)) {
    const lead = [...leadsTo(things, other.entry), other];
    if (lead.includes(role) || statusClass((await statusAfter(state, role, lead, own.scope)) ?? 0) !== 2) continue;
    const known = leads.get(things) ?? new Map<string, readonly ItemRole[]>();
    leads.set(things, known.set(entry.id, lead));
    const ready = await readied(state, role, lead, own.scope, `for ${entry.method} ${entry.path}`);
    if (ready === null) return chosen;
    things.reserve(ready);
    return things.valuesFor(entry, things.pathTo(entry, ready)) ?? chosen;
  }
  return chosen;
}

/** A thing to which nothing but what leads to an action was done: to see there what it needs. */
export async function readyToTry(state: RunState, role: ItemRole, scope: Thing['scope']): Promise<Thing | null> {
  const { entry } = role;
  return readied(state, role, leadsTo(state.things, entry), scope, `to see what ${entry.method} ${entry.path} needs`);
}

/** How an action is answered after others; null where one of these is refused, or nothing can be made. */
async function statusAfter(
  state: RunState,
  role: ItemRole,
  lead: readonly ItemRole[],
  scope: Thing['scope'],
): Promise<number | null> {
  const { entry } = role;
  const thing = await readied(state, role, lead, scope, `to see what leads to ${entry.method} ${entry.path}`);
  return thing && act(state, role, thing);
}

async function readied(
  state: RunState,
  { resource }: { readonly resource: Resource },
  lead: readonly ItemRole[],
  scope: Thing['scope'],
  name: string,
): Promise<Thing | null> {
  const made = await make(state, resource, { scope, name });
  if (typeof made === 'string') return null;
  for (const each of lead) if (statusClass((await act(state, each, made.thing)) ?? 0) !== 2) return null;
  return made.thing;
}

async function act(state: RunState, { entry }: ItemRole, thing: Thing): Promise<number | null> {
  const title = `${entry.method} ${entry.path}, to see what leads to another action`;
  const path = state.things.pathTo(entry, thing);
  const sent = await askStep(state, { entry, path, name: title, title, expectation: 'survived' });
  return sent && outcomeOf(sent.exchange);
}
