// npm run mock:prism -- [DOCUMENT] [FLAGS OF PRISM]: Prism serves a document with our scripted cases and made-up answers as examples.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [first, ...rest] = process.argv.slice(2);
const isDocument = first !== undefined && !first.startsWith('-');
const folder = mkdtempSync(join(tmpdir(), 'counterproof-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'openapi.json');
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const prism = fileURLToPath(new URL('../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

const written = spawnSync(process.execPath, [command, 'export', ...(isDocument ? [first] : []), '--out', file], {
  stdio: 'inherit',
});
if (written.status !== 0) process.exit(written.status ?? 1);
const flags = isDocument ? rest : process.argv.slice(2);
// In this process: whoever ends it, by whichever signal, ends Prism too.
process.argv = [process.execPath, prism, 'mock', file, ...flags];
await import(pathToFileURL(prism).href);
