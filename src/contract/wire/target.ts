import { CounterproofError } from '../../errors.js';
import { isLoopback } from '../../text/loopback.js';

/** The base URL of the implementation under check, taken apart. */
export interface Target {
  /** As given, without credentials, query and fragment, and without a slash at its end. */
  readonly url: string;
  readonly secure: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** What the Host header says. */
  readonly authority: string;
  /** `''`, or begins with a slash and does not end with one. */
  readonly basePath: string;
  /** Whether it is this machine, so that nothing beyond it can be changed by a request. */
  readonly loopback: boolean;
}

/**
 * @param url an absolute http or https URL, perhaps with a path below which the document's paths begin
 * @throws CounterproofError USAGE
 */
export function parseTarget(url: string): Target {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new CounterproofError('USAGE', {
      message: `The target ${JSON.stringify(url)} is not an http or https URL, such as http://localhost:3000`,
    });
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new CounterproofError('USAGE', {
      message:
        'The target URL has a user name or password in it, and is printed and written to reports: give credentials with --auth or --header',
    });
  }
  const secure = parsed.protocol === 'https:';
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1');
  const basePath = parsed.pathname.replace(/\/+$/, '');
  return {
    url: `${parsed.origin}${basePath}`,
    secure,
    host,
    port: parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port),
    authority: parsed.host,
    basePath,
    loopback: isLoopback(host),
  };
}
