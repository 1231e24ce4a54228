import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CounterproofError } from '../index.js';

/** What is served where nothing is named and nothing found. */
const builtIn = fileURLToPath(new URL('../../spec/openhands-installations.yaml', import.meta.url));

/** The document of a command: its file or address. */
export interface DocumentFile {
  readonly file: string;
  readonly isBuiltIn: boolean;
}

/**
 * The document that is named; else the one `openapi.*` or `swagger.*` of a folder; else the one that is built in.
 * @throws CounterproofError USAGE where the folder has several
 */
export function documentFile(named: string | undefined, folder = '.'): DocumentFile {
  if (named !== undefined) return { file: named, isBuiltIn: false };
  const found = readdirSync(folder).filter((name) => /^(?:openapi|swagger)\.(?:ya?ml|json)$/i.test(name));
  const [only, second] = found.sort();
  if (only === undefined) return { file: builtIn, isBuiltIn: true };
  if (second === undefined) return { file: only, isBuiltIn: false };
  throw new CounterproofError('USAGE', {
    message: `There are several documents here: ${found.join(', ')}`,
    remedy: 'Name the one that is meant.',
  });
}

/** The host of a document that is an address: who names it lets it be read, and what it refers to there. */
export function hostOf(file: string): readonly string[] {
  return /^https?:\/\//i.test(file) && URL.canParse(file) ? [new URL(file).host] : [];
}

export const standardInput = '-';

let inputText: string | undefined;

/**
 * The text of standard input, read once however often the document is.
 * @throws CounterproofError DOCUMENT_UNREADABLE where there is none
 */
export function readInput(): string {
  try {
    inputText ??= readFileSync(process.stdin.fd, 'utf8');
  } catch (error) {
    const message = `Failed to read standard input: ${error instanceof Error ? error.message : String(error)}`;
    throw new CounterproofError('DOCUMENT_UNREADABLE', { message });
  }
  // A line break says that it is a text, and no name of a file.
  return `${inputText}\n`;
}
