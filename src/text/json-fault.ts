import type { JsonDefect } from './json-defect.js';

/**
 * What is wrong with a file that is to be JSON, as a sentence for whoever wrote it: what was expected, and what stands there.
 * @returns the sentence, and the offset in the text that it speaks of
 */
export function jsonFault(
  { kind, start, expected: awaited }: JsonDefect,
  text: string,
): { readonly message: string; readonly offset: number } {
  if (kind === 'unclosed' || kind === 'control' || kind === 'escape') {
    const message = 'a string is not closed on its line, or holds a control character or a wrong escape';
    return { message, offset: start };
  }
  // What a number or word runs into belongs to it.
  const glued = /^[\w.+-]/.test(text.slice(start)) ? (/[\w.+-]*$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  const offset = start - glued;
  const expected = glued > 0 ? 'a value' : (words[kind] ?? awaited);
  const rest = text.slice(offset, offset + 20);
  const comment = /^\/[/*]/.test(rest) ? 'a comment, which JSON does not have' : null;
  const word = /^[\w$.+-]+/.exec(rest)?.[0] ?? String.fromCodePoint(rest.codePointAt(0) ?? 0);
  const found = rest === '' ? 'the file ends' : `found ${comment ?? JSON.stringify(word)}`;
  return { message: `expected ${expected}, but ${found}`, offset };
}

const words: Partial<Record<JsonDefect['kind'], string>> = {
  name: 'a key in double quotes',
  end: 'the end of the file',
};
