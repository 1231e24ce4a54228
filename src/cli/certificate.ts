import type { ServeOptions } from '../index.js';
import { whyUnread } from '../text/file-failure.js';
import { readUserFile } from '../text/user-file.js';
import { usage } from './arguments.js';

/** The flags that name a certificate. */
export interface CertificateFlags {
  readonly 'tls-cert': string | undefined;
  readonly 'tls-key': string | undefined;
}

/**
 * What is served over TLS with; nothing where no file is named.
 * @throws CounterproofError USAGE where one file is missing, cannot be read, or the two do not belong together
 */
export function certificateOf(command: 'mock' | 'proxy', flags: CertificateFlags): Pick<ServeOptions, 'certificate'> {
  const { 'tls-cert': certFile, 'tls-key': keyFile } = flags;
  if (certFile === undefined && keyFile === undefined) return {};
  if (certFile === undefined || keyFile === undefined) {
    const [given, missing] = keyFile === undefined ? ['--tls-cert', '--tls-key'] : ['--tls-key', '--tls-cert'];
    throw usage(command, `${given} needs ${missing} beside it: a certificate and its private key`);
  }
  const certificate = { cert: read(command, '--tls-cert', certFile), key: read(command, '--tls-key', keyFile) };
  try {
    // Loaded where it is asked for alone: a mock is up sooner without it.
    process.getBuiltinModule('node:tls').createSecureContext(certificate);
  } catch (error) {
    throw usage(
      command,
      `${certFile} and ${keyFile} are no certificate and its private key in PEM: ${reasonOf(error)}`,
    );
  }
  return { certificate };
}

function read(command: string, flag: string, file: string): string {
  let text: string;
  try {
    text = readUserFile(file);
  } catch (error) {
    throw usage(command, `${flag} ${file} cannot be read: ${whyUnread(error)}`);
  }
  // Node takes an empty one for none, and then no client can connect.
  if (text === '') throw usage(command, `${flag} ${file} is empty`);
  return text;
}

/** OpenSSL's words without its numbers: `error:0480006C:PEM routines::no start line`. */
function reasonOf(error: unknown): string {
  const { reason, message } = error as Error & { readonly reason?: string };
  return reason ?? message.replace(/^error:[0-9A-F]+:/, '');
}
