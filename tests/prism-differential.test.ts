import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { besidePrism, type Difference } from '../scripts/prism/beside.mjs';
import * as contract from '../src/contract/index.js';
import { readDocument } from '../src/document/index.js';
import { serve } from '../src/host/node/index.js';
import { createMock } from '../src/mock/index.js';
import { createOperations } from '../src/operation/index.js';
import { asPrism } from '../src/prism/index.js';
import { root } from './command.js';
import { startPrism } from './prism/server.js';

const [onPurpose = '', list = ''] =
  readFileSync(join(root, 'docs/from-prism.md'), 'utf8')
    .split('## Different on purpose')[1]
    ?.split('## Different with `--compat prism`') ?? [];

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
  const result = await besidePrism(contract, { file, mock, requests: 200, start: startPrism });
  const rowOf = (difference: Difference) => Object.keys(named).find((row) => named[row]?.(difference));
  const told = (result?.differences ?? []).map((one) => {
    const { case: each, request, prism, counterproof } = one;
    return rowOf(one) ?? `${request.method} ${request.target} (${each.title}): Prism ${prism}, ours ${counterproof}`;
  });
  expect(result?.sent).toBeGreaterThan(40);
  expect([...new Set(told)].toSorted()).toEqual(rows.toSorted());
  for (const row of rows) expect(list).toContain(`| ${row} |`);
});

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
/** By the row of the list: a request, and what Prism and we answer to it: the status, and a field where that is what differs. */
const differing: Readonly<
  Record<string, readonly [request: string, prism: string, ours: string, field?: string, init?: RequestInit]>
> = {
  'OpenAPI 3.1 schemas': ['POST /items', '200', '422', '', { headers: json, body: '["one"]' }],
  'a schema that does not compile': ['POST /broken', '200', '422', '', { headers: json, body: '1' }],
  'where errors alone are declared': ['GET /gone', '410', '200'],
  'an example that does not fit': ['GET /wrong', '500', '200'],
  'an object as `text/plain` or `text/html`': ['GET /text', '500', '200'],
  'checking, for one request': ['GET /items?limit=many', '422', '200', '', { headers: { Prefer: 'validate=off' } }],
  'a wrong method': ['DELETE /items', '405 null', '405 GET, HEAD, POST, OPTIONS', 'allow'],
  '`HEAD` where `GET` is declared': ['HEAD /items', '405', '200'],
  'fields for other origins': ['GET /items', '200 *', '200 null', 'access-control-allow-origin'],
  'challenges of a 401': [
    'GET /private',
    '401 null',
    '401 ApiKey realm="On purpose", in="header", name="X-Key"',
    'www-authenticate',
  ],
  'a body where none is declared': ['POST /bodiless', '415', '200', '', { headers: json, body: '1' }],
  'a segment that is empty (`/parts//last`)': ['GET /parts//last', '422', '404'],
  'reserved characters in a form': ['POST /form', '422', '200', '', { headers: form, body: 'at=a/b' }],
  'why a request was refused, and what is deprecated': [
    'GET /items?old=1',
    '200 [{"location":["request","query","old"],"severity":"Warning","code":"deprecated","message":"Query param old is deprecated"}]',
    '200 null',
    'sl-violations',
  ],
};

test('without --compat prism each that is named differs as the list says', async () => {
  const file = join(root, 'tests/prism/on-purpose.yaml');
  const prism = await startPrism(file, { errors: true });
  const mock = createMock({ operations: createOperations(await readDocument(file)), errors: true });
  const ours = await serve(() => mock);
  const seen = async (url: string, request: string, field = '', init: RequestInit = {}) => {
    const [method = '', target = ''] = request.split(' ');
    const { status, headers } = await fetch(url + target, { ...init, method });
    return field === '' ? `${status}` : `${status} ${headers.get(field)}`;
  };
  const found: Record<string, unknown> = {};
  try {
    for (const [row, [request, , , field, init]] of Object.entries(differing)) {
      found[row] = [await seen(prism.url, request, field, init), await seen(ours.url, request, field, init)];
      expect(onPurpose).toContain(`| ${row} |`);
    }
  } finally {
    prism.end();
    await ours.close(0);
  }
  expect(found).toEqual(
    Object.fromEntries(Object.entries(differing).map(([row, [, ...both]]) => [row, both.slice(0, 2)])),
  );
});
