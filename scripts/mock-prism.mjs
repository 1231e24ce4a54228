// npm run mock:prism -- [DOCUMENT] [FLAGS OF PRISM]: Prism serves a document with our scripted cases and made-up answers as examples.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [first, ...rest] = process.argv.slice(2);
const isDocument = first !== undefined && !first.startsWith('-');
const file = join(mkdtempSync(join(tmpdir(), 'counterproof-')), 'openapi.json');
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const prism = fileURLToPath(new URL('../node_modules/@stoplight/prism-cli/dist/index.js', import.meta.url));

const written = spawnSync(process.execPath, [command, 'export', ...(isDocument ? [first] : []), '--out', file], {
  stdio: 'inherit',
});
if (written.status !== 0) process.exit(written.status ?? 1);
const flags = isDocument ? rest : process.argv.slice(2);
const served = spawn(process.execPath, [prism, 'mock', file, ...flags], { stdio: 'inherit' });
served.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => served.kill(signal));
