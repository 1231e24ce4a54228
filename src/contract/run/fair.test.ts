import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { createCredentials } from '../credentials/credentials.js';
import type { Received, WireProblem } from '../types.js';
import type { RunOptions } from './options.js';
import type { RunFinding } from './result.js';
import { run } from './run.js';

const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const error = json({ type: 'object', required: ['message'], properties: { message: { type: 'string' } } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

function answer(status: number, body: unknown, headers: [string, string][] = []): Received {
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  const type = typeof body === 'string' ? 'text/plain' : 'application/json';
  return { status, headers: [['Content-Type', type], ...headers], raw: bytes, body: bytes, problems: [], duration: 1 };
}

function nothing(kind: WireProblem): Received {
  const none = new Uint8Array();
  return { status: null, headers: [], raw: none, body: none, problems: [{ kind, message: kind }], duration: 1 };
}

/** A small server: what it answers to what its document declares; it knows which methods those are. */
type Server = (request: HttpRequest & { readonly path: string; readonly json: Record<string, unknown> }) => Received;

/** The suite against a small server, and its findings by severity. */
async function against(paths: JsonObject, server: Server, options: Partial<RunOptions> & { root?: JsonObject } = {}) {
  const { root, ...rest } = options;
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...root };
  const operations = createOperations(documentFromObject(document));
  const methods = (target: string) => {
    const match = operations.match('QUERY', target);
    return match.kind === 'method-not-allowed' ? match.allow : [];
  };
  const result = await run({
    operations,
    target: 'http://t',
    allowWrites: true,
    allowDeletes: true,
    concurrency: 1,
    send: async (request) => {
      const path = request.target.split('?')[0] ?? '';
      const allow = methods(request.target);
      const isForeign = allow.length > 0 && !allow.includes(request.method);
      const received = isForeign
        ? answer(405, {}, [['Allow', allow.join(', ')]])
        : server({ ...request, path, json: parsed(request.body) });
      const none = new Uint8Array();
      return request.method === 'HEAD' ? { ...received, raw: none, body: none } : received;
    },
    ...rest,
  });
  const of = (severity: RunFinding['severity']) =>
    result.findings
      .filter((finding) => finding.severity === severity)
      .map(({ check, message }) => `${check}: ${message}`);
  return { result, violations: of('violation'), warnings: of('warning'), information: of('information') };
}

function parsed(body: Uint8Array | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

describe('auth-required', () => {
  const secured = {
    security: [{ Key: [] }],
    components: { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  };
  const credentials = createCredentials({ auth: { Key: 'the-right-key' } }, ['Key']);
  /** Any object fits, also an error. */
  const profile = json({ type: 'object', required: ['status'], properties: { status: {}, name: {}, mail: {} } });
  const paths = { '/me': { get: { operationId: 'me', responses: { 200: profile } } } };
  const ada = { status: 'active', name: 'Ada Lovelace', mail: 'ada@example.com' };
  const refusing =
    (refusal: unknown, data: unknown = ada): Server =>
    ({ headers }) =>
      headers['x-key'] === 'the-right-key' ? answer(200, data) : answer(401, refusal);

  it.each([
    [
      'an error that happens to fit the schema of success',
      { status: 401, name: 'Unauthorized', mail: null, reason: 'no key' },
    ],
    ['an error with a word of the data', { status: 'active', error: 'no key', hint: 'send X-Key' }],
  ])('lets %s pass', async (_what, refusal) => {
    const { violations } = await against(paths, refusing(refusal), { root: secured, credentials });
    expect(violations).toEqual([]);
  });

  it.each([
    ['the same bytes', ada],
    ['the data within an error', { error: 'no key', data: ada }],
    ['a part of the data', { name: 'Ada Lovelace', mail: 'ada@example.com', error: 'no key' }],
  ])('accuses a refusal that holds %s', async (_what, refusal) => {
    const { violations } = await against(paths, refusing(refusal), { root: secured, credentials });
    expect(violations).toEqual(['auth-required: The refusal with 401 holds the protected data']);
  });

  it('takes a header given whole for the credential of a scheme named as the header, and leaves it out with it', async () => {
    const scheme = { type: 'apiKey', in: 'header', name: 'Authorization: Bearer' };
    const root = { security: [{ Key: [] }], components: { securitySchemes: { Key: scheme } } };
    const headers = [['Authorization', 'Bearer the-right-key']] as const;
    const given = createCredentials({ headers }, ['Key']);
    const right: Server = (request) =>
      request.headers.authorization === 'Bearer the-right-key' ? answer(200, ada) : answer(401, { error: 'no key' });
    expect((await against(paths, right, { root, credentials: given })).violations).toEqual([]);
    const open: Server = () => answer(200, ada);
    const { violations } = await against(paths, open, { root, credentials: given });
    expect(violations).toContainEqual(expect.stringMatching(/^auth-required: /));
  });

  it('is told of in part alone where nobody has given a credential, so that no wrong one was sent', async () => {
    const lenient: Server = ({ headers }) => (headers['x-key'] ? answer(200, ada) : answer(401, { error: 'no key' }));
    const given = await against(paths, refusing({ error: 'no key' }), { root: secured, credentials });
    expect(given.result.operations.map(({ untried }) => untried)).toEqual([undefined]);
    const made = createCredentials({}, ['Key']);
    const { result, violations } = await against(paths, lenient, { root: secured, credentials: made });
    expect(violations).toEqual([]);
    expect(result.operations.map(({ untried }) => untried)).toEqual([['auth-required']]);
  });

  it('says once of a refusal that it is another one than 401 and 403, declared or not', async () => {
    const server: Server = ({ headers }) =>
      headers['x-key'] === 'the-right-key' ? answer(200, ada) : answer(400, { message: 'no key' });
    const { violations } = await against(paths, server, { root: secured, credentials });
    expect(violations).toEqual(['auth-required: A request without a right credential was not refused with 401 or 403']);
  });

  it('says nothing of who is refused in the same way with a right credential', async () => {
    const server: Server = () => answer(400, { message: 'send X-Tenant' });
    const declared = { '/me': { get: { operationId: 'me', responses: { 200: profile, 400: error } } } };
    const { violations, information } = await against(declared, server, { root: secured, credentials });
    expect(violations).toEqual([]);
    expect(information).toEqual(['evidence: Not exercised: the valid request was refused with 400']);
  });
});

describe('an id that nobody knows', () => {
  const thing = json({ type: 'object', properties: { name: { type: 'string' } } });
  const paths = {
    '/things/{id}': { get: { operationId: 'read', parameters: [id], responses: { 200: thing } } },
    '/things/{id}/parts': { get: { operationId: 'parts', parameters: [id], responses: { 200: thing } } },
  };

  it('gets 404, which is not declared: one finding for all, and nothing was exercised', async () => {
    const { violations, warnings, information, result } = await against(paths, () => answer(404, { message: 'no' }));
    expect(violations).toEqual([]);
    expect(warnings).toEqual(['status-documented: The status 404 is not declared']);
    expect(information).toEqual(['evidence: Not exercised: no id known for id']);
    const [undeclared] = result.findings;
    expect(undeclared?.operations.map(({ operationId }) => operationId)).toEqual(['read', 'parts']);
    expect(result).toMatchObject({ verdict: 'incomplete', unproven: ['no valid request was accepted'] });
  });

  it('is asked for alone: what the other ids of its path are is known', async () => {
    const path = (name: string) => ({ ...id, name });
    const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
    const read = (operationId: string, ...names: string[]) => ({
      get: { operationId, parameters: names.map(path), responses: { 200: json(schema), 404: error } },
    });
    const list = json({ type: 'array', items: schema });
    const { result } = await against(
      {
        '/servers': { get: { operationId: 'servers', responses: { 200: list } } },
        '/servers/{serverId}': read('server', 'serverId'),
        '/servers/{serverId}/keys/{keyId}': read('key', 'serverId', 'keyId'),
      },
      ({ path: asked }) =>
        asked === '/servers'
          ? answer(200, [{ id: 'main' }])
          : asked === '/servers/main'
            ? answer(200, { id: 'main' })
            : answer(404, { message: 'no' }),
    );
    expect(result.raise).toEqual(['--set keyId=…, with an id that exists: 1 more operation']);
  });

  it('is no excuse for a 404 where nobody made up an id', async () => {
    const { violations } = await against(paths, () => answer(404, { message: 'no' }), { values: { id: 'a' } });
    expect(violations).toContain('accepts-valid: A valid request was refused with 404');
  });
});

it.each([
  ['is asked for last where its path says so', '/sign-out', null],
  ['ends the run where nothing says so before', '/finish', /^since POST \/finish, an earlier write/],
])('what ends the session %s, and nobody is blamed for that', async (_what, ending, partial) => {
  const ok = json({ type: 'object' });
  const root = {
    security: [{ Key: [] }],
    components: { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  };
  let isOver = false;
  const { violations, result } = await against(
    {
      '/me': { get: { operationId: 'me', responses: { 200: ok, 401: error } } },
      [ending]: { post: { operationId: 'end', responses: { 200: ok, 401: error } } },
      '/things': {
        post: { operationId: 'make', responses: { 200: ok, 401: error } },
        put: { operationId: 'put', responses: { 200: ok, 401: error } },
      },
    },
    ({ path, headers }) => {
      if (isOver || headers['x-key'] !== 'the-right-key') return answer(401, { message: 'no' });
      isOver = path === ending;
      return answer(200, {});
    },
    { root, credentials: createCredentials({ auth: { Key: 'the-right-key' } }, ['Key']) },
  );
  expect(violations).toEqual([]);
  if (partial === null) expect(result.coverage.operations.exercised).toBe(4);
  expect(result.partial ?? '').toMatch(partial ?? /^$/);
});

describe('what OpenAPI cannot say', () => {
  const text = { type: 'string' };
  const post = (schema: JsonObject, responses: JsonObject) => ({
    post: {
      operationId: 'send',
      requestBody: { required: true, content: { 'application/json': { schema } } },
      responses,
    },
  });

  it('is a login that is refused: not exercised, in the words of the server', async () => {
    const login = { type: 'object', required: ['name', 'password'], properties: { name: text, password: text } };
    const { violations, result } = await against(
      { '/login': post(login, { 200: json({}), 401: error, 400: error }) },
      ({ json: body }) =>
        typeof body.name === 'string' && typeof body.password === 'string'
          ? answer(401, { message: 'wrong password' })
          : answer(400, { message: 'invalid' }),
    );
    expect(violations).toEqual([]);
    const [evidence] = result.findings.filter(({ check }) => check === 'evidence');
    expect(evidence).toMatchObject({ message: 'Not exercised: the valid request was refused with 401' });
    expect(evidence?.received).toContain('wrong password');
  });

  it.each([
    ['names the password', 'Invalid email or password', true],
    ['names nothing that was sent', 'Sign in first', false],
  ])(
    'is a login with a password that the document guards by a credential too, where its refusal %s',
    async (_what, message, isHonest) => {
      const login = { type: 'object', required: ['email', 'password'], properties: { email: text, password: text } };
      const guarded = {
        security: [{ Key: [] }],
        components: { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
      };
      const { violations } = await against(
        { '/login': post(login, { 200: json({}), 401: error, 400: error }) },
        ({ json: body }) =>
          typeof body.email === 'string' && typeof body.password === 'string'
            ? answer(401, { message })
            : answer(400, { message: 'invalid' }),
        { root: guarded, credentials: createCredentials({ auth: { Key: 'the-right-key' } }, ['Key']) },
      );
      expect(violations.filter((each) => each.startsWith('accepts-valid'))).toHaveLength(isHonest ? 0 : 1);
    },
  );

  const user = {
    type: 'object',
    required: ['mail', 'role'],
    properties: { mail: text, role: { enum: ['admin', 'guest'] } },
  };
  const users = { '/users': post(user, { 201: json({}), 400: error, 422: error }) };
  const userServer = (mayBe: (role: unknown) => boolean): Server => {
    const taken = new Set<unknown>();
    return ({ json: body }) => {
      if (typeof body.mail !== 'string' || !['admin', 'guest'].includes(String(body.role)))
        return answer(400, { message: 'invalid' });
      if (!mayBe(body.role)) return answer(422, { message: 'that role cannot be given' });
      if (taken.has(body.mail)) return answer(422, { message: `${body.mail} is taken` });
      taken.add(body.mail);
      return answer(201, {});
    };
  };

  it('is a duplicate of what this run has made itself', async () => {
    const place = { type: 'object', required: ['seat'], properties: { seat: { type: 'integer', minimum: 1 } } };
    const taken = new Set<unknown>();
    const { violations, information } = await against(
      { '/places': post(place, { 201: json({}), 400: error, 422: error }) },
      ({ json: { seat } }) => {
        if (!Number.isInteger(seat) || Number(seat) < 1) return answer(400, { message: 'invalid' });
        if (taken.has(seat)) return answer(422, { message: `${seat} is taken` });
        taken.add(seat);
        return answer(201, {});
      },
    );
    expect(violations).toEqual([]);
    expect(information.join()).toContain('is there already');
  });

  it('is a made-up name of something else in a form', async () => {
    const pet = { type: 'object', required: ['ownerId'], properties: { ownerId: { type: 'integer' } } };
    const owner = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
    const forms = { 'application/json': { schema: pet }, 'application/x-www-form-urlencoded': { schema: pet } };
    const { violations } = await against(
      {
        '/owners': { get: { responses: { 200: json({ type: 'array', items: owner }) } } },
        '/owners/{id}': {
          get: { parameters: [{ ...id, schema: { type: 'integer' } }], responses: { 200: json(owner) } },
        },
        '/pets': {
          post: { requestBody: { required: true, content: forms }, responses: { 201: json(pet), 400: error } },
        },
      },
      ({ path, body, headers, json: sent }) => {
        if (path !== '/pets') return answer(200, path === '/owners' ? [{ id: 7 }] : { id: 7 });
        const isForm = /urlencoded/.test(String(headers['content-type']));
        const fields = new URLSearchParams(new TextDecoder().decode(body ?? new Uint8Array()));
        const ownerId = isForm ? Number(fields.get('ownerId')) : sent.ownerId;
        return ownerId === 7 ? answer(201, { ownerId }) : answer(400, { message: 'no such owner' });
      },
    );
    expect(violations.filter((each) => each.startsWith('accepts-valid'))).toEqual([]);
  });

  it('is no duplicate where the suite can take another name, also one of a pattern', async () => {
    const article = {
      type: 'object',
      required: ['number'],
      properties: { number: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{4}$' }, size: { enum: ['s', 'm', 'l'] } },
    };
    const sizes = new Map<unknown, unknown>();
    const { violations, information, result } = await against(
      { '/articles': post(article, { 201: json({}), 400: error, 409: error }) },
      ({ json: { number, size } }) => {
        if (!/^[A-Z]{3}-[0-9]{4}$/.test(String(number)) || ![undefined, 's', 'm', 'l'].includes(size as string))
          return answer(400, { message: 'invalid' });
        if (sizes.has(number)) return answer(409, { message: `${number} exists already` });
        sizes.set(number, size);
        return answer(201, {});
      },
    );
    expect(violations).toEqual([]);
    expect(information.join()).not.toContain('is there already');
    expect(new Set(sizes.values())).toEqual(new Set([undefined, 's', 'm', 'l']));
    expect(result.operations[0]?.statuses['409']).toBeLessThan(3);
  });

  it('is no value of a closed list', async () => {
    const { violations } = await against(
      users,
      userServer((role) => role !== 'guest'),
    );
    expect(violations.map((violation) => violation.split(':')[0])).toEqual(['accepts-valid']);
    const other = await against(
      users,
      userServer((role) => role !== 'admin'),
    );
    expect(other.violations.map((violation) => violation.split(':')[0])).toEqual(['accepts-valid']);
  });

  it('is a value of a closed list under which there is something already', async () => {
    const rule = { type: 'object', required: ['type'], properties: { type: { enum: ['validity', 'compatibility'] } } };
    const { violations } = await against(
      { '/rules': post(rule, { 201: json({}), 400: error, 409: error }) },
      ({ json }) => {
        if (json.type !== 'validity' && json.type !== 'compatibility') return answer(400, { message: 'invalid' });
        return json.type === 'validity' ? answer(409, { message: 'it is there already' }) : answer(201, {});
      },
    );
    expect(violations).toEqual([]);
  });

  it('is a value of a closed list that is sent to delete what is gone by then', async () => {
    const version = { name: 'Version', in: 'header', schema: { enum: ['1', '2', '3'], default: '3' } };
    const responses = { 200: json({}), 400: error, 404: error };
    const paths = { '/tags/{id}': { delete: { operationId: 'untag', parameters: [id, version], responses } } };
    const gone = new Set<string>();
    const { violations } = await against(paths as JsonObject, ({ path, headers }) => {
      if (!['1', '2', '3', undefined].includes(headers.version as string)) return answer(400, { message: 'version' });
      // The first is gone already.
      if (gone.size === 0 || gone.has(path + headers.version)) {
        gone.add(path);
        return answer(404, { message: 'gone' });
      }
      return answer(200, {});
    });
    expect(violations).toEqual([]);
  });

  it('is a text that writes out another type, and few take a list that says something twice', async () => {
    const number = {
      minimum: 1,
      maximum: 40,
      anyOf: [{ type: 'string', format: 'integer', default: '0' }, { type: 'integer' }],
    };
    const tools = { type: 'array', items: { type: 'string', enum: ['saw', 'axe', 'awl'] } };
    const schema = { type: 'object', required: ['count', 'tools'], properties: { count: number, tools } };
    const requestBody = { required: true, content: { 'application/json': { schema } } };
    const paths = { '/jobs': { post: { operationId: 'work', requestBody, responses: { 201: json({}), 400: error } } } };
    const isSet = (list: unknown) =>
      Array.isArray(list) && new Set(list).size === list.length && list.every((one) => tools.items.enum.includes(one));
    const { violations } = await against(paths as JsonObject, ({ headers, json: { count, tools: sent } }) => {
      if (headers['content-type'] !== 'application/json') return answer(415, { message: 'no' });
      const isCount = /^\d+$/.test(String(count)) && Number(count) > 0 && Number(count) <= 40;
      return isCount && isSet(sent) ? answer(201, {}) : answer(400, { message: 'count or tools' });
    });
    expect(violations).toEqual([]);
  });

  it('is a thing of one tenant that is asked for in the name of another', async () => {
    const tenant = { name: 'X-Tenant', in: 'header', required: true, schema: { enum: ['acme', 'globex'] } };
    const key = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
    const item = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
    const get = (parameters: Json[], schema: Json) => ({
      parameters,
      responses: { 200: json(schema as JsonObject), 400: error, 404: error },
    });
    const paths = {
      '/notes': { get: get([tenant], { type: 'array', items: item }) },
      '/notes/{id}': { get: get([tenant, key], item) },
    };
    const server: Server = ({ path, headers }) => {
      const name = String(headers['x-tenant']);
      if (name !== 'acme' && name !== 'globex') return answer(400, { message: 'tenant' });
      if (path === '/notes') return answer(200, name === 'acme' ? [{ id: 7 }] : []);
      return path === '/notes/7' && name === 'acme' ? answer(200, { id: 7 }) : answer(404, { message: 'none' });
    };
    expect((await against(paths as JsonObject, server)).violations).toEqual([]);
  });

  it('is an opaque cursor, and no bound', async () => {
    const parameters = [
      { name: 'cursor', in: 'query', schema: text },
      { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } },
    ];
    const list = { '/list': { get: { operationId: 'list', parameters, responses: { 200: json({}), 400: error } } } };
    const server =
      (most: number): Server =>
      ({ target }) => {
        const query = new URLSearchParams(target.split('?')[1]);
        const limit = query.get('limit');
        if (limit !== null && !(/^\d+$/.test(limit) && Number(limit) > 0 && Number(limit) <= most))
          return answer(400, { message: 'limit' });
        return query.has('cursor') ? answer(400, { message: 'no such cursor' }) : answer(200, {});
      };
    const right = await against(list, server(9));
    expect(right.violations).toEqual([]);
    expect(right.information).toContain('accepts-valid: A value that the document leaves free was refused with 400');
    expect((await against(list, server(8))).violations).toEqual([
      'accepts-valid: A valid request was refused with 400',
    ]);
  });

  it('is a condition that what is there does not meet', async () => {
    const parameters = [{ name: 'If-None-Match', in: 'header', schema: { type: 'string', enum: ['*'] } }];
    const requestBody = { required: true, ...json({ type: 'object' }) };
    const put = { operationId: 'put', parameters, requestBody, responses: { 200: json({}), 412: error } };
    const { violations } = await against({ '/thing': { put } } as JsonObject, ({ headers }) =>
      headers['if-none-match'] === undefined ? answer(200, {}) : answer(412, { message: 'it is there' }),
    );
    expect(violations.filter((each) => each.startsWith('accepts-valid'))).toEqual([]);
  });

  it('is a step of a JSON patch, which may fail by what the thing is', async () => {
    const path = { type: 'string', enum: ['/name', '/color'] };
    const step = {
      type: 'object',
      required: ['op', 'path'],
      properties: { op: { enum: ['replace', 'remove'] }, path },
    };
    const requestBody = {
      required: true,
      content: { 'application/json-patch+json': { schema: { type: 'array', minItems: 1, items: step } } },
    };
    const patch = { operationId: 'patch', requestBody, responses: { 200: json({}), 422: error } };
    const { violations } = await against({ '/thing': { patch } } as JsonObject, ({ headers, json: steps }) => {
      if (headers['content-type'] !== 'application/json-patch+json') return answer(415, { message: 'no' });
      const all: unknown[] = Array.isArray(steps) ? steps : [];
      const isRight = (each: unknown) => {
        const { op, path: at } = (each ?? {}) as Record<string, unknown>;
        return op === 'replace' && at === '/name';
      };
      return all.length > 0 && all.every(isRight) ? answer(200, {}) : answer(422, { message: 'cannot be done' });
    });
    expect(violations).toEqual([]);
  });
});

describe('a value at a bound, where an ordinary one is refused too', () => {
  const query = { name: 'cursor', in: 'query', schema: { type: 'string', maxLength: 20 } };
  const labels = { type: 'array', minItems: 2, maxItems: 4, items: { type: 'string' } };
  const properties = { name: { type: 'string', minLength: 1 }, labels };
  const schema = { type: 'object', required: ['name'], properties };
  const requestBody = { required: true, content: { 'application/json': { schema } } };
  const paths = {
    '/list': { get: { operationId: 'list', parameters: [query], responses: { 200: json({}), 400: error } } },
    '/save': { put: { operationId: 'save', requestBody, responses: { 200: json({}), 422: error } } },
  };
  const server =
    (isCursor: (text: string) => boolean, isLabel: (list: readonly string[]) => boolean): Server =>
    ({ path, target, headers, json: sent, body }) => {
      const cursor = new URLSearchParams(target.split('?')[1]).get('cursor');
      if (path === '/list')
        return cursor === null || isCursor(cursor) ? answer(200, {}) : answer(400, { message: 'cursor' });
      const { name, labels: given } = sent as { name?: unknown; labels?: unknown };
      const isText = typeof name === 'string' && name !== '' && body !== null;
      if (/text/.test(String(headers['content-type']))) return answer(415, {});
      const isList =
        given === undefined ||
        (Array.isArray(given) &&
          given.length > 1 &&
          given.length <= 4 &&
          given.every((each) => typeof each === 'string'));
      return isText && isList && isLabel((given ?? []) as string[])
        ? answer(200, {})
        : answer(422, { message: `unknown ${String(given)}` });
    };

  it('says nothing of the bound', async () => {
    const right = server(
      () => false,
      (list) => list.length === 0,
    );
    expect((await against(paths, right)).violations).toEqual([]);
  });

  it('breaks the bound where the ordinary one is taken', async () => {
    const wrong = server(
      (text) => [...text].length < 20,
      (list) => list.length < 4,
    );
    const { violations } = await against(paths, wrong);
    expect(violations.filter((each) => each.startsWith('accepts-valid'))).toHaveLength(2);
  });
});

describe('an optional member that holds names which the document leaves free', () => {
  const name = { type: 'string' };
  const note = {
    type: 'object',
    properties: { text: { type: 'string', maxLength: 20 }, isShown: { type: 'boolean' } },
  };
  const entry = {
    type: 'object',
    required: ['name', 'kind'],
    properties: { name, kind: { enum: ['a', 'b'] }, isOff: { type: 'boolean' }, note },
  };
  const zone = {
    type: 'object',
    required: ['size'],
    properties: { size: { type: 'integer', minimum: 1, maximum: 9 }, entries: { type: 'array', items: entry } },
  };
  const put = {
    operationId: 'save',
    requestBody: { required: true, content: { 'application/json': { schema: zone } } },
    responses: { 200: json({}), 422: error },
  };
  const isPresent = (value: unknown, type: string) => value === undefined || typeof value === type;
  type Entry = { name?: unknown; kind?: unknown; isOff?: unknown; note?: { text?: unknown; isShown?: unknown } };
  const server =
    (isTaken: (each: Entry) => boolean): Server =>
    ({ headers, json: { size, entries } }) => {
      if (headers['content-type'] !== 'application/json') return answer(415, { message: 'no' });
      const isSize = Number.isInteger(size) && Number(size) > 0 && Number(size) < 10;
      const isEntry = (each: Entry) =>
        typeof each === 'object' &&
        each !== null &&
        typeof each.name === 'string' &&
        ['a', 'b'].includes(String(each.kind)) &&
        typeof each.kind === 'string' &&
        isPresent(each.isOff, 'boolean') &&
        isPresent(each.note, 'object') &&
        each.note !== null &&
        !Array.isArray(each.note) &&
        isPresent(each.note?.text, 'string') &&
        String(each.note?.text ?? '').length <= 20 &&
        isPresent(each.note?.isShown, 'boolean') &&
        isTaken(each);
      const isList = entries === undefined || (Array.isArray(entries) && (entries as Entry[]).every(isEntry));
      return isSize && isList ? answer(200, {}) : answer(422, { message: 'an entry is not canonical' });
    };

  it('may be refused for these, with all that stands in it', async () => {
    const right = await against(
      { '/zone': { put } } as JsonObject,
      server(({ name: given }) => /\.$/.test(String(given))),
    );
    expect(right.violations).toEqual([]);
    expect(right.information).toContain('accepts-valid: A value that the document leaves free was refused with 422');
  });

  it('may not be refused for what else it holds where it is taken without', async () => {
    const wrong = await against(
      { '/zone': { put } } as JsonObject,
      server(({ isOff }) => isOff === undefined),
    );
    expect(wrong.violations.filter((each) => each.startsWith('accepts-valid'))).not.toEqual([]);
  });
});

describe('an item with a comma in a list with commas', () => {
  const kinds = { type: 'array', items: { type: 'string', enum: ['note', 'sheet'] } };
  const parameter = { name: 'kind', in: 'query', style: 'form', explode: false, schema: kinds };
  const paths = {
    '/list': { get: { operationId: 'list', parameters: [parameter], responses: { 200: json({}), 400: error } } },
  };

  it('may be two items to a server that decodes first', async () => {
    const server: Server = ({ target }) => {
      const given = new URLSearchParams(target.split('?')[1]).getAll('kind');
      const isRight =
        given.length < 2 &&
        given
          .join()
          .split(',')
          .every((each) => ['note', 'sheet'].includes(each));
      return given.length === 0 || isRight ? answer(200, {}) : answer(400, { message: 'kind' });
    };
    expect((await against(paths, server)).violations).toEqual([]);
  });
});

describe('the key of something that need not be there', () => {
  const members = {
    name: { type: 'string', minLength: 1 },
    leadId: { type: 'string', format: 'uuid' },
    teamId: { type: 'integer', minimum: 1, maximum: 2147483647 },
    kind: { type: 'string', enum: ['a', 'b'] },
  };
  const body = { required: true, content: { 'application/json': { schema: { type: 'object', properties: members } } } };
  const paths = { '/a': { put: { operationId: 'a', requestBody: body, responses: { 200: json({}), 422: error } } } };
  const refusing =
    (...names: string[]): Server =>
    ({ json: sent, body: bytes }) => {
      if (bytes === null || bytes.length === 0) return answer(400, { message: 'no body' });
      const { name = 'x', leadId = '0000-', teamId = 1, kind = 'a' } = sent;
      const isRight =
        typeof name === 'string' && name !== '' && typeof leadId === 'string' && /-/.test(leadId) && teamId !== null;
      const isTeam = Number.isInteger(teamId) && Number(teamId) > 0 && Number(teamId) < 2 ** 31;
      if (!isRight || !isTeam || (kind !== 'a' && kind !== 'b')) return answer(422, { message: 'invalid' });
      return names.some((one) => one in sent) ? answer(422, { message: 'no such thing' }) : answer(200, {});
    };

  it('may be refused, and an empty body with 400 where 422 is for invalid ones', async () => {
    const accused = (found: string[]) => found.filter((each) => !each.startsWith('rejects-invalid'));
    const right = await against(paths, refusing('leadId', 'teamId'), { aspects: ['accepted', 'rejected'] });
    expect(accused(right.violations)).toEqual([]);
    const wrong = await against(paths, refusing('kind'), { aspects: ['accepted'] });
    expect(wrong.violations).toContain('accepts-valid: A valid request was refused with 422');
  });
});

describe('a refusal that the document does not tell of', () => {
  const form = { type: 'object', required: ['username', 'password'], properties: { username: {}, password: {} } };
  const sent = (schema: JsonObject) => ({ required: true, content: { 'application/json': { schema } } });
  const operation = (schema: JsonObject) => ({ requestBody: sent(schema), responses: { 200: json({}), 422: error } });
  const hero = { type: 'object', required: ['teamId'], properties: { teamId: { type: 'integer' } } };
  const only: Partial<RunOptions> = { aspects: ['accepted'] };

  it('of a login, or of the key of something that is not there, is worth a line in the document', async () => {
    const login = { '/token': { post: operation(form) } };
    const server: Server = ({ headers }) =>
      /json/.test(String(headers['content-type'])) ? answer(400, { message: 'Incorrect password' }) : answer(415, {});
    const refused = await against(login, server, { aspects: ['accepted', 'media-type'] });
    expect([refused.violations, refused.warnings]).toEqual([[], ['status-documented: The status 400 is not declared']]);
    const heroes = { '/heroes': { post: operation(hero) } };
    const unknown = await against(heroes, () => answer(404, { message: 'Team not found' }), only);
    expect([unknown.violations, unknown.warnings]).toEqual([[], ['status-documented: The status 404 is not declared']]);
  });

  it('is a violation otherwise', async () => {
    const heroes = { '/heroes': { post: operation({ type: 'object', properties: { name: {} } }) } };
    const { violations } = await against(heroes, () => answer(400, { message: 'no' }), only);
    expect(violations).toContain('accepts-valid: A valid request was refused with 400');
  });
});

describe('a server that knows a request again by its key', () => {
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } };
  const amount = { type: 'integer', minimum: 1, maximum: 9 };
  const payment = { type: 'object', required: ['amount', 'kind'], properties: { amount, kind: { enum: ['a', 'b'] } } };
  const paths = {
    '/payments': {
      post: {
        operationId: 'pay',
        parameters: [key],
        requestBody: { required: true, content: { 'application/json': { schema: payment } } },
        responses: { 201: json({}), 400: error, 409: error },
      },
    },
  };
  const server = (answerAgain: (isSame: boolean) => Received | null): [Server, unknown[]] => {
    const known = new Map<string, string>();
    const paid: unknown[] = [];
    const serve: Server = ({ headers, json: sent, body }) => {
      const text = new TextDecoder().decode(body ?? new Uint8Array());
      const name = String(headers['idempotency-key']);
      const again = known.has(name) ? answerAgain(known.get(name) === text) : null;
      if (again !== null) return again;
      const { amount: much, kind } = sent;
      const isRight = Number.isInteger(much) && Number(much) > 0 && Number(much) < 10 && /^[ab]$/.test(String(kind));
      if (!isRight || !/^[\da-f]{8}-/.test(name) || !/json/.test(String(headers['content-type'])))
        return answer(400, { message: 'invalid' });
      known.set(name, text);
      paid.push(sent);
      return answer(201, {});
    };
    return [serve, paid];
  };

  it('is asked with another key for each request that is another one', async () => {
    const [serve, paid] = server((isSame) => (isSame ? answer(201, {}) : answer(409, { message: 'used for another' })));
    const { violations } = await against(paths, serve, { aspects: ['accepted'] });
    expect(violations).toEqual([]);
    expect(paid).toContainEqual(expect.objectContaining({ kind: 'b' }));
    expect(paid).toContainEqual(expect.objectContaining({ amount: 9 }));
  });

  it('is not said to take what is invalid, where it answers by the key alone', async () => {
    const [serve] = server(() => answer(201, {}));
    const { violations } = await against(paths, serve, { aspects: ['accepted', 'rejected'] });
    expect(violations).toEqual([]);
  });
});

describe('what an earlier write of the run has changed', () => {
  const ok = { 200: json({}) };
  const paths = {
    '/state': { get: { operationId: 'state', responses: ok } },
    '/maintenance': { put: { operationId: 'close', responses: ok } },
    '/things': { delete: { operationId: 'clear', responses: ok } },
  };
  const server = (): Server => {
    let closed = false;
    return ({ path, method }) => {
      if (closed) return answer(503, { message: 'closed for maintenance' });
      closed = path === '/maintenance' && method === 'PUT';
      return answer(200, {});
    };
  };

  it('is said as that', async () => {
    const { violations, information, result } = await against(paths, server());
    expect(violations).toEqual([]);
    expect(information).toContain(
      'accepts-valid: An earlier write of this run has closed the target: since PUT /maintenance it answers 503',
    );
    expect(result.partial).toContain('503');
  });

  it('is said as that of all that is under way by then', async () => {
    const kinds = { name: 'kind', in: 'path', required: true, schema: { type: 'string' } };
    const more = { ...paths, '/others/{kind}': { get: { operationId: 'other', parameters: [kinds], responses: ok } } };
    const { violations, result } = await against(more, server(), { concurrency: 8 });
    expect(violations).toEqual([]);
    expect(result.partial).toContain('503');
  });

  it('is why what was done cannot be done again, whatever else is asked for', async () => {
    const cancelling = { '/cancel': { post: { operationId: 'cancel', responses: ok } } };
    let isCancelled = false;
    const { violations } = await against(cancelling, ({ method }) => {
      const [was, is] = [isCancelled, method === 'POST'];
      isCancelled ||= is;
      return was && is ? answer(409, { message: 'cancelled already' }) : answer(200, {});
    });
    expect(violations).toEqual([]);
  });

  it('is not why one operation alone is unavailable', async () => {
    const { violations } = await against(paths, ({ path }) => (path === '/things' ? answer(503, {}) : answer(200, {})));
    expect(violations).toEqual(['no-server-error: The server failed with 503']);
  });
});

describe('a target that dies', () => {
  const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const paths = {
    '/a': {
      post: {
        operationId: 'a',
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { 200: json({}), 400: error },
      },
    },
    '/b': { put: { operationId: 'b', responses: { 200: json({}) } } },
  };
  const mortal = () => {
    let isDead = false;
    const server: Server = ({ path, headers, body, json: value }) => {
      if (isDead) return nothing('refused');
      isDead = body !== null && body.length > 15_000 && body[0] === 0x5b;
      if (isDead) return nothing('reset');
      if (path === '/b') return answer(200, {});
      if (headers['content-type'] !== 'application/json') return answer(415, { message: 'no' });
      return typeof value.name === 'string' ? answer(200, {}) : answer(400, { message: 'no' });
    };
    const restart = async () => {
      isDead = false;
      return true;
    };
    return { server, restart };
  };

  it('is told once, with the last requests, and nothing more is accused', async () => {
    const { violations, result } = await against(paths, mortal().server);
    expect(violations).toEqual([
      'well-formed: The server has ended during the run, and nothing listens there any more',
    ]);
    expect(result.findings[0]).toMatchObject({ concern: 'crash' });
    expect(result.findings[0]?.received).toContain('10000 nested arrays');
    expect(result.partial).not.toBeNull();
  });

  it('and comes back is asked again, alone, and the rest goes on', async () => {
    const { server, restart } = mortal();
    const { violations, result } = await against(paths, server, { restart, concurrency: 8 });
    expect(violations).toEqual(['well-formed: One request ends the server']);
    expect(result.findings[0]?.title).toBe('a body of 10000 nested arrays');
    expect(result.partial).toBeNull();
    expect(result.operations.every(({ requests }) => requests > 0)).toBe(true);
  });

  it('and comes back only to end by itself is said so, and no request is accused of that', async () => {
    const { server } = mortal();
    // It listens for a moment: long enough for whoever waits for that, and to be sent a request.
    const restart = async () => true;
    const { violations, result } = await against(paths, server, { restart });
    expect(violations).toEqual([
      'well-formed: The server has ended during the run, and nothing listens there any more',
    ]);
    expect(result.partial).toBe('the target ends by itself each time that it is brought back');
  });
});

describe('a method that the path does not declare', () => {
  const paths = { '/a': { get: { operationId: 'a', responses: { 200: json({}) } } } };
  const withOthers = async (status: number) => {
    const operations = createOperations(
      documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }),
    );
    const send = async ({ method }: HttpRequest) => {
      if (method === 'HEAD') return { ...answer(200, ''), raw: new Uint8Array() };
      return method === 'GET' || method === 'OPTIONS' ? answer(200, {}) : answer(status, {});
    };
    const { findings } = await run({ operations, send, target: 'http://t', allowWrites: true });
    return findings
      .filter(({ severity }) => severity === 'violation')
      .map(({ check, cases }) => `${check} ${cases > 1}`);
  };

  it('is not answered with 400, and 500 is a failure and no answer', async () => {
    expect(await withOthers(400)).toEqual([]);
    expect(await withOthers(500)).toEqual(['no-server-error true']);
    expect(await withOthers(200)).toEqual(['method-not-allowed true']);
  });
});

describe('an operation of which the document declares nothing but a redirection', () => {
  const to = { name: 'to', in: 'query', required: true, schema: { type: 'string', enum: ['a', 'b'] } };
  const paths = (responses: JsonObject): JsonObject => ({ '/login': { get: { parameters: [to], responses } } });
  const leads = { 302: { description: 'on', headers: { Location: { required: true, schema: { type: 'string' } } } } };
  const server: Server = ({ target }) =>
    /[?&]to=[ab](?:&|$)/.test(target) ? answer(302, '', [['Location', '/sso']]) : answer(400, {});

  it('is exercised by it', async () => {
    const { result, violations } = await against(paths(leads), server);
    expect(violations).toEqual([]);
    expect(result).toMatchObject({ verdict: 'kept', mistakes: [] });
    expect(result.operations.map(({ state }) => state)).toEqual(['kept']);
  });

  it('is not where it leads elsewhere though it declares success', async () => {
    const { result } = await against(paths({ ...leads, 200: json({ type: 'object' }) }), server);
    expect(result.operations.map(({ state }) => state)).toEqual(['not-exercised']);
  });
});
