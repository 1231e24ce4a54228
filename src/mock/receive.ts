import type { HttpRequest, Match, Operations } from '../operation/index.js';
import type { Exchange, Kitchen } from './context.js';
import { type ActiveFault, aliasedMethod, readFault } from './fault.js';
import { mergePreferences, parsePrefer } from './prefer.js';
import type { Preference } from './types.js';

/** Which operation a request is for, and what is asked for besides. */
export function receive(kitchen: Kitchen, request: HttpRequest, hostPreference: Preference | undefined): Exchange {
  const { operations, seed } = kitchen;
  const { problems, ...asked } = parsePrefer(request.headers.prefer);
  const preference = mergePreferences(asked, hostPreference);
  const fault = preference.fault === undefined ? null : readFault(preference.fault);
  const match = matchServed(operations, request, fault);
  return {
    kitchen,
    request,
    path: pathOf(request.target),
    preference,
    preferenceProblems: problems,
    asked,
    seed: preference.seed ?? seed,
    match,
    operation: match.kind === 'operation' ? operations.compile(match.entry) : null,
    pathParameters: match.kind === 'operation' ? match.pathParameters : {},
    fault,
    values: null,
    found: [],
  };
}

/** A faulty implementation may serve a method that the path does not declare. */
function matchServed(operations: Operations, { method, target }: HttpRequest, fault: ActiveFault | null): Match {
  const match = operations.match(method, target);
  if (fault === null || match.kind !== 'method-not-allowed') return match;
  const served = aliasedMethod(fault, method, match.allow);
  return served === null ? match : operations.match(served, target);
}

/** Messages name the path; a longer one is nobody's. */
const longestPath = 2000;

function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  const path = end < 0 ? target : target.slice(0, end);
  return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
}
