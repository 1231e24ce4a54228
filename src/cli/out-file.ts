import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { usage } from './arguments.js';
import type { Terminal } from './terminal.js';

/**
 * Prints a text, or writes it into a file where one is named.
 * @throws CounterproofError USAGE where it cannot be written
 */
export function printOrWrite(command: string, file: string | undefined, text: string, terminal: Terminal): void {
  if (file === undefined) {
    terminal.out(text.trimEnd());
    return;
  }
  try {
    replaceFileSync(file, text);
  } catch (error) {
    throw usage(command, `${file} cannot be written: ${whyUnwritten(error)}`);
  }
}
