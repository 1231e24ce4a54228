import type { Location } from '../../errors.js';
import { pointerOf } from '../../text/pointer.js';
import type { Places } from './json-places.js';

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

/** All of a file, or a block of it. Finds lines on the first call. */
export class Part {
  readonly name: string;
  readonly text: string;
  readonly #block: Block;
  readonly #lines: Lines;

  constructor(name: string, block: Block) {
    this.name = name;
    this.text = block.text;
    this.#block = block;
    this.#lines = new Lines(block.text);
  }

  /** Where an offset of the text is in the file. */
  at(offset: number, pointer = ''): Location {
    const { line, column } = this.#lines.at(offset);
    const { linesBefore, indentation } = this.#block;
    return { file: this.name, pointer, line: line + linesBefore, column: column + indentation };
  }

  locator(places: () => Places): (segments: readonly string[]) => Location {
    let find: Places | undefined;
    return (segments) => {
      find ??= places();
      const { offset, found } = find(segments);
      return this.at(offset, pointerOf(...segments.slice(0, found)));
    };
  }
}

/** 1-based; columns count UTF-16 code units, as editors do. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of a text into lines and columns. Finds the line ends on the first call. */
class Lines {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  at(offset: number): Position {
    this.#starts ??= lineStarts(this.#text);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
