/** A fenced code block of a Markdown page (CommonMark 0.31, 4.5). */
export interface Block {
  readonly text: string;
  /** How many lines of the page stand before the block's first line. */
  readonly linesBefore: number;
  /** How many columns of each line were taken away as indentation of the fence. */
  readonly indentation: number;
}

/** All closed and unclosed fenced blocks of a page, in order. */
export function fencedBlocks(page: string): Block[] {
  if (!opening.test(page)) return [];
  const blocks: Block[] = [];
  let fence: { marker: string; indentation: number; linesBefore: number; lines: string[] } | undefined;
  const lines = page.split('\n');
  for (const [index, line] of lines.entries()) {
    if (fence === undefined) {
      const match = openingLine.exec(line);
      if (match) {
        fence = {
          marker: match[2] as string,
          indentation: (match[1] as string).length,
          linesBefore: index + 1,
          lines: [],
        };
      }
    } else if (isClosing(line, fence.marker)) {
      blocks.push(toBlock(fence));
      fence = undefined;
    } else {
      fence.lines.push(withoutIndentation(line, fence.indentation));
    }
  }
  return fence === undefined ? blocks : [...blocks, toBlock(fence)];
}

/** Indentation is not bounded to three columns, since pages nest their blocks in lists and components. */
const opening = /^[ \t]*(?:`{3,}[^`\n]*|~{3,}[^\n]*)$/m;
const openingLine = /^([ \t]*)(`{3,}(?=[^`]*$)|~{3,})/;

function isClosing(line: string, marker: string): boolean {
  const text = line.trim();
  return text.length >= marker.length && text === (marker[0] as string).repeat(text.length);
}

function withoutIndentation(line: string, columns: number): string {
  let taken = 0;
  while (taken < columns && (line[taken] === ' ' || line[taken] === '\t')) taken += 1;
  return line.slice(taken);
}

function toBlock(fence: { indentation: number; linesBefore: number; lines: string[] }): Block {
  return { text: fence.lines.join('\n'), linesBefore: fence.linesBefore, indentation: fence.indentation };
}
