import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { start } from '../command.js';
import { run } from '../program.js';
import { serveElsewhere } from './elsewhere.js';
import type { RunningHost } from './hosts.js';
import { send } from './send.js';
import { document, fixtures } from './subject.js';

const functions = new URL('handlers.mjs', import.meta.url);

/** The file that `counterproof build` writes of the document of all hosts, in a folder of its own. */
async function buildMock(): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-built-'));
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
  writeFileSync(join(folder, 'openapi.fixtures.yaml'), fixtures);
  const { code, error } = await run(['build', 'openapi.json', '--out', 'mock.mjs'], { cwd: folder });
  if (code !== 0) throw new Error(error);
  return { folder, file: join(folder, 'mock.mjs') };
}

/** A server around the host that the file exports: what has no answer is cut off, as a reset is. */
const server = `
import { createServer } from 'node:http';
import handlers from './handlers.mjs';
import { createFetchHost } from './mock.mjs';
const mock = await createFetchHost({ handlers });
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = request.method === 'GET' || request.method === 'HEAD' || chunks.length === 0 ? null : Buffer.concat(chunks);
  try {
    const answer = await mock.fetch(new Request('http://anywhere.test' + request.url, { method: request.method, headers: request.headers, body }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.flushHeaders();
    for await (const chunk of answer.body ?? []) response.write(chunk);
    response.end();
  } catch {
    request.socket.destroy();
  }
}).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });
`;

/** The built file in a Node that makes no code from strings. */
export async function startBuilt(): Promise<RunningHost> {
  const { folder } = await buildMock();
  writeFileSync(join(folder, 'server.mjs'), server);
  copyFileSync(functions, join(folder, 'handlers.mjs'));
  const program = [process.execPath, '--disallow-code-generation-from-strings', join(folder, 'server.mjs')];
  const command = start([], { cwd: folder, program });
  const [base] = await command.until(/http:\/\/127\.0\.0\.1:\d+/);
  return {
    send: (wanted) => send({ base, wanted }),
    async close() {
      await command.end('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

/** The built file in a page whose policy lets no code be made, in the place of its `fetch`. */
export async function startBuiltInPage(browser: Browser): Promise<RunningHost> {
  const { folder, file } = await buildMock();
  const script = 'text/javascript';
  const elsewhere = await serveElsewhere(
    {
      '/': {
        type: 'text/html',
        text: '<!doctype html><title>Page</title><script type="module" src="/main.js"></script>',
      },
      '/main.js': {
        type: script,
        text: `import handlers from './handlers.js';
import { createFetchHost } from './mock.js';
const mock = await createFetchHost({ handlers });
globalThis.fetch = async (...given) => mock.fetch(new Request(...given));
try { new Function(''); } catch { document.title = 'no code is made here'; }
`,
      },
      '/handlers.js': { type: script, text: readFileSync(functions, 'utf8') },
      '/mock.js': { type: script, text: readFileSync(file, 'utf8') },
    },
    { 'Content-Security-Policy': "default-src 'self'" },
  );
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(elsewhere.url);
  const title = await tab.title();
  if (title !== 'no code is made here') throw new Error(`the policy does not hold: ${title}`);
  return {
    send: (wanted) => tab.evaluate(send, { base: elsewhere.url, wanted }),
    async close() {
      await context.close();
      await elsewhere.close();
      rmSync(folder, { recursive: true });
    },
  };
}
