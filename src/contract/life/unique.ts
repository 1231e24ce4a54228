import { type Operation, retryKeyOf } from '../../operation/index.js';
import { type ItemRole, saidUnique, saysUnique } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import { isSuccess } from './answers.js';
import { send } from './changing.js';
import { rowTaken } from './emptying.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { type Member, secret, takenBy } from './members.js';

/**
 * Where the document says of which member a create is refused if another thing has it (409: `SKU is taken`; `The name must be unique`),
 * a create with the same value of it is refused.
 */
export async function checkUnique(life: Life, there: Made): Promise<void> {
  const { create, read } = life.roles;
  if (create?.kind !== 'create' || there.sent === null || there.exchange.operation.id !== create.entry.id) return;
  const operation = life.operation(create);
  if (retryKeyOf(operation) !== undefined) return;
  const row = (await life.read(there.thing, 'read what another one is to be like'))?.row;
  const found = row ? uniqueAmong(operation, tellingOf(operation, create, row)) : null;
  if (!row || !read || found === null) return;
  const { member, said, status: promised } = found;
  const drawn = await life.hands.fresh(create, there.thing);
  if (drawn === null) return;
  const sent = { ...there.sent, [member.name]: row[member.name] ?? null };
  const exchange = await life.ask(create, there.thing, `create another with the same "${member.name}"`, {
    body: life.bodyWith(create, sent, drawn),
    path: life.hands.pathTo(create, there.thing),
    mayBeRefused: true,
  });
  if (exchange === null || exchange.received.status === 202) return;
  const other = isSuccess(exchange) ? life.hands.madeBy(exchange, create) : null;
  await life.hands.hold('keys-differ', async () => {
    const { status } = exchange.received;
    if (!isSuccess(exchange))
      return status === promised || (promised === null && refusals.has(status)) ? kept(exchange) : null;
    // To give the thing that is there is no second one.
    if (other === null || scalarText(other.thing.key) === scalarText(there.thing.key)) return null;
    return broken(exchange, {
      message: `What the document says is taken was taken twice: ${told(exchange, other.thing)} with the "${member.name}" of ${JSON.stringify(there.thing.key)}`,
      expected: `a refusal${promised === null ? '' : ` with ${promised}`}: ${said}`,
      received: `status ${exchange.received.status}, and another thing`,
      cause: `taken "${member.name}"`,
    });
  });
}

/**
 * The same of a change, and of a replacement: another thing gets no value that the document says is taken.
 * @param there what has the value
 */
export async function checkUniqueChanged(life: Life, there: Made, made: Made): Promise<void> {
  const { change, replace } = life.roles;
  if (scalarText(there.thing.key) === scalarText(made.thing.key)) return;
  for (const role of new Set([change, replace])) {
    if (role === undefined || role.kind === 'patch') continue;
    const operation = life.operation(role);
    const taken = takenBy(operation, role);
    const row = (await life.read(there.thing, 'read what another one is to be like'))?.row;
    const found = row ? uniqueAmong(operation, tellingOf(operation, role, row)) : null;
    const before = found && (await life.read(made.thing, 'read what is to be like another one'));
    const value = found && row?.[found.member.name];
    if (!found || !before?.row || typeof value !== 'string' || before.row[found.member.name] === value) continue;
    const { member, said, status: promised } = found;
    const rest = role === replace ? rowTaken(operation, taken, before.row) : {};
    const sent = { ...rest, [member.name]: value };
    const exchange = await send(
      { life, made, change: role, taken },
      before,
      sent,
      `change "${member.name}" to that of another one`,
    );
    if (exchange === null || exchange.received.status === 202) continue;
    await life.hands.hold('keys-differ', async () => {
      const { status } = exchange.received;
      if (!isSuccess(exchange))
        return status === promised || (promised === null && refusals.has(status)) ? kept(exchange) : null;
      const after = await life.read(made.thing, 'read whether it is like another one');
      const other = await life.read(there.thing, 'read whether another one is what it was');
      if (after?.row?.[member.name] !== value || other?.row?.[member.name] !== value) return null;
      return broken(exchange, {
        message: `What the document says is taken was taken by a change: ${told(exchange)} with the "${member.name}" of ${JSON.stringify(there.thing.key)}`,
        expected: `a refusal${promised === null ? '' : ` with ${promised}`}: ${said}`,
        received: `status ${status}, and two things with it`,
        cause: `taken "${member.name}" by a change`,
      });
    });
  }
}

/** Members by which things may be told apart. Of a few values each is that of many things. */
function tellingOf(operation: Operation, role: ItemRole, row: JsonObject): readonly Member[] {
  return takenBy(operation, role).filter(
    ({ name, parts }) =>
      typeof row[name] === 'string' && row[name] !== '' && listedValues(parts).length === 0 && !secret.test(name),
  );
}

const refusals: ReadonlySet<number | null> = new Set([400, 409, 422]);

/** The member of which the document says that no two things have the same, where it says so, and with what status the second is refused. */
function uniqueAmong(
  operation: Operation,
  candidates: readonly Member[],
): { readonly member: Member; readonly said: string; readonly status: 409 | null } | null {
  for (const { said, status, names } of saidUnique(operation)) {
    const member = candidates.find(({ name }) => names(name));
    if (member !== undefined) return { member, said, status };
  }
  // Where nothing is said of a refusal, what is to come of it nobody knows.
  const mayRefuse = operation.responses.some(({ key }) => /^(?:400|409|422|4XX|default)$/.test(key));
  for (const member of mayRefuse ? candidates : []) {
    const words = member.parts.map(({ schema: { description } }) => description).find(saysUnique);
    if (words !== undefined) return { member, said: words, status: null };
  }
  return null;
}
