import type { Operation } from '../../operation/index.js';
import type { Role } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { otherPath, textsIn } from '../derive/other-path.js';
import type { RunState } from '../run/state.js';
import { type ContractCase, isUnsafe } from '../types.js';
import { isOnKey } from './own-key.js';
import { saysRemoval } from './removing.js';
import type { Chosen } from './things.js';

/**
 * A case as it may be sent to a target that others use too. What changes or removes a thing goes to what this run has made,
 * or to what the user has named. What removes more than one thing, or what nobody has looked for, goes only where it was
 * seen that others have nothing there, or where the user lets others' things be removed.
 *
 * @param chosen what stands in the path of the operation's valid request; null where that is made up or given
 * @returns why it must not be sent
 */
export function harmless(
  state: RunState,
  operation: Operation,
  contractCase: ContractCase,
  chosen: Chosen | null,
): ContractCase | 'not-ours' | 'of-others' {
  const { things, options } = state;
  const { request, varies, expectation } = contractCase;
  if (!isUnsafe(request.method)) return contractCase;
  const last = things.resources.named(operation).at(-1);
  const given: Json | undefined = last && state.givenFor(operation)[last.parameter];
  const isOwn = chosen?.things.at(-1)?.origin === 'made';
  const mayRemove = options.allowDeletes === true || isOwn || !isRemoval(state, operation, request.method);
  if (!mayRemove && !isOnOne(state, operation, given) && mayBeOfOthers(state, operation, request.method))
    return 'of-others';
  if (!last?.resource || given !== undefined) return contractCase;
  const isForeign = things.known(last.resource).some(({ origin }) => origin !== 'made');
  const isBlind =
    request.method === 'DELETE' && chosen !== null && !options.allowDeletes && !things.isListed(last.resource);
  if (!isForeign && !isBlind) return contractCase;
  if (request.method !== operation.method) {
    // A method that is not declared may be served all the same.
    if (!operation.path.endsWith('}') || isOwn) return contractCase;
    const [own] = things.known(last.resource).filter(({ origin }) => origin === 'made');
    if (own === undefined || chosen === null) return 'not-ours';
    const to = textsIn(operation, things.pathTo(operation, own));
    const target = otherPath(request.target, operation.path, textsIn(operation, chosen.values), to);
    return { ...contractCase, request: { ...request, target } };
  }
  if (!things.changesThing(operation)) return contractCase;
  if (chosen === null) return 'not-ours';
  const isOther = last.naming ? isOnKey(varies, last.naming) : varies.in === 'path';
  return !isOther || expectation === 'rejected' ? contractCase : 'not-ours';
}

function isRemoval({ things }: RunState, { id, path, method }: Operation, sent: string): boolean {
  if (sent === 'DELETE') return true;
  if (sent !== method) return false;
  return things.resources.roleOf(id)?.kind === 'delete-many' || saysRemoval(path);
}

/** Whether it is about one thing, which the user has named, or which others were looked for and were not found. */
function isOnOne({ things, context }: RunState, operation: Operation, given: Json | undefined): boolean {
  if (things.resources.roleOf(operation.id)?.kind === 'delete-many') return false;
  const resource = things.resources.named(operation).at(-1)?.resource;
  const isAsked = (role: Role) => (role.kind === 'list' || role.kind === 'read') && context.bases.has(role.entry.id);
  return given !== undefined || resource?.roles.some(isAsked) === true;
}

/** Whether something may be there that this run has not made: a list shows it, or nobody has looked. */
function mayBeOfOthers({ things, options, context }: RunState, operation: Operation, method: string): boolean {
  const { path } = operation;
  const own = things.resources.roleOf(operation.id)?.resource;
  const resource = own ?? things.resources.all.find(({ collection }) => collection === path);
  const known = resource === undefined ? [] : things.known(resource);
  if (known.some(({ origin }) => origin !== 'made')) return true;
  // Where a method is not declared, it is held for one that is not served unless something is there to lose.
  if (method !== operation.method || (resource !== undefined && things.isListed(resource))) return false;
  const reading = options.operations.entries.find((entry) => entry.method === 'GET' && entry.path === path);
  const status = reading && context.bases.get(reading.id)?.status;
  return status !== 404 && status !== 410;
}
