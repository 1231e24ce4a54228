// Loaded into a process before its program: tells on the file descriptor 3 how long the loop of events was held. A line is the moment, in
// milliseconds since 1970, at which a stretch ended, and the milliseconds of processor time that the main thread took in it, so that a busy
// machine makes no difference.
import { readFileSync, writeSync } from 'node:fs';

const everyMilliseconds = 4;
/** Shorter stretches are not told. */
const shortest = 15;

/** Nanoseconds of the thread itself where the system says so; elsewhere microseconds of all threads. */
const schedule = '/proc/thread-self/schedstat';
const now = (() => {
  try {
    if (Number(readFileSync(schedule, 'latin1').split(' ')[0]) > 0)
      return () => Number(readFileSync(schedule, 'latin1').split(' ')[0]) / 1e6;
  } catch {}
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
})();

let last = now();
function look() {
  const at = now();
  if (at - last >= shortest) tell(`${Date.now()} ${(at - last).toFixed(0)}`);
  last = at;
}
function tell(line) {
  try {
    writeSync(3, `${line}\n`);
  } catch {}
}

setInterval(look, everyMilliseconds).unref();
process.on('exit', () => {
  look();
  tell(`memory ${Math.round(process.resourceUsage().maxRSS / 1024)}`);
});
