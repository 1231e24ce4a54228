/** How far a command has come. */
interface Progress {
  readonly operations: number;
  readonly operationsDone: number;
  readonly cases?: number;
  readonly violations?: number;
}

interface ProgressBar {
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
    show({ operations, operationsDone, cases, violations = 0 }) {
      const now = performance.now();
      if (now - drawn < interval) return;
      drawn = now;
      const full = operations === 0 ? width : Math.round((width * operationsDone) / operations);
      const bar = '█'.repeat(full) + '░'.repeat(width - full);
      const sent = cases === undefined ? '' : `, ${cases} ${cases === 1 ? 'case' : 'cases'}`;
      const found = violations === 0 ? '' : `, ${violations} violation${violations === 1 ? '' : 's'}`;
      stream.write(`\r\x1b[K${bar} ${operationsDone}/${operations} operations${sent}${found}`);
    },
    clear() {
      if (drawn > 0) stream.write('\r\x1b[K');
    },
  };
}
