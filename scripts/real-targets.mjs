/**
 * Sends the contract suite to servers that nobody here wrote, or that a framework makes of a small app, and prints a table:
 * how many operations were exercised without a word of the user about ids, and what was found. Each is installed into a
 * folder of its own, from Debian or npm; what cannot be had is skipped, with the reason.
 *
 *   npm run build && node scripts/real-targets.mjs [NAME…]
 *
 *   --folder FOLDER            where to install (a temporary folder); what is there is used again
 *   --document NAME=FILE       the document of a target whose package has none
 *   --reports FOLDER           a JSON report of each
 *   --mend                     write what check suggests, check a fresh server again with it, and print what is left
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './bench/command.mjs';
import { readOptions } from './options.mjs';
import { folderFor, targets } from './real-targets/targets.mjs';

const { values: flags, positionals: names } = readOptions(import.meta.url, {
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    document: { type: 'string', multiple: true, default: [] },
    reports: { type: 'string' },
    mend: { type: 'boolean', default: false },
  },
});
const documents = new Map(flags.document.map((pair) => pair.split(/=(.*)/s, 2)));
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const secondsToStart = 30;

async function attempt(target, base, more = () => [], when = '') {
  const folder = folderFor(base, target);
  const [port, second] = await Promise.all([freePort(), freePort()]);
  const {
    url,
    document,
    flags: own = [],
    headers = {},
    ...how
  } = target.prepare(folder, port, documents.get(target.name), second);
  const log = join(folder, 'server.log');
  // What a request ends comes back, as under a supervisor.
  const server = spawn('sh', ['-c', 'while :; do "$0" "$@"; sleep 0.2; done', how.command, ...how.args], {
    cwd: how.cwd ?? folder,
    env: { ...process.env, ...how.env },
    detached: true,
    // A file, since a server waits that logs into a pipe which nobody empties while the suite runs.
    stdio: ['ignore', 'ignore', openSync(log, 'w')],
  });
  try {
    await answers(url, headers, () => readFileSync(log, 'utf8'));
    const file = await local(document, folder, headers);
    const report = join(flags.reports ?? folder, `${target.name.toLowerCase().replaceAll(/\W+/g, '-')}${when}.json`);
    spawnSync(
      process.execPath,
      [
        command,
        'check',
        file,
        '--target',
        url,
        '--quiet',
        '--restart',
        'sleep 1',
        '--report',
        `json=${report}`,
        ...own,
        ...more(folder),
      ],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    return JSON.parse(readFileSync(report, 'utf8'));
  } finally {
    process.kill(-server.pid, 'SIGKILL');
  }
}

async function answers(url, headers, words) {
  for (const end = Date.now() + secondsToStart * 1000; Date.now() < end; ) {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`it does not start: ${words().trim().split('\n').at(-1)}`);
}

async function local(document, folder, headers) {
  if (!document.startsWith('http')) return document;
  const file = join(folder, 'document.yaml');
  const answer = await fetch(document, { headers: { ...headers, accept: '*/*' } });
  writeFileSync(file, await answer.text());
  return file;
}

function row(name, { counts, operations, findings, coverage, duration }) {
  const causes = new Map();
  for (const { severity, check } of findings)
    if (severity === 'violation') causes.set(check, (causes.get(check) ?? 0) + 1);
  const found = [...causes].map(([check, count]) => `${check} ${count}`).join(', ') || 'none';
  const { exercised } = coverage.operations;
  return `| ${name} | ${exercised} of ${operations.length} | ${counts.requests} | ${(duration / 1000).toFixed(0)} s | ${found} |`;
}

/** Checks of which suggestions speak. */
const mended = ['status-documented', 'media-type', 'response-schema'];

/** What is found before and after the document was mended by what was seen. */
async function mendingRow(target) {
  const overlay = (folder) => join(folder, 'mend.overlay.json');
  const before = await attempt(target, base, (folder) => ['--suggest', overlay(folder)], '-before');
  const file = overlay(folderFor(base, target));
  const { actions } = JSON.parse(readFileSync(file, 'utf8'));
  const after = await attempt(target, base, () => ['--overlay', file], '-after');
  const own = ({ findings }) =>
    findings.filter(({ severity, check }) => severity === 'violation' && mended.includes(check));
  const told = (found) => `${found.length} (${found.reduce((sum, { cases }) => sum + cases, 0)} cases)`;
  const left = own(after).map(({ operationId, message }) => `${operationId}: ${message}`);
  return `| ${target.name} | ${actions.length} | ${told(own(before))} | ${told(own(after))} | ${left.join('; ')} |`;
}

const base = flags.folder ?? mkdtempSync(join(tmpdir(), 'real-targets-'));
mkdirSync(base, { recursive: true });
if (flags.reports) mkdirSync(flags.reports, { recursive: true });
if (flags.mend) console.log('| target | actions | before | after | left |\n| --- | --- | --- | --- | --- |');
else console.log('| target | operations exercised | requests | time | causes |\n| --- | --- | --- | --- | --- |');
for (const target of targets) {
  if (names.length > 0 && !names.some((name) => name.toLowerCase() === target.name.toLowerCase())) continue;
  try {
    console.log(flags.mend ? await mendingRow(target) : row(target.name, await attempt(target, base)));
  } catch (error) {
    console.log(`| ${target.name} | skipped: ${error.message.split('\n')[0]} | | | |`);
  }
}
if (!flags.folder) rmSync(base, { recursive: true, force: true });
