import {
  type Credentials,
  createCredentials,
  credentialsFromEnvironment,
  parseHeader,
  schemeNames,
} from '../contract/index.js';
import type { Operations } from '../index.js';
import { type Arguments, usage } from './arguments.js';

/** What the user gave on the command line, and else in the environment. */
export function credentialsFrom(
  { document }: Operations,
  flags: Pick<Arguments<'check'>['flags'], 'auth' | 'header'>,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  const { auth, headers } = credentialsFromEnvironment(document, environment);
  const fields = flags.header.map((text) => {
    const field = parseHeader(text);
    if (field === undefined) throw usage('check', "--header expects a header field, such as 'Name: value'");
    return field;
  });
  const given = new Set(fields.map(([name]) => name.toLowerCase()));
  return createCredentials(
    {
      auth: { ...auth, ...Object.fromEntries(flags.auth) },
      headers: [...headers.filter(([name]) => !given.has(name.toLowerCase())), ...fields],
    },
    schemeNames(document),
  );
}
