// What a document costs before anything is remembered: `node --expose-gc --interrupt-budget=400000 scripts/first-answers.mjs FILE...`
// prints for each how much processor time the first answers of its operations take of the thread that gives them, and how much memory.
// What the command does before somebody asks is done before; the number is what it tells the engine on Node 20. Needs a build.
import { readFileSync } from 'node:fs';
import { createMock, createOperations, readDocument } from '../dist/index.js';
import { readOptions } from './options.mjs';

/** Operations of one document that are asked, spread over all. */
const mostAsked = 300;

const mebibytes = () => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 2 ** 20);
};

/** Of this thread, in milliseconds, where the system tells; otherwise of all threads, those that collect and compile too. */
function processorTime() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

for (const file of readOptions(import.meta.url, { allowPositionals: true }).positionals) {
  const before = mebibytes();
  const began = processorTime();
  const mock = createMock({ operations: createOperations(await readDocument(file)) });
  await mock.prepareInSlices();
  const { entries } = mock.operations;
  const reading = processorTime() - began;
  const read = mebibytes();
  const step = Math.max(1, Math.floor(entries.length / mostAsked) | 1);
  const times = entries
    .filter((_, index) => index % step === 0)
    .map(({ method, path }) => {
      const start = processorTime();
      mock.answer({ method, target: path, headers: {}, body: null }, { validate: false });
      return processorTime() - start;
    })
    .sort((left, right) => left - right);
  const at = (share) => `${times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(1)} ms`;
  const answers = `first answers of ${times.length}: median ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}`;
  console.log(
    `${file}: read in ${reading.toFixed(0)} ms, ${read - before} MiB; ${answers}, ${mebibytes() - read} MiB more; resident ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
  );
}
