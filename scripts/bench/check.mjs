import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, median } from './command.mjs';
import { startMock } from './mock.mjs';
import { startPlayed } from './played.mjs';
import { ratioText, spreadOf } from './rounds.mjs';
import { startCollections } from './things.mjs';

const roundCount = 7;

/** The suite: the whole command on the built-in document, and how many cases a second where there are many. */
export async function check() {
  const mock = await startMock('--quiet');
  const [times, bare] = [[], []];
  for (let round = 0; round <= roundCount; round++) {
    const [own, base] = [whole(['--target', `http://127.0.0.1:${mock.port}`]).milliseconds, elapsed(['-e', '0'])];
    if (round > 0) times.push(own) && bare.push(base);
  }
  await mock.stop();
  const middle = median(times);
  return [
    {
      workload: 'check, the built-in document: the whole command',
      subject: 'check',
      measured: `${middle.toFixed(0)} ms`,
      ratio: `${ratioText(spreadOf(times, bare))} × node -e 0`,
      processor: '',
      bar: '≤ 500 ms',
      verdict: middle <= 500 ? 'kept' : 'NOT KEPT',
    },
    await casesASecond(),
  ];
}

/** So many collections, that starting and compiling are a small part of it. */
const collectionCount = 40;

async function casesASecond() {
  const mock = await startCollections(collectionCount);
  const target = await startPlayed(mock.port);
  const folder = mkdtempSync(join(tmpdir(), 'counterproof-bench-'));
  const file = join(folder, 'report.json');
  const rates = [];
  for (let round = 0; round <= 3; round++) {
    whole([mock.file, '--target', `http://127.0.0.1:${target.port}`, '--report', `json=${file}`]);
    const { counts, duration } = JSON.parse(readFileSync(file, 'utf8'));
    // The first one is recorded.
    if (round > 0) rates.push(counts.cases / (duration / 1000));
    target.play();
  }
  await Promise.all([mock.stop(), target.stop()]);
  rmSync(folder, { recursive: true });
  const middle = median(rates);
  return {
    workload: `check, ${collectionCount} collections: cases a second, lives of things and all`,
    subject: 'check',
    measured: `${middle.toFixed(0)} cases/s`,
    ratio: '',
    processor: '',
    bar: '≥ 4,000 cases/s',
    verdict: middle >= 4000 ? 'kept' : 'NOT KEPT',
  };
}

function elapsed(args) {
  const began = performance.now();
  spawnSync(process.execPath, args);
  return performance.now() - began;
}

function whole(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [main, 'check', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`counterproof check ended with ${status}: ${stderr}`);
  return { milliseconds: performance.now() - began };
}
