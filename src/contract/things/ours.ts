import type { Operation } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { otherPath, textsIn } from '../derive/other-path.js';
import { type ContractCase, isUnsafe } from '../types.js';
import type { Chosen, Things } from './things.js';

/**
 * A case as it may be sent to a target that others use too. What changes or removes a thing goes to what this run has made,
 * or to what the user has named; to a made-up id only where nothing is known that it could hit.
 *
 * @param chosen what stands in the path of the operation's valid request; null where that is made up or given
 * @param given what the user says of the path
 * @returns null where it must not be sent
 */
export function harmless(
  things: Things,
  operation: Operation,
  contractCase: ContractCase,
  chosen: Chosen | null,
  given: Readonly<Record<string, Json>>,
): ContractCase | null {
  const { request, varies, expectation } = contractCase;
  const last = things.resources.named(operation).at(-1);
  if (!isUnsafe(request.method) || !last?.resource || given[last.parameter] !== undefined) return contractCase;
  const isForeign = things.known(last.resource).some(({ origin }) => origin !== 'made');
  if (!isForeign) return contractCase;
  if (request.method !== operation.method) {
    // A method that is not declared may be served all the same.
    if (!operation.path.endsWith('}') || chosen?.things.at(-1)?.origin === 'made') return contractCase;
    const [own] = things.known(last.resource).filter(({ origin }) => origin === 'made');
    if (own === undefined || chosen === null) return null;
    const to = textsIn(operation, things.pathTo(operation, own));
    const target = otherPath(request.target, operation.path, textsIn(operation, chosen.values), to);
    return { ...contractCase, request: { ...request, target } };
  }
  if (!things.changesThing(operation)) return contractCase;
  if (chosen === null) return null;
  return varies.in !== 'path' || expectation === 'rejected' ? contractCase : null;
}
