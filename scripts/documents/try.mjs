// Tries one document in a process of its own, which scripts/documents.mjs bounds in time and memory: reads it, serves
// it, sends it the cases of the contract suite, and says on a line of JSON how each step went, as soon as it is done.
import { createMock, createOperations, problemsOf, readDocument, serve } from 'counterproof';
import { createClient, run } from 'counterproof/contract';

const [file, maxCases, milliseconds, seed] = process.argv.slice(2);
const say = (facts) =>
  process.stdout.write(`${JSON.stringify({ ...facts, memory: process.resourceUsage().maxRSS / 1024 })}\n`);
const since = (start) => performance.now() - start;

// 1. Read.
const began = performance.now();
let document;
try {
  document = await readDocument(file);
} catch (error) {
  say({ refused: error.message });
  process.exit();
}
const operations = createOperations(document);
const mock = createMock({ operations, seed: Number(seed) });
say({
  version: document.declaredVersion,
  operations: operations.entries.length,
  read: since(began),
  leftOut: document.leftOut,
  problems: document.problems.map(({ id, message, takes }) => ({ id, message, takes })),
});

// 2. Serve, and hear what is answered.
const answered = { marked: 0, failed: 0, slowest: 0, reasons: new Set() };
function onExchange({ request, answer, milliseconds: duration }) {
  answered.slowest = Math.max(answered.slowest, duration);
  const headers = Object.entries(answer.headers);
  const mark = headers.find(([name]) => name.toLowerCase() === 'counterproof')?.[1] ?? '';
  const isMarked = /valid=no/.test(mark);
  if (isMarked) answered.marked += 1;
  if (answer.status >= 500 && !/status=5/.test(mark)) answered.failed += 1;
  if ((isMarked || answer.status === 500) && answered.reasons.size < 20) {
    answered.reasons.add(`${answer.status} ${request?.method} ${request?.target} ${mark}`.slice(0, 300));
  }
}
const server = await serve(() => mock, { onExchange });

// 3. Send the suite.
const started = performance.now();
const client = createClient(server.url);
// The processor's time, so that what else the machine does decides nothing.
const bound = new AbortController();
const clock = setInterval(() => {
  const { user, system } = process.cpuUsage();
  if ((user + system) / 1000 < Number(milliseconds)) return;
  clearInterval(clock);
  bound.abort('it took too long');
  client.close();
}, 100).unref();
let told = 0;
const result = await run({
  operations,
  send: client.send,
  target: client.target.url,
  allowWrites: true,
  allowDeletes: true,
  maxCases: Number(maxCases),
  seed: Number(seed),
  // Mock and suite share a process, so one waits while the other works.
  timeout: 60_000,
  concurrency: 2,
  signal: bound.signal,
  onProgress(progress) {
    if (since(told) < 1000) return;
    told = performance.now();
    say({ progress });
  },
});
client.close();
await server.close(0);

// 4. The schemas that are not what they should be.
const schemas = [];
for await (const { id, message } of problemsOf(operations, bound.signal)) schemas.push({ id, message });
const { partial, verdict, counts, notes } = result;
say({
  verdict,
  partial,
  counts,
  check: since(started),
  answered: { ...answered, reasons: [...answered.reasons] },
  schemas,
  notes,
  undone: result.operations.flatMap(({ id, problem }) => (problem === null ? [] : [`${id}: ${problem}`])),
  findings: result.findings
    .filter(({ severity }) => severity === 'violation')
    .map(({ check, operationId, title, message, expected, received, curl }) => ({
      check,
      operationId,
      title,
      message,
      expected: expected.slice(0, 300),
      received: received.slice(0, 300),
      curl: curl.slice(0, 500),
    })),
  remarks: result.findings
    .filter(({ severity }) => severity !== 'violation')
    .map(({ check, severity, operationId, message }) => ({ check, severity, operationId, message })),
});
// What was said goes through a pipe, which takes so much at a time.
process.stdout.write('', () => process.exit());
