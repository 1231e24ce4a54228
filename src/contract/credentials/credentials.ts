import { CounterproofError } from '../../errors.js';
import type { HttpRequest, Operation, SecurityScheme } from '../../operation/index.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import { base64, createMask, type Mask } from './mask.js';
import { authenticationScheme, credentialPlaceholder, fillCredentials, placeCredentials, withHeader } from './place.js';

/** What the user gave: bare values by scheme name (`user:password` for http basic), and whole headers. */
export interface CredentialOptions {
  /** By name of a security scheme of the document. */
  readonly auth?: Readonly<Record<string, string>>;
  /** Sent with every request, but for those whose name a security scheme uses: these are credentials. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** Stands in where a credential is needed and none was given: a target that takes any key takes this one. */
export const standInCredential = 'counterproof';

/** Puts credentials into requests, and keeps them out of everything that is shown. */
export interface Credentials {
  /** Whether a right credential was given for one alternative of the operation's security. */
  has(operation: Operation): boolean;
  /** The request as it is sent. */
  apply(request: HttpRequest, operation: Operation, authenticated: boolean): HttpRequest;
  /** The request as it is shown: `$NAME` where a credential stands. */
  show(request: HttpRequest, operation: Operation, authenticated: boolean): HttpRequest;
  /** Whether `standInCredential` is sent where one is needed and none was given. */
  standsIn: boolean;
  /** All that may stand where a credential was, as `$NAME`. */
  readonly placeholders: readonly string[];
  readonly mask: Mask;
}

/**
 * @param schemes names of the document's security schemes
 * @throws CounterproofError USAGE for a scheme that the document does not have
 */
export function createCredentials(options: CredentialOptions, schemes: readonly string[]): Credentials {
  const auth = options.auth ?? {};
  const unknown = Object.keys(auth).filter((name) => !schemes.includes(name));
  if (unknown.length > 0)
    throw new CounterproofError(
      'USAGE',
      unknown.map((name) => unknownScheme(name, schemes)),
    );
  const headers = (options.headers ?? []).map(([name, value]) => [name.toLowerCase(), value] as const);
  const given = (name: string) => (Object.hasOwn(auth, name) ? auth[name] : undefined);

  const headerFor = (scheme: SecurityScheme) => {
    const name = headerNameOf(scheme);
    return headers.find(([header]) => header === name);
  };
  const isPlaced = (scheme: SecurityScheme) => {
    // A certificate is shown by the connection, and nothing in the request stands for it.
    if (scheme.type === 'mutualTLS') return false;
    return given(scheme.name) !== undefined || (headerFor(scheme) === undefined && credentials.standsIn);
  };
  const isGiven = (scheme: SecurityScheme) => given(scheme.name) !== undefined || headerFor(scheme) !== undefined;

  /** The alternative (OpenAPI 3.1, 4.8.30) that what was given satisfies; else the first that says anything. */
  const alternativeOf = (operation: Operation): readonly SecurityScheme[] => {
    const { security } = operation;
    const satisfied = security.find((alternative) => alternative.length > 0 && alternative.every(isGiven));
    return satisfied ?? (security.some((alternative) => alternative.length === 0) ? [] : (security[0] ?? []));
  };

  const place = (
    request: HttpRequest,
    operation: Operation,
    authenticated: boolean,
    secretOf: (scheme: SecurityScheme) => string,
    headerValue: (scheme: string, value: string) => string,
  ): HttpRequest => {
    let placed = request;
    const credentialHeaders = new Map(
      operation.security.flat().flatMap((scheme) => {
        const header = headerFor(scheme);
        return header ? [[header[0], scheme] as const] : [];
      }),
    );
    for (const [name, value] of headers) {
      const scheme = credentialHeaders.get(name);
      if (scheme !== undefined && !authenticated) continue;
      const own = placed.headers[name];
      const shown = headerValue(scheme?.name ?? name, value);
      // What a case says itself it varies; only cookies stand beside each other.
      if (own === undefined) placed = withHeader(placed, name, shown);
      else if (name === 'cookie') placed = withHeader(placed, name, `${String(own)}; ${shown}`);
    }
    if (!authenticated) return placed;
    const schemes = alternativeOf(operation).filter(isPlaced);
    return placeCredentials(
      placed,
      schemes.map((scheme) => [scheme, secretOf(scheme)]),
    );
  };

  const wire = (scheme: SecurityScheme) => wireValue(scheme, given(scheme.name));
  const secrets = new Map<string, string>();
  for (const [name, value] of Object.entries(auth)) secrets.set(name, value);
  for (const [name, value] of headers) if (mayBeSecret(name, value)) secrets.set(name, value);

  const credentials: Credentials = {
    standsIn: true,
    has: (operation) => operation.security.some((alternative) => alternative.length > 0 && alternative.every(isGiven)),
    apply(request, operation, authenticated) {
      const values = new Map(
        operation.security.flat().map((scheme) => [scheme.name, headerSecret(scheme) ?? wire(scheme)]),
      );
      const filled = fillCredentials(request, values);
      return place(filled, operation, authenticated, wire, (_name, value) => value);
    },
    show: (request, operation, authenticated) =>
      place(
        request,
        operation,
        authenticated,
        (scheme) => credentialPlaceholder(scheme.name),
        (name) => credentialPlaceholder(name),
      ),
    placeholders: [...schemes, ...headers.map(([name]) => name)].map(credentialPlaceholder),
    mask: createMask(secrets),
  };
  return credentials;

  /** The bare credential in a header that was given whole. */
  function headerSecret(scheme: SecurityScheme): string | undefined {
    if (given(scheme.name) !== undefined) return undefined;
    const value = headerFor(scheme)?.[1];
    return scheme.type === 'apiKey' ? value : value?.replace(/^\S+\s+/, '');
  }
}

/** What goes on the wire for a scheme: base64 for http basic (RFC 7617), else the value without the name of the scheme. */
function wireValue(scheme: SecurityScheme, value: string | undefined): string {
  const isBasic = scheme.type === 'http' && scheme.httpScheme === 'basic';
  const bare = scheme.type === 'apiKey' ? value : value && withoutScheme(value, authenticationScheme(scheme));
  if (!isBasic) return bare ?? standInCredential;
  // Base64 has no colon, and a user and a password have one between them.
  const isEncoded = bare !== value && bare?.includes(':') === false;
  return isEncoded ? bare : base64(bare ?? `${standInCredential}:${standInCredential}`);
}

/** `Bearer abc`, as it stands in the header, says the scheme that is put before it anyway. */
function withoutScheme(value: string, scheme: string): string {
  const [, name, rest] = /^(\S+) +(.+)$/s.exec(value) ?? [];
  return name?.toLowerCase() === scheme.toLowerCase() && rest !== undefined ? rest : value;
}

/** Headers that say who or what is asking, and never that it may. */
const publicHeaders = new Set([
  'accept',
  'accept-charset',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-type',
  'host',
  'origin',
  'prefer',
  'referer',
  'user-agent',
]);

/** Whether a header's value has to be hidden. Words that stand in every JSON text cannot be. */
function mayBeSecret(name: string, value: string): boolean {
  return !publicHeaders.has(name) && !/^(true|false|null|\d{1,5})$/i.test(value);
}

function headerNameOf(scheme: SecurityScheme): string | null {
  if (scheme.type === 'mutualTLS') return null;
  if (scheme.type !== 'apiKey') return 'authorization';
  if (scheme.in === 'cookie') return 'cookie';
  return scheme.in === 'header' ? (scheme.parameterName?.toLowerCase() ?? null) : null;
}

function unknownScheme(name: string, schemes: readonly string[]) {
  if (schemes.length === 0) return { message: 'The document has no security scheme: pass a credential with --header' };
  const known = didYouMeanClause(nearest(name, schemes, 1)) || `; it has ${schemes.join(', ')}`;
  return { message: `The document has no security scheme ${JSON.stringify(name)}${known}` };
}
