import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import type { RunResult } from './result.js';
import { run } from './run.js';

const names = ['a', 'b', 'c', 'd', 'e'];
const text = { type: 'string', enum: ['x', 'y'] };
const members = { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
const refusals = Object.fromEntries([400, 401, 404].map((status) => [status, { description: 'no' }]));
const ok = { description: 'x', content: { 'application/json': { schema: { type: 'object' } } } };

function answer(status: number, body: unknown): Received {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const headers = [['Content-Type', 'application/json']] as [string, string][];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

async function against(post: JsonObject, say: (request: HttpRequest, body: Json) => Received): Promise<RunResult> {
  const paths = { '/things': { post: { operationId: 'make', responses: { 200: ok, ...refusals }, ...post } } };
  const components = { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } };
  const root = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, components };
  const send = async (request: HttpRequest) => {
    if (request.method !== 'POST') return { ...answer(405, ''), headers: [['Allow', 'POST']] as [string, string][] };
    let body: Json = null;
    try {
      body = request.body === null ? null : JSON.parse(new TextDecoder().decode(request.body));
    } catch {
      return answer(400, { error: 'no JSON' });
    }
    return say(request, body);
  };
  const operations = createOperations(documentFromObject(root));
  const aspects = ['accepted', 'rejected', 'hostile', 'repetition'] as const;
  return run({ operations, send, target: 'http://t', allowWrites: true, aspects });
}

const bodyOf = (schema: JsonObject) => ({
  requestBody: { required: true, content: { 'application/json': { schema } } },
});
const violations = ({ findings }: RunResult) =>
  findings.filter(({ severity }) => severity === 'violation').map(({ check, message }) => `${check}: ${message}`);
const isObject = (body: Json) => typeof body === 'object' && body !== null && !Array.isArray(body);

/** A run against a target that answers each of these paths with `body`, where the document has an object of its own. */
async function answeringAll(paths: readonly string[], body: Json): Promise<RunResult> {
  const own = (path: string) => {
    const schema = { type: 'object', required: [path], properties: { [path]: {} } };
    return {
      get: { operationId: path, responses: { 200: { description: 'x', content: { 'application/json': { schema } } } } },
    };
  };
  const items = Object.fromEntries(paths.map((path) => [`/${path}`, own(path)]));
  const root = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: items };
  const operations = createOperations(documentFromObject(root));
  const send = async ({ method }: HttpRequest) =>
    method === 'GET' ? answer(200, body) : { ...answer(405, ''), headers: [['Allow', 'GET']] as [string, string][] };
  return run({ operations, send, target: 'http://t', aspects: ['accepted'] });
}

describe('causes that are alike', () => {
  it('are one where the whole body is of one type in many operations, and each its own in few, or in objects', async () => {
    const all = await answeringAll(names, null);
    expect(violations(all)).toEqual(['response-schema: The body is null, which its schema does not allow']);
    expect(all.findings[0]?.operations).toHaveLength(names.length);
    expect(violations(await answeringAll(['a', 'b', 'c'], null))).toHaveLength(3);
    expect(violations(await answeringAll(names, { data: {} }))).toHaveLength(names.length);
  });

  it('are one where many members take values of another type, and each its own where few do', async () => {
    const taking = (taken: readonly string[]) =>
      against(bodyOf(members), (_, body) => {
        const isRight = ([name, value]: [string, Json]) =>
          typeof value === 'string' || (taken.includes(name) && !isObject(value));
        return isObject(body) && Object.entries(body as object).every(isRight) ? answer(200, {}) : answer(400, {});
      });
    const all = await taking(names);
    expect(violations(all)).toEqual(['rejects-invalid: Values of another type are accepted']);
    expect(all.findings[0]?.otherTitles.join()).toMatch(/body\/e = /);
    expect(violations(await taking(['a', 'b']))).toEqual(
      Array(2).fill('rejects-invalid: An invalid request was accepted'),
    );
  });

  it('are one where many parameters take what is not listed, and one where they may be empty', async () => {
    const listed = (name: string) => ({ name, in: 'query', schema: { type: 'string', enum: ['yes', 'no'] } });
    const parameters = [...names.map(listed), { name: 'n', in: 'query', schema: { type: 'integer' } }];
    const all = await against({ parameters }, ({ target }) => {
      const number = new URL(target, 'http://t').searchParams.get('n');
      return number === null || /^-?\d{1,15}$/.test(number) ? answer(200, {}) : answer(400, {});
    });
    const found = violations(all).filter((each) => !each.endsWith('An invalid request was accepted'));
    expect(found.toSorted()).toEqual([
      'rejects-invalid: Empty values are accepted',
      'rejects-invalid: Values that are not listed are accepted',
    ]);
  });

  it('are one where whatever is invalid in a body fails in words of its own', async () => {
    const result = await against(bodyOf(members), (_, body) => {
      const wrong = Object.entries(isObject(body) ? (body as object) : {}).find(
        ([, value]) => typeof value !== 'string',
      );
      if (!isObject(body)) return answer(400, {});
      return wrong ? answer(500, { error: `cannot unmarshal into member ${wrong[0]} of struct` }) : answer(200, {});
    });
    expect(violations(result)).toEqual(['no-server-error: The server failed with 500 on what is invalid in the body']);
    // One of them is sent again, and not each.
    expect(result.counts.sentAgain).toBe(2);
  });

  it('are one where a parameter fails on a wrong value, and on each hostile one', async () => {
    const parameters = [{ name: 'max', in: 'query', schema: { type: 'integer' } }];
    const result = await against({ parameters }, ({ target }) =>
      /max=(?!-?\d+$)/.test(target) ? answer(500, { error: 'Internal Server Error' }) : answer(200, {}),
    );
    expect(violations(result)).toEqual(['no-server-error: The server failed with 500 (query max)']);
  });

  it('are one where a parameter takes a wrong value, and each hostile one', async () => {
    const parameters = [{ name: 'all', in: 'query', schema: { type: 'boolean' } }];
    const result = await against({ parameters }, () => answer(200, {}));
    expect(violations(result)).toEqual(['rejects-invalid: An invalid request was accepted']);
    expect(result.findings[0]?.title).toBe('all = "not-a-boolean" (a string that is no boolean)');
  });
});

describe('an operation whose valid request is refused', () => {
  const optional = { type: 'object', properties: Object.fromEntries([...names, ...'fghij'].map((n) => [n, text])) };

  it('is not asked for more of a kind than show that all get that refusal', async () => {
    const refused = await against(bodyOf(optional), () => answer(404, { error: 'no such thing' }));
    const taken = await against(bodyOf(optional), () => answer(200, {}));
    const repeated = ({ operations }: RunResult) =>
      operations[0]?.aspects.find(({ aspect }) => aspect === 'repetition')?.cases;
    expect([repeated(refused), repeated(taken)]).toEqual([3, 5]);
    expect(refused.counts.requests).toBeLessThan(taken.counts.requests / 2);
    expect(refused.notSent.find(({ reason }) => reason === 'refused-alike')?.count).toBeGreaterThan(20);
  });
});

it('a made-up credential is left out where the target refuses it and answers without any', async () => {
  const security = [{ Key: [] }];
  const open = await against({ security, ...bodyOf(members) }, ({ headers }) =>
    headers['x-key'] === undefined ? answer(200, {}) : answer(401, { error: 'invalid token' }),
  );
  expect(open.coverage.operations.exercised).toBe(1);
  expect(open.notes.join()).toContain('refuses one that is made up, but answers without any');
  const closed = await against({ security, ...bodyOf(members) }, () => answer(401, { error: 'invalid token' }));
  expect(closed.coverage.operations.exercised).toBe(0);
  expect(closed.mistakes[0]).toContain('pass --auth Key=…');
});
