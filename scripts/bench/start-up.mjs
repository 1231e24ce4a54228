import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort, key, main, median, memoryOf, start } from './command.mjs';
import { writeLargeDocument } from './large-document.mjs';
import { sample } from './load.mjs';
import { ratioText, spreadOf, verdict } from './rounds.mjs';

const rounds = 9;

/** From the start of the process until it accepts a connection, and until it has answered one request; and what memory it takes then. */
export async function startUp() {
  const large = writeLargeDocument();
  try {
    return [
      ...(await measure({
        name: 'the built-in document',
        args: [],
        path: '/api/user/installations?provider=github',
        base: { name: 'node -e 0', args: ['-e', '0'] },
        times: 3,
      })),
      ...(await measure({
        name: large.name,
        args: [large.file],
        path: large.path,
        base: { name: 'parsing it', args: ['-e', parsing, large.file] },
        times: 1.2,
        memoryTimes: 1.5,
      })),
    ];
  } finally {
    rmSync(large.file);
  }
}

const parsing = `globalThis.kept = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'))`;

async function measure({ name, args, path, base, times, memoryTimes }) {
  const [bare, accepted, answered, memory] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    spawnSync(process.execPath, base.args);
    bare.push(performance.now() - before);

    const port = await freePort();
    const started = performance.now();
    const { child, stop } = start([main, 'mock', ...args, '--port', String(port), '--quiet']);
    await untilAccepted(port, child);
    accepted.push(performance.now() - started);
    await sample(port, path, { 'X-Session-API-Key': key });
    answered.push(performance.now() - started);
    memory.push(await memoryOf(child));
    await stop();
  }
  const subject = 'mock --quiet';
  const plain = { processor: '', ratio: '', bar: '', verdict: '' };
  const row = (workload, values, bar) => {
    const spread = spreadOf(values, bare);
    return {
      workload: `start, ${name}: ${workload}`,
      subject,
      measured: `${median(values).toFixed(0)} ms`,
      ratio: `${ratioText(spread)} × ${base.name}`,
      processor: '',
      bar: bar === undefined ? '' : `≤ ${bar} × ${base.name}`,
      verdict: bar === undefined ? '' : verdict(spread, (ratio) => ratio <= bar),
    };
  };
  const mebibytes = {
    ...plain,
    workload: `start, ${name}: memory`,
    subject,
    measured: `${median(memory).toFixed(0)} MiB`,
  };
  if (memoryTimes !== undefined) {
    const parsed = Number(
      spawnSync(process.execPath, ['-e', `${parsing}; console.log(process.memoryUsage().rss / 2 ** 20)`, ...args])
        .stdout,
    );
    const ratio = median(memory) / parsed;
    Object.assign(mebibytes, {
      ratio: `${ratio.toFixed(2)} × a process that has parsed it`,
      bar: `≤ ${memoryTimes} × a process that has parsed it`,
      verdict: ratio <= memoryTimes ? 'kept' : 'NOT KEPT',
    });
  }
  return [row('accepts', accepted, times), row('first answer', answered), mebibytes];
}

/** Tries again every two milliseconds, for a minute at most. */
function untilAccepted(port, child) {
  const deadline = performance.now() + 60_000;
  return new Promise((resolve, reject) => {
    const attempt = () => {
      if (child.exitCode !== null) return reject(new Error(`it ended with ${child.exitCode}`));
      if (performance.now() > deadline) return reject(new Error('it accepts no connection'));
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => {
        socket.destroy();
        resolve();
      });
      socket.on('error', () => setTimeout(attempt, 2));
    };
    attempt();
  });
}
