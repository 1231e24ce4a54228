import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { besidePrism, type Difference } from '../scripts/prism/beside.mjs';
import * as contract from '../src/contract/index.js';
import { readDocument } from '../src/document/index.js';
import { createMock } from '../src/mock/index.js';
import { createOperations } from '../src/operation/index.js';
import { asPrism } from '../src/prism/index.js';
import { root } from './command.js';

const list =
  readFileSync(join(root, 'docs/from-prism.md'), 'utf8').split('## Different with `--compat prism`')[1] ?? '';

/** By the row of the list in docs/from-prism.md that names it. */
const named: Readonly<Record<string, (difference: Difference) => boolean>> = {
  'a response of OpenAPI 2.0 without `produces`': ({ prism, counterproof }) =>
    /^\d+$/.test(prism) && (counterproof === `${prism} application/json` || counterproof.startsWith('406')),
};

test.each([
  ['things.yaml', []],
  ['forms-of-2.0.yaml', ['a response of OpenAPI 2.0 without `produces`']],
] as const)('of %s Prism and --compat prism differ in what the list names, and in nothing else', async (name, rows) => {
  const file = join(root, 'tests/prism', name);
  const mock = asPrism(createMock({ operations: createOperations(await readDocument(file)) }), {});
  const result = await besidePrism(contract, { file, mock, requests: 60 });
  const rowOf = (difference: Difference) => Object.keys(named).find((row) => named[row]?.(difference));
  const told = (result?.differences ?? []).map((one) => {
    const { case: each, request, prism, counterproof } = one;
    return rowOf(one) ?? `${request.method} ${request.target} (${each.title}): Prism ${prism}, ours ${counterproof}`;
  });
  expect(result?.sent).toBeGreaterThan(40);
  expect([...new Set(told)]).toEqual(rows);
  for (const row of rows) expect(list).toContain(`| ${row} |`);
});
