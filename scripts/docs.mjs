// npm run docs: writes the tables of flags into the documentation, between `<!-- flags:COMMAND -->` and `<!-- /flags -->`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';
import { readOptions } from './options.mjs';

readOptions(import.meta.url);
const { flagsTable } = (await runnerImport('./src/cli/help.ts')).module;

const inDocs = existsSync('docs') ? readdirSync('docs').filter((name) => name.endsWith('.md')) : [];

for (const file of ['README.md', ...inDocs.map((name) => `docs/${name}`)]) {
  const text = readFileSync(file, 'utf8');
  const written = text.replace(
    /(<!-- flags:(\w+) -->\n).*?(<!-- \/flags -->)/gs,
    (_, before, command, after) => `${before}${flagsTable(command)}\n${after}`,
  );
  if (written !== text) {
    writeFileSync(file, written);
    console.log(`${file}: tables of flags written`);
  }
}
