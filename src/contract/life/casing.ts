import { excerpt } from '../excerpt.js';
import { isSuccess, nameOf } from './answers.js';
import { send } from './changing.js';
import { rowTaken } from './emptying.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { counting, easeOf, mayBe, naming, secret, takenBy } from './members.js';

/** A small letter first and a capital in the same word: nobody who changes the case of texts makes that. */
const asSent = /(?:^|\s)\p{Ll}[\p{L}\p{N}]*\p{Lu}/u;

/** A text that differs in case alone is another text, for whoever keeps the case of texts. */
export async function checkCase(life: Life, made: Made): Promise<void> {
  const { replace } = life.roles;
  const { change = replace } = life.roles;
  const before = change && (await life.read(made.thing, 'read what will change its case'));
  const row = before?.row;
  if (!change || !before || !row) return;
  const operation = life.operation(change);
  const taken = takenBy(operation, change);
  const names = naming(life.resource);
  const found = taken.flatMap((member) => {
    const { name } = member;
    const old = Object.hasOwn(row, name) ? row[name] : null;
    if (typeof old !== 'string' || !asSent.test(old) || easeOf(member, old) > 0) return [];
    if (names.has(name) || life.left.has(name) || counting.test(name) || secret.test(name)) return [];
    const value = Array.from(old, (letter) =>
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    ).join('');
    return mayBe(operation, member, value) ? [{ name, old, value }] : [];
  })[0];
  if (found === undefined) return;
  const { name, old, value } = found;
  const rest = change === replace ? rowTaken(operation, taken, row) : {};
  const changing = { life, made, change, taken };
  const exchange = await send(changing, before, { ...rest, [name]: value }, `change the case of "${name}"`);
  if (exchange === null || !isSuccess(exchange) || (exchange.received.status === 202 && !life.hands.isPatient)) return;
  await life.hands.hold('change-kept', async () => {
    const after = await life.read(made.thing, 'read what has changed its case');
    if (!after?.row) return null;
    if (after.row[name] !== old) return kept(after.exchange);
    return broken(after.exchange, {
      message: `A change of case alone has changed nothing: ${told(exchange)}, and then ${nameOf(after.exchange)}: "${name}"`,
      expected: excerpt(value),
      received: excerpt(old),
      cause: 'a change of case',
    });
  });
}
