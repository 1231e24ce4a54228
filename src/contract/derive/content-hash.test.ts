import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from './content-hash.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('contentHash', () => {
  it('gives the same digits on every machine', () => {
    expect(
      ['', 'a', 'b', 'ab', 'ba', 'GET /api/user/installations'].map((text) => contentHash(bytes(text))),
    ).toMatchInlineSnapshot(`
      [
        "b1e836ca2df9fd15",
        "9e8b9b6763fd707b",
        "a9616df79ffc30ab",
        "e4a3346c6fde051e",
        "d07f2961bad5b5e1",
        "bedaf9cc3398443e",
      ]
    `);
  });

  it('has no collision in its first 12 digits among 200,000 texts that differ little', () => {
    const seen = new Set<string>();
    for (let index = 0; index < 200_000; index++)
      seen.add(contentHash(bytes(`/users/${index}?a=${index % 7}`)).slice(0, 12));
    expect(seen.size).toBe(200_000);
  });

  it('changes about half of its bits with any one bit of the input', () => {
    let changed = 0;
    let count = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (input, position) => {
        const other = Uint8Array.from(input);
        const at = position % (input.length * 8);
        other[at >> 3] = (other[at >> 3] ?? 0) ^ (1 << (at & 7));
        const difference = BigInt(`0x${contentHash(input)}`) ^ BigInt(`0x${contentHash(other)}`);
        changed += difference.toString(2).replaceAll('0', '').length;
        count++;
        expect(difference).not.toBe(0n);
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(changed / count).toBeGreaterThan(28);
    expect(changed / count).toBeLessThan(36);
  });
});
