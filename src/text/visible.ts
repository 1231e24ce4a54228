import { writeJson } from './integers.js';

/** Control characters, lone surrogates, and what turns the direction of writing or cannot be seen. */
const invisible =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text in which nothing has to be looked for: printable ASCII, and letters and signs of Europe, such as the middle dot of a line of the log. */
const harmless = /^[ -~\u00a0-\u061b]*$/;

/** The same, but for line ends, tabs, and the colours that a terminal is told. */
const obeyed = new RegExp(`\\u001b\\[[0-9;]*m|${invisible.source}`, 'g');

/** Longer text of others than this is cut, in characters. */
const longestForeign = 2000;

/** Text of a document, a target or a client, on one line, with everything in it visible, and cut where it is long. */
export function visible(text: string, maximum: number = Number.POSITIVE_INFINITY): string {
  const cut = text.length <= maximum ? text : text.slice(0, maximum + 1);
  return shortened(harmless.test(cut) ? cut : cut.replace(invisible, escaped), maximum);
}

/** The same for a text that has lines. */
export function visibleLines(text: string, maximum: number = longestForeign): string {
  return text
    .split('\n')
    .map((line) => visible(line, maximum))
    .join('\n');
}

/** What a terminal shows as it is meant: nothing in it moves the cursor, or is a command, but colours. Also in JSON. */
export function tame(text: string): string {
  if (harmless.test(text)) return text;
  return text.replace(obeyed, (found) =>
    found.length > 1 || found === '\n' || found === '\t' ? found : escaped(found),
  );
}

/** A value as JSON that a person may look at in a terminal: escapes say the same as what they stand for (RFC 8259, 7). */
export function tameJson(value: unknown): string {
  return tame(writeJson(value, 2));
}

/** Cut where it is long, never within a surrogate pair. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

/** Cut in its middle, where it is too long: paths of one document begin alike, and are told apart by their ends. */
export function shortenedInside(text: string, length: number): string {
  const signs = text.length <= length ? [] : Array.from(text);
  if (signs.length <= length) return text;
  const beginning = Math.floor(length / 3);
  return [...signs.slice(0, beginning), '…', ...signs.slice(beginning + 1 - length)].join('');
}

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
