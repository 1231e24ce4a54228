/**
 * Hashes bytes to 64 bits: two interleaved 32-bit lanes, each a multiply-xorshift in the manner of
 * MurmurHash3's finalizer, with different constants. Not for security: it names cases, so it has to be the
 * same on every machine, synchronous, and free of accidental collisions among some 100,000 inputs.
 */
export function contentHash(bytes: Uint8Array): string {
  if (bytes.length < longBytes) return hashOf(bytes);
  const known = hashes.get(bytes) ?? hashOf(bytes);
  hashes.set(bytes, known);
  return known;
}

/** Answers of so many bytes are hashed once. */
const longBytes = 4096;
const hashes = new WeakMap<Uint8Array, string>();

function hashOf(bytes: Uint8Array): string {
  let high = 0xdeadbeef ^ bytes.length;
  let low = 0x41c6ce57 ^ bytes.length;
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 0x9e3779b1);
    low = Math.imul(low ^ byte, 0x5f356495);
    high = (high << 13) | (high >>> 19);
    low = (low << 17) | (low >>> 15);
  }
  high = mix(high ^ Math.imul(low, 0x85ebca6b));
  low = mix(low ^ Math.imul(high, 0xc2b2ae35));
  return hex(high) + hex(low);
}

/** MurmurHash3's `fmix32`: every input bit changes about half of the output bits. */
function mix(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
