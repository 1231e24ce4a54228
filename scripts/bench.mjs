// npm run bench: how fast the mock starts, how much it answers, how much memory it takes, and what the proxy costs. Every time is
// also given as a ratio to something bare that ran between the measurements, since machines differ.
import { proxy } from './bench/proxy.mjs';
import { startUp } from './bench/start-up.mjs';
import { stateful } from './bench/stateful.mjs';
import { throughput } from './bench/throughput.mjs';

const chosen = process.argv.slice(2);
const parts = { 'start-up': startUp, throughput, stateful, proxy };

for (const [name, measure] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n${name}`);
  for (const line of await measure()) console.log(`  ${line}`);
}
process.exit(0);
