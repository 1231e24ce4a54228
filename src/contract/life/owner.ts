import { type ItemRole, keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { outcomeOf } from '../checks/outcome.js';
import type { Exchange } from '../types.js';
import { isSuccess, rowIn, rowsIn } from './answers.js';
import type { Asked, Made, Outcome } from './hands.js';
import { broken, isMissing, kept, type Life, told } from './life.js';
import { likenessOf } from './likeness.js';
import { othersFor, takenBy } from './members.js';
import { saysWhose } from './owned.js';
import { contradicts } from './same-thing.js';

const asSecond: Partial<Asked> = { as: 'second user', mayBeRefused: true };

/** Nobody else can read, list, change or delete what was made: not a second user, nor one without credentials. */
export async function checkOwner(life: Life, made: Made): Promise<void> {
  const { read, list, change, replace, remove } = life.roles;
  const { hands, resource } = life;
  if (!hands.hasSecondUser) return;
  const role = read ?? list;
  if (role === undefined || life.operation(role).security.length === 0) return;
  const own = (await life.read(made.thing, 'read what a second user asks for'))?.row ?? made.thing.row ?? {};
  if (!saysWhose(life) && (await checkShared(life, made, own))) return;
  const complain = (exchange: Exchange, what: string): Outcome =>
    broken(exchange, {
      message: `A second user can ${what} what the first one has made: ${told(made.exchange, made.thing)}, and then ${told(exchange)}`,
      expected: 'status 403 or 404',
      received: `status ${exchange.received.status}`,
      cause: `a second user: ${what}`,
    });
  if (read !== undefined) {
    await hands.hold('owner-only', async () => {
      const exchange = await life.ask(read, made.thing, 'read it as a second user', asSecond);
      if (exchange && outcomeOf(exchange) === 401) return unknownUser(exchange);
      if (exchange === null || isUntold(exchange)) return null;
      const row = rowIn(exchange, read);
      return row !== null && !contradicts(resource, row, own) ? complain(exchange, 'read') : kept(exchange);
    });
  }
  if (list !== undefined && resource.key !== null) {
    await hands.hold('owner-only', async () => {
      const listing = await listedForSecond(life, made, own);
      if (listing === null) return null;
      return listing.shown === null ? kept(listing.exchange) : complain(listing.shown, 'list');
    });
  }
  await checkChangeByOther(life, made, change ?? replace, complain);
  if (remove === undefined) return;
  // What was done once cannot be asked for again.
  const exchange = await life.ask(remove, made.thing, 'delete it as a second user', asSecond);
  await hands.hold('owner-only', async () => {
    if (exchange === null || isUntold(exchange)) return null;
    if (!isSuccess(exchange)) return kept(exchange);
    const reading = await life.read(made.thing, 'read what a second user has deleted');
    return isMissing(reading?.status ?? null) === false ? kept(exchange) : complain(exchange, 'delete');
  });
}

/** What a second user may change is another one of theirs, where the first one is shown it as it was. */
async function checkChangeByOther(
  life: Life,
  { thing }: Made,
  changing: ItemRole | undefined,
  complain: (exchange: Exchange, what: string) => Outcome,
): Promise<void> {
  const { hands, resource, roles } = life;
  const row = changing && (await life.read(thing, 'read what a second user is to change'))?.row;
  if (!changing || !row || changing.body?.path.length !== 0) return;
  const taken = takenBy(life.operation(changing), changing);
  const member = taken.find(({ name }) => typeof row[name] === 'string' && name !== resource.key?.member[0]);
  const value = member && othersFor(member, row[member.name] ?? null)[0];
  if (member === undefined || value === undefined) return;
  const { name } = member;
  const whole = Object.fromEntries(
    taken.flatMap((each) => (row[each.name] === undefined ? [] : [[each.name, row[each.name]]])),
  );
  const body = { ...(changing === roles.replace ? whole : {}), [name]: value } as JsonObject;
  const exchange = await life.ask(changing, thing, 'change it as a second user', { ...asSecond, body });
  await hands.hold('owner-only', async () => {
    if (exchange === null || isUntold(exchange)) return null;
    if (!isSuccess(exchange)) return kept(exchange);
    const shown = (await life.read(thing, 'read what a second user has changed'))?.row?.[name];
    const isAsBefore = shown !== undefined && likenessOf(row[name] ?? null, shown) === 'same';
    return isAsBefore && likenessOf(value, shown) === 'other' ? kept(exchange) : complain(exchange, 'change');
  });
}

/**
 * Whether a second user is shown all that the first one is, of things of which the document says nowhere that they are
 * somebody's: categories, currencies. That is said, and nobody is accused of it.
 */
async function checkShared(life: Life, made: Made, own: JsonObject): Promise<boolean> {
  const { hands, resource, roles } = life;
  const { read, list } = roles;
  const shown: Exchange[] = [];
  if (read !== undefined) {
    const exchange = await life.ask(read, made.thing, 'read it as a second user', asSecond);
    const row = exchange && rowIn(exchange, read);
    if (!exchange || !row || contradicts(resource, row, own)) return false;
    shown.push(exchange);
  }
  if (list !== undefined && resource.key !== null) {
    const listing = await listedForSecond(life, made, own);
    if (!listing?.shown) return false;
    shown.push(listing.shown);
  }
  const [exchange] = shown;
  if (exchange === undefined) return false;
  await hands.hold('owner-only', async () =>
    broken(exchange, {
      severity: 'warning',
      message: `A second user is shown what the first one has made, and the document does not say whose they are: ${told(made.exchange, made.thing)}, and then ${told(exchange)}`,
      expected: 'status 403 or 404, or a document that says what of it is for everybody',
      received: `status ${exchange.received.status}`,
      cause: 'a second user: shared',
    }),
  );
  return true;
}

/** Whether a second user is shown a thing in the list, and where; null where nobody can tell. */
async function listedForSecond(
  life: Life,
  made: Made,
  own: JsonObject,
): Promise<{ readonly exchange: Exchange; readonly shown: Exchange | null } | null> {
  const { hands, resource, roles } = life;
  const { list } = roles;
  if (list === undefined) return null;
  const path = hands.pathTo(list, made.thing);
  const exchange = await hands.send({ entry: list.entry, path, title: 'the list as a second user', ...asSecond });
  if (exchange === null || isUntold(exchange)) return null;
  const isIt = (row: Json) =>
    keyOf(resource, row) === scalarText(made.thing.key) && !(isObject(row) && contradicts(resource, row, own));
  if ((rowsIn(exchange, list) ?? []).some(isIt)) return { exchange, shown: exchange };
  // Who is shown a list at all may be shown it on a further page.
  const found = isSuccess(exchange) ? (await life.listOf(made.thing, made.sent ?? {}, asSecond.as))?.found : null;
  return { exchange, shown: found && isIt(found.row) ? found.exchange : null };
}

/** Who is refused as nobody shows nothing of what another one may do. */
function unknownUser(exchange: Exchange): Outcome {
  return broken(exchange, {
    severity: 'warning',
    isUndecided: true,
    message: `The credential of the second user (--auth2) is refused, so that nothing is known of what others may do: ${told(exchange)}`,
    expected: 'status 403 or 404',
    received: 'status 401',
    cause: 'a second user whom nobody knows',
  });
}

function isUntold(exchange: Exchange): boolean {
  const status = outcomeOf(exchange);
  return status === null || status >= 500 || status === 429 || status === 401;
}
