import { readdirSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CounterproofError } from '../index.js';
import { isCalled } from '../text/file-name.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';

/** What is served where nothing is named and nothing found. */
const builtIn = fileURLToPath(new URL('../../spec/openhands-installations.yaml', import.meta.url));

/** Said where that is so. */
export const nothingHere = 'there is no openapi.* or swagger.* here';

/** The documents of a command: their files or addresses. */
export interface DocumentFiles {
  readonly files: readonly [string, ...string[]];
  readonly isBuiltIn: boolean;
}

/**
 * The documents that are named; else the one `openapi.*` or `swagger.*` of a folder; else the one that is built in.
 * @throws CounterproofError USAGE where the folder has several
 */
export function documentFiles(named: string | readonly string[] | undefined, folder = '.'): DocumentFiles {
  const [first, ...others] = [named ?? []].flat();
  if (first !== undefined) return { files: [first, ...others], isBuiltIn: false };
  const found = readdirSync(folder).filter((name) => /^(?:openapi|swagger)\.(?:ya?ml|json)$/i.test(name));
  const [only, second] = found.sort();
  if (only === undefined) return { files: [builtIn], isBuiltIn: true };
  if (second === undefined) return { files: [only], isBuiltIn: false };
  throw new CounterproofError('USAGE', {
    message: `There are several documents here: ${found.join(', ')}`,
    remedy: 'Name the one that is meant.',
  });
}

/** The path that a document is served under, as the command line says it. */
export interface Prefix {
  /** The end of the name of its file, with or without its ending; null for every document. */
  readonly document: string | null;
  readonly path: string;
}

/**
 * The prefix of each document.
 * @throws CounterproofError USAGE for one that is of no document, or of several
 */
export function prefixesOf(files: readonly string[], prefixes: readonly Prefix[]): (string | undefined)[] {
  for (const { document } of prefixes) {
    if (document === null) continue;
    const meant = files.filter((file) => isCalled(file, document));
    if (meant.length === 1) continue;
    const message =
      meant.length === 0
        ? `--prefix ${document} names no document${didYouMeanClause(nearest(document, files, 1))}`
        : `--prefix ${document} may be ${meant.join(' or ')}`;
    throw new CounterproofError('USAGE', { message, remedy: 'Name one as it is given, such as users.yaml=/users.' });
  }
  return files.map((file) => prefixes.findLast(({ document }) => document === null || isCalled(file, document))?.path);
}

/** The host of a document that is an address: who names it lets it be read, and what it refers to there. */
export function hostOf(file: string): readonly string[] {
  return /^https?:\/\//i.test(file) && URL.canParse(file) ? [new URL(file).host] : [];
}

export const standardInput = '-';

let inputText: string | undefined;

/** How long to wait for more of what is still being written. */
const retryMilliseconds = 10;

/**
 * The text of standard input, read once however often the document is.
 * @param most bytes that are read; of more there is one too many, for whoever counts them
 * @throws CounterproofError DOCUMENT_UNREADABLE where there is none
 */
export function readInput(most: number): string {
  try {
    inputText ??= readUpTo(most);
  } catch (error) {
    const message = `Failed to read standard input: ${error instanceof Error ? error.message : String(error)}`;
    throw new CounterproofError('DOCUMENT_UNREADABLE', { message });
  }
  // A line break says that it is a text, and no name of a file.
  return `${inputText}\n`;
}

function readUpTo(most: number): string {
  const chunks: Buffer[] = [];
  for (let left = most + 1; left > 0; ) {
    const chunk = Buffer.alloc(Math.min(left, 65_536));
    const count = readInputInto(chunk);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    left -= count;
  }
  return Buffer.concat(chunks).toString();
}

/** How many bytes came, once any have; 0 at the end. A pipe into which nobody has written yet may say so instead of waiting. */
function readInputInto(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(process.stdin.fd, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMilliseconds);
    }
  }
}
