import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { overVirtualWire } from '../../prove/virtual-wire.js';
import type { Json, JsonObject } from '../../text/value.js';
import { run } from '../run/run.js';
import type { Send } from '../types.js';
import { createComparison } from './compare.js';

const thing: JsonObject = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    note: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
  },
};
const body = (schema: JsonObject) => ({ 'application/json': { schema } });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        get: {
          operationId: 'list',
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
          responses: {
            '200': {
              description: 'ok',
              headers: { 'X-Total': { schema: { type: 'integer' } } },
              content: body({ type: 'array', items: thing }),
            },
            '400': { description: 'no', content: body({ type: 'object' }) },
          },
        },
        post: {
          operationId: 'add',
          requestBody: { required: true, content: body(thing) },
          responses: {
            '201': { description: 'made', content: body(thing) },
            '400': { description: 'no', content: body({ type: 'object' }) },
          },
        },
      },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: {
          operationId: 'read',
          responses: { '200': { description: 'ok', content: body(thing) }, '404': { description: 'none' } },
        },
      },
    },
  }),
);

interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** A server that says of an operation what is given, and else what a mock of the document with this seed says. */
function server(seed: number, own: Readonly<Record<string, (body: JsonObject) => Said>> = {}): Send {
  const mock = createMock({ operations, seed, rows: seed + 3 });
  return (request, { timeout }) => {
    const answer = mock.answer(request);
    const {
      status = answer.status,
      headers = {},
      body: said,
    } = own[answer.operationId ?? '']?.(parsed(request.body)) ?? {};
    const isRefused = answer.status >= 400 && own[`${answer.operationId} refused`] === undefined;
    const instead = isRefused
      ? {}
      : {
          status,
          headers: { ...answer.headers, ...headers },
          ...(said !== undefined && { body: JSON.stringify(said) }),
        };
    return overVirtualWire({ ...answer, ...instead }, request.method, timeout);
  };
}

function parsed(bytes: Uint8Array | null): JsonObject {
  try {
    return JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())) as JsonObject;
  } catch {
    return {};
  }
}

async function differences(own: Send, other: Send): Promise<string[]> {
  const comparison = createComparison(own, other);
  const { findings } = await run({
    operations,
    target: 'http://own.test',
    allowWrites: true,
    aspects: ['accepted', 'rejected', 'method', 'media-type'],
    ...comparison,
  });
  return findings.map(
    ({ severity, message, expected, received }) => `${severity}: ${message}: ${expected} → ${received}`,
  );
}

test('two servers that have other data, and nothing else, do not differ', async () => {
  expect(await differences(server(1), server(2))).toEqual([]);
});

test('what may change both targets is kept back on any machine, and for what reason is said', async () => {
  const { notSent, checks } = await run({
    operations,
    target: 'http://localhost:1',
    aspects: ['accepted'],
    ...createComparison(server(1), server(2)),
  });
  expect(notSent).toMatchObject([
    { reason: 'unsafe-compared', message: expect.stringMatching(/^may change both targets.*--allow-writes/) },
  ]);
  // Of others nothing is said, not even that nothing came that could show whether they hold.
  expect(checks.map(({ id }) => id)).toEqual(['same-answer', 'same-shape']);
});

const item = { id: 1, name: 'a' };
test.each<[what: string, own: Parameters<typeof server>[1], found: string[]]>([
  [
    'status',
    { add: () => ({ status: 200 }) },
    ['violation: The status is another one than that of the target that it is compared with: status 201 → status 200'],
  ],
  [
    'media type',
    { list: () => ({ headers: { 'Content-Type': 'text/plain' } }) },
    [
      'violation: The media type is another one than that of the target that it is compared with: application/json → text/plain',
    ],
  ],
  [
    'field',
    { list: () => ({ headers: { Deprecation: '@1' } }) },
    ['violation: The field deprecation is in the answer of one target alone: no deprecation → deprecation'],
  ],
  [
    'member that is gone and one that is new',
    { list: () => ({ body: [{ id: 1, title: 'a', note: 'n', tags: [] }] }) },
    [
      'violation: /*/name of the answers 200 is missing: always there → never there',
      'violation: /*/title of the answers 200 is new: never there → always there',
    ],
  ],
  [
    'type',
    { list: () => ({ body: [{ id: '1', name: 'a', note: 'n', tags: [] }] }) },
    ['violation: /*/id of the answers 200 is of another type: a number → a string'],
  ],
  [
    'list that became an object',
    { list: () => ({ body: { items: [item] } }) },
    ['violation: The body of the answers 200 is of another type: a list → an object'],
  ],
  [
    'thing that is not there',
    { read: () => ({ status: 404, body: '' }) },
    [
      'information: One target has not what the path names, and the other has: the answers cannot be compared: status 200 → status 404',
    ],
  ],
])('what is seen of a difference of %s', async (_, own, found) => {
  const all = await differences(server(1, own), server(1));
  for (const one of found) expect(all).toContain(one);
  expect(all.length).toBe(found.length);
});

test('a value that was sent comes back from both, or it is a difference', async () => {
  const all = await differences(
    server(1, { add: (sent) => ({ body: { ...sent, id: 1, name: 'always this' } }) }),
    server(1),
  );
  expect(all.join('\n')).toMatch(
    /violation: The member name is not what was sent, as it is in the answer of the other target/,
  );
});

test('an error is known by its code', async () => {
  const refusing = (code: string) =>
    server(1, {
      'add refused': () => ({}),
      add: (sent) => (sent.name === undefined ? { body: { code, at: code } } : {}),
    });
  const all = await differences(refusing('no_name'), refusing('missing'));
  expect(all).toEqual([
    'violation: The error says another code than that of the target that it is compared with: "missing" → "no_name"',
  ]);
});
