import { type HttpRequest, retryKeyOf } from '../../operation/index.js';
import { freshened } from '../derive/freshened.js';
import { otherPath, textsIn } from '../derive/other-path.js';
import type { RunState } from '../run/state.js';
import type { OperationTally } from '../run/tally.js';
import type { Sending } from '../run/target-watch.js';
import { withCurrentState } from './current.js';
import { make } from './make.js';
import { naming, saidAt } from './naming.js';
import { isOnKey, keyedByBody, withOwnKey } from './own-key.js';
import { withOwnBody } from './renew-body.js';
import { lookIn } from './step.js';

/**
 * A case as it is sent now: to a thing that is still there, in the state that it has, with a body that the
 * target can take; null where it would write over what others have.
 */
export async function renewed<Sent extends Sending>(state: RunState, sending: Sent): Promise<Sent | null> {
  const tally = state.tallyOf(sending.operation.id);
  if (tally === undefined) return sending;
  const named = withNamed(state, tally, sending);
  const own = deletes(state, sending) ? await withOwnTarget(state, tally, named) : withOwnBody(state, tally, named);
  const role = keyedByBody(state, sending.operation);
  if (
    role !== null &&
    role.kind !== 'create' &&
    !state.things.known(role.resource).some(({ origin }) => origin === 'made')
  )
    await make(state, role.resource, { name: `for ${sending.operation.method} ${sending.operation.path}` });
  const keyed = await withOwnKey(state, own, lookIn(state));
  return keyed && withCurrentState(state, withOwnRetryKey(state, tally, keyed));
}

/**
 * A case that differs from the valid request has a key of its own, where the target knows a request again by it: with that
 * of the valid request it would be that one again. Each time that it is sent it is asked anew.
 */
function withOwnRetryKey<Sent extends Sending>(state: RunState, tally: OperationTally, sending: Sent): Sent {
  const { operation, case: contractCase } = sending;
  const { request } = contractCase;
  const retry = retryKeyOf(operation);
  const base = tally.planned?.request;
  if (retry === undefined || base === undefined || state.options.values?.[retry.name] !== undefined) return sending;
  const name = retry.name.toLowerCase();
  const key = request.headers[name];
  if (typeof key !== 'string' || base.headers[name] !== key || isSameRequest(request, base)) return sending;
  const other = freshened(key, retry.schema, tally.requests);
  if (typeof other !== 'string') return sending;
  const own = { ...request, headers: { ...request.headers, [name]: other } };
  return { ...sending, case: { ...contractCase, request: own } };
}

function isSameRequest({ method, target, body }: HttpRequest, other: HttpRequest): boolean {
  const isSameBody = body === other.body || (body !== null && other.body !== null && isSameBytes(body, other.body));
  return method === other.method && target === other.target && isSameBody;
}

function isSameBytes(bytes: Uint8Array, others: Uint8Array): boolean {
  return bytes.length === others.length && bytes.every((byte, at) => byte === others[at]);
}

/** A call about the thing that was chosen for its operation, unless it varies which one that is. */
function withNamed<Sent extends Sending>({ things }: RunState, { chosen }: OperationTally, sending: Sent): Sent {
  const { operation, case: contractCase } = sending;
  const { request, varies } = contractCase;
  const { parameter, naming: place } = things.resources.named(operation).at(-1) ?? {};
  const key = chosen?.values[parameter ?? ''];
  if (!place || key === undefined || request.method !== operation.method || isOnKey(varies, place)) return sending;
  const isSaid = saidAt(operation, request, place) !== undefined;
  const renamed = isSaid ? naming(operation, request, place, key) : null;
  return renamed === null ? sending : { ...sending, case: { ...contractCase, request: renamed } };
}

/** Whether a case removes one thing if it is taken. */
function deletes({ things }: RunState, { operation, case: { request } }: Sending): boolean {
  const role = things.resources.roleOf(operation.id);
  return request.method === 'DELETE' || (request.method === operation.method && role?.kind === 'delete');
}

/**
 * What deletes and should be followed, or could be, needs something to delete: where an earlier one has gone to the same path,
 * another thing is made, and it goes to that.
 */
async function withOwnTarget<Sent extends Sending>(
  state: RunState,
  tally: OperationTally,
  sending: Sent,
): Promise<Sent> {
  const { operation, case: contractCase } = sending;
  const { request, expectation, varies } = contractCase;
  const { things } = state;
  const { chosen } = tally;
  const last = things.resources.named(operation).at(-1);
  if (request.method !== operation.method || !chosen || !last?.resource) return sending;
  if (expectation !== 'accepted' && expectation !== 'unauthorized') return sending;
  if (last.naming ? isOnKey(varies, last.naming) : varies.in === 'path') return sending;
  if (chosen.things.at(-1)?.origin !== 'made') return sending;
  const place = last.naming;
  const spent = place ? JSON.stringify(saidAt(operation, request, place) ?? null) : request.target;
  if (!tally.spent.has(spent)) {
    tally.spent.add(spent);
    return sending;
  }
  const scope = chosen.things.at(-1)?.scope ?? {};
  const match = state.options.operations.match(request.method, request.target, request.headers);
  if (match.kind !== 'operation') return sending;
  const own = await make(state, last.resource, { scope, name: `for ${operation.method} ${operation.path}` });
  if (typeof own === 'string') return sending;
  things.reserve(own.thing);
  if (place) {
    const renamed = naming(operation, request, place, own.thing.key);
    tally.spent.add(JSON.stringify(own.thing.key));
    return renamed === null ? sending : { ...sending, case: { ...contractCase, request: renamed } };
  }
  const to = textsIn(operation, things.pathTo(operation, own.thing));
  const target = otherPath(request.target, operation.path, match.pathParameters, to);
  tally.spent.add(target);
  return { ...sending, case: { ...contractCase, request: { ...request, target } } };
}
