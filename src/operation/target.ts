import { remembering } from '../text/words.js';
import { type HttpRequest, pathOf } from './http.js';
import { type Names, type Pairs, queryPairs } from './parameter/pairs.js';

/** How the target of a request is read, part for part. */
export interface TargetReader {
  /** `pathOf` it. */
  readonly path: string;
  /** The pairs of its query that have one of these names. */
  pairs(names: Names): Pairs;
}

/**
 * Where a request has what reads its target for it. Whoever wants to know what is read of a request is asked for the parts of its
 * target there: of most answers it is a few parameters, whatever else a query says. Not to be a member that copies have: a copy
 * of the request with another target is another request.
 */
export const targetReader = Symbol('reader of the target');

type Read = HttpRequest & { readonly [targetReader]?: TargetReader };

/** One name and no other. */
export const nameAlone: (name: string) => Names = remembering((name) => new Set([name]));

/** The path of the target of a request, as `pathOf` gives it. */
export function pathOfRequest(request: HttpRequest): string {
  return (request as Read)[targetReader]?.path ?? pathOf(request.target);
}

/** The pairs of the query of a request. @param names leaves out all others, which then are not read */
export function pairsOfRequest(request: HttpRequest, names?: Names): Pairs {
  const reader = names && (request as Read)[targetReader];
  return reader && names ? reader.pairs(names) : queryPairs(request.target, names);
}
