// npm run profile: where the time of a running mock goes, under one kind of load: the functions that took most by themselves, and
// those below which most was taken.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, key, main, start } from './bench/command.mjs';
import { load, rawRequest, sample } from './bench/load.mjs';
import { thingOf, thingsFile } from './bench/things.mjs';
import { misuse, readOptions } from './options.mjs';

const seconds = 6;
const most = 25;
const installations = '/api/user/installations?provider=github';
const credential = { 'X-Session-API-Key': key };

const things = thingsFile();
/** By its name: what the mock is started with, and the request of each turn. */
const loads = {
  hot: { args: ['--quiet'], request: () => rawRequest('GET', installations, credential) },
  log: { args: [], request: () => rawRequest('GET', installations, credential) },
  distinct: { args: ['--quiet'], request: (turn) => rawRequest('GET', `${installations}&_=${turn}`, credential) },
  item: { args: [things.file, '--quiet'], request: (turn) => rawRequest('GET', `/things/${turn + 1}`) },
  list: {
    args: [things.file, '--quiet'],
    request: (turn) => rawRequest('GET', `/things?limit=20&offset=${turn % 25}`),
  },
  create: {
    args: [things.file, '--quiet'],
    request: (turn) => rawRequest('POST', '/things', {}, JSON.stringify(thingOf(turn))),
  },
};
const {
  positionals: [name = 'hot'],
} = readOptions(import.meta.url, { allowPositionals: true });
const chosen = loads[name];
if (chosen === undefined) misuse(import.meta.url, `expected ${Object.keys(loads).join(', ')}, found "${name}"`);

const folder = mkdtempSync(join(tmpdir(), 'counterproof-profile-'));
const port = await freePort();
const mock = start(['--cpu-prof', `--cpu-prof-dir=${folder}`, main, 'mock', ...chosen.args, '--port', String(port)]);
await sample(port, chosen.request(0));
const rate = await load(port, (turn) => Buffer.from(chosen.request(turn)), seconds);
await mock.stop();
things.remove();
const profile = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]), 'utf8'));
rmSync(folder, { recursive: true });
console.log(`${name}: ${rate.toFixed(0)} requests/s while it was looked at`);
tell(profile);

/** Shares of the time in which it was not idle. */
function tell({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const [own, below] = [new Map(), new Map()];
  let whole = 0;
  for (const [index, id] of samples.entries()) {
    const taken = timeDeltas[index];
    if (byId.get(id).callFrame.functionName === '(idle)') continue;
    whole += taken;
    add(own, nameOf(byId.get(id)), taken);
    const met = new Set();
    for (let at = id; at !== undefined; at = parents.get(at)) met.add(nameOf(byId.get(at)));
    for (const one of met) add(below, one, taken);
  }
  for (const [title, times] of Object.entries({ 'by itself': own, 'with what it calls': below })) {
    console.log(`\n${title}`);
    const sorted = [...times].toSorted(([, a], [, b]) => b - a).slice(0, most);
    for (const [one, taken] of sorted) console.log(`  ${((100 * taken) / whole).toFixed(1).padStart(5)} %  ${one}`);
  }
}

function add(times, name, taken) {
  times.set(name, (times.get(name) ?? 0) + taken);
}

function nameOf({ callFrame: { functionName, url, lineNumber } }) {
  const file = url.slice(url.lastIndexOf('/') + 1);
  return file === '' ? functionName : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
}
