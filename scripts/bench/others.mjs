import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBare } from './bare.mjs';
import { freePort, jsonFile, key, main, median, memoryOf, start } from './command.mjs';
import { inTurn, rawRequest, sample } from './load.mjs';
import { rateRow, rounds } from './rounds.mjs';

const own = fileURLToPath(new URL('../../node_modules', import.meta.url));
const document = fileURLToPath(new URL('../../spec/openhands-installations.yaml', import.meta.url));
const target = '/api/user/installations?provider=github';

/** Other mock servers: what starts each, and what installs it. */
const servers = {
  '@stoplight/prism-cli': {
    install: 'npm install @stoplight/prism-cli',
    args: (folder, port) => [join(folder, '@stoplight/prism-cli/dist/index.js'), 'mock', '-p', `${port}`, document],
  },
  '@scalar/mock-server': {
    install: 'npm install @scalar/mock-server @hono/node-server',
    args: (folder, port) => ['--input-type=module', '-e', scalar(folder, port)],
  },
  '@mockoon/cli': {
    install: 'npm install @mockoon/cli',
    args: (folder, port) => [
      ...[join(folder, '@mockoon/cli/bin/run.js'), 'start', '--data', document, '--port', `${port}`],
      ...['--disable-log-to-file', '--disable-admin-api'],
    ],
  },
  'json-server': {
    install: 'npm install json-server',
    path: '/installations',
    args: (folder, port, database) => [join(folder, 'json-server/lib/cli/bin.js'), database, '--port', `${port}`],
  },
};

const scalar = (folder, port) => `
  import { readFileSync } from 'node:fs';
  import { pathToFileURL } from 'node:url';
  const load = (name) => import(import.meta.resolve ? pathToFileURL(${JSON.stringify(folder)} + name).href : name);
  const { createMockServer } = await load('/@scalar/mock-server/dist/index.js');
  const { serve } = await load('/@hono/node-server/dist/index.mjs');
  const specification = readFileSync(${JSON.stringify(document)}, 'utf8');
  const app = await createMockServer({ specification, document: specification });
  serve({ fetch: app.fetch, port: ${port}, hostname: '127.0.0.1' });
`;

/**
 * Others on the same document, one after the other, beside the same bare server: the same valid request again and again, and how
 * long each takes from its start to its first answer.
 *
 * @param {string | undefined} folder where else than here they are installed: a `node_modules`
 */
export async function others(folder) {
  const rows = [];
  // What json-server serves, which reads no document.
  const database = jsonFile('db.json', { installations: [{ id: '1', name: 'external' }] });
  for (const [name, { install, path = target, args }] of Object.entries({ 'mock --quiet': ours, ...servers })) {
    const found = [folder, own].find((each) => each && (name === 'mock --quiet' || existsSync(join(each, name))));
    if (found === undefined) {
      rows.push({ ...plain, subject: name, measured: `not installed: ${install}` });
      continue;
    }
    rows.push(...(await measure(name, path, (port) => args(found, port, database.file))));
  }
  database.remove();
  return rows;
}

const ours = { args: (_, port) => [main, 'mock', '--port', String(port), '--quiet'] };
const plain = { workload: 'others, the same valid request', ratio: '', processor: '', bar: '', verdict: '' };

async function measure(name, path, args) {
  const text = rawRequest('GET', path, { 'X-Session-API-Key': key });
  const [starts, idle] = [[], []];
  let [server, answer] = [];
  for (let round = 0; round < 5; round++) {
    await server?.stop();
    const port = await freePort();
    const began = performance.now();
    // Some write a line for each request: they may.
    server = { ...start(args(port)), port };
    answer = await sample(port, text);
    starts.push(performance.now() - began);
    const before = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    idle.push(performance.now() - before);
  }
  if (answer.status !== 200) {
    await server.stop();
    return [{ ...plain, subject: name, measured: `not measured: it answers ${answer.status} to a valid request` }];
  }
  const bare = await startBare({ '*': answer });
  const request = inTurn([text]);
  const found = await rounds({ bare: { ...bare, request }, server: { ...server, request } });
  const memory = await memoryOf(server.child);
  await Promise.all([server.stop(), bare.stop()]);
  return [
    rateRow(plain.workload, name, found.server, found.bare),
    {
      ...plain,
      workload: 'others, from the start to the first answer',
      subject: name,
      measured: `${median(starts).toFixed(0)} ms, ${(median(starts) / median(idle)).toFixed(1)} × node -e 0; ${memory.toFixed(0)} MiB`,
    },
  ];
}

const runtimes = {
  bun: { install: 'npm install -g bun', args: (file) => ['run', file] },
  deno: { install: 'npm install -g deno', args: (file) => ['run', '--allow-all', file] },
};

/** The fetch host of other runtimes, beside a bare server of theirs. */
export async function elsewhere(folder) {
  const rows = [];
  for (const [name, { install, args }] of Object.entries(runtimes)) {
    const program = [folder && join(folder, '.bin', name), name].find(
      (each) => each && spawnSync(each, ['--version']).status === 0,
    );
    const workload = `${name}: the fetch host beside its bare server`;
    if (program === undefined) rows.push({ ...plain, workload, subject: name, measured: `not installed: ${install}` });
    else rows.push(await runtime(name, workload, program, args));
  }
  return rows;
}

async function runtime(name, workload, program, args) {
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-bench-'));
  const library = fileURLToPath(new URL('../../dist/node/fetch.js', import.meta.url));
  const run = async (file, text) => {
    writeFileSync(join(folder, file), text);
    const child = spawn(program, args(join(folder, file)), { stdio: ['ignore', 'ignore', 'inherit'] });
    return { child, stop: async () => child.kill() };
  };
  const listen = name === 'bun' ? 'Bun.serve({ port, hostname, fetch })' : 'Deno.serve({ port, hostname }, fetch)';
  const served = (port, make) => `const [port, hostname] = [${port}, '127.0.0.1'];\n${make}\n${listen};\n`;
  const [ownPort, barePort] = [await freePort(), await freePort()];
  const text = rawRequest('GET', target, { 'X-Session-API-Key': key });
  const host = await run(
    'own.mjs',
    `import { createFetchHost } from ${JSON.stringify(library)};\n${served(ownPort, `const { fetch } = await createFetchHost({ document: ${JSON.stringify(document)} });`)}`,
  );
  const { status, headers, body } = await sample(ownPort, text);
  if (status !== 200) throw new Error(`${name} answers ${status}: ${body}`);
  const { 'content-length': _, 'Content-Length': __, ...fields } = headers;
  const bare = await run(
    'bare.mjs',
    served(
      barePort,
      `const fetch = () => new Response(${JSON.stringify(body)}, { headers: ${JSON.stringify(fields)} });`,
    ),
  );
  await sample(barePort, '/');
  const request = inTurn([text]);
  const found = await rounds({
    bare: { ...bare, port: barePort, request },
    host: { ...host, port: ownPort, request },
  });
  await Promise.all([host.stop(), bare.stop()]);
  rmSync(folder, { recursive: true });
  return rateRow(workload, `counterproof/fetch`, found.host, found.bare, 0.6);
}
