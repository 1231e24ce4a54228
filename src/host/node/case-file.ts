import { readFile } from 'node:fs/promises';
import { replaceFile } from '../../text/replaced-file.js';
import type { CaseKeeper } from '../control/cases.js';

/** Where cases are saved, or why they are not. */
export type CaseFile = { readonly file: string } | { readonly reason: string };

/**
 * Saves cases to a fixture file, which is written whole or not at all.
 * @param saved awaited afterwards
 */
export function keepCases(
  caseFile: (document?: string) => CaseFile,
  saved?: (file: string) => Promise<void>,
): CaseKeeper {
  let last: Promise<unknown> = Promise.resolve();

  async function change(write: (text: string) => Promise<string>, document?: string): Promise<string> {
    const place = caseFile(document);
    if ('reason' in place) throw new TypeError(place.reason);
    const { file } = place;
    try {
      const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      await replaceFile(file, await write(before));
    } catch (error) {
      if (error instanceof TypeError) throw new TypeError(`${file} is not changed: ${error.message}`);
      throw new TypeError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    }
    await saved?.(file);
    return file;
  }

  return {
    // One after the other, since each begins with what the one before has written.
    change(write, document) {
      const turn = last.then(() => change(write, document));
      last = turn.catch(() => {});
      return turn;
    },
  };
}
