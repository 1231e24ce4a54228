import { type Operation, retryKeyOf } from '../../operation/index.js';
import { saidUnique, saysUnique } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { isSuccess } from './answers.js';
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
  // Of a few values each is that of many things.
  const candidates = takenBy(operation, create).filter(
    ({ name, parts }) =>
      row &&
      typeof row[name] === 'string' &&
      row[name] !== '' &&
      listedValues(parts).length === 0 &&
      !secret.test(name),
  );
  const found = uniqueAmong(operation, candidates);
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
  for (const member of candidates) {
    const words = member.parts.map(({ schema: { description } }) => description).find(saysUnique);
    if (words !== undefined) return { member, said: words, status: null };
  }
  return null;
}
