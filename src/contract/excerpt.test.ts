import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerpt, excerptBytes } from './excerpt.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('excerpt', () => {
  it('shows a value as JSON, and says how long it is where it is cut', () => {
    expect(excerpt({ provider: 'github' })).toBe('{"provider":"github"}');
    expect(excerpt('a'.repeat(1000), 10)).toBe('"aaaaaaaaa… (1002 characters)');
    expect(excerpt(undefined)).toBe('nothing');
  });

  it('says of an object how long all of it is, each time that it is shown, and however much', () => {
    const value = { list: Array.from({ length: 5000 }, (_, at) => at) };
    const whole = JSON.stringify(value);
    for (const length of [160, 20, 160, 300]) {
      expect(excerpt(value, length)).toBe(`${whole.slice(0, length)}… (${whole.length} characters)`);
    }
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (text, length) => {
        expect(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(excerpt(text, length))).toBe(false);
      }),
    );
  });
});

describe('excerptBytes', () => {
  it('shows text as text, and what is not UTF-8 in hexadecimal', () => {
    expect(excerptBytes(bytes('["1"]\n'))).toBe('["1"]\\n');
    expect(excerptBytes(bytes('\uFEFF[]'))).toBe('\\ufeff[]');
    expect(excerptBytes(new Uint8Array([0x5b, 0xff]))).toBe('5b ff (2 bytes that are not UTF-8)');
    expect(excerptBytes(new Uint8Array())).toBe('an empty body');
    expect(excerptBytes(bytes('é'.repeat(1000)), 5)).toBe('ééééé… (2000 bytes)');
  });
});
