import type { Progress } from '../contract/index.js';

export interface ProgressBar {
  show(progress: Progress): void;
  clear(): void;
}

const width = 24;
/** Milliseconds between two drawings: what an eye can follow. */
const interval = 80;

/** A bar on one line of standard error; nothing where that is no terminal. */
export function createProgressBar(stream: NodeJS.WriteStream, wanted: boolean): ProgressBar {
  if (!wanted || !stream.isTTY) return { show() {}, clear() {} };
  let drawn = 0;
  return {
    show({ operations, operationsDone, cases, violations }) {
      const now = performance.now();
      if (now - drawn < interval) return;
      drawn = now;
      const full = operations === 0 ? width : Math.round((width * operationsDone) / operations);
      const bar = '█'.repeat(full) + '░'.repeat(width - full);
      const found = violations === 0 ? '' : `, ${violations} violation${violations === 1 ? '' : 's'}`;
      stream.write(
        `\r\x1b[K${bar} ${operationsDone}/${operations} operations, ${cases} ${cases === 1 ? 'case' : 'cases'}${found}`,
      );
    },
    clear() {
      if (drawn > 0) stream.write('\r\x1b[K');
    },
  };
}
