import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort, main, median, memoryOf, start } from './command.mjs';
import { writeLargeDocument } from './large-document.mjs';

const rounds = 9;

/** From the start of the process until it accepts a connection, and until it has answered one request. */
export async function startUp() {
  const large = writeLargeDocument();
  const subjects = [
    { name: 'the built-in document', args: [], path: '/api/user/installations?provider=github', bound: 0.4 },
    { name: large.name, args: [large.file], path: large.path, bound: 1.5 },
  ];
  const lines = [];
  try {
    for (const subject of subjects) lines.push(await measure(subject));
  } finally {
    rmSync(large.file);
  }
  return lines;
}

async function measure({ name, args, path, bound }) {
  const [bare, accepted, answered, memory] = [[], [], [], []];
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    bare.push(performance.now() - before);

    const port = await freePort();
    const started = performance.now();
    const { child, stop } = start([main, 'mock', ...args, '--port', String(port), '--quiet']);
    await untilAccepted(port, child);
    accepted.push(performance.now() - started);
    await (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'X-Session-API-Key': 'bench' } })).text();
    answered.push(performance.now() - started);
    memory.push(await memoryOf(child));
    await stop();
  }
  const base = median(bare);
  const times = (values) => `${median(values).toFixed(0)} ms (${(median(values) / base).toFixed(1)} × node -e 0)`;
  const kept = median(accepted) <= bound * 1000 ? 'kept' : 'NOT KEPT';
  return (
    `${name}: accepts after ${times(accepted)}, bound ${bound} s ${kept}; first answer after ${times(answered)}; ` +
    `${median(memory).toFixed(0)} MiB; node -e 0 takes ${base.toFixed(0)} ms`
  );
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
