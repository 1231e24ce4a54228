import { type ItemRole, type Reference, refusesMissing } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { isSuccess } from './answers.js';
import { rowOf } from './attributes.js';
import { send } from './changing.js';
import { rowTaken } from './emptying.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, Life, type Reading, told } from './life.js';
import { type Member, mayBe, takenBy } from './members.js';

/** So many keys are looked at until nothing has one. */
const mostKeys = 3;

/**
 * What a body names has to be there, where the document says so (`roomCode names no room`, `Id of an existing animal`): nothing is made
 * of what is not, nor changed into it.
 */
export async function checkMissingNamed(life: Life, made: Made): Promise<void> {
  const { create, change, replace } = life.roles;
  for (const reference of life.resource.references) {
    const [name, ...inner] = reference.member;
    if (name === undefined || inner.length > 0 || reference.isList || reference.resource === life.resource) continue;
    const speaking = [...new Set([create, change, replace])].flatMap((role) => {
      const said = role === undefined || role.kind === 'patch' ? null : saidOf(life, role, reference, name);
      return role === undefined || said === null ? [] : [{ role, ...said }];
    });
    const [first] = speaking;
    const missing = first && (await missingKey(life, made, reference, first.member));
    if (!missing) continue;
    for (const { role, statuses } of speaking) {
      const sending = role === create ? createWith(life, role, made) : changeWith(life, role, made);
      const exchange = await sending(name, missing.key);
      if (exchange !== null && exchange.received.status !== 202)
        await judge(life, exchange, { name, statuses, missing: missing.reading });
    }
  }
}

interface Said {
  readonly member: Member;
  readonly statuses: readonly string[];
}

function saidOf(life: Life, role: ItemRole, { resource }: Reference, name: string): Said | null {
  const operation = life.operation(role);
  const member = takenBy(operation, role).find((each) => each.name === name);
  if (member === undefined) return null;
  const noun = resource.name.split('.').at(-1) ?? '';
  const descriptions = member.parts.map(({ schema: { description } }) => description);
  const statuses = refusesMissing(operation, { member: name, noun, descriptions });
  return statuses === null ? null : { member, statuses };
}

/** A key of the form of one that is there, which reading says that nothing has. */
async function missingKey(
  life: Life,
  { thing, sent }: Made,
  { resource }: Reference,
  member: Member,
): Promise<{ readonly key: Json; readonly reading: Reading } | null> {
  const { create } = life.roles;
  if (resource.scope.length > 0 || create === undefined) return null;
  const drawn = rowOf(create, await life.hands.fresh(create, thing))?.[member.name];
  const there = sent?.[member.name] ?? drawn ?? null;
  const others = othersLike(there).filter(
    (key) => mayBe(life.operation(create), member, key) && !life.hands.isKnown(resource, key),
  );
  const named = new Life(life.hands, resource);
  for (const key of others.slice(0, mostKeys)) {
    const reading = await named.read(
      { ...thing, resource, scope: {}, under: {}, key, row: null },
      'look for what nobody has made',
    );
    if (reading && isMissing(reading.status) === true) return { key, reading };
  }
  return null;
}

/** Other values of the same form: their last letters and digits are others. */
function othersLike(value: Json): Json[] {
  if (typeof value === 'number') return [value + 7_777_777, value + 77_777, value + 7_777];
  if (typeof value !== 'string') return [];
  const isHex = /^[\da-f-]+$/i.test(value);
  return [7, 5, 3, 1].map((by) =>
    value.replace(/[a-z\d]{1,8}(?=[^a-z\d]*$)/i, (end) => [...end].map((sign) => moved(sign, by, isHex)).join('')),
  );
}

function moved(sign: string, by: number, isHex: boolean): string {
  const signs = [
    isHex ? '0123456789abcdef' : '0123456789',
    'abcdefghijklmnopqrstuvwxyz',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ].find((all) => all.includes(sign));
  return signs === undefined ? sign : (signs[(signs.indexOf(sign) + by) % signs.length] ?? sign);
}

function createWith(life: Life, create: ItemRole, { thing }: Made) {
  return async (name: string, key: Json): Promise<Exchange | null> => {
    const drawn = await life.hands.fresh(create, thing);
    const row = rowOf(create, drawn);
    if (drawn === null || !row) return null;
    const body = life.bodyWith(create, { ...row, [name]: key }, drawn);
    const path = life.hands.pathTo(create, thing);
    return life.ask(create, thing, `create one with a "${name}" that nothing has`, { body, path, mayBeRefused: true });
  };
}

function changeWith(life: Life, role: ItemRole, made: Made) {
  return async (name: string, key: Json): Promise<Exchange | null> => {
    const before = await life.read(made.thing, 'read what is to name something else');
    if (!before?.row) return null;
    const taken = takenBy(life.operation(role), role);
    const rest = role === life.roles.replace ? rowTaken(life.operation(role), taken, before.row) : {};
    const title = `change "${name}" to what nothing has`;
    return send({ life, made, change: role, taken }, before, { ...rest, [name]: key }, title);
  };
}

async function judge(
  life: Life,
  exchange: Exchange,
  { name, statuses, missing }: { name: string; statuses: readonly string[]; missing: Reading },
): Promise<void> {
  await life.hands.hold('create-stored', async () => {
    const { status } = exchange.received;
    if (!isSuccess(exchange)) return statuses.includes(scalarText(status ?? 0)) ? kept(exchange) : null;
    return broken(exchange, {
      message: `What names nothing was taken, which the document says is refused: ${told(exchange)} with "${name}", and ${told(missing.exchange)}`,
      expected: `status ${statuses.join(' or ')}`,
      received: `status ${status}`,
      cause: `"${name}" that names nothing`,
    });
  });
}
