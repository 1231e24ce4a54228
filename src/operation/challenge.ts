import { authorizationScheme } from './credential.js';
import type { Operation, SecurityScheme } from './types.js';

/**
 * The value of WWW-Authenticate (RFC 9110, 11.6.1) for an operation: a challenge for each scheme of each alternative,
 * each once. `''` where no credential is needed. API keys have no registered scheme.
 */
export function challengesOf(operation: Operation): string {
  const realm = `realm="${printable(String(operation.document.at('/info/title') ?? 'API'))}"`;
  return [...new Set(operation.security.flat().map((scheme) => challenge(scheme, realm)))].join(', ');
}

function challenge(scheme: SecurityScheme, realm: string): string {
  if (scheme.type === 'apiKey') {
    return `ApiKey ${realm}, in="${scheme.in ?? 'header'}", name="${printable(scheme.parameterName ?? '')}"`;
  }
  if (scheme.type === 'mutualTLS') return `Mutual ${realm}`;
  const name = authorizationScheme(scheme);
  // A scheme that is no token (RFC 9110, 5.6.2) cannot stand in the field.
  const isToken = /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name);
  return `${isToken ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : 'Unknown'} ${realm}`;
}

/** What can stand between quotes (RFC 9110, 5.6.4) without being escaped. */
function printable(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]|["\\]/g, '');
}
