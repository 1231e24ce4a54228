import type { HttpRequest } from '../../operation/index.js';
import type { Aspect, ContractCase, Expectation } from '../types.js';

/**
 * What tells most about an implementation comes first: `maxCases` cuts from the end. Within a rank the
 * parameters and members take turns, so that a cut leaves something of each.
 */
export const ranks = [
  'base',
  'enum value',
  'missing',
  'near miss',
  'security',
  'method',
  'keyword broken',
  'accepted',
  'media type',
  'repetition',
  'hostile',
] as const;
export type Rank = (typeof ranks)[number];

export type Varies = ContractCase['varies'];

/** What may become a case. Its place in the order is known; the rest is worked out when its turn comes. */
export interface Candidate {
  readonly rank: Rank;
  readonly varies: Pick<Varies, 'in' | 'name'>;
  /** null where the document does not say of its bytes what was expected. */
  make(): Draft | null;
}

/** A case before it has its id and its place in the order. */
export interface Draft {
  readonly aspect: Aspect;
  readonly expectation: Expectation;
  readonly rank: Rank;
  readonly title: string;
  readonly varies: Varies;
  readonly request: HttpRequest;
  readonly authenticated: boolean;
  readonly generatedPath: boolean;
  readonly onlyWithCredential?: true;
  /** Tells apart cases that are the same bytes on purpose. */
  readonly ordinal?: number;
}
