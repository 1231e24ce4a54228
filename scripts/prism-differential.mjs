/**
 * Sends the cases of documents to Prism and to `--compat prism`, and says where status or media type differ.
 *
 *   npm run build && node scripts/prism-differential.mjs DOCUMENT… [--requests 1000] [--show 3]
 */
import { parseArgs } from 'node:util';
import * as contract from '../dist/contract/index.js';
import { asPrism, createMock, createOperations, readDocument } from '../dist/index.js';
import { besidePrism } from './prism/beside.mjs';

const { values: flags, positionals: documents } = parseArgs({
  allowPositionals: true,
  options: { requests: { type: 'string', default: '1000' }, show: { type: 'string', default: '3' } },
});

async function compare(file) {
  const mock = asPrism(createMock({ operations: createOperations(await readDocument(file)) }), {});
  const result = await besidePrism(contract, { file, mock, requests: Number(flags.requests) });
  if (result === null) return console.log(`${file}: Prism does not serve it`);
  console.log(`${file}: ${result.sent} requests, ${result.differences.length} answered otherwise`);
  const kinds = new Map();
  for (const { case: one, request, prism, counterproof, body } of result.differences) {
    const key = `${one.aspect} ${one.varies.in ?? ''} ${one.varies.keyword}: Prism ${prism}, ours ${counterproof}`;
    const line = `${request.method} ${request.target}  ${one.title}  ${body.slice(0, 300)}`;
    kinds.set(key, [...(kinds.get(key) ?? []), line]);
  }
  for (const [key, lines] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`  ${lines.length} × ${key}`);
    for (const line of lines.slice(0, Number(flags.show))) console.log(`      ${line}`);
  }
}

for (const file of documents) await compare(file).catch((error) => console.log(`${file}: ${error.message}`));
process.exit(0);
