import { type Credentials, createCredentials } from '../contract/index.js';
import type { JsonObject, Operations } from '../index.js';
import { type Arguments, usage } from './arguments.js';
import { headerField } from './flag-kinds.js';

const prefix = 'COUNTERPROOF_AUTH_';
const headersVariable = 'COUNTERPROOF_HEADERS';

/**
 * What the user gave on the command line, and else in the environment: `COUNTERPROOF_AUTH_` and the name of a
 * scheme, in which case and separators do not count, and `COUNTERPROOF_HEADERS`, one field a line.
 */
export function credentialsFrom(
  { document }: Operations,
  { auth, header }: Pick<Arguments<'check'>['flags'], 'auth' | 'header'>,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  const components = (document.root.components ?? {}) as JsonObject;
  const schemes = Object.keys((components.securitySchemes ?? {}) as JsonObject);
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(prefix) || !value) continue;
    const scheme = schemes.find((known) => folded(known) === folded(name.slice(prefix.length)));
    if (scheme === undefined) throw usage('check', `$${name} names no security scheme of the document`);
    found.push([scheme, value]);
  }
  const lines = (environment[headersVariable] ?? '').split('\n').filter((line) => line.trim() !== '');
  const fields = lines.map((line) => {
    const field = headerField.parse(line);
    if (field === undefined) throw usage('check', `$${headersVariable} expects ${headerField.expected} on each line`);
    return field;
  });
  const given = new Set(header.map(([name]) => name.toLowerCase()));
  const headers = [...fields.filter(([name]) => !given.has(name.toLowerCase())), ...header];
  return createCredentials({ auth: Object.fromEntries([...found, ...auth]), headers }, schemes);
}

function folded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
}
