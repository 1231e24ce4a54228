import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createCredentials } from '../credentials/credentials.js';
import { signatureOf } from '../signature.js';
import type { Received } from '../types.js';
import { againstBaseline, mergeResults } from './merge.js';
import type { RunOptions } from './options.js';
import type { RunResult } from './result.js';
import { run } from './run.js';
import { plannedCases } from './tasks.js';

const thing = { $ref: '#/components/schemas/Thing' };
const ok = { description: 'x', content: { 'application/json': { schema: thing } } };
const limit = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } };
const paths: JsonObject = Object.fromEntries(
  ['a', 'b', 'c'].map((name): [string, Json] => [
    `/${name}`,
    { get: { operationId: name, parameters: [limit], responses: { 200: ok, 400: { description: 'no' } } } },
  ]),
);
const schemas = {
  Thing: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, n: { type: 'integer' } } },
};
const root = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components: { schemas } };

function answer(status: number, body: unknown, type = 'application/json', headers: [string, string][] = []): Received {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers: [['Content-Type', type], ...headers], raw: bytes, body: bytes, problems: [], duration: 1 };
}

async function against(
  say: (request: HttpRequest) => Received,
  { extra = {}, ...options }: Partial<RunOptions> & { extra?: JsonObject } = {},
): Promise<RunResult> {
  const operations = createOperations(documentFromObject({ ...root, ...extra }));
  const send = async (request: HttpRequest) => {
    if (request.method === 'GET' || say(request).status === 429) return say(request);
    return {
      ...answer(405, '', 'application/json', [['Allow', 'GET']]),
      raw: new Uint8Array(),
      body: new Uint8Array(),
    };
  };
  return run({ operations, send, target: 'http://t', allowWrites: true, ...options });
}

const operation = { path: '/a/{id}' };

/** What tells an answer of this body, to a request of this address and body. */
const saying = (body: Json, target = '/a', sent: Json = null) => {
  const bytes = sent === null ? null : new TextEncoder().encode(JSON.stringify(sent));
  return signatureOf({
    request: { method: 'GET', target, headers: {}, body: bytes },
    received: answer(400, body),
    operation,
  });
};

/** Words without a number, each of its own. */
const words = Array.from({ length: 40 }, (_, index) => `${'ghijklmn'[index % 8]}`.repeat(20 + Math.floor(index / 8)));

const right = ({ target }: HttpRequest) =>
  /limit=(?![1-9]$)/.test(target) || /limit/.test(target.replace(/limit=[1-9]$/, ''))
    ? answer(400, {})
    : answer(200, { id: 'x' });
const causes = ({ findings }: RunResult) =>
  findings
    .filter(({ severity }) => severity === 'violation')
    .map(
      ({ check, concern, operations }) =>
        `${check} (${concern}) ${operations.map(({ operationId }) => operationId).join('')}`,
    );

/** The same answer to every method; to HEAD without its body. */
const always =
  (received: Received) =>
  async ({ method }: HttpRequest) => {
    const none = new Uint8Array();
    return method === 'HEAD' ? { ...received, raw: none, body: none } : received;
  };

describe('a finding', () => {
  it('is one for an app that always fails in one way, and nothing else is said of it', async () => {
    const result = await against(() => answer(500, { error: 'TypeError: rows of undefined' }));
    expect(causes(result)).toEqual(['no-server-error (server error) abc']);
    expect(result.findings[0]?.operations.map(({ exchange }) => exchange?.response)).toEqual(
      Array(3).fill(expect.stringContaining('rows of undefined')),
    );
    // Once for each operation, twice: not for each case.
    expect(result.counts.sentAgain).toBe(6);
  });

  it('is one for an app that always fails in one way, with methods that are not declared too, and HEAD, which shows no body', async () => {
    const failing = answer(500, { error: 'Internal Server Error' });
    const result = await against(() => failing, { send: always(failing) });
    expect(causes(result)).toEqual(['no-server-error (server error) abc']);
  });

  it.each([401, 400, 404, 302])(
    'is one where every request is answered with %i in one way, which is not declared',
    async (status) => {
      const extra = JSON.parse(JSON.stringify({ paths }).replaceAll('"400"', '"422"'));
      const refusing = answer(status, { error: 'wrong' });
      const result = await against(() => refusing, { extra, send: always(refusing) });
      expect(causes(result)).toEqual(['accepts-valid (contract) abc']);
    },
  );

  it('is not joined with an unlike one, and what is more serious comes first', async () => {
    const result = await against((request) => {
      if (request.target.startsWith('/a')) return answer(500, { error: 'TypeError: rows of undefined' });
      if (request.target.startsWith('/b')) return answer(500, { error: 'The connection to the database was lost' });
      return right(request).status === 200 ? answer(200, { id: 7 }) : right(request);
    });
    expect(causes(result)).toEqual([
      'no-server-error (server error) a',
      'no-server-error (server error) b',
      'response-schema (data) c',
    ]);
  });

  it('is one rule of a shared schema, in all operations that break it', async () => {
    const result = await against((request) => (right(request).status === 200 ? answer(200, { n: 1 }) : right(request)));
    expect(causes(result)).toEqual(['response-schema (data) abc']);
    expect(result.findings[0]?.location.pointer).toBe('/components/schemas/Thing/required');
    expect(result.findings[0]?.operations[0]?.exchange?.wrongLine).not.toBeNull();
  });

  it('is named by what it is about where the answer says nothing of it', async () => {
    const { findings } = await against((request) =>
      request.target.includes('limit=') ? answer(500, {}) : right(request),
    );
    const messages = findings.filter(({ check }) => check === 'no-server-error').map(({ message }) => message);
    expect(messages).toContain('The server failed with 500 (query limit)');
    expect(new Set(messages).size).toBe(messages.length);
  });

  it('is one where an optional parameter is refused, of whatever else is in it', async () => {
    const color = {
      type: 'object',
      properties: { color: { enum: ['red', 'blue'] }, size: { type: 'integer', minimum: 1 } },
    };
    const parameters = [{ name: 'opts', in: 'query', schema: color }];
    const responses = { 200: ok, 400: { description: 'no' } };
    const extra = { paths: { '/a': { get: { operationId: 'a', parameters, responses } } } };
    const result = await against(
      ({ target }) => (/color=red/.test(target) ? answer(400, { error: 'bad' }) : answer(200, { id: 'x' })),
      { extra, aspects: ['accepted'] },
    );
    expect(causes(result)).toEqual(['accepts-valid (contract) a']);
    expect(result.findings[0]?.title).toBe('with optional opts');
  });

  it('is one where a parser fails, whatever it says of each text', async () => {
    const requestBody = { required: true, content: { 'application/json': { schema: thing } } };
    const post = { operationId: 'd', requestBody, responses: { 200: ok, 400: { description: 'no' } } };
    const operations = createOperations(documentFromObject({ ...root, paths: { '/d': { post } } }));
    const said = new Set<string>();
    const send = async ({ method, body, headers }: HttpRequest) => {
      if (method !== 'POST') return answer(405, '{}', 'application/json', [['Allow', 'POST']]);
      if (headers['content-type'] !== 'application/json') return answer(415, {});
      try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()));
        return typeof value.id === 'string' && !/\D/.test(String(value.n ?? 1)) ? answer(200, value) : answer(400, {});
      } catch (error) {
        if (!(error instanceof SyntaxError) || body?.length === 0) return answer(400, {});
        said.add(error.message.replaceAll(/\d|".*"/g, ''));
        return answer(500, { error: `SyntaxError: ${error.message}` });
      }
    };
    const result = await run({ operations, send, target: 'http://t', allowWrites: true });
    expect(said.size).toBeGreaterThan(1);
    expect(causes(result).filter((cause) => cause.startsWith('no-server-error'))).toEqual([
      'no-server-error (server error) d',
    ]);
  });

  it('is one where an error quotes what was sent, however often that was escaped', () => {
    const signatures = ['null', '"a text"', '""'].map((sent) => {
      const message = `Unexpected token '${JSON.stringify(sent.slice(0, 1)).slice(1, -1)}', ${JSON.stringify(sent)} is not valid JSON`;
      return saying({ message: JSON.stringify(message).slice(1, -1) });
    });
    expect(new Set(signatures).size).toBe(1);
  });

  it('is one where an error shows what was sent', () => {
    const signatures = [['a'], { b: 1 }, 7].map((found) =>
      saying({ message: 'Expected a boolean', found, errors: [{ value: found }] }),
    );
    expect(new Set(signatures).size).toBe(1);
  });

  it('is one where an error says which address was asked for, below what the target is served at', () => {
    const signatures = ['/logs/cedar', '/logs/cedar?since=north&tail=all', '/logs/north'].map((target) =>
      saying({ cause: `no stream for /v4.0/x${target}`, message: `no stream for /v4.0/x${target} (400)` }, target),
    );
    expect(new Set(signatures).size).toBe(1);
    expect(saying({ cause: 'no stream for /v4.0/y/logs' }, '/logs/cedar')).not.toBe(saying({ cause: 'none' }));
  });

  it('is none of the words that say again what was sent, in path, query or body', () => {
    const unknown = (name: string) => ({ cause: 'image not known', message: `hub/${name}: image not known` });
    expect(saying(unknown('maple'), '/a/maple')).toBe(saying(unknown('custom'), '/a/custom'));
    expect(saying(unknown('big red'), '/a?names=big%20red')).toBe(saying(unknown('custom'), '/a?names=custom'));
    expect(saying(unknown('maple'), '/a', { from: ['maple'] })).toBe(
      saying(unknown('custom'), '/a', { from: ['custom'] }),
    );
    expect(saying({ message: 'no mapletree' }, '/a/maple')).not.toBe(saying({ message: 'no customtree' }, '/a/custom'));
    expect(saying({ message: 'no a here' }, '/a/x')).not.toBe(saying({ message: 'no here' }, '/a/x'));
  });

  it('is sent again once alone, where so many of its check were there twice and none was not', async () => {
    const many = Array.from({ length: 40 }, (_, index) => `/p${index}`);
    const get = (operationId: string) => ({ operationId, responses: { 200: ok } });
    const extra = { paths: Object.fromEntries(many.map((path) => [path, { get: get(path.slice(1)) }])) };
    const { counts } = await against(
      ({ target }) => answer(500, { error: `nothing but ${words[Number(target.slice(2))]}` }),
      {
        extra,
        concurrency: 1,
      },
    );
    expect(counts.sentAgain).toBe(20 * 2 + 20);
  });

  it('is one where several operations do not look at a parameter that each of them writes out', async () => {
    const isKnown = (target: string) => /^\/[abc](\?limit=[1-9](\.5)?)?$/.test(target);
    const result = await against(({ target }) => (isKnown(target) ? answer(200, { id: 'x' }) : answer(400, {})));
    expect(causes(result)).toEqual(['rejects-invalid (contract) abc']);
  });

  it('is one where nothing invalid is refused', async () => {
    expect(causes(await against(() => answer(200, { id: 'x' })))).toEqual(['rejects-invalid (contract) abc']);
  });
});

describe('shards', () => {
  const wrong = (request: HttpRequest) => (request.target === '/b?limit=9' ? answer(500, {}) : right(request));
  const part = (index: number) => against(wrong, { shard: { index, count: 2 } });

  it('are one result together', async () => {
    const [one, two, whole] = [await part(1), await part(2), await against(wrong)];
    const merged = mergeResults([one, two]);
    expect(causes(merged)).toEqual(causes(whole));
    expect(merged).toMatchObject({ verdict: 'broken', partial: null, shard: null });
    expect(merged.counts.operations).toBe(3);
    expect(merged.coverage.parameters).toEqual(whole.coverage.parameters);
    expect(mergeResults([one]).partial).toBe('of 2 shards these are missing: 2');
  });

  it('say together only what none of them has seen', async () => {
    const list = { type: 'array', items: thing };
    const found = { description: 'x', content: { 'application/json': { schema: list } } };
    const extra = { paths: { '/a': { get: { operationId: 'a', parameters: [limit], responses: { 200: found } } } } };
    const shard = (index: number, items: Json) =>
      against(() => answer(200, items), { extra, shard: { index, count: 2 } });
    const unseen = (result: RunResult) => result.findings.filter(({ check }) => check === 'evidence').length;
    const [empty, filled] = [await shard(1, []), await shard(2, [{ id: 'x' }])];
    expect([unseen(empty), unseen(filled)]).toEqual([1, 0]);
    expect(unseen(mergeResults([empty, filled]))).toBe(0);
    expect(mergeResults([empty, filled]).counts.information).toBe(filled.counts.information);
    expect(unseen(mergeResults([empty, await shard(2, [])]))).toBe(1);
  });

  it('of another document are refused', async () => {
    const one = await part(1);
    const other = { ...one, document: { ...one.document, name: 'other.yaml' } };
    expect(() => mergeResults([one, other])).toThrow('different documents');
  });
});

it('a baseline knows findings, but not in other operations', async () => {
  const failing = (pattern: RegExp) =>
    against((request) =>
      pattern.test(request.target) ? answer(500, { error: 'TypeError: rows of undefined' }) : right(request),
    );
  const [before, same, more] = [await failing(/^\/a/), await failing(/^\/a/), await failing(/^\/[ab]/)];
  expect(againstBaseline(same, before)).toMatchObject({ newCauses: 0 });
  expect(againstBaseline(more, before)).toMatchObject({ newCauses: 1 });
});

describe('a newcomer', () => {
  const key = {
    security: [{ Key: [] }],
    components: { schemas, securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  };

  it('is told of a credential that is refused, and of one that is missing', async () => {
    const credentials = createCredentials({ auth: { Key: 'wrong-key' } }, ['Key']);
    const given = await against(() => answer(401, {}), { extra: key, credentials });
    expect(given.mistakes).toEqual([
      'The credential is refused: 401 to every valid request. Look at its value: --auth Key=…',
    ]);
    const missing = await against(() => answer(401, {}), { extra: key });
    expect(missing.mistakes[0]).toContain('pass --auth Key=…');
    const untold = await against(() => answer(403, {}));
    expect(untold.mistakes[0]).toMatch(/^Every request got 403, and the document tells of no credential: .*--header/);
  });

  it('is told of a base path that was forgotten, and of another server', async () => {
    const forgotten = await against(() => answer(404, {}), {
      extra: { servers: [{ url: 'https://api.example.com/v1' }] },
    });
    expect(forgotten.mistakes).toEqual([
      "Every request got 404, and the document's paths begin below /v1: pass --target http://t/v1",
    ]);
    const page = await against(() => answer(200, '<p>', 'text/html'));
    expect(page.mistakes[0]).toContain('HTML page');
    expect((await against(right)).mistakes).toEqual([]);
  });
});

it('a target that says 429 for ever is not waited for without end', async () => {
  const waits: number[] = [];
  let now = 0;
  const pause = async (milliseconds: number) => {
    now += milliseconds;
  };
  const clock = { now: () => now, pause };
  const limited = () => answer(429, {}, 'application/json', [['Retry-After', '20']]);
  const options = { clock, onWait: (milliseconds: number) => waits.push(milliseconds) };
  const never = await against(limited, options);
  expect(never.partial).toContain('again and again, with Retry-After: 20');
  expect(waits).toEqual([]);
  await against(() => answer(429, {}, 'application/json', [['Retry-After', '5']]), options);
  expect(now).toBe(5_000);
  let count = 0;
  const later = await against((request) => (++count > 20 ? limited() : right(request)), options);
  expect(later.partial).toContain('429');
  expect(waits.length).toBeGreaterThan(0);
  expect(count).toBeLessThan(60);
});

it('hostile cases come last, and can be left out', async () => {
  const long = (target: string) => target.length > 5_000;
  const targets: string[] = [];
  await against(
    (request) => {
      targets.push(request.target);
      return right(request);
    },
    { concurrency: 1 },
  );
  const first = targets.findIndex(long);
  expect(first).toBeGreaterThan(targets.lastIndexOf('/c'));
  const without = await against(right, { aspects: ['accepted', 'rejected'] });
  expect(without.operations.flatMap(({ aspects }) => aspects.map(({ aspect }) => aspect))).not.toContain('hostile');
  const operations = createOperations(documentFromObject(root));
  const planned = [...plannedCases({ operations, aspects: ['accepted', 'rejected'] })].map(({ aspect }) => aspect);
  expect(new Set(planned)).toEqual(new Set(['accepted', 'rejected']));
});
