/**
 * Learns which cases catch most, from the suite against every fault, and writes it down for `check --budget`.
 * The built-in document and the two from npm teach; what is learnt is then tried on another document, if one is
 * named: `npm run kill-order -- ../openapi.json`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createOperations, readDocument, readFixtures } from 'counterproof';
import { learn, proveAndLearn, worthsById } from 'counterproof/prove';
import { inKillOrder, killWorths } from '../dist/contract/run/kill-order.js';
import { readOptions } from './options.mjs';

const { positionals: documents } = readOptions(import.meta.url, { allowPositionals: true });

const teachers = [
  { document: 'spec/openhands-installations.yaml', fixtures: 'fixtures/openhands-installations.yaml' },
  { document: 'node_modules/@scalar/galaxy/dist/3.1.yaml' },
  { document: 'node_modules/@figma/rest-api-spec/openapi/openapi.yaml' },
];
const share = 0.2;
/** Places of one operation at which one fault is tried: a few tell what many would. */
const most = 2;

async function killsOf({ document, fixtures: file }) {
  const operations = createOperations(await readDocument(document));
  const fixtures = file === undefined ? undefined : await readFixtures(file, operations);
  const { result, kills } = await proveAndLearn({ operations, fixtures, maxSites: most });
  console.log(
    `${document}: ${result.cases} cases, ${result.requests} requests, ${Math.round(result.duration / 1000)} s`,
  );
  return kills;
}

/** How many of all kills the first fifth of the cases makes, in an order by kind or by the document's own proof. */
function tryOn(name, operations, worthsOf) {
  const all = operations.flatMap(({ cases, killed }) => {
    const worths = worthsOf(cases);
    return cases.map((contractCase, index) => ({
      item: { contractCase, killed },
      worth: index === 0 ? Number.MAX_VALUE : worths[index],
    }));
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

function tryBoth(name, operations, learnt) {
  const own = worthsById(operations);
  tryOn(`${name}, by kind`, operations, (cases) => killWorths(cases, learnt));
  tryOn(`${name}, by its own proof`, operations, (cases) => cases.map(({ id }) => own[id] ?? 0));
}

const taught = [];
for (const teacher of teachers) taught.push({ name: teacher.document, operations: await killsOf(teacher) });
const worths = learn(taught.flatMap(({ operations }) => operations));
const file = 'src/contract/run/kill-order-data.ts';
const head = readFileSync(file, 'utf8').split('export const')[0];
writeFileSync(
  file,
  `${head}export const killOrderData: Readonly<Record<string, readonly number[]>> = ${JSON.stringify(worths, null, 2)};\n`,
);
execFileSync('npx', ['biome', 'format', '--write', file], { stdio: 'ignore' });
for (const { name, operations } of taught) tryBoth(name, operations, worths);
for (const document of documents) tryBoth(document, await killsOf({ document }), worths);
