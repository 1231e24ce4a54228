import type { Document } from '../../document/index.js';
import { CounterproofError } from '../../errors.js';
import type { JsonObject } from '../../text/value.js';
import type { CredentialOptions } from './credentials.js';

type Environment = Readonly<Record<string, string | undefined>>;

const prefix = 'COUNTERPROOF_AUTH_';
const headersVariable = 'COUNTERPROOF_HEADERS';

/** Names of the security schemes of a document (OpenAPI 3.1, 4.8.7). */
export function schemeNames(document: Document): readonly string[] {
  const components = (document.root.components ?? {}) as JsonObject;
  return Object.keys((components.securitySchemes ?? {}) as JsonObject);
}

/**
 * Credentials from the environment: `COUNTERPROOF_AUTH_` and the name of a scheme, in which case and separators
 * do not count, and `COUNTERPROOF_HEADERS`, one `Name: value` a line.
 *
 * @throws CounterproofError USAGE for a variable that names no scheme, and for a line that is no header
 */
export function credentialsFromEnvironment(document: Document, environment: Environment): Required<CredentialOptions> {
  const schemes = schemeNames(document);
  const auth: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(prefix) || !value) continue;
    const scheme = schemes.find((known) => folded(known) === folded(name.slice(prefix.length)));
    if (scheme === undefined) throw usage(`$${name} names no security scheme of the document`);
    auth[scheme] = value;
  }
  const lines = (environment[headersVariable] ?? '').split('\n').filter((line) => line.trim() !== '');
  return { auth, headers: lines.map(readHeader) };
}

/** A header field as it is written, `Name: value` (RFC 9110, 5.1); undefined where it is none. */
export function parseHeader(text: string): readonly [name: string, value: string] | undefined {
  const [, name, value] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\r\n]*?)[ \t]*$/.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

function readHeader(line: string): readonly [name: string, value: string] {
  const header = parseHeader(line);
  if (header === undefined)
    throw usage(`$${headersVariable} expects a header field, such as 'Name: value', on each line`);
  return header;
}

function folded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}

function usage(message: string): CounterproofError {
  return new CounterproofError('USAGE', { message });
}
