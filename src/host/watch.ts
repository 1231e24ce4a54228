import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** How often files are looked at. */
const intervalMilliseconds = 200;
/** An editor may write a file in several steps: it is read when nothing has moved for this long. */
const stillMilliseconds = 60;

export interface Watcher {
  /**
   * Watches these files from now on.
   * @param readSince when somebody began to read them, in milliseconds since 1970: what was written after that may not have been read,
   *   and counts as changed
   */
  follow(files: readonly string[], readSince?: number): void;
  close(): void;
}

/**
 * Calls back when a file changes, appears or goes after it was named here, or was read. Node only. Looks at the files by name and by the clock,
 * because that works for editors that replace files, for linked ones, and for folders shared between machines.
 * While one call runs the next one waits.
 * @param changed gets the files that have changed since it was last called
 * @param readSince as `follow` takes it
 */
export function watchFiles(
  files: readonly string[],
  changed: (files: ReadonlySet<string>) => Promise<void>,
  readSince?: number,
): Watcher {
  /** What each file looked like when it was last looked at. */
  const seen = new Map<string, string>();
  let touched = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  function follow(next: readonly string[], since = Number.POSITIVE_INFINITY): void {
    const named = new Set(next);
    for (const file of seen.keys()) if (!named.has(file)) seen.delete(file);
    for (const file of named) if (!seen.has(file)) seen.set(file, lookAt(file, since));
  }

  async function look(file: string): Promise<void> {
    const now = lookOf(await stat(file).catch(() => undefined));
    const before = seen.get(file);
    if (before === undefined || now === before) return;
    seen.set(file, now);
    touched.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = touched;
      touched = new Set();
      running = running.then(() => changed(all));
    }, stillMilliseconds);
  }

  follow(files, readSince);
  const interval = setInterval(() => {
    for (const file of seen.keys()) void look(file);
  }, intervalMilliseconds);
  return {
    follow,
    close() {
      clearInterval(interval);
      clearTimeout(timer);
      seen.clear();
    },
  };
}

/** What no file looks like. */
const unknown = 'unknown';

function lookAt(file: string, since: number): string {
  try {
    const stats = statSync(file);
    return stats.mtimeMs >= since ? unknown : lookOf(stats);
  } catch {
    return lookOf(undefined);
  }
}

/**
 * A file that cannot be looked at (a circle of links, a folder that is closed) is like one that is not there. One that may be read from
 * now on has another mode or owner, and the time of its content is as before.
 */
function lookOf(stats: Stats | undefined): string {
  if (stats === undefined) return 'absent';
  const { mtimeMs, size, ino, mode, uid, gid } = stats;
  return [mtimeMs, size, ino, mode, uid, gid].join(' ');
}
