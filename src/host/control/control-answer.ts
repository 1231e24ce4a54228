import type { RequestValues } from '../../operation/index.js';
import { resultInSlices } from '../../text/slices.js';
import { writingJson } from './json-pieces.js';
import type { Session } from './session.js';
import type { Stream } from './stream.js';

/** What the API answers; with `stream`, what follows is sent as it comes until the client leaves. */
export interface ControlAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  readonly stream?: Stream;
}

export interface Call {
  readonly values: RequestValues;
  readonly session: Session;
  /** Where the mock is, by the name under which the client of the API has found it. */
  readonly baseUrl: string;
}

export type Handler = (call: Call) => ControlAnswer | Promise<ControlAnswer>;

export const common = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
export const problemHeaders = { ...common, 'Content-Type': 'application/problem+json' };
export const done: ControlAnswer = { status: 204, headers: common, body: '' };

export function json(value: unknown): ControlAnswer {
  return { status: 200, headers: { ...common, 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

/** The same of what may be large: others have their turn meanwhile. */
export async function largeJson(value: unknown): Promise<ControlAnswer> {
  return { ...json(null), body: await resultInSlices(writingJson(value)) };
}

const titles: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  503: 'Service Unavailable',
};

export function problem(status: number, detail: string): ControlAnswer {
  const headers = status === 401 ? { ...problemHeaders, 'WWW-Authenticate': 'Bearer' } : problemHeaders;
  return { status, headers, body: JSON.stringify({ title: titles[status] ?? 'Error', status, detail }) };
}
