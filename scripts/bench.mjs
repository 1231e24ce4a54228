// npm run bench: every time beside something bare that ran between the measurements, since machines differ. Each contestant runs in
// a process of its own, in short rounds by turns; a ratio that moves too much is not said.
//
//   npm run bench                    all of it
//   npm run bench -- start-up proxy  these parts
//   npm run bench -- --write         all of it, and into docs/speed.md
//   npm run bench -- others --others FOLDER/node_modules   with what is installed there
import { check } from './bench/check.mjs';
import { inTests } from './bench/in-tests.mjs';
import { elsewhere, others } from './bench/others.mjs';
import { writePage } from './bench/page.mjs';
import { proxy } from './bench/proxy.mjs';
import { startUp } from './bench/start-up.mjs';
import { stateful } from './bench/stateful.mjs';
import { workers } from './bench/workers.mjs';
import { workloads } from './bench/workloads.mjs';
import { misuse, readOptions } from './options.mjs';

const parts = {
  'start-up': startUp,
  throughput: workloads,
  stateful,
  workers,
  check,
  'in-tests': inTests,
  proxy,
  others,
  runtimes: elsewhere,
};
const { values, positionals } = readOptions(import.meta.url, {
  options: { write: { type: 'boolean' }, others: { type: 'string' } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => parts[name] === undefined);
if (unknown !== undefined) misuse(import.meta.url, `expected ${Object.keys(parts).join(', ')}, found "${unknown}"`);

const all = [];
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`\n${name}`);
  for (const row of await measure(values.others)) {
    const { workload, subject, measured, ratio, processor, bar, verdict } = row;
    const told = [
      ratio && `ratio ${ratio}`,
      processor && `by processor time ${processor}`,
      bar && `bar ${bar}`,
      verdict,
    ];
    console.log(`  ${workload}\n    ${[subject, measured, ...told].filter(Boolean).join('; ')}`);
    all.push(row);
  }
}
if (values.write) writePage(all);
process.exit(0);
