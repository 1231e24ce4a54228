/**
 * A paragraph on lines that are no wider than they may be, broken between words. A word that is longer (a path, an address)
 * stays whole, so that it can be copied.
 * @param width in characters; Infinity for one line
 * @param indent what each line begins with
 * @param first what the first line begins with instead, such as a sign
 */
export function wrapped(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let isBegun = false;
  for (const word of text.split(' ')) {
    if (isBegun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      isBegun = false;
    }
    line += isBegun ? ` ${word}` : word;
    isBegun = true;
  }
  return [...lines, line];
}
