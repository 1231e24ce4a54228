import type { Operation } from '../operation/index.js';
import type { Json } from '../text/value.js';
import type { Draft, Exchange } from './context.js';
import { draftProblem, mergedInto, refused, withHeaders } from './held.js';
import { scriptedBody } from './scripted.js';
import { successOf } from './status.js';

/** An answer whose body a host has given. */
export function ownAnswer(exchange: Exchange, operation: Operation, body: Json): Draft {
  const status = exchange.preference.status ?? successOf(operation).status;
  return { ...scriptedBody(exchange, operation, { status, headers: {}, body, mediaType: null }), source: 'own' };
}

/** What a host wants changed of an answer, done; or a 500 that says why the document does not allow it. */
export function withOwn(exchange: Exchange, operation: Operation, draft: Draft): Draft {
  const { preference, setup } = exchange;
  const { headers, merge, offContract = false } = preference;
  // A refusal says what is wrong with the request, and is no place for this.
  if (!draft.chosen) return draft;
  const changed = merge === undefined ? draft : mergedInto(draft, merge, operation, setup.operations);
  if (typeof changed === 'string') return refused(exchange, operation, changed);
  const own = headers === undefined ? changed : { ...changed, ...withHeaders(changed, headers) };
  const isOwn = own !== draft || preference.body !== undefined;
  if (!isOwn) return draft;
  const problem = offContract || !draft.valid ? null : draftProblem(operation, own, headers);
  if (problem !== null) return refused(exchange, operation, problem);
  return { ...own, source: 'own', name: null };
}
