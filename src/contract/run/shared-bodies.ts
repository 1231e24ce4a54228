import type { Send } from '../types.js';

/** Bodies from this length on are looked for among earlier ones, in bytes. */
const longBytes = 16 * 1024;

/** So much of them is kept, in bytes; the latest always. */
const mostBytes = 8 * 1024 * 1024;

/**
 * Gives answers that have the same long body the very same bytes, so that what is worked out of a body is worked out once:
 * many servers say the same megabytes to every case.
 */
export function sharingBodies(send: Send): Send {
  let known: Uint8Array[] = [];
  return async (request, options) => {
    const received = await send(request, options);
    const { body, raw } = received;
    if (body.length < longBytes) return received;
    const same = known.find((one) => isEqual(one, body)) ?? body;
    known = [same, ...known.filter((one) => one !== same)];
    while (known.length > 1 && bytesOf(known) > mostBytes) known.pop();
    return { ...received, body: same, raw: raw === body ? same : raw };
  };
}

function bytesOf(bodies: readonly Uint8Array[]): number {
  return bodies.reduce((sum, { length }) => sum + length, 0);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.from(a.buffer, a.byteOffset, a.length).equals(b);
}
