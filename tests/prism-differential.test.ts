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
  'a response of OpenAPI 2.0 without `produces`': ({ prism, counterproof, case: { operationId } }) =>
    operationId === 'GET /pets' &&
    /^\d+$/.test(prism) &&
    (counterproof === `${prism} application/json` || counterproof.startsWith('406')),
  'a list in a form of OpenAPI 3 without an Encoding Object': ({ prism, request }) =>
    prism.startsWith('422') && /urlencoded/.test(String(request.headers['content-type'])),
  'a schema that its validator does not take, such as `nullable` beside no `type`': ({
    prism,
    case: { operationId },
  }) => operationId === 'POST /nullable' && prism.startsWith('200'),
  'a list in the query of which the items are objects': ({ prism, case: { operationId } }) =>
    operationId === 'GET /objects' && prism.startsWith('422'),
  'a parameter that is a `oneOf` of a number and a text': ({ prism, case: { operationId } }) =>
    operationId === 'GET /union/{id}' && prism.startsWith('422'),
  'two parameters side by side in a path (`/{name}{type}`)': ({ prism, case: { operationId } }) =>
    operationId === 'GET /parts/{name}{type}' && prism.startsWith('422'),
  'a path of the document that has a query or a fragment': ({ prism, request }) =>
    request.target.startsWith('/search') && prism.startsWith('404'),
  'an operation that cannot be read, such as one with a parameter without a name': ({ prism, request }) =>
    `${request.method} ${request.target}` === 'GET /nameless' && prism.startsWith('200'),
};

test.each([
  ['things.yaml', ['a list in a form of OpenAPI 3 without an Encoding Object']],
  ['forms-of-2.0.yaml', ['a response of OpenAPI 2.0 without `produces`']],
  ['otherwise.yaml', Object.keys(named).slice(1)],
] as const)('of %s Prism and --compat prism differ in what the list names, and in nothing else', async (name, rows) => {
  const file = join(root, 'tests/prism', name);
  const mock = asPrism(createMock({ operations: createOperations(await readDocument(file)) }), {});
  const result = await besidePrism(contract, { file, mock, requests: 200 });
  const rowOf = (difference: Difference) => Object.keys(named).find((row) => named[row]?.(difference));
  const told = (result?.differences ?? []).map((one) => {
    const { case: each, request, prism, counterproof } = one;
    return rowOf(one) ?? `${request.method} ${request.target} (${each.title}): Prism ${prism}, ours ${counterproof}`;
  });
  expect(result?.sent).toBeGreaterThan(40);
  expect([...new Set(told)].toSorted()).toEqual(rows.toSorted());
  for (const row of rows) expect(list).toContain(`| ${row} |`);
});
