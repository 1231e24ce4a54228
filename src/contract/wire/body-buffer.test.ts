import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BodyBuffer } from './body-buffer.js';

test('however a body is cut up, and whatever length was announced, all of it is there', () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40_000 }), { maxLength: 40 });
  fc.assert(
    fc.property(pieces, fc.nat({ max: 100_000 }), fc.nat({ max: 5000 }), (parts, expected, most) => {
      const buffer = new BodyBuffer(expected);
      for (const part of parts) buffer.add(part, 0, part.length);
      const whole = Buffer.concat(parts);
      expect(buffer.length).toBe(whole.length);
      expect(buffer.bytes().equals(whole)).toBe(true);
      buffer.cut(most);
      expect(buffer.bytes().equals(whole.subarray(0, most))).toBe(true);
    }),
  );
});

test('a body that comes in long pieces takes no memory beside them', () => {
  const pieces = Array.from({ length: 64 }, () => new Uint8Array(64 * 1024).fill(97));
  const before = process.memoryUsage().arrayBuffers;
  const buffer = new BodyBuffer();
  for (const piece of pieces) buffer.add(piece, 0, piece.length);
  expect(process.memoryUsage().arrayBuffers - before).toBe(0);
  expect(buffer.bytes().equals(Buffer.concat(pieces))).toBe(true);
});

test('a body that comes byte by byte takes its bytes, and no object for each', () => {
  const count = 4 * 1024 * 1024;
  const byte = new Uint8Array([97]);
  const before = process.memoryUsage().arrayBuffers;
  const buffer = new BodyBuffer();
  for (let index = 0; index < count; index++) buffer.add(byte, 0, 1);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1.5 * count);
  expect(buffer.length).toBe(count);
});
