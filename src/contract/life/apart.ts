import { keyOf, type ListRole, namedOtherwise, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { nameOf, rowsIn } from './answers.js';
import type { Made, Outcome } from './hands.js';
import { broken, isMissing, kept, type Life, told } from './life.js';
import { isSameThing } from './same-thing.js';

/** Lists of one resource under something that a member of its things names. */
const mostLists = 3;

/** `/owners/7/pets` lists pets by what `/pets/{id}` shows: only those whose member says so. */
export async function checkMembership(life: Life, made: Made): Promise<void> {
  const { resource, hands } = life;
  const row = (await life.read(made.thing, 'read what a list is of'))?.row ?? made.thing.row;
  const lists = resource.roles.filter(
    (role): role is ListRole => role.kind === 'list' && role.entry !== life.roles.list?.entry,
  );
  for (const list of lists.slice(0, mostLists)) {
    const [above, ...others] = list.scope;
    if (row === null || above === undefined || others.length > 0) continue;
    // What merely names such a thing may say something else of it: whose projects these are, and who has made them.
    const { member } = above;
    // A path that has the slug of what things name by its id does not lead to the list of theirs by that.
    if (member !== null && above.resource !== null && namedOtherwise(member, above.resource) !== null) continue;
    const owner = member === null ? undefined : readAt(row, member);
    if (member === null || owner === undefined || owner === null || typeof owner === 'object') continue;
    await hands.hold('under-parent-only', async () => {
      const path = { [above.parameter]: owner };
      const title = `the list under ${member.join('.')}`;
      const exchange = await hands.send({ entry: list.entry, path, title, mayBeMissing: true });
      const rows = exchange && rowsIn(exchange, list);
      if (exchange === null || rows === null) return null;
      const told = rows.map((each) => readAt(each, member)).filter((value) => value !== undefined && value !== null);
      const foreign = told.find((value) => typeof value !== 'object' && scalarText(value) !== scalarText(owner));
      if (foreign === undefined) return told.length > 0 ? kept(exchange) : null;
      return broken(exchange, {
        message: `A list shows what it is not of: ${nameOf(exchange)}`,
        expected: `only items whose "${member.join('.')}" is ${JSON.stringify(owner)}`,
        received: `one where it is ${JSON.stringify(foreign)}, among ${rows.length} items`,
        cause: `not of ${above.parameter}`,
      });
    });
  }
}

/** A thing is under its own parent: another one of the same kind neither lists it nor leads to it. */
export async function checkScope(life: Life, made: Made): Promise<void> {
  const { resource, hands } = life;
  const { list, read } = life.roles;
  const above = resource.scope.at(-1) ?? list?.scope.at(-1);
  const parent = above?.resource;
  // What has no key is there once under each of them.
  if (!above || !parent || parent === resource || parent.isSingleton || made.thing.key === null) return;
  const outer = Object.fromEntries(Object.entries(made.thing.scope).filter(([name]) => name !== above.parameter));
  const other = await hands.make(parent, 'to have another parent', outer);
  const ownParent = made.thing.scope[above.parameter] ?? made.thing.under[above.parameter];
  if (typeof other === 'string' || scalarText(other.thing.key) === scalarText(ownParent)) return;
  const otherParent = other.thing.key;
  const elsewhere = { ...made.thing, scope: { ...made.thing.scope, [above.parameter]: otherParent } };
  // What names the parent may be taken from the path that was asked.
  const isOfPath = (said: Json | undefined, other: Json | undefined) =>
    scalarText(said) === scalarText(ownParent) && scalarText(other) === scalarText(otherParent);
  const isIt = (row: JsonObject, own: JsonObject) => isSameThing(resource, made, row, own, isOfPath);
  const complain = (exchange: Exchange): Outcome =>
    broken(exchange, {
      message: `A thing is shown under a parent that it does not belong to: ${told(made.exchange, made.thing)}, and then ${told(exchange)}`,
      expected: `nothing with the key ${JSON.stringify(made.thing.key)} there`,
      received: 'that thing',
      cause: `under another parent: ${exchange.operation.method}`,
    });
  // A list whose path does not name the parent is the same list under another.
  const isNamed = list?.scope.some((one) => one.parameter === above.parameter || one.resource === parent);
  if (list !== undefined && isNamed && resource.key !== null) {
    await hands.hold('under-parent-only', async () => {
      const path = hands.pathTo(list, elsewhere);
      const exchange = await hands.send({
        entry: list.entry,
        path,
        title: 'the list under another parent',
        mayBeMissing: true,
      });
      const rows = exchange && rowsIn(exchange, list);
      if (exchange === null || rows === null) return null;
      const own = (await life.read(made.thing, 'read it under its own parent'))?.row ?? made.thing.row ?? {};
      if (rows.some((row) => isObject(row) && isIt(row, own))) return complain(exchange);
      // What has just been made has nothing under it, or little: a list that shows something may have further pages.
      const found = rows.length > 0 ? (await life.listOf(elsewhere, own))?.found : undefined;
      return found && isObject(found.row) && isIt(found.row, own) ? complain(found.exchange) : kept(exchange);
    });
  }
  if (list !== undefined && isNamed && resource.key !== null) await checkNoneElsewhere(life, made, elsewhere);
  if (read === undefined || resource.scope.length === 0) return;
  await hands.hold('under-parent-only', async () => {
    const reading = await life.read(elsewhere, 'read it under another parent');
    if (reading === undefined || isMissing(reading.status) === null) return null;
    const own = (await life.read(made.thing, 'read it under its own parent'))?.row;
    return reading.row && own && isIt(reading.row, own) ? complain(reading.exchange) : kept(reading.exchange);
  });
}

/** What is made under one parent, while there is another that has nothing, is not put under that too. */
async function checkNoneElsewhere(life: Life, { thing }: Made, elsewhere: Made['thing']): Promise<void> {
  const { hands, resource } = life;
  const { list } = life.roles;
  if (list === undefined) return;
  const ask = () =>
    hands.send({
      entry: list.entry,
      path: hands.pathTo(list, elsewhere),
      title: 'the list under another parent, before and after',
      mayBeMissing: true,
    });
  const before = await ask();
  if (before === null || rowsIn(before, list)?.length !== 0) return;
  const later = await hands.make(resource, 'while there is another parent', life.besides(thing));
  if (typeof later === 'string') return;
  await hands.hold('under-parent-only', async () => {
    const exchange = await ask();
    const rows = exchange && rowsIn(exchange, list);
    if (exchange === null || rows === null) return null;
    const key = scalarText(later.thing.key);
    if (!rows.some((row) => keyOf(resource, row) === key)) return kept(exchange);
    return broken(exchange, {
      message: `What was made under one parent is under another too: ${told(later.exchange, later.thing)}, and then ${told(exchange)}`,
      expected: `nothing with the key ${JSON.stringify(later.thing.key)} there`,
      received: 'an item with that key',
      cause: 'under each parent',
    });
  });
}
