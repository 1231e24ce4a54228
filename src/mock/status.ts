import type { Operation, Response } from '../operation/index.js';

/** Reason phrases (RFC 9110, 15, and the IANA registry of status codes). */
const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
  508: 'Loop Detected',
};

/** The reason phrase of an error status, or the name of its class. */
export function phraseOf(status: number): string {
  return phrases[status] ?? (status >= 500 ? 'Server Error' : status >= 400 ? 'Client Error' : 'Error');
}

/** The number that a key of `responses` is sent as: `2XX` as 200, `default` as what it stands in for. */
function statusOf(key: string, whereDefault: number): number {
  if (key === 'default') return whereDefault;
  return /^[1-5]XX$/i.test(key) ? Number(key[0]) * 100 : Number(key);
}

export interface ChosenResponse {
  readonly status: number;
  readonly response: Response | null;
}

/**
 * What a valid request gets when nothing else was asked for: the lowest 2XX (`2XX` counts as 200), `default` as
 * 200, then the lowest 3XX. 1XX is never a final answer (RFC 9110, 15.2). Where errors alone are declared, or nothing is,
 * success is 200 without a body.
 */
export function successOf(operation: Operation): ChosenResponse {
  let best: { status: number; rank: number; response: Response } | undefined;
  for (const response of operation.responses) {
    const status = statusOf(response.key, 200);
    if (!Number.isInteger(status) || status < 200 || status > 399) continue;
    const exact = /^\d{3}$/.test(response.key) ? 0 : 0.5;
    const rank = (response.key === 'default' ? 299 : status) + exact;
    if (best === undefined || rank < best.rank) best = { status, rank, response };
  }
  return best ?? { status: 200, response: null };
}

/**
 * Which status an invalid request gets: 422 where it is declared, else 400, else the range or `default` that covers
 * 422. Nothing declared for it: 422 where the document says nothing at all of client errors.
 */
export function invalidStatus(operation: Operation): number {
  const keys = new Set(operation.responses.map(({ key }) => key.toUpperCase()));
  if (keys.has('422')) return 422;
  if (keys.has('400')) return 400;
  return 422;
}
