/** A status, or those of which one is meant where a document declares none for invalid requests. */
type Row = number | '4XX' | '400 or 422' | '400, 404 or 422';

/**
 * Statuses that most documents leave out because frameworks, gateways and HTTP itself answer with them. The one policy
 * on them: the mock may answer with what it allows, and the suite accepts what it allows, each in the situation named.
 */
export const impliedStatuses = {
  /** The request is valid: nothing is implied but a success, where errors alone are declared. */
  accepted: [],
  /** The request is invalid. */
  rejected: ['400, 404 or 422', 413, 414, 431],
  /** A path parameter is invalid: routers do not find such a path. */
  'invalid-path': [404],
  /** The credential is absent or wrong (RFC 9110, 15.5.2 and 15.5.4). */
  unauthorized: [401, 403],
  /** A path parameter names something that need not exist. */
  'unknown-resource': [404, 410],
  /** The path does not declare the method (RFC 9110, 15.5.6 and 15.6.2); a router may not know the path without it. */
  'method-not-allowed': [405, 404, 501],
  /** The body has a media type that is not declared (RFC 9110, 15.5.16). */
  'unsupported-media-type': [415, '400 or 422'],
  /** The body is empty where there has to be one (RFC 9110, 15.5.1): that is no value at all which could be invalid. */
  malformed: [400, 411],
  /** Accept cannot be met (RFC 9110, 15.5.7). */
  'not-acceptable': [406],
  /** The target, the fields or the body are longer than anybody would send (RFC 9110, 15.5.14 and 15.5.15; RFC 6585, 5). */
  'too-large': [413, 414, 431],
  /** Too many requests (RFC 6585, 4). */
  'rate-limited': [429],
  /** Nobody in good faith sends this: any refusal will do. */
  hostile: ['4XX'],
} as const satisfies Record<string, readonly Row[]>;

export type Situation = keyof typeof impliedStatuses;

/** What a document declares for invalid requests; with one of these it has said which of 400 and 422 it means. */
const refusals = ['400', '422', '4XX', 'default'];

/**
 * Whether an undeclared status is allowed in a situation. A declared one always is; ask this for the others.
 *
 * 429 is allowed in every situation, since it says nothing about the request. 400, 404 and 422 are allowed for an
 * invalid request only where nothing is declared for it: a 400 or 404 instead of the declared 422 is not implied.
 * Where errors alone are declared, or what is no final answer, a valid request has a success that the document does not tell of.
 *
 * @param declared The keys of the operation's responses (`'422'`, `'4XX'`, `'default'`).
 */
export function impliedStatus(status: number, situation: Situation, declared: readonly string[] = []): boolean {
  if (status === 429) return true;
  if (situation === 'accepted' && status >= 200 && status <= 299) {
    return declared.length > 0 && declared.every((key) => /^[145]/.test(key));
  }
  const rows: readonly Row[] = impliedStatuses[situation];
  return rows.some((row) => {
    if (row === '4XX') return status >= 400 && status <= 499;
    if (typeof row === 'number') return row === status;
    return row.includes(String(status)) && !declared.some((key) => refusals.includes(key));
  });
}
