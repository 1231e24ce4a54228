import { type ActiveFault, readFault } from '../fault/index.js';
import { type HttpRequest, type Match, type Operations, pathOfRequest } from '../operation/index.js';
import type { StateReader } from '../world/index.js';
import type { Exchange, HandlerTurn, Setup } from './context.js';
import { aliasedMethod } from './fault.js';
import { askedBy, mergePreferences } from './prefer.js';
import type { Preference } from './types.js';

/** Which operation a request is for, and what is asked for besides. */
export function receive(
  setup: Setup,
  request: HttpRequest,
  hostPreference: Preference | undefined,
  state: StateReader,
  turn: HandlerTurn | null = null,
): Exchange {
  const { operations, seed } = setup;
  const { asked, problems } = askedBy(request.headers.prefer);
  const wanted = mergePreferences(asked, hostPreference);
  const preference = setup.dynamic ? { dynamic: true, ...wanted } : wanted;
  const fault = preference.fault === undefined ? null : readFault(preference.fault);
  const match = matchServed(operations, request, fault);
  return {
    setup,
    request,
    path: shortPathOf(request),
    preference,
    preferenceProblems: problems,
    asked,
    seed: preference.seed ?? seed,
    match,
    operation: match.kind === 'operation' ? operations.compile(match.entry) : null,
    pathParameters: match.kind === 'operation' ? match.pathParameters : {},
    fault,
    values: null,
    state,
    turn,
    found: [],
  };
}

/** A faulty implementation may serve a method that the path does not declare. */
function matchServed(operations: Operations, request: HttpRequest, fault: ActiveFault | null): Match {
  const match = matchAs(request.method, operations, request);
  if (fault === null || match.kind !== 'method-not-allowed') return match;
  const served = aliasedMethod(fault, request.method, match.allow);
  return served === null ? match : matchAs(served, operations, request);
}

/** `operations.match`, that reads of the target what it looks at. */
export function matchAs(method: string, operations: Operations, request: HttpRequest): Match {
  const target = operations.matchesQuery ? request.target : pathOfRequest(request) || request.target;
  return operations.match(method, target, request.headers);
}

/** Messages name the path; what is longer is cut, in characters. */
const maximumPathLength = 2000;

function shortPathOf(request: HttpRequest): string {
  const path = pathOfRequest(request) || request.target;
  return path.length > maximumPathLength ? `${path.slice(0, maximumPathLength)}…` : path;
}
