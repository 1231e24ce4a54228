import { type StatsListener, unwatchFile, watchFile } from 'node:fs';

/** How often files are looked at, in milliseconds. */
const interval = 200;
/** An editor may write a file in several steps: it is read when nothing has moved for this long. */
const rest = 60;

export interface Watcher {
  /** Watches these files from now on. */
  follow(files: readonly string[]): void;
  close(): void;
}

/**
 * Calls back when a file changes, appears or goes. Looks at the files by name and by the clock, because
 * that works for editors that replace files, for linked ones, and for folders shared between machines.
 * While one call runs the next one waits.
 */
export function watchFiles(files: readonly string[], changed: () => Promise<void>): Watcher {
  let watched: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const touched: StatsListener = (now, before) => {
    // A file that is not there is reported once, and so is one whose rights have changed.
    if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, rest);
  };

  function follow(next: readonly string[]): void {
    for (const file of watched) if (!next.includes(file)) unwatchFile(file, touched);
    for (const file of next) if (!watched.includes(file)) watchFile(file, { interval }, touched);
    watched = next;
  }

  follow(files);
  return {
    follow,
    close() {
      clearTimeout(timer);
      follow([]);
    },
  };
}
