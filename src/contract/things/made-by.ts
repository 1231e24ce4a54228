import { type ItemRole, keyOf, type ListRole, listOf, type Role, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import { harvest, type Thing } from './harvest.js';
import { askStep, type SentStep } from './step.js';
import { keepTurns } from './turns.js';

type Values = Readonly<Record<string, Json>>;

/**
 * What a create has made: as the answer says, else what is new in the list and has what was sent.
 * @param wasFree whether nothing was there before, whatever is answered
 */
export async function madeBy(
  state: RunState,
  role: ItemRole,
  path: Values,
  { exchange, body }: SentStep,
  before: readonly Thing[],
  wasFree: boolean,
): Promise<Thing | null> {
  const { things } = state;
  const { resource } = role;
  keepTurns(things, role, body);
  // The member of one group may be one of another.
  const isBelowSame = (one: Thing, other: Thing) =>
    resource.scope.every(({ parameter }) => scalarText(one.scope[parameter]) === scalarText(other.scope[parameter]));
  const isNew = (thing: Thing) =>
    !before.some((known) => keyText(known) === keyText(thing) && isBelowSame(known, thing));
  const told = things.toldBy(exchange).find((thing) => thing.resource === resource && thing.origin === 'made');
  if (told) return told;
  if (role.kind === 'upsert') {
    // What is put there by the key of something that is new itself was not there before, whatever is answered.
    const isPut = wasFree || path[role.keyParameter ?? ''] !== undefined;
    const all = isPut ? harvest(exchange, things.resources, state.options.operations) : things.toldBy(exchange);
    const [one] = all.filter((thing) => thing.resource === resource && isNew(thing));
    return one === undefined ? null : things.claim(one);
  }
  const isBeside = (each: Role): each is ListRole => each.kind === 'list' && each.path === role.path;
  const list = listOf(resource) ?? resource.roles.find(isBeside);
  const sentRow = role.body && body !== undefined ? readAt(body, role.body.path) : undefined;
  if (list === undefined || !isObject(sentRow)) return null;
  const after = await askStep(state, {
    entry: list.entry,
    path,
    name: `list ${resource.name}`,
    title: `list ${resource.name}`,
  });
  if (after === null) return null;
  const found = things
    .toldBy(after.exchange)
    .filter((thing) => isNew(thing) && thing.row && hasAll(thing.row, sentRow));
  const [one] = found;
  return one !== undefined && found.length === 1 ? things.claim(one) : null;
}

function keyText({ resource, row, key }: Thing): string {
  return (row && keyOf(resource, row)) ?? scalarText(key);
}

/** Whether a row shows each plain value that was sent, and at least one. */
function hasAll(row: JsonObject, sent: JsonObject): boolean {
  const plain = Object.entries(sent).filter(([name, value]) => typeof value !== 'object' && Object.hasOwn(row, name));
  return plain.length > 0 && plain.every(([name, value]) => row[name] === value);
}
