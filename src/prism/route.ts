import { type HttpRequest, type Match, type Operations, pathOf } from '../operation/index.js';
import { PrismProblem } from './problem.js';

/** @throws PrismProblem 404 or 405 where the document has no such operation */
export function matched(operations: Operations, request: HttpRequest) {
  if (operations.entries.length === 0) {
    const detail = 'The current document does not have any resource to match with.';
    throw new PrismProblem('NO_RESOURCE_PROVIDED_ERROR', detail);
  }
  const path = pathOf(request.target);
  const match = matchOf(operations, request);
  if (match.kind === 'not-found') {
    throw new PrismProblem('NO_PATH_MATCHED_ERROR', `The route ${path} hasn't been found in the specification file`);
  }
  // HEAD has to be declared like any other method.
  if (match.kind === 'method-not-allowed' || match.entry.method !== request.method.toUpperCase()) {
    const detail = `The route ${path} has been matched, but it does not have "${request.method.toLowerCase()}" method defined`;
    throw new PrismProblem('NO_METHOD_MATCHED_ERROR', detail);
  }
  const given = Object.entries(match.pathParameters).filter(([, value]) => value !== nothing);
  return { operation: operations.compile(match.entry), pathParameters: Object.fromEntries(given) };
}

/** Stands for a segment of a path that is empty: to Prism it is a parameter that is missing. */
const nothing = '%01';

function matchOf({ match }: Operations, { method, target, headers }: HttpRequest): Match {
  const found = match(method, target, headers);
  const path = pathOf(target);
  if (found.kind !== 'not-found' || !path.includes('//')) return found;
  return match(method, path.replaceAll(/\/(?=\/)/g, `/${nothing}`), headers);
}
