import type { RunFinding } from '../contract/run/result.js';

/** `1 case`, `2 cases`, `1,200 cases`. */
export function count(number: number, one: string, many: string = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** `3 operations, 12 cases, 2 of them flaky`. */
export function extentOf({ operations, cases, flakyCases }: RunFinding): string {
  const flaky =
    flakyCases === 0 ? '' : flakyCases === cases ? 'flaky' : `${flakyCases.toLocaleString('en')} of them flaky`;
  const where = operations.length > 1 ? count(operations.length, 'operation') : '';
  return [where, count(cases, 'case'), flaky].filter(Boolean).join(', ');
}

/** Milliseconds as a person says them: `340 ms`, `1.2 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}

/** Control characters, lone surrogates, and what turns the direction of writing: what no report may contain. */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text from a target or document, on one line, with everything in it visible. */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(invisible, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Cut where it is long, never within a surrogate pair. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}
