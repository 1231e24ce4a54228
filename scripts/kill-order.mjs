/**
 * Learns which cases catch most, from the suite against every fault, and writes it down for `check --budget`.
 * The built-in document and the two from npm teach; what is learnt is then tried on another document, if one is
 * named: `npm run kill-order -- ../openapi.json`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createOperations, readDocument, readFixtures } from 'counterproof';
import { deriveCases, inKillOrder, killWorths } from 'counterproof/contract';
import { learn, prove } from 'counterproof/prove';

const teachers = [
  { document: 'spec/openhands-installations.yaml', fixtures: 'fixtures/openhands-installations.yaml' },
  { document: 'node_modules/@scalar/galaxy/dist/3.1.yaml' },
  { document: 'node_modules/@figma/rest-api-spec/openapi/openapi.yaml' },
];
const share = 0.2;
/** Places of one operation at which one fault is tried: a few tell what many would. */
const most = 4;

async function killsOf({ document, fixtures: file }) {
  const operations = createOperations(await readDocument(document));
  const fixtures = file === undefined ? undefined : await readFixtures(file, operations);
  const byOperation = new Map();
  const result = await prove({
    operations,
    fixtures,
    exhaustive: true,
    maxSites: most,
    onKill({ operation, contractCase, trial }) {
      const killed = byOperation.get(operation.id) ?? new Map();
      byOperation.set(operation.id, killed);
      const trials = killed.get(contractCase.id) ?? new Set();
      killed.set(contractCase.id, trials.add(trial));
    },
  });
  console.log(
    `${document}: ${result.cases} cases, ${result.requests} requests, ${Math.round(result.duration / 1000)} s`,
  );
  return operations.entries.map((entry) => ({
    cases: deriveCases(operations.compile(entry), operations, { seed: 1, fixtures }),
    killed: byOperation.get(entry.id) ?? new Map(),
  }));
}

/** How many of all kills the first fifth of the cases makes. */
function tryOn(name, operations, worths) {
  const all = operations.flatMap(({ cases, killed }) => {
    const worth = killWorths(cases, worths);
    return cases.map((contractCase, index) => ({ item: { contractCase, killed }, worth: worth[index] }));
  });
  const caught = (chosen) =>
    new Set(
      chosen.flatMap(({ contractCase, killed }) =>
        [...(killed.get(contractCase.id) ?? [])].map((trial) => `${contractCase.operationId} ${trial}`),
      ),
    ).size;
  const ordered = inKillOrder(all);
  const some = ordered.slice(0, Math.ceil(ordered.length * share));
  const [few, whole] = [caught(some), caught(ordered)];
  console.log(
    `${name}: ${some.length} of ${ordered.length} cases catch ${few} of ${whole} (${((100 * few) / whole).toFixed(1)} %)`,
  );
}

const taught = [];
for (const teacher of teachers) taught.push({ name: teacher.document, operations: await killsOf(teacher) });
const worths = learn(taught.flatMap(({ operations }) => operations));
const file = 'src/contract/kill-order-data.ts';
const head = readFileSync(file, 'utf8').split('export const')[0];
writeFileSync(file, `${head}export const killOrderData: KillWorths = ${JSON.stringify(worths, null, 2)};\n`);
execFileSync('npx', ['biome', 'format', '--write', file]);
for (const { name, operations } of taught) tryOn(name, operations, worths);
for (const document of process.argv.slice(2)) tryOn(document, await killsOf({ document }), worths);
