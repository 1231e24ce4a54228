import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../operation/index.js';
import { sharingBodies } from './shared-bodies.js';

const get: HttpRequest = { method: 'GET', target: '/', headers: {}, body: null };
const long = 20_000;

/** The bodies that a run gets for such texts, one after the other. */
async function bodiesOf(texts: readonly string[]): Promise<readonly Uint8Array[]> {
  const left = [...texts];
  const send = sharingBodies(async () => {
    const raw = new TextEncoder().encode(left.shift());
    return { status: 200, headers: [], raw, body: raw, problems: [], duration: 1 };
  });
  const bodies: Uint8Array[] = [];
  for (const _ of texts) bodies.push((await send(get, { timeout: 1 })).body);
  return bodies;
}

describe('answers with the same long body', () => {
  it('have the very same bytes, also with others between', async () => {
    const [a, b, again] = await bodiesOf(['a'.repeat(long), 'b'.repeat(long), 'a'.repeat(long)]);
    expect(again === a).toBe(true);
    expect(b === a).toBe(false);
  });

  it('are told apart by one byte', async () => {
    const [a, almost] = await bodiesOf(['a'.repeat(long), `${'a'.repeat(long - 1)}b`]);
    expect(almost === a).toBe(false);
    expect(almost?.at(-1)).toBe(0x62);
  });

  it('are kept up to a bound', async () => {
    const texts = Array.from({ length: 5 }, (_, index) => String(index).repeat(3 * 1024 * 1024));
    const bodies = await bodiesOf([...texts, texts[0] as string, texts[0] as string]);
    expect(bodies[5] === bodies[0]).toBe(false);
    expect(bodies[6] === bodies[5]).toBe(true);
  });
});
