import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../bench/command.mjs';

const prism = fileURLToPath(new URL('../../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));
const secondsToStart = 60;
const timeout = 10_000;

/** Prism with a document, when it listens; null where it takes it for none. */
export async function startPrism(file, flags = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [prism, 'mock', file, '-h', '127.0.0.1', '-p', `${port}`, ...flags], {
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

const essence = (type) => (type ?? '').split(';')[0].trim().toLowerCase();

/** Sends cases of the contract suite to Prism and to a mock, and gives those of which status or media type differ. */
export async function besidePrism(
  { createClient, createCredentials, plannedCases, schemeNames },
  { file, mock, requests, start = startPrism },
) {
  const { operations } = mock;
  const server = await start(file);
  if (server === null) return null;
  const client = createClient(server.url);
  const credentials = createCredentials({}, schemeNames(operations.document));
  const differences = [];
  let sent = 0;
  try {
    // The base cases of all operations come before what varies them, so that a large document is seen as a whole.
    const maxCases = Math.max(8, Math.ceil(requests / operations.entries.length));
    for (const one of plannedCases({ operations, maxCases })) {
      if (sent >= requests) break;
      const operation = operations.compile(operations.find(one.operationId));
      if (one.aspect === 'hostile' || operation.problems.length > 0) continue;
      const request = credentials.apply(one.request, operation, one.authenticated);
      const theirs = await client.send(request, { timeout }).catch(() => null);
      if (theirs?.status == null) continue;
      sent += 1;
      const ours = mock.answer(request);
      const type = (headers) => essence(headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]);
      const [prism, counterproof] = [
        [theirs.status, type(theirs.headers)],
        [ours.status, type(Object.entries(ours.headers))],
      ].map(([status, media]) => `${status} ${media}`.trim());
      if (prism === counterproof) continue;
      const body = new TextDecoder().decode(theirs.body);
      differences.push({ case: one, request, prism, counterproof, body });
    }
  } finally {
    client.close();
    server.end();
  }
  return { sent, differences };
}
