const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

/**
 * A gzip file (RFC 1952) of stored blocks (RFC 1951, 3.2.4): valid and uncompressed, which is all that a test
 * of "the client decodes it" needs, and works where there is no synchronous zlib.
 */
export function gzipStored(bytes: Uint8Array): Uint8Array {
  const out = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
  for (let from = 0; from === 0 || from < bytes.length; from += 0xffff) {
    const block = bytes.subarray(from, from + 0xffff);
    const last = from + 0xffff >= bytes.length ? 1 : 0;
    out.push(last, block.length & 0xff, block.length >> 8, ~block.length & 0xff, (~block.length >> 8) & 0xff, ...block);
  }
  out.push(...littleEndian(crc32(bytes)), ...littleEndian(bytes.length));
  return Uint8Array.from(out);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function littleEndian(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}
