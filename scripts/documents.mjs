/**
 * Tries documents that nobody here wrote: serves each, in a process of its own that is bounded in time and memory, sends the
 * mock the contract suite with a bound on cases, and prints what was served, mended, left out and found.
 *
 *   npm run documents                       those of scripts/documents/list.json, into docs/documents.md
 *   npm run documents -- FOLDER|FILE…       every OpenAPI document in there
 *
 *   --cases N      most cases of an operation (10)        --seconds N   most processor time for a document (60)
 *   --memory MIB   most memory for a document (2048)      --jobs N      documents at the same time (1)
 *   --seed N       seed of the mock and of the suite (1)
 *   --json FILE    also what was found in full, a line of JSON a document
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { documentsIn, listedDocuments } from './documents/find.mjs';
import { markdownTable, row, sums } from './documents/table.mjs';
import { readOptions } from './options.mjs';

const { values: flags, positionals } = readOptions(import.meta.url, {
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '60' },
    memory: { type: 'string', default: '2048' },
    jobs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const page = 'docs/documents.md';
const child = fileURLToPath(new URL('documents/try.mjs', import.meta.url));

/** What a line says; null for the one in which a process was killed. */
function read(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** What became of one document: what the process that tried it said, and how it ended. */
async function attempt({ name, file }) {
  const seconds = Number(flags.seconds);
  const process = spawn(
    globalThis.process.execPath,
    [`--max-old-space-size=${flags.memory}`, child, file, flags.cases, `${seconds * 1000}`, flags.seed],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // Far more than the run within is given, which counts the processor's time: for one that does not come to look at it.
  const clock = setTimeout(() => process.kill('SIGKILL'), (seconds * 5 + 20) * 1000);
  const began = performance.now();
  let errors = '';
  process.stderr.on('data', (text) => {
    errors = `${errors}${text}`.slice(-2000);
  });
  let found = { name, file, memory: 0 };
  createInterface({ input: process.stdout }).on('line', (line) => {
    const said = read(line);
    if (said) found = { ...found, ...said, memory: Math.max(found.memory, said.memory) };
  });
  const [code, signal] = await once(process, 'close');
  clearTimeout(clock);
  const ended = { milliseconds: performance.now() - began, ...(found.verdict && { progress: undefined }) };
  if (code === 0) return { ...found, ...ended };
  const reason = signal === 'SIGKILL' ? 'it took too long' : (/heap out of memory/.exec(errors)?.[0] ?? errors.trim());
  return { ...found, ...ended, died: reason };
}

const documents = positionals.length > 0 ? positionals.flatMap(documentsIn) : await listedDocuments();
if (flags.json) rmSync(flags.json, { force: true });
const all = [];
const waiting = [...documents];
async function worker() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const found = await attempt(next);
    all.push(found);
    if (flags.json) appendFileSync(flags.json, `${JSON.stringify(found)}\n`);
    console.log(row(found).join('  '));
  }
}
await Promise.all(Array.from({ length: Number(flags.jobs) }, worker));
const inOrder = documents.flatMap(({ file }) => all.find((found) => found.file === file) ?? []);
console.log(`\n${sums(inOrder)}`);
if (positionals.length === 0) {
  writeFileSync(page, markdownTable(inOrder, flags));
  console.log(`${page} was written.`);
}
