// Holds `diff` against what oasdiff's own tests say of its public documents: node scripts/oasdiff.mjs FOLDER, a clone of oasdiff/oasdiff.
// The tests are read as text: which two files each compares, and which findings it asks for. Those that change a
// document before they compare it, or oasdiff's settings, are left out.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diff } from '../dist/diff/index.js';
import { createOperations, readDocument } from '../dist/index.js';
import { misuse, readOptions } from './options.mjs';

const {
  positionals: [folder],
} = readOptions(import.meta.url, { allowPositionals: true });
if (folder === undefined)
  misuse(import.meta.url, 'expected the folder of a clone of https://github.com/oasdiff/oasdiff');
const sources = readdirSync(join(folder, 'checker'))
  .filter((name) => name.endsWith('.go'))
  .map((name) => ({ isTest: name.endsWith('_test.go'), text: readFileSync(join(folder, 'checker', name), 'utf8') }));
const code = sources
  .filter(({ isTest }) => !isTest)
  .map(({ text }) => text)
  .join('\n');
const tests = sources
  .filter(({ isTest }) => isTest)
  .map(({ text }) => text)
  .join('\n');
const levels = new Map(
  [...code.matchAll(/newBackwardCompatibilityRule\((\w+), (\w+)/g)].map(([, id, level]) => [id, level]),
);
const folders = new Map(
  [...tests.matchAll(/(\w+)\s*= dataFileFn\("([^"]+)"\)/g)].map(([, name, path]) => [name, path]),
);

const pairs = new Map();
for (const [, body] of tests.matchAll(/^func Test\w+\(t \*testing\.T\) \{\n([\s\S]*?)^\}/gm)) {
  const compared = comparedIn(body);
  if (!compared?.every((file) => file.startsWith('checker/'))) continue;
  const key = compared.join(' → ');
  const pair = pairs.get(key) ?? { compared, ids: new Set() };
  for (const id of idsIn(body)) pair.ids.add(id);
  pairs.set(key, pair);
}

/** The two files that a test compares, older first; null where it does something else. */
function comparedIn(body) {
  const changesSomething =
    /\.Spec\b(?!\))[^\n]*[^=!:<>]=[^=]|delete\(|\.Spec\.[^\n]*\.(Delete|Set)\(|WithSeverityLevels|WithDeprecation|StabilityLevel/.test(
      body,
    );
  if (changesSomething) return null;
  const numbered = (number) => `openapi-test${number}.yaml`;
  const direct = [...body.matchAll(/\bd\(t, [^;\n]*?, (\d+), (\d+)\)/g)];
  if (direct.length === 1) return direct[0].slice(1).map(numbered);
  const files = new Map();
  for (const [, variable, given] of body.matchAll(/(\w+)(?:, \w+)? :?= (?:open|l)\((.*)\)/g)) {
    const file =
      /"\.\.\/data\/([^"]+)"/.exec(given)?.[1] ??
      /^t, (\d+)/.exec(given)?.slice(1).map(numbered)[0] ??
      (/^(\w+)\("([^"]+)"\)/.exec(given)?.slice(1) ?? [])
        .map((part, index) => (index === 0 ? folders.get(part) : part))
        .join('/');
    if (file === '') return null;
    files.set(variable, file);
  }
  const diffs = [...body.matchAll(/GetWithOperationsSourcesMap\([^\n]*?, &?(\w+), &?(\w+)\)/g)];
  if (diffs.length !== 1) return null;
  const [, old, other] = diffs[0];
  const both = [files.get(old), files.get(other)];
  return both.includes(undefined) || both[0] === both[1] ? null : both;
}

/** What a test asks for, not what it forbids. */
function idsIn(body) {
  return body
    .split('\n')
    .filter((line) => !/NotEqual|NotContains|requireNoChange|require\.False|require\.Nil/.test(line))
    .flatMap((line) => [...line.matchAll(/\bchecker\.(\w+Id)\b/g)].map(([, id]) => id));
}

const counts = {};
const misses = [];
for (const { compared, ids } of pairs.values()) {
  const said = [...ids].map((id) => levels.get(id));
  const level = ['ERR', 'WARN', 'INFO'].find((one) => said.includes(one)) ?? 'nothing';
  counts[level] ??= { breaking: 0, not: 0, unread: 0 };
  const row = counts[level];
  try {
    const [old, other] = await Promise.all(compared.map((file) => readDocument(join(folder, 'data', file))));
    const { changes, counts: found } = await diff(createOperations(old), createOperations(other), { now: new Date() });
    row[found.breaking > 0 ? 'breaking' : 'not'] += 1;
    if (level === 'ERR' && found.breaking === 0)
      misses.push({ compared, ids: [...ids], said: changes.map(({ message }) => message) });
  } catch (error) {
    row.unread += 1;
    console.log(`${compared.join(' → ')}: ${error.message}`);
  }
}
console.table(counts);
for (const { compared, ids, said } of misses)
  console.log(`${compared.join(' → ')}\n  oasdiff: ${ids.join(', ')}\n  here: ${said.join('; ') || 'nothing'}`);
