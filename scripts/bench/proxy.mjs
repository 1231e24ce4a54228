import { request } from 'node:http';
import { freePort, jsonFile, main, median, memoryOf, start } from './command.mjs';
import { inTurn, rawRequest, sample } from './load.mjs';
import { rateRow, rounds } from './rounds.mjs';

const latencyCount = 400;
const fileBytes = 1_000_000_000;

const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        responses: {
          200: {
            description: 'ok',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } } },
            },
          },
        },
      },
    },
    '/file': { get: { responses: { 200: { description: 'ok', content: { '*/*': {} } } } } },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
};
const body = JSON.stringify(Array.from({ length: 20 }, (_, id) => ({ id, name: `thing ${id}`, tags: ['a', 'b'] })));

/** Beside a forwarder that does nothing but forward, in one run: throughput, what is added to one request, a large body. */
export async function proxy() {
  const { file, remove } = jsonFile('openapi.json', document);
  const [upstreamPort, barePort, proxyPort] = [await freePort(), await freePort(), await freePort()];
  const script = (text) => start(['--input-type=module', '-e', text]);
  const upstream = script(upstreamServer(upstreamPort));
  const bare = script(bareForwarder(barePort, upstreamPort));
  const ours = start([
    ...[main, 'proxy', file, `http://127.0.0.1:${upstreamPort}`, '--port', `${proxyPort}`, '--quiet', '--no-console'],
  ]);
  for (const port of [upstreamPort, barePort, proxyPort]) await sample(port, '/things');
  const request = inTurn([rawRequest('GET', '/things')]);
  const found = await rounds({
    bare: { ...bare, port: barePort, request },
    ours: { ...ours, port: proxyPort, request },
  });
  const added = (await latency(proxyPort)) - (await latency(upstreamPort));
  const before = await memoryOf(ours.child);
  const largest = await throughIt(proxyPort, ours.child);
  await Promise.all([upstream.child.kill(), bare.child.kill(), ours.child.kill()]);
  remove();
  const plain = { subject: 'proxy --quiet', ratio: '', processor: '' };
  return [
    rateRow('proxy, beside a bare forwarder', 'proxy --quiet', found.ours, found.bare, 0.4),
    {
      ...plain,
      workload: 'proxy, one request at a time',
      measured: `${added.toFixed(2)} ms more than the upstream alone, at the median`,
      bar: '< 1 ms',
      verdict: added < 1 ? 'kept' : 'NOT KEPT',
    },
    {
      ...plain,
      workload: 'proxy, 1 GB through it',
      measured: `${largest.toFixed(0)} MiB at most, ${before.toFixed(0)} MiB before`,
      bar: '',
      verdict: '',
    },
  ];
}

/** Milliseconds from one request to the end of its answer, at the median. */
async function latency(port) {
  const times = [];
  for (let count = 0; count < latencyCount; count++) {
    const began = performance.now();
    await new Promise((resolve, reject) => {
      request({ port, path: '/things' }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    times.push(performance.now() - began);
  }
  return median(times);
}

/** The most memory of the proxy while a large body goes through it, in MiB. */
async function throughIt(port, child) {
  let largest = 0;
  const clock = setInterval(async () => {
    largest = Math.max(largest, await memoryOf(child));
  }, 100);
  const length = await new Promise((resolve, reject) => {
    request({ port, path: '/file', agent: false }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => {
        bytes += chunk.length;
      });
      response.on('end', () => resolve(bytes));
    })
      .on('error', reject)
      .end();
  });
  clearInterval(clock);
  if (length !== fileBytes) throw new Error(`${length} bytes have come through, of ${fileBytes}`);
  return largest;
}

const upstreamServer = (port) => `
  import { createServer } from 'node:http';
  const body = ${JSON.stringify(body)};
  const chunk = Buffer.alloc(1_000_000, 120);
  createServer(async (request, response) => {
    if (request.url !== '/file') return response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    for (let sent = 0; sent < ${fileBytes}; sent += chunk.length) {
      if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end();
  }).listen(${port}, '127.0.0.1');
`;

const bareForwarder = (port, upstream) => `
  import { Agent, createServer, request } from 'node:http';
  const agent = new Agent({ keepAlive: true });
  createServer((message, response) => {
    const { method, url: path, headers } = message;
    message.pipe(request({ port: ${upstream}, host: '127.0.0.1', agent, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    }));
  }).listen(${port}, '127.0.0.1');
`;
