import { Worker } from 'node:worker_threads';

/** How often is looked whether the process that started this one is still there. */
const lookMilliseconds = 1000;

/**
 * Ends this process soon after the one that started it has gone. node:cluster does so too, but only where the event loop gets
 * to it, and a handler without an end would hold processor and port for ever: so it is a thread that looks.
 */
export function endWithParent(): void {
  const look = `
    const { ppid } = process;
    const isGone = () => {
      // Windows leaves the number of a parent as it is.
      if (process.ppid !== ppid) return true;
      try {
        process.kill(ppid, 0);
        return false;
      } catch (error) {
        return error.code === 'ESRCH';
      }
    };
    setInterval(() => isGone() && process.kill(process.pid, 'SIGKILL'), ${lookMilliseconds});
  `;
  new Worker(look, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref();
}
