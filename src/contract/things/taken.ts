import type { Received } from '../types.js';

/** Whether a refusal is for what is there already, so that another name may be taken. */
export function isTaken({ status, body }: Pick<Received, 'status' | 'body'>): boolean {
  if (status === 409) return true;
  return isAboutBody(status) && /already|exists|unique|taken|duplicate|in use/i.test(textOf(body));
}

/** Whether a refusal may be of what the body says. */
export function isAboutBody(status: number | null): boolean {
  return status === 400 || status === 422;
}

/** The beginning of a body as text. */
export function textOf(body: Uint8Array): string {
  return new TextDecoder().decode(body.subarray(0, 4_000));
}
