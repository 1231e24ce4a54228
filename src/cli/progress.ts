/** How far a command has come. */
interface Progress {
  readonly operations: number;
  readonly operationsDone: number;
  /** How much of the work is done, from 0 to 1; absent: as much as operations are. */
  readonly share?: number;
  /** The one that is being worked on. */
  readonly operation?: string;
  readonly cases?: number;
  readonly violations?: number;
}

interface ProgressBar {
  show(progress: Progress): void;
  /** Says that everybody waits, for so many milliseconds, and why. */
  wait(milliseconds: number, why: string): void;
  clear(): void;
}

const width = 24;
/** Milliseconds between two drawings: what an eye can follow. */
const interval = 80;
/** A shorter wait is over before it has been read, in milliseconds. */
const shortestWait = 1000;

/** A bar on one line of standard error; where that is no terminal, a line for each longer wait and nothing else. */
export function createProgressBar(stream: NodeJS.WriteStream, wanted: boolean): ProgressBar {
  if (!wanted) return { show() {}, wait() {}, clear() {} };
  const began = performance.now();
  let drawn = 0;
  let waitsUntil = 0;
  return {
    show(progress) {
      const now = performance.now();
      if (!stream.isTTY || now - drawn < interval || now < waitsUntil) return;
      drawn = now;
      const line = lineOf(progress, now - began);
      stream.write(`\r\x1b[K${line.slice(0, Math.max(width, stream.columns - 1))}`);
    },
    wait(milliseconds, why) {
      const now = performance.now();
      if (milliseconds < shortestWait || now < waitsUntil) return;
      waitsUntil = now + milliseconds;
      const line = `waiting ${Math.ceil(milliseconds / 1000)} s, since ${why}`;
      stream.write(stream.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
      drawn = now;
    },
    clear() {
      if (drawn > 0 && stream.isTTY) stream.write('\r\x1b[K');
    },
  };
}

/** `██░░ 3/12 operations, 240 cases, 120/s, 2 violations, 8 s left: GET /things`. */
function lineOf(progress: Progress, elapsed: number): string {
  const { operations, operationsDone, cases, violations = 0, operation } = progress;
  const share = progress.share ?? (operations === 0 ? 1 : operationsDone / operations);
  const full = Math.round(width * share);
  const seconds = elapsed / 1000;
  const left = share > 0.05 ? Math.ceil((seconds * (1 - share)) / share) : null;
  const parts = [
    `${'█'.repeat(full)}${'░'.repeat(width - full)} ${operationsDone}/${operations} operations`,
    ...(cases === undefined ? [] : [`${cases} ${cases === 1 ? 'case' : 'cases'}`, `${Math.round(cases / seconds)}/s`]),
    ...(violations === 0 ? [] : [`${violations} violation${violations === 1 ? '' : 's'}`]),
    ...(left === null ? [] : [`${left} s left`]),
  ];
  return operation ? `${parts.join(', ')}: ${operation}` : parts.join(', ');
}
