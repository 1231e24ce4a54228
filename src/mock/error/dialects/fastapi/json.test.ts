import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonJsonError } from './json.js';

describe('the place where Python stops reading JSON', () => {
  it('is nowhere in a JSON text', () => {
    fc.assert(fc.property(fc.json(), (text) => pythonJsonError(text) === null));
  });

  it('is somewhere in what is no JSON text, and inside it', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 }))
      .map(
        ([text, at, wedge]) => text.slice(0, at % (text.length + 1)) + wedge + text.slice((at % (text.length + 1)) + 1),
      )
      .filter((text) => !isJson(text) && !/NaN|Infinity/.test(text));
    fc.assert(
      fc.property(broken, (text) => {
        const error = pythonJsonError(text);
        return error !== null && error.position >= 0 && error.position <= text.length;
      }),
    );
  });

  it('is told for deep nesting rather than by a full stack', () => {
    expect(pythonJsonError('['.repeat(100_000))).not.toBeNull();
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
