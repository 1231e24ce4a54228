/**
 * Sends the cases of documents to Prism and to `--compat prism`, and says where status or media type differ.
 *
 *   npm run build && node scripts/prism-differential.mjs [DOCUMENT…] [--requests 1000] [--show 3]
 *
 * Without a document: those of scripts/documents/list.json.
 */
import * as contract from '../dist/contract/index.js';
import { asPrism, createMock, createOperations, readDocument } from '../dist/index.js';
import { listedDocuments } from './documents/find.mjs';
import { readOptions } from './options.mjs';
import { besidePrism } from './prism/beside.mjs';

const { values: flags, positionals } = readOptions(import.meta.url, {
  allowPositionals: true,
  options: { requests: { type: 'string', default: '1000' }, show: { type: 'string', default: '3' } },
});

async function compare({ name, file }) {
  const mock = asPrism(createMock({ operations: createOperations(await readDocument(file)) }), {});
  const result = await besidePrism(contract, { file, mock, requests: Number(flags.requests) });
  if (result === null) return console.log(`${name}: Prism does not serve it`);
  console.log(`${name}: ${result.sent} requests, ${result.differences.length} answered otherwise`);
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

const documents = positionals.length > 0 ? positionals.map((file) => ({ name: file, file })) : await listedDocuments();
for (const one of documents) await compare(one).catch((error) => console.log(`${one.name}: ${error.message}`));
process.exit(0);
