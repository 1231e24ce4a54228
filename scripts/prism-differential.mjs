/**
 * Sends the cases of documents to Prism and to `--compat prism`, and says where status or media type differ.
 *
 *   npm run build && node scripts/prism-differential.mjs DOCUMENT… [--requests 1000] [--show 3]
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createClient, createCredentials, plannedCases, schemeNames } from '../dist/contract/index.js';
import { asPrism, createMock, createOperations, readDocument } from '../dist/index.js';

const { values: flags, positionals: documents } = parseArgs({
  allowPositionals: true,
  options: { requests: { type: 'string', default: '1000' }, show: { type: 'string', default: '3' } },
});
const prism = fileURLToPath(new URL('../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));
const secondsToStart = 60;
const timeout = 10_000;

/** Prism with a document, when it listens; null where it takes it for none. */
async function startPrism(document) {
  const port = await freePort();
  const child = spawn(process.execPath, [prism, 'mock', document, '-h', '127.0.0.1', '-p', `${port}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const isListening = await new Promise((resolve) => {
    let words = '';
    const clock = setTimeout(() => resolve(false), secondsToStart * 1000);
    child.stdout.on('data', (chunk) => {
      words = (words + chunk).slice(-10_000);
      if (words.includes('Prism is listening')) {
        clearTimeout(clock);
        resolve(true);
      }
    });
    child.once('exit', () => resolve(false));
  });
  if (!isListening) child.kill('SIGKILL');
  return isListening ? { url: `http://127.0.0.1:${port}`, end: () => child.kill('SIGKILL') } : null;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const essence = (type) => (type ?? '').split(';')[0].trim().toLowerCase();

async function compare(file) {
  const document = await readDocument(file);
  const operations = createOperations(document);
  const mock = asPrism(createMock({ operations }), {});
  const server = await startPrism(file);
  if (server === null) return console.log(`${file}: Prism does not serve it`);
  const client = createClient(server.url);
  const credentials = createCredentials({}, schemeNames(document));
  const differences = new Map();
  let sent = 0;
  // The base cases of all operations come before what varies them, so that a large document is seen as a whole.
  const each = Math.max(8, Math.ceil(Number(flags.requests) / operations.entries.length));
  for (const one of plannedCases({ operations, maxCases: each })) {
    if (sent >= Number(flags.requests)) break;
    const operation = operations.compile(operations.find(one.operationId));
    if (one.aspect === 'hostile' || operation.problems.length > 0) continue;
    const request = credentials.apply(one.request, operation, one.authenticated);
    const theirs = await client.send(request, { timeout }).catch(() => null);
    if (theirs?.status == null) continue;
    sent += 1;
    const ours = mock.answer(request);
    const type = (headers) => essence(headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]);
    const seen = [
      [theirs.status, type(theirs.headers)],
      [ours.status, type(Object.entries(ours.headers))],
    ].map(([status, media]) => `${status} ${media}`);
    if (seen[0] === seen[1]) continue;
    const key = `${one.aspect} ${one.varies.in ?? ''} ${one.varies.keyword}: Prism ${seen[0]}, ours ${seen[1]}`;
    const known = differences.get(key) ?? [];
    known.push(
      `${request.method} ${request.target}  ${one.title}  ${new TextDecoder().decode(theirs.body).slice(0, 300)}`,
    );
    differences.set(key, known);
  }
  client.close();
  server.end();
  const count = [...differences.values()].reduce((sum, list) => sum + list.length, 0);
  console.log(`${file}: ${sent} requests, ${count} answered otherwise`);
  for (const [key, list] of [...differences].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`  ${list.length} × ${key}`);
    for (const line of list.slice(0, Number(flags.show))) console.log(`      ${line}`);
  }
}

for (const file of documents) await compare(file).catch((error) => console.log(`${file}: ${error.message}`));
process.exit(0);
