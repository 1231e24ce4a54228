import { retryKeyOf } from '../../operation/index.js';
import { listedValues } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { phraseOf } from '../../text/words.js';
import { isSuccess } from './answers.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { takenBy } from './members.js';

const ofTaken =
  /\b(?:taken|already (?:exists?|in use|used|registered)|exists? already|in use|not unique|duplicate|must be unique|with (?:this|that|the same|the given)(?: [\w-]+){1,4}? exists|another(?: [\w-]+){1,3}? (?:already )?(?:has|uses) (?:this|that|the same|it))\b/i;

/** What a description says of the answer, and of no member: `HTTP Status Code: 409`. */
const ofHttp = /<[^>]*>|\b(?:http\s+)?status(?:[\s_-]*code)?\b\W*\d{3}|\b(?:http\s+)?status[\s_-]*code\b/gi;

/**
 * Where the document says of which member a create is refused with 409 if another thing has it (`SKU is taken`), a create with the same
 * value of it is refused.
 */
export async function checkUnique(life: Life, there: Made): Promise<void> {
  const { create, read } = life.roles;
  if (create?.kind !== 'create' || there.sent === null || there.exchange.operation.id !== create.entry.id) return;
  const operation = life.operation(create);
  if (retryKeyOf(operation) !== undefined) return;
  const said = operation.responses.find(({ key }) => key === '409')?.description ?? '';
  const words = ` ${phraseOf(said.replace(ofHttp, ' '))} `;
  const row = (await life.read(there.thing, 'read what another one is to be like'))?.row;
  const member = takenBy(operation, create).find(
    // Of a few values each is that of many things.
    ({ name, parts }) =>
      row &&
      typeof row[name] === 'string' &&
      row[name] !== '' &&
      listedValues(parts).length === 0 &&
      words.includes(` ${phraseOf(name)} `),
  );
  if (!ofTaken.test(said) || !row || !read || member === undefined) return;
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
    if (!isSuccess(exchange)) return exchange.received.status === 409 ? kept(exchange) : null;
    // To give the thing that is there is no second one.
    if (other === null || scalarText(other.thing.key) === scalarText(there.thing.key)) return null;
    return broken(exchange, {
      message: `What the document says is taken was taken twice: ${told(exchange, other.thing)} with the "${member.name}" of ${JSON.stringify(there.thing.key)}`,
      expected: `a refusal with 409: ${said}`,
      received: `status ${exchange.received.status}, and another thing`,
      cause: `taken "${member.name}"`,
    });
  });
}
