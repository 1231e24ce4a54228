import { checkSecurity, type HttpRequest, type SecurityScheme } from '../../operation/index.js';
import { authenticationScheme, credentialPlaceholder, fillCredentials, placeCredential } from '../credentials/place.js';
import type { Base } from './base-request.js';
import { type Attempt, credentialAttempts, standIn } from './credential-attempts.js';
import type { Draft } from './draft.js';
import { writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/**
 * Requests without a right credential: none, empty, malformed, the right one in the wrong place, a wrong one.
 * None for an operation that needs no credential, or may do without (an empty alternative; OpenAPI 3.1, 4.8.30).
 */
export function* security(bench: Workbench, base: Base): Iterable<Draft> {
  const { operation } = bench;
  if (operation.security.length === 0 || operation.security.some((schemes) => schemes.length === 0)) return;
  const whole = writeRequest(operation, base.plan);
  if (whole === null) return;
  const bare = withoutCredentials(whole, operation.security.flat());
  const attempts: [scheme: SecurityScheme | null, attempt: Attempt][] = [
    [null, { keyword: 'missing', title: 'no credential', request: bare }],
  ];
  const tried = new Set<string>();
  for (const schemes of operation.security) {
    for (const scheme of schemes) {
      // Several schemes that look the same on the wire, as bearer tokens do, are one.
      const carrier = `${schemes.length} ${scheme.in} ${scheme.parameterName ?? authenticationScheme(scheme)}`;
      if (tried.has(carrier)) continue;
      tried.add(carrier);
      // Where several are needed together, the others are there and right.
      const others = schemes.filter((other) => other !== scheme);
      const rest = others.reduce(
        (request, other) => placeCredential(request, other, credentialPlaceholder(other.name)),
        bare,
      );
      if (others.length > 0) {
        attempts.push([scheme, { keyword: 'missing', title: `no credential for ${scheme.name}`, request: rest }]);
      }
      for (const attempt of credentialAttempts(scheme, rest)) attempts.push([scheme, attempt]);
    }
  }
  const standIns = new Map(operation.security.flat().map((scheme) => [scheme.name, standIn(scheme)]));
  for (const [scheme, attempt] of attempts) {
    // What is in the wrong place for one scheme may be in the right place for another.
    const sent = fillCredentials(attempt.request, standIns);
    if (!attempt.onlyWithCredential && checkSecurity(operation, sent).length === 0) continue;
    const { keyword, request, title } = attempt;
    yield {
      aspect: 'security',
      expectation: 'unauthorized',
      rank: 'security',
      title,
      varies: {
        in: 'security',
        name: scheme?.name ?? null,
        keyword,
        pointer: scheme?.pointer ?? `${operation.pointer}/security`,
      },
      request,
      authenticated: false,
      generatedPath: base.generatedPath,
      ...(attempt.onlyWithCredential ? { onlyWithCredential: true } : {}),
    };
  }
}

/** A document may declare a key as a parameter as well, and then the base has a placeholder for it. */
function withoutCredentials(request: HttpRequest, schemes: readonly SecurityScheme[]): HttpRequest {
  const headers: Record<string, string | readonly string[] | undefined> = { ...request.headers };
  let { target } = request;
  for (const scheme of schemes) {
    const placeholder = credentialPlaceholder(scheme.name);
    for (const [name, value] of Object.entries(headers)) {
      if (name === 'cookie' && typeof value === 'string') {
        headers.cookie = value
          .split('; ')
          .filter((pair) => !pair.endsWith(`=${placeholder}`))
          .join('; ');
        if (headers.cookie === '') delete headers.cookie;
      } else if (value === placeholder) delete headers[name];
    }
    const [path = '', query] = target.split('?', 2);
    const kept = query?.split('&').filter((pair) => !pair.endsWith(`=${placeholder}`));
    target = kept && kept.length > 0 ? `${path}?${kept.join('&')}` : path;
  }
  return { ...request, target, headers };
}
