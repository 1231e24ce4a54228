// Loaded into a process before its program: tells on the file descriptor 3 how long the loop of events was held. A line is the moments, in
// milliseconds since 1970, at which a stretch began and ended, and the milliseconds of processor time that the main thread took in it, so that a busy
// machine makes no difference.
import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const everyMilliseconds = 4;
/** Shorter stretches are not told. */
const shortest = 15;

const read = (file) => readFileSync(file, 'latin1');
/** Of the thread itself where the system says so, in nanoseconds or else in hundredths of a second; elsewhere of all threads, in microseconds. */
const now = (() => {
  try {
    const exact = () => Number(read('/proc/thread-self/schedstat').split(' ')[0]) / 1e6;
    if (exact() > 0) return exact;
    // Fields 14 and 15 of proc_pid_stat(5); the second one may hold blanks, and ends with the last parenthesis.
    const inTicks = () => {
      const fields = read('/proc/thread-self/stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    };
    if (Number.isFinite(inTicks())) return inTicks;
  } catch {}
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
})();

let last = now();
let since = Date.now();
function look() {
  const at = now();
  const moment = Date.now();
  if (at - last >= shortest) tell(`${since} ${moment} ${(at - last).toFixed(0)}`);
  last = at;
  since = moment;
}
function tell(line) {
  try {
    writeSync(3, `${line}\n`);
  } catch {}
}

// Other threads load this too, and nobody waits for them.
if (isMainThread) {
  setInterval(look, everyMilliseconds).unref();
  process.on('exit', () => {
    look();
    tell(`memory ${Math.round(process.resourceUsage().maxRSS / 1024)}`);
  });
}
