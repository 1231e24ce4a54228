import type { HttpRequest } from '../../operation/index.js';

/** All that goes over the wire, as text: one for one with the bytes. */
export function wireText({ method, target, headers, body }: HttpRequest): string {
  const fields = Object.entries(headers)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join('\n') : value}`)
    .sort();
  return [method, target, ...fields, '', body === null ? 'no body' : hexOrText(body)].join('\n');
}

function hexOrText(body: Uint8Array): string {
  try {
    return `text ${new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)}`;
  } catch {
    return `hex ${[...body].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}
