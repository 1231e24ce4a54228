import { Agent, request } from 'node:http';
import { freePort, median, memoryOf, processorTimeOf, start } from './command.mjs';
import { rawRequest, sample } from './load.mjs';
import { ratioText, spreadOf, verdict } from './rounds.mjs';
import { startThings, thingOf } from './things.mjs';

const roundCount = 5;
/** Before those that count: what is compiled while it runs takes so long to come to rest. */
const warmRoundCount = 5;
const rowCount = 10_000;
/** Of each kind of request, in a round. */
const stepCount = 1000;
const connectionCount = 16;
const sizes = [100, 10_000, 100_000];

/** One request at a time on each of some connections. `next` gives them in order. Rejects where one is not answered as wanted. */
async function drive(port, count, next) {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionCount });
  let given = 0;
  const work = async () => {
    while (given < count) await send(port, agent, next(given++));
  };
  await Promise.all(Array.from({ length: connectionCount }, work));
  agent.destroy();
}

function send(port, agent, { method, path, body, status, done }) {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : JSON.stringify(body);
    const headers = bytes === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': bytes.length };
    request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode !== status) reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        done?.(text);
        resolve();
      });
    })
      .on('error', reject)
      .end(bytes);
  });
}

/** Creates, reads, lists and deletes, as many of each. */
function mixed(keys, rows) {
  return (index) => {
    const turn = Math.floor(index / 4);
    switch (index % 4) {
      case 0:
        return {
          method: 'POST',
          path: '/things',
          body: thingOf(turn),
          status: 201,
          done: (text) => keys.push(JSON.parse(text).id),
        };
      case 1:
        return { method: 'GET', path: `/things/${keys[((turn * 7919) % (keys.length - 100)) | 0]}`, status: 200 };
      case 2:
        return { method: 'GET', path: `/things?limit=20&offset=${(turn * 31) % rows}`, status: 200 };
      default:
        return { method: 'DELETE', path: `/things/${keys.pop()}`, status: 204 };
    }
  };
}

const creating = (keys) => (index) => ({
  method: 'POST',
  path: '/things',
  body: thingOf(index),
  status: 201,
  done: (text) => keys.push(JSON.parse(text).id),
});

/** What a state costs: reads and writes among many rows against a bare server, and memory and writes by the number of rows. */
export async function stateful() {
  return [await compare(), ...(await bySize())];
}

async function compare() {
  const mock = await startThings();
  const answers = {
    POST: await sample(mock.port, rawRequest('POST', '/things', {}, JSON.stringify(thingOf(0)))),
    ITEM: await sample(mock.port, '/things/26'),
    LIST: await sample(mock.port, '/things?limit=20'),
  };
  const barePort = await freePort();
  const bare = start(['--input-type=module', '-e', bareServer(barePort, answers)]);
  await sample(barePort, '/things/1');
  const keys = [];
  await drive(mock.port, rowCount, creating(keys));
  const ratios = [];
  const costs = [];
  for (let round = 0; round < warmRoundCount + roundCount; round++) {
    const before = processorTimeOf(bare.child);
    await drive(barePort, 4 * stepCount, mixed([...keys], rowCount));
    const between = processorTimeOf(mock.child);
    const bareCost = processorTimeOf(bare.child) - before;
    await drive(mock.port, 4 * stepCount, mixed(keys, rowCount));
    const cost = processorTimeOf(mock.child) - between;
    if (round >= warmRoundCount) {
      ratios.push(bareCost / cost);
      costs.push(cost / (4 * stepCount));
    }
  }
  await Promise.all([mock.stop(), bare.stop()]);
  // The client parses here, and would be what is measured: so by processor time.
  const spread = spreadOf(
    ratios,
    ratios.map(() => 1),
  );
  return {
    workload: `stateful: create, read, list, delete among ${rowCount.toLocaleString('en')} rows`,
    subject: 'mock --quiet',
    measured: `${median(costs).toFixed(3)} ms of processor time each`,
    ratio: '',
    processor: ratioText(spread),
    bar: '≥ 0.5',
    verdict: verdict(spread, (ratio) => ratio >= 0.5),
  };
}

async function bySize() {
  const mock = await startThings();
  const lines = [];
  const keys = [];
  for (const size of sizes) {
    await drive(mock.port, size - keys.length, creating(keys));
    const before = processorTimeOf(mock.child);
    await drive(mock.port, stepCount, creating(keys));
    const cost = (processorTimeOf(mock.child) - before) / stepCount;
    const memory = await memoryOf(mock.child);
    const isLargest = size === sizes.at(-1);
    lines.push({
      workload: `stateful: a session with ${size.toLocaleString('en')} rows`,
      subject: 'mock --quiet',
      measured: `a create takes ${cost.toFixed(3)} ms of processor time; ${memory.toFixed(0)} MiB`,
      ratio: '',
      processor: '',
      bar: isLargest ? '≤ 150 MiB' : '',
      verdict: isLargest ? (memory <= 150 ? 'kept' : 'NOT KEPT') : '',
    });
  }
  await mock.stop();
  return lines;
}

/** node:http and nothing else: reads bodies as JSON, and sends what the mock has sent. */
function bareServer(port, answers) {
  return `
    import { createServer } from 'node:http';
    const answers = ${JSON.stringify(answers)};
    function give(response, { status, headers, body }) {
      response.writeHead(status, headers).end(body);
    }
    createServer((request, response) => {
      if (request.method === 'POST') {
        const chunks = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
          JSON.parse(Buffer.concat(chunks));
          give(response, answers.POST);
        });
      } else if (request.method === 'DELETE') {
        response.writeHead(204).end();
      } else give(response, request.url.includes('?') ? answers.LIST : answers.ITEM);
    }).listen(${port}, '127.0.0.1');
  `;
}
