import type { HttpRequest, SecurityScheme } from '../../operation/index.js';
import {
  authenticationScheme,
  credentialPlaceholder,
  placeCredential,
  withCookie,
  withHeader,
  withQuery,
} from '../credentials/place.js';

/** A request that does not bring a scheme's right credential in its right place. */
export interface Attempt {
  readonly keyword: string;
  readonly title: string;
  readonly request: HttpRequest;
  /** Only a target whose credential is known can tell that this is not it. */
  readonly onlyWithCredential?: true;
}

/** Something in the form of the scheme's credential; for http basic, `counterproof:wrong` in Base64. */
export function standIn(scheme: SecurityScheme): string {
  return authenticationScheme(scheme) === 'Basic' ? 'Y291bnRlcnByb29mOndyb25n' : 'counterproof-wrong-credential';
}

/** What clients and attackers do with the credential of one scheme, on a request without it. */
export function* credentialAttempts(scheme: SecurityScheme, request: HttpRequest): Iterable<Attempt> {
  if (scheme.type === 'mutualTLS') return;
  const placeholder = credentialPlaceholder(scheme.name);
  const wrong = standIn(scheme);
  const { name } = scheme;
  if (scheme.type === 'apiKey') {
    const key = scheme.parameterName ?? name;
    yield { keyword: 'empty', title: `${key} empty`, request: placeCredential(request, scheme, '') };
    yield* wrongPlaces(scheme, key, placeholder, request);
    yield {
      keyword: 'wrong',
      title: `${key} wrong`,
      request: placeCredential(request, scheme, wrong),
      onlyWithCredential: true,
    };
    // Known prefixes of a right key are no right key.
    const longer = placeCredential(request, scheme, `${placeholder}x`);
    yield { keyword: 'wrong', title: `${key} right, with more at its end`, request: longer, onlyWithCredential: true };
    return;
  }
  const word = authenticationScheme(scheme);
  const header = (value: string) => withHeader(request, 'authorization', value);
  yield { keyword: 'empty', title: 'Authorization empty', request: header('') };
  yield { keyword: 'malformed', title: `Authorization with the word ${word} alone`, request: header(word) };
  if (word === 'Basic') {
    yield {
      keyword: 'malformed',
      title: 'Authorization Basic that is not Base64',
      request: header('Basic !not-base64!'),
    };
  }
  yield {
    keyword: 'malformed',
    title: 'Authorization of another scheme',
    request: header(`Counterproof ${placeholder}`),
  };
  yield { keyword: 'malformed', title: 'the credential without its scheme', request: header(placeholder) };
  const query = withQuery(request, 'access_token', placeholder);
  // RFC 6750, 2.3 lets a server take a bearer token there, so nothing can be said of it.
  if (word !== 'Bearer') yield { keyword: 'misplaced', title: 'the credential in the query', request: query };
  yield {
    keyword: 'wrong',
    title: 'Authorization wrong',
    request: header(`${word} ${wrong}`),
    onlyWithCredential: true,
  };
}

/** The right key where the document does not say that it may stand. */
function* wrongPlaces(
  scheme: SecurityScheme,
  key: string,
  placeholder: string,
  request: HttpRequest,
): Iterable<Attempt> {
  const keyword = 'misplaced';
  if (scheme.in !== 'query') {
    yield { keyword, title: `${key} in the query`, request: withQuery(request, key, placeholder) };
  }
  if (scheme.in !== 'cookie') {
    yield { keyword, title: `${key} in a cookie`, request: withCookie(request, key, placeholder) };
  }
  if (scheme.in !== 'header') {
    yield { keyword, title: `${key} in a header`, request: withHeader(request, key, placeholder) };
  }
  if (scheme.in !== 'header' || key.toLowerCase() !== 'authorization') {
    const bearer = withHeader(request, 'authorization', `Bearer ${placeholder}`);
    yield { keyword, title: `${key} as a bearer token`, request: bearer };
  }
  if (scheme.in === 'header' && key.toLowerCase() !== 'x-api-key') {
    yield { keyword, title: `${key} under another name`, request: withHeader(request, 'x-api-key', placeholder) };
  }
}
