import type { Operation } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
import type { Exchange } from '../types.js';
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
  const { operation, request, received } = putting;
  const others = operation.responses.filter(({ key }) => key === '200' || key === '204').map(({ key }) => key);
  const isMade = operation.responses.some(({ key }) => key === '201');
  if (request.method !== 'PUT' || !isMade || others.length === 0 || before.row === null) return;
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
