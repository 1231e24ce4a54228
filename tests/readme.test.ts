import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../src/cli/commands.js';
import { flagsTable } from '../src/cli/help.js';
import { checkTable } from '../src/contract/index.js';
import { root } from './command.js';
import { pages } from './documentation.js';

test('each table of flags in the documentation is the one that the program has', () => {
  let count = 0;
  for (const { name, text } of pages) {
    for (const [, command = '', table = ''] of text.matchAll(/<!-- flags:(\w+) -->\n(.*?)<!-- \/flags -->/gs)) {
      count++;
      expect(table.trim(), `${name}: mend it with npm run docs`).toBe(flagsTable(command).trim());
    }
  }
  expect(count).toBeGreaterThanOrEqual(1);
});

test('the flags of every command are documented', () => {
  const all = pages.map(({ text }) => text).join('\n');
  const missing = Object.keys(commands).filter((command) => !all.includes(`<!-- flags:${command} -->`));
  expect(missing).toEqual([]);
});

test('the first commands that a newcomer reads are the two that work on a fresh machine', () => {
  const [, block = ''] = pages[0]?.text.match(/```\w*\n(.*?)```/s) ?? [];
  expect(
    block
      .split('\n')
      .filter(Boolean)
      .slice(0, 2)
      .map((line) => line.replace(/ *#.*/, '')),
  ).toEqual(['npm ci && npm start', 'npm ci && npm test']);
});

test('every check is explained as the suite explains it', () => {
  const page = readFileSync(join(root, 'docs/check.md'), 'utf8');
  for (const { id, summary } of checkTable) expect(page).toContain(`| \`${id}\` | ${summary} |`);
});
