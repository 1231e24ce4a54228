import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { endAll, root, runProcess } from './command.js';

afterEach(endAll);

const folder = join(root, 'scripts');
const scripts = readdirSync(folder).filter(
  (name) =>
    name.endsWith('.mjs') && /readOptions\((?!url)|try-docs\/reader/.test(readFileSync(join(folder, name), 'utf8')),
);

test.each(scripts)('scripts/%s says what it is for, and what it does not know in one line', async (name) => {
  const script = (...args: string[]) => runProcess(args, { program: [process.execPath, join('scripts', name)] });
  const [help, wrong] = await Promise.all([script('--help'), script('--no-such-option')]);
  expect([help.code, help.error]).toEqual([0, '']);
  expect(help.out).toMatch(/^[^/*\s][\s\S]*[a-z]/);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.error).toMatch(/^\S+\.mjs: Unknown option '--no-such-option' \(see node scripts\/\S+ --help\)\n$/);
});

test('every script that reads its arguments does so', () => {
  expect(scripts.length).toBeGreaterThan(14);
});
