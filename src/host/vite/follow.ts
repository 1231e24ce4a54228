import type { ViteDevServer } from 'vite';

/** An editor may write a file in several steps: it is read when nothing has moved for this long, in milliseconds. */
const rest = 50;

/** Calls back when one of the files changes, appears or goes. While one call runs the next one waits. */
export function followFiles(
  watcher: ViteDevServer['watcher'],
  files: readonly string[],
  changed: () => Promise<void>,
): { follow: (files: readonly string[]) => void; close: () => void } {
  let followed: ReadonlySet<string> = new Set();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  function touched(_event: string, file: string): void {
    if (!followed.has(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, rest);
  }

  function follow(next: readonly string[]): void {
    followed = new Set(next);
    // Those outside of Vite's root are not watched yet.
    watcher.add([...next]);
  }

  watcher.on('all', touched);
  follow(files);
  return {
    follow,
    close() {
      clearTimeout(timer);
      watcher.off('all', touched);
    },
  };
}
