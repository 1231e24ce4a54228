import type { HttpRequest } from '../../operation/index.js';

export interface GuardOptions {
  /** Names besides loopback under which the mock was told to listen. */
  readonly hosts?: readonly string[];
  /** What a client has to know. */
  readonly token?: string | undefined;
}

/**
 * Why a request to the console or its API is refused, or null where it is not. A page of another origin can
 * send requests, and by DNS rebinding it can even read the answers, unless Host is checked.
 */
export function refusalOf(
  request: HttpRequest,
  { hosts = [], token }: GuardOptions,
): { status: 401 | 403; detail: string } | null {
  const { headers } = request;
  const host = String(headers.host ?? '');
  if (!isOwnHost(host, hosts)) {
    return { status: 403, detail: `The Host ${JSON.stringify(host)} is not one under which this mock was started` };
  }
  const { origin } = headers;
  if (origin !== undefined && !isSameOrigin(String(origin), host)) {
    return { status: 403, detail: `Pages of ${String(origin)} may not use the control API` };
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, detail: 'Pages of other origins may not use the control API' };
  }
  if (token !== undefined && !isToken(headers.authorization, token)) {
    return {
      status: 401,
      detail: 'The control API needs the token that --control-token set: Authorization: Bearer TOKEN',
    };
  }
  return null;
}

/** RFC 6750, 2.1. Takes as long whatever the first wrong character is. */
function isToken(authorization: unknown, token: string): boolean {
  const [, given = ''] = /^bearer (.*)$/i.exec(String(authorization)) ?? [];
  let difference = given.length ^ token.length;
  for (let index = 0; index < token.length; index += 1) difference |= given.charCodeAt(index) ^ token.charCodeAt(index);
  return difference === 0;
}

/** An address cannot be rebound; a name can, unless it is one that always means this machine (RFC 6761, 6.3). */
function isOwnHost(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)) return true;
  return hosts.some((own) => own.toLowerCase() === name);
}

function isSameOrigin(origin: string, host: string): boolean {
  return (
    origin.toLowerCase() === `http://${host.toLowerCase()}` || origin.toLowerCase() === `https://${host.toLowerCase()}`
  );
}
