import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { CounterproofError } from '../../errors.js';
import type { Target } from './target.js';

export interface ConnectOptions {
  /** Accept any certificate. */
  readonly insecure: boolean;
}

/**
 * Begins a connection. `localhost` and names with several addresses are tried on all of them (RFC 8305,
 * which node:net does by default).
 *
 * @returns the socket at once, and the event that says that it can be written to
 */
export async function openSocket(target: Target, options: ConnectOptions): Promise<{ socket: Socket; ready: string }> {
  const { host, port } = target;
  if (!target.secure) {
    const socket = connectTcp({ host, port, noDelay: true });
    return { socket, ready: 'connect' };
  }
  // TLS takes a while to load, and most targets are plain.
  const tls = await import('node:tls');
  const socket = tls.connect({
    host,
    port,
    rejectUnauthorized: !options.insecure,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(host) ? {} : { servername: host }),
  });
  socket.setNoDelay(true);
  return { socket, ready: 'secureConnect' };
}

const nameAuthority = 'name its authority in NODE_EXTRA_CA_CERTS';

/** What to do about a certificate that is not trusted, by Node's code of why. */
const certificateRemedies: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: nameAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: nameAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: nameAuthority,
  UNABLE_TO_GET_ISSUER_CERT: nameAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: nameAuthority,
  CERT_HAS_EXPIRED: 'have it renewed',
  CERT_NOT_YET_VALID: 'look at the clock of this machine',
  ERR_TLS_CERT_ALTNAME_INVALID: 'use a name that it is for',
};

/** What to do where a connection failed for a certificate that is not trusted; null where it failed for something else. */
export function certificateRemedy(error: unknown): string | null {
  const remedy = certificateRemedies[deepest(error).code];
  return remedy === undefined ? null : `${remedy}, or pass --insecure`;
}

/** Why a connection could not be made, in one sentence without a final period. */
export function connectionProblem(error: unknown, target: Target): string {
  const { code, message } = deepest(error);
  const place = `${target.host} port ${target.port}`;
  if (Object.hasOwn(certificateRemedies, code))
    return `The certificate of ${place} is not trusted: ${message} (${code})`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The name ${target.host} has no address (${code})`;
  if (code === 'ECONNREFUSED') return `Nothing listens on ${place} (${code})`;
  if (isNoTls(code)) return `${place} does not speak TLS (${code})`;
  return `No connection to ${place}: ${message}${code && !message.includes(code) ? ` (${code})` : ''}`;
}

/** What comes in its place is nothing that OpenSSL could say more of than its own numbers and lines. */
const isNoTls = (code: string): boolean => code.startsWith('ERR_SSL') || code === 'EPROTO';

/** The same as an error that ends a run before it begins: one line. */
export function unreachable(error: unknown, target: Target): CounterproofError {
  const { code } = deepest(error);
  const remedy = isNoTls(code) ? `did you mean ${target.url.replace('https:', 'http:')}?` : certificateRemedy(error);
  return new CounterproofError('TARGET_UNREACHABLE', {
    message: `The target ${target.url} cannot be reached: ${connectionProblem(error, target)}${remedy === null ? '' : `; ${remedy}`}`,
  });
}

/** Whether a connection to an http target can be made over TLS (RFC 8446), whatever its certificate. */
export async function speaksTls(target: Target): Promise<boolean> {
  if (target.secure) return false;
  const { socket, ready } = await openSocket({ ...target, secure: true }, { insecure: true });
  return new Promise((resolve) => {
    const end = (isTls: boolean) => {
      socket.destroy();
      resolve(isTls);
    };
    socket.setTimeout(handshakeMilliseconds, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once(ready, () => end(true));
  });
}

const handshakeMilliseconds = 2_000;

export function onlyTls({ url, host, port }: Target): CounterproofError {
  const https = url.replace('http:', 'https:');
  const message = `The target ${url} cannot be reached: ${host} port ${port} speaks TLS; did you mean ${https}?`;
  return new CounterproofError('TARGET_UNREACHABLE', { message });
}

/** Where several addresses were tried, the first one's error says most. */
function deepest(error: unknown): { code: string; message: string } {
  const inner = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  const { code, message } = inner as NodeJS.ErrnoException;
  return { code: code ?? '', message: message ?? String(inner) };
}
