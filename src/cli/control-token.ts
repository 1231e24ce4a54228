import { isLoopback } from '../text/loopback.js';

interface ControlFlags {
  readonly host?: string | undefined;
  readonly 'control-token'?: string | undefined;
  readonly 'open-control': boolean;
}

/** What the console and its API ask for, and whether it was made here and has to be told; null where it was not. */
export interface ControlToken {
  readonly wanted: string | undefined;
  readonly made: string | null;
}

/** The token that was given; or one that is made where others than this machine reach the console. */
export function controlToken(flags: ControlFlags): ControlToken {
  const given = flags['control-token'];
  const isProtected = flags.host === undefined || isLoopback(flags.host) || flags['open-control'];
  const made = given === undefined && !isProtected ? madeToken() : null;
  return { wanted: given ?? made ?? undefined, made };
}

const madeToken = (): string => Buffer.from(crypto.getRandomValues(new Uint8Array(12))).toString('base64url');
