import type { Answer } from '../operation/index.js';
import type { Operation, SecurityScheme } from '../operation/types.js';
import type { Violation } from '../schema/index.js';
import { succeeds, withBody, withStatus } from './body.js';
import type { Fault, FaultContext } from './types.js';

/** A fault that overlooks some of what is wrong with a credential. */
function authFault(
  id: string,
  summary: string,
  overlooks: (violation: Violation, context: FaultContext) => boolean,
  unfit: (operation: Operation) => string | null = () => null,
): Fault {
  return {
    id,
    family: 'auth',
    generated: true,
    summary,
    caughtBy: ['auth-required'],
    unfit: (operation) => noCredential(operation) ?? unfit(operation),
    judge: (violations, context) => violations.filter((one) => one.in !== 'security' || !overlooks(one, context)),
  };
}

/** The family of doors that stand open, or shut (RFC 9110, 11). */
export const authFaults: readonly Fault[] = [
  authFault('auth-not-needed', 'answers without a credential', () => true),
  authFault('auth-any-key', 'takes any credential that is not empty', ({ params }) => params.reason === 'wrong'),
  authFault('auth-empty-key', 'takes an empty or malformed credential', ({ params }) => params.reason === 'malformed'),
  authFault(
    'auth-key-from-query',
    'takes the credential from the query as well',
    (_, { operation, request }) => inQuery(operation, request.target),
    (operation) => (schemes(operation).some((scheme) => scheme.in === 'query') ? 'the key belongs in the query' : null),
  ),
  authFault(
    'auth-key-from-cookie',
    'takes the credential from a cookie as well',
    (_, { operation, request }) => inCookie(operation, String(request.headers.cookie ?? '')),
    (operation) => (schemes(operation).some((scheme) => scheme.in === 'cookie') ? 'the key belongs in a cookie' : null),
  ),
  authFault(
    'auth-bearer-instead-of-key',
    'takes any bearer token in place of the key',
    (_, { request }) => /^bearer\s+\S/i.test(String(request.headers.authorization ?? '')),
    (operation) => (schemes(operation).every(({ type }) => type === 'apiKey') ? null : 'the credential is no API key'),
  ),
  {
    ...authFault(
      'auth-missing-with-real-id',
      'answers without a credential where the thing that the path names is there',
      () => true,
      ({ parameters }) =>
        parameters.some((each) => each.in === 'path') ? null : 'the path of the operation names nothing',
    ),
    // Whoever made up an id is refused as ever.
    spoil(answer, { violations }) {
      const isOpen = violations.some((violation) => violation.in === 'security');
      const isMissing = answer.status === 404 || answer.status === 410;
      return isOpen && isMissing ? withBody(withStatus(answer, 401), '') : null;
    },
  },
  {
    id: 'auth-right-key-refused',
    family: 'auth',
    summary: 'refuses the right credential',
    caughtBy: ['accepts-valid', 'evidence'],
    unfit: noCredential,
    judge(violations, { operation }) {
      if (violations.some((violation) => violation.in === 'security')) return violations;
      const scheme = schemes(operation)[0];
      return scheme ? [...violations, refused(scheme)] : violations;
    },
  },
  {
    id: 'auth-data-in-refusal',
    family: 'auth',
    summary: 'answers 401, and sends the protected data with it',
    caughtBy: ['auth-required', 'response-schema'],
    unfit: noCredential,
    judge: (violations) => violations.filter((violation) => violation.in !== 'security'),
    spoil(answer, { violations }) {
      const refusal = violations.some((violation) => violation.in === 'security');
      return refusal && succeeds(answer) && saysAnything(answer) ? withStatus(answer, 401) : null;
    },
  },
];

/** An empty list tells nobody anything. */
function saysAnything({ body }: Answer): boolean {
  return typeof body === 'string' ? /[^\s[\]{}]/.test(body) : body.length > 0;
}

function noCredential({ security }: Operation): string | null {
  return security.length === 0 || security.some((alternative) => alternative.length === 0)
    ? 'the operation needs no credential'
    : null;
}

function schemes({ security }: Operation): readonly SecurityScheme[] {
  return security.flat();
}

/** The names under which a key may have strayed: its own, and those that servers like to read. */
function strayNames(operation: Operation): readonly string[] {
  return [
    ...schemes(operation).map(({ parameterName }) => parameterName ?? 'access_token'),
    'access_token',
    'api_key',
    'token',
  ];
}

function inQuery(operation: Operation, target: string): boolean {
  const query = new URLSearchParams(target.split('?')[1] ?? '');
  return strayNames(operation).some((name) => query.has(name));
}

function inCookie(operation: Operation, cookie: string): boolean {
  const names = cookie.split(';').map((pair) => pair.split('=')[0]?.trim());
  return strayNames(operation).some((name) => names.includes(name));
}

function refused({ name, pointer }: SecurityScheme): Violation {
  return {
    in: 'security',
    pointer: '',
    keyword: 'credential',
    message: `The credential for ${name} is not accepted`,
    expected: name,
    schemaPointer: pointer,
    params: { scheme: name },
  };
}
