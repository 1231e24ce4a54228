import type { Operation } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
import { sentBody } from '../things/sent-body.js';
import type { Exchange } from '../types.js';
import { isSuccess } from './answers.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, type Reading, told } from './life.js';

/** Words of what changes the members that it is sent, and leaves the others. */
const changing =
  /partial|merg|\bpatch|\bonly\b|\b(?:fields?|members?|attributes?|properties|values)\b[^.]*\b(?:given|provided|sent|specified|supplied|present|included)\b|\b(?:given|provided|sent|specified|supplied)\b[^.]*\b(?:fields?|members?|attributes?|properties|values)\b/i;

/**
 * Whether a PUT says that it replaces (RFC 9110, 9.3.4), where no PATCH beside it tells the two apart: by its words, or as it
 * makes what is not there of the same body.
 */
export function saysReplaces({ kind }: ItemRole, { id, summary, description, responses }: Operation): boolean {
  const said = [id, summary, description, ...responses.map((each) => each.description)].join('. ');
  if (changing.test(said)) return false;
  const isMaking = kind === 'upsert' && responses.some(({ key }) => key === '201');
  return /replac/i.test(said) || (isMaking && !/updat|chang|modif|edit/i.test(said));
}

/**
 * What was there before is not created by PUT (RFC 9110, 9.3.4: 200 or 204). Whoever declares nothing but 201 says that it answers
 * so always.
 */
export async function checkPutStatus(life: Life, putting: Exchange, before: Reading): Promise<void> {
  const { received } = putting;
  const others = forReplaced(putting);
  if (others.length === 0 || before.row === null) return;
  await life.hands.hold('replaced', async () => {
    if (received.status !== 201) return kept(putting);
    return broken(putting, {
      message: `To replace what is there was answered as if it had been created: ${told(before.exchange)}, and then ${told(putting)}`,
      expected: `status ${others.join(' or ')} (RFC 9110, 9.3.4)`,
      received: 'status 201',
      cause: '201 for what was there',
    });
  });
}

/**
 * What was not there is created by PUT, and answered with 201 (RFC 9110, 9.3.4), where that is declared beside 200 or 204.
 * @param first what a PUT under a new key has made @param gone a thing that was deleted
 */
export async function checkPutMade(life: Life, first: Made, gone: Made): Promise<void> {
  const { create } = life.roles;
  const isOther = (exchange: Exchange) => forReplaced(exchange).includes(String(exchange.received.status));
  if (create?.kind !== 'upsert' || !isOther(first.exchange)) return;
  const body = sentBody(gone.exchange.operation, gone.exchange.request)?.value;
  await life.hands.hold('replaced', async () => {
    const before = await life.read(gone.thing, 'read what is to be put where nothing is');
    // What is gone for good (410) has been there.
    if (before?.status !== 404) return null;
    const how = { ...(body !== undefined && { body }), mayBeRefused: true as const };
    const putting = await life.ask(create, gone.thing, 'put it where nothing is', how);
    if (putting === null || !isSuccess(putting)) return null;
    life.hands.claimed(gone.thing);
    if (!isOther(putting)) return kept(putting);
    const after = await life.read(gone.thing, 'read what was put where nothing was');
    if (!after?.row) return null;
    return broken(putting, {
      message: `To create was answered as if it had been replaced: ${told(before.exchange)}, then ${told(putting)}, and then ${told(after.exchange)}`,
      expected: 'status 201 (RFC 9110, 9.3.4)',
      received: `status ${putting.received.status}`,
      cause: 'no 201 for what was not there',
    });
  });
}

/** The statuses that a PUT declares for what it has replaced, where it has one of its own for what it has created. */
function forReplaced({ operation, request }: Exchange): string[] {
  if (request.method !== 'PUT' || !operation.responses.some(({ key }) => key === '201')) return [];
  return operation.responses.flatMap(({ key }) => (key === '200' || key === '204' ? [key] : []));
}
