import type { Operation } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { excerpt } from '../excerpt.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import type { Asked, Made } from './hands.js';
import { broken, isMissing, kept, type Life, type Reading, tagOf, told } from './life.js';
import { counting, type Member } from './members.js';

/** A tag that nothing has. */
export const tagOfNothing = '"counterproof"';

/**
 * `If-None-Match: *` asks for what is not there yet (RFC 9110, 13.1.2): a PUT of what is there is refused, where the document
 * has both the header and the refusal.
 */
export async function checkOnlyNew(life: Life, { thing }: Made, replace: ItemRole, body: Json): Promise<void> {
  const { parameters, responses } = life.operation(replace);
  const isTaken = parameters.some(({ in: place, name }) => place === 'header' && /^if-none-match$/i.test(name));
  if (!isTaken || !responses.some(({ key }) => key === '412')) return;
  const headers = { 'if-none-match': '*' };
  const exchange = await life.ask(replace, thing, 'make it where it is already', { headers, body, mayBeRefused: true });
  if (exchange === null || exchange.received.status === null || exchange.received.status >= 500) return;
  await life.hands.hold('validators', async () => {
    if (!isSuccess(exchange)) return exchange.received.status === 412 ? kept(exchange) : null;
    return broken(exchange, {
      message: `If-None-Match: * for what is there already was not refused: ${told(exchange)}`,
      expected: 'status 412 (RFC 9110, 13.1.2)',
      received: `status ${exchange.received.status}`,
      cause: 'If-None-Match: *',
    });
  });
}

/** The header by which a change says what it is of (RFC 9110, 13.1.1), where the document has one. */
export function matching(life: Life, read: Exchange, role: ItemRole): Partial<Asked> {
  const tag = tagOf(read);
  const isAsked = life.operation(role).parameters.some((each) => each.in === 'header' && /^if-match$/i.test(each.name));
  return isAsked && tag !== undefined ? { headers: { 'if-match': tag } } : {};
}

/**
 * A tag is another one when the thing is (RFC 9110, 8.8.3), and is heeded where the document says so.
 *
 * @param again what changes it once more, in what it says as it is by now; null: nothing can
 */
export async function checkTags(
  life: Life,
  { thing }: Made,
  before: Reading,
  after: Reading,
  again: { readonly role: ItemRole; readonly body: Json } | null,
): Promise<void> {
  const { read } = life.roles;
  const [old, tag] = [tagOf(before.exchange), tagOf(after.exchange)];
  if (read === undefined || old === undefined || tag === undefined) return;
  if (!(await checkOtherTag(life, before, after))) return;
  const { responses } = life.operation(read);
  if (responses.some(({ key }) => key === '304')) {
    await life.hands.hold('validators', async () => {
      const headers = { 'if-none-match': tag };
      const exchange = await life.ask(read, thing, 'read what is known by its tag', { headers, mayBeMissing: true });
      const status = exchange?.received.status ?? null;
      if (exchange === null || (status !== 304 && isMissing(status) !== false)) return null;
      if (status === 304 || tagOf(exchange) !== tag) return kept(exchange);
      return broken(exchange, {
        message: `If-None-Match with the tag of the thing was not answered with 304: ${told(exchange)}`,
        expected: 'status 304 (RFC 9110, 13.1.2)',
        received: `status ${status}, with the same tag`,
        cause: 'If-None-Match',
      });
    });
  }
  if (again === null || !heedsTags(life.operation(again.role))) return;
  await life.hands.hold('validators', async () => {
    const headers = { 'if-match': old };
    const title = 'change it by a tag that it no longer has';
    const exchange = await life.ask(again.role, thing, title, { headers, body: again.body, mayBeRefused: true });
    if (exchange === null || exchange.received.status === null || exchange.received.status >= 500) return null;
    if (!isSuccess(exchange)) return exchange.received.status === 412 ? kept(exchange) : null;
    return broken(exchange, {
      message: `If-Match with a tag that the thing no longer has was not refused: ${told(exchange)}`,
      expected: 'status 412 (RFC 9110, 13.1.1)',
      received: `status ${exchange.received.status}`,
      cause: 'If-Match',
    });
  });
}

/** Whether a change may say which state it is meant for, and what it gets where that is no more: 412, or any refusal. */
function heedsTags({ parameters, responses }: Operation): boolean {
  const isTaken = parameters.some(({ in: place, name }) => place === 'header' && /^if-match$/i.test(name));
  return responses.some(({ key }) => key === '412' || (isTaken && /^(?:4xx|default)$/i.test(key)));
}

/** A tag is another one when the thing is. @returns whether it is another thing by now, whose tags are declared */
export async function checkOtherTag(life: Life, before: Reading, after: Reading): Promise<boolean> {
  const [old, tag] = [tagOf(before.exchange), tagOf(after.exchange)];
  if (old === undefined || tag === undefined || !isTagged(life)) return false;
  if (JSON.stringify(before.row) === JSON.stringify(after.row)) return false;
  await life.hands.hold('validators', async () =>
    old !== tag
      ? kept(after.exchange)
      : broken(after.exchange, {
          message: `The ETag is the same before and after a change: ${nameOf(after.exchange)}`,
          expected: 'another tag than before',
          received: tag,
          cause: 'one tag for two states',
        }),
  );
  return true;
}

/** The tag that a change is answered with is that of the thing at its end (RFC 9110, 8.8.3), where the answer shows the thing. */
export async function checkAnsweredTag(
  life: Life,
  { thing }: Pick<Made, 'thing'>,
  changing: Exchange,
  answered: JsonObject | null,
  after: Reading,
): Promise<void> {
  const [given, tag] = [tagOf(changing), tagOf(after.exchange)];
  // A weak tag may be that of the answer alone.
  if (given === undefined || tag === undefined || /^W\//.test(given) || /^W\//.test(tag) || !isTagged(life)) return;
  const isSame = ({ row }: Reading) => answered !== null && JSON.stringify(row) === JSON.stringify(answered);
  if (!isSame(after)) return;
  await life.hands.hold('validators', async () => {
    const now = await life.read(thing, 'read the tag of what was changed');
    // Who has another tag each time, or what has changed since, says nothing of the one that was given.
    if (now === undefined || !isSame(now) || tagOf(now.exchange) !== tag) return null;
    if (given === tag) return kept(now.exchange);
    return broken(changing, {
      message: `The ETag that a change was answered with is not that of the thing: ${told(changing)}, and then ${nameOf(now.exchange)}`,
      expected: tag,
      received: given,
      cause: 'the tag of another state',
    });
  });
}

function isTagged(life: Life): boolean {
  const { read } = life.roles;
  if (read === undefined) return false;
  return life
    .operation(read)
    .responses.some(({ key, headers }) => key === '304' || headers.some(({ name }) => /^etag$/i.test(name)));
}

/**
 * Where each change has to say of which version it is, and the document has a conflict, one that is of an earlier version than
 * the thing has by now is refused.
 *
 * @param taken the members that the change takes
 * @param again changes nothing, and says that it is of this version
 */
export async function checkVersion(
  life: Life,
  change: ItemRole,
  taken: readonly Member[],
  before: Reading,
  after: Reading,
  again: (title: string, version: JsonObject) => Promise<Exchange | null>,
): Promise<void> {
  const { responses } = life.operation(change);
  if (change.kind === 'patch' || !responses.some(({ key }) => key === '409' || key === '412')) return;
  const name = taken.find((each) => each.isRequired && counting.test(each.name))?.name;
  const [old, now] = [before.row, after.row].map((row) => (name && row ? row[name] : undefined));
  // What a change does not count on is a member like others.
  if (name === undefined || old === undefined || now === undefined || old === now) return;
  await life.hands.hold('validators', async () => {
    const exchange = await again('change it by a version that it no longer has', { [name]: old });
    if (exchange === null) return null;
    const { status } = exchange.received;
    if (!isSuccess(exchange)) return status === 409 || status === 412 ? kept(exchange) : null;
    return broken(exchange, {
      message: `A change of a version that the thing no longer has was not refused: ${told(exchange)} with "${name}": ${excerpt(old)}`,
      expected: `a refusal, since "${name}" is ${excerpt(now)} by now`,
      received: `status ${status}`,
      cause: 'a version that it no longer has',
    });
  });
}
