import { describe, expect, it } from 'vitest';
import { documentFromObject, readDocument } from '../../document/index.js';
import { checkRequest, createOperations, type HttpRequest, type Operations } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { fillCredentials, placeCredential } from '../credentials/place.js';
import { deriveCases } from '../derive/derive.js';
import type { CheckContext, Exchange, Received, RunCheck, WireProblem } from '../types.js';
import { remember } from './base.js';
import { checks, checkTable, createRunChecks } from './index.js';

/** What a small server in this process answers. */
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly problem?: WireProblem;
}
type Server = (request: HttpRequest, count: number) => Answer;

const key = 'the-right-key';
const json = { 'Content-Type': 'application/json' };
const bytes = (text: string) => new TextEncoder().encode(text);

/** GET /api/user/installations as the built-in document describes it, written by hand. */
const installations: Server = (request) => {
  const [path, query = ''] = request.target.split(/\?(.*)/s);
  if (path !== '/api/user/installations') return { status: 404, headers: json, body: '{"detail":"Not Found"}' };
  if (request.method === 'OPTIONS') return { status: 204, headers: { Allow: 'GET, HEAD, OPTIONS' } };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { ...json, Allow: 'GET, HEAD' }, body: '{"detail":"Method Not Allowed"}' };
  }
  if (request.headers['x-session-api-key'] !== key) {
    return { status: 401, headers: { ...json, 'WWW-Authenticate': 'ApiKey' }, body: '{"detail":"Not authenticated"}' };
  }
  if (!/\*\/\*|application\/(\*|json)/.test(String(request.headers.accept ?? '*/*'))) return { status: 406 };
  const provider = new URLSearchParams(query).getAll('provider').at(-1);
  const lists: Record<string, string[]> = {
    github: ['4417', '90210'],
    gitlab: ['77'],
    bitbucket: ['team-a', 'team-b'],
    enterprise_sso: [],
  };
  if (provider === undefined || !Object.hasOwn(lists, provider)) {
    const entry = { loc: ['query', 'provider'], msg: 'Input should be a provider', type: 'enum' };
    return { status: 422, headers: json, body: JSON.stringify({ detail: [entry] }) };
  }
  return { status: 200, headers: json, body: JSON.stringify(lists[provider]) };
};

/** A richer document: header fields, bounds, formats, members, bodies. */
const ordersDocument = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 50 } }],
        responses: {
          '200': {
            description: 'Orders',
            headers: { 'X-Total': { required: true, schema: { type: 'integer' } } },
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Order' } } },
            },
          },
          '400': { $ref: '#/components/responses/Problem' },
        },
      },
      post: {
        operationId: 'createOrder',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/NewOrder' } } },
        },
        responses: {
          '201': {
            description: 'Order',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
          default: { $ref: '#/components/responses/Problem' },
        },
      },
    },
  },
  components: {
    responses: {
      Problem: {
        description: 'Problem',
        content: {
          'application/problem+json': {
            schema: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
          },
        },
      },
    },
    schemas: {
      NewOrder: {
        type: 'object',
        required: ['email', 'amount'],
        additionalProperties: false,
        properties: {
          email: { type: 'string', format: 'email' },
          amount: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 },
          gift: { type: 'boolean' },
          tags: {
            type: 'array',
            maxItems: 3,
            uniqueItems: true,
            items: { type: 'string', minLength: 1, maxLength: 8 },
          },
          state: { enum: ['open', 'paid'] },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Part' } },
        },
      },
      Part: {
        type: 'object',
        required: ['code'],
        properties: { code: { type: 'string', pattern: '^[A-Z]{2}-\\d+$' } },
      },
      Order: {
        type: 'object',
        required: ['id', 'email', 'created', 'amount', 'gift', 'state', 'tags'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          email: { type: 'string', format: 'email', maxLength: 40 },
          created: { type: 'string', format: 'date-time' },
          amount: { type: 'number', minimum: 0 },
          gift: { type: 'boolean' },
          state: { enum: ['open', 'paid'] },
          tags: { type: 'array', uniqueItems: true, items: { type: 'string', maxLength: 8 } },
        },
      },
    },
  },
} as unknown as { [name: string]: Json };

const order = {
  id: '0e2ed2c8-9d66-4a13-8f0e-7a5a8f0b2f57',
  email: 'ada@example.com',
  created: '2026-11-23T17:00:00Z',
  amount: 12.5,
  gift: true,
  state: 'open',
  tags: ['a', 'b'],
};

/** Validates what it is sent with `operation/`, since this table is about the checks. */
function ordersServer(operations: Operations): Server {
  return (request) => {
    const match = operations.match(request.method, request.target);
    if (match.kind === 'method-not-allowed') return { status: 405, headers: { Allow: match.allow.join(', ') } };
    if (match.kind === 'not-found') return { status: 404 };
    const { violations } = checkRequest(operations.compile(match.entry), request, match.pathParameters);
    if (violations.length > 0) {
      return { status: 400, headers: { 'Content-Type': 'application/problem+json' }, body: '{"title":"Bad Request"}' };
    }
    if (match.entry.method === 'POST') return { status: 201, headers: json, body: JSON.stringify(order) };
    return { status: 200, headers: { ...json, 'X-Total': '2' }, body: JSON.stringify([order, order]) };
  };
}

const builtIn = createOperations(await readDocument('spec/openhands-installations.yaml'));
const orders = createOperations(documentFromObject(ordersDocument));
const targets = { installations: [builtIn, installations], orders: [orders, ordersServer(orders)] } as const;
type Target = keyof typeof targets;

const cases = new Map(
  Object.values(targets).flatMap(([operations]) =>
    operations.entries.map((entry) => {
      const operation = operations.compile(entry);
      return [operation, deriveCases(operation, operations, { seed: 1 })] as const;
    }),
  ),
);

/** Sends all cases of a document to a server, and collects what the checks say: `check severity: message`. */
function findings(target: Target, server: Server, strict = false): string[] {
  const [operations] = targets[target];
  const context = { operations, strict, bases: new Map() };
  const runChecks = createRunChecks();
  const said: string[] = [];
  let count = 0;
  for (const entry of operations.entries) {
    const operation = operations.compile(entry);
    const scheme = operation.security[0]?.[0];
    for (const contractCase of cases.get(operation) ?? []) {
      let request = contractCase.request;
      if (scheme) {
        request = fillCredentials(request, new Map([[scheme.name, key]]));
        if (contractCase.authenticated) request = placeCredential(request, scheme, key);
      }
      const exchange: Exchange = {
        case: contractCase,
        operation,
        request,
        received: receive(server(request, ++count), request),
      };
      remember(exchange, context);
      for (const check of checks) {
        for (const { severity, message } of check.run(exchange, context) ?? [])
          said.push(`${check.id} ${severity}: ${message}`);
      }
      for (const check of runChecks) check.observe(exchange);
    }
  }
  return [...said, ...[...checks, ...runChecks].flatMap((check) => saidAtEnd(check, context))];
}

function saidAtEnd({ id, finish }: (typeof checks)[number] | RunCheck, context: CheckContext): string[] {
  return (finish?.(context) ?? []).map(({ severity, message }) => `${id} ${severity}: ${message}`);
}

/** The answer as a client reads it from the wire. */
function receive({ status, headers = {}, body = '', problem }: Answer, { method }: HttpRequest): Received {
  const raw = typeof body === 'string' ? bytes(body) : body;
  const sent = method === 'HEAD' && problem !== 'body-not-allowed' ? new Uint8Array() : raw;
  const gone = problem === 'timeout' || problem === 'reset';
  return {
    status: gone ? null : status,
    headers: gone ? [] : Object.entries(headers),
    raw: gone ? new Uint8Array() : sent,
    body: gone ? new Uint8Array() : sent,
    problems: problem ? [{ kind: problem, message: problem }] : [],
    duration: 1,
  };
}

const violationsOf = (said: readonly string[]) => said.filter((line) => !line.includes(' information: '));

/** Changes what the server answers with success, as text. */
const onSuccess =
  (change: (answer: Answer & { body: string }) => Answer) =>
  (server: Server): Server =>
  (request, count) => {
    const answer = server(request, count);
    return answer.status < 300 && typeof answer.body === 'string' ? change({ ...answer, body: answer.body }) : answer;
  };
const onRefusal =
  (change: (answer: Answer) => Answer) =>
  (server: Server): Server =>
  (request, count) => {
    const answer = server(request, count);
    return answer.status === 422 || answer.status === 400 ? change(answer) : answer;
  };
const body = (change: (text: string) => string | Uint8Array) =>
  onSuccess((answer) => ({ ...answer, body: change(answer.body) }));
const items = (change: (list: unknown[]) => unknown) =>
  body((text) => JSON.stringify(change(JSON.parse(text) as unknown[])));
const members = (change: (member: typeof order) => unknown) =>
  body((text) => {
    const value = JSON.parse(text) as typeof order | (typeof order)[];
    return JSON.stringify(Array.isArray(value) ? value.map(change) : change(value));
  });
const errorBody = (value: unknown) => onRefusal((answer) => ({ ...answer, body: JSON.stringify(value) }));
const entry = { loc: ['query', 'provider'], msg: 'no', type: 'enum' };
const on =
  (applies: (request: HttpRequest, count: number) => boolean, answer: Answer) =>
  (server: Server): Server =>
  (request, count) =>
    applies(request, count) ? answer : server(request, count);
/** Reads the query as if it were another. */
const provider =
  (read: (value: string | undefined) => string | undefined) =>
  (server: Server): Server =>
  (request, count) => {
    const [path, query = ''] = request.target.split(/\?(.*)/s);
    const value = read(new URLSearchParams(query).getAll('provider').at(-1));
    return server(
      { ...request, target: value === undefined ? (path ?? '') : `${path}?provider=${encodeURIComponent(value)}` },
      count,
    );
  };
const withKey =
  (read: (request: HttpRequest) => string | undefined) =>
  (server: Server): Server =>
  (request, count) =>
    server({ ...request, headers: { ...request.headers, 'x-session-api-key': read(request) } }, count);
const ownKey = (request: HttpRequest) => request.headers['x-session-api-key'] as string | undefined;
const known = ['github', 'gitlab', 'bitbucket', 'enterprise_sso'];
const failure: Answer = { status: 500, headers: { 'Content-Type': 'text/plain' }, body: 'Internal Server Error' };
const raw = (pattern: RegExp) => (request: HttpRequest) => pattern.test(request.target);

type Row = [fault: string, caughtBy: string, target: Target, change: (server: Server) => Server];

/** The fault table of contract-checks.md, row by row. */
// biome-ignore format: one fault a line
const wrong: Row[] = [
  // status
  ['another 2xx', 'status-documented', 'installations', onSuccess((answer) => ({ ...answer, status: 201 }))],
  ['204 and empty', 'status-documented', 'installations', onSuccess(() => ({ status: 204 }))],
  ['500', 'no-server-error', 'installations', () => () => failure],
  ['404 always', 'status-documented', 'installations', () => () => ({ status: 404, headers: json, body: '{}' })],
  ['404 always', 'accepts-valid', 'installations', () => () => ({ status: 404, headers: json, body: '{}' })],
  ['400 instead of the declared 422', 'status-documented', 'installations', onRefusal((answer) => ({ ...answer, status: 400 }))],
  ['a redirect to a login page', 'status-documented', 'installations', () => () => ({ status: 302, headers: { Location: '/login' } })],
  ['an error body with 200', 'rejects-invalid', 'installations', onRefusal((answer) => ({ ...answer, status: 200 }))],
  ['an error body with 200', 'response-schema', 'installations', onRefusal((answer) => ({ ...answer, status: 200 }))],
  // headers
  ['required header dropped', 'response-headers', 'orders', onSuccess((answer) => ({ ...answer, headers: json }))],
  ['header of the wrong type', 'response-headers', 'orders', onSuccess((answer) => ({ ...answer, headers: { ...json, 'X-Total': 'two' } }))],
  ['405 without Allow', 'method-not-allowed', 'installations', (server) => (request, count) => { const answer = server(request, count); return answer.status === 405 ? { status: 405 } : answer; }],
  // media type
  ['text/html with JSON inside', 'media-type', 'installations', onSuccess((answer) => ({ ...answer, headers: { 'Content-Type': 'text/html' } }))],
  ['no media type', 'media-type', 'installations', onSuccess((answer) => ({ ...answer, headers: {} }))],
  ['octet-stream', 'media-type', 'installations', onSuccess((answer) => ({ ...answer, headers: { 'Content-Type': 'application/octet-stream' } }))],
  ['a vendor type', 'media-type', 'installations', onSuccess((answer) => ({ ...answer, headers: { 'Content-Type': 'application/vnd.api+json' } }))],
  ['error as text/plain', 'media-type', 'installations', onRefusal((answer) => ({ ...answer, headers: { 'Content-Type': 'text/plain' }, body: 'no' }))],
  // shape
  ['wrapper object', 'response-schema', 'installations', items((list) => ({ data: list }))],
  ['null', 'response-schema', 'installations', items(() => null)],
  ['nested once more', 'response-schema', 'installations', items((list) => [list])],
  ['a string', 'response-schema', 'installations', items((list) => JSON.stringify(list))],
  ['an object for each item', 'response-schema', 'installations', items((list) => list.map((id) => ({ id })))],
  // type
  ['numbers for strings', 'response-schema', 'installations', items((list) => list.map((id) => Number(id) || 1))],
  ['one wrong item at the end', 'response-schema', 'installations', items((list) => [...list, 7])],
  ['one null item', 'response-schema', 'installations', items((list) => [null, ...list])],
  ['"true" for true', 'response-schema', 'orders', members((member) => ({ ...member, gift: 'true' }))],
  // enum, bounds
  ['undeclared value', 'response-schema', 'orders', members((member) => ({ ...member, state: 'OPEN' }))],
  ['below minimum', 'response-schema', 'orders', members((member) => ({ ...member, amount: -1 }))],
  ['above maxLength', 'response-schema', 'orders', members((member) => ({ ...member, email: `${'a'.repeat(60)}@example.com` }))],
  ['duplicates under uniqueItems', 'response-schema', 'orders', members((member) => ({ ...member, tags: ['a', 'a'] }))],
  // format
  ['bad date-time', 'response-schema', 'orders', members((member) => ({ ...member, created: '2026-11-23 17:00' }))],
  ['bad uuid', 'response-schema', 'orders', members((member) => ({ ...member, id: '42' }))],
  ['bad email', 'response-schema', 'orders', members((member) => ({ ...member, email: 'ada' }))],
  // required, additional
  ...Object.keys(order).map((name): Row => [`required ${name} dropped`, 'response-schema', 'orders', members((member) => Object.fromEntries(Object.entries(member).filter(([other]) => other !== name)))]),
  ['an extra member where forbidden', 'response-schema', 'orders', members((member) => ({ ...member, extra: 1 }))],
  // error body
  ['detail a string', 'response-schema', 'installations', errorBody({ detail: 'no' })],
  ['detail an object', 'response-schema', 'installations', errorBody({ detail: entry })],
  ['loc missing', 'response-schema', 'installations', errorBody({ detail: [{ ...entry, loc: undefined }] })],
  ['loc of objects', 'response-schema', 'installations', errorBody({ detail: [{ ...entry, loc: [{ in: 'query' }] }] })],
  ['msg missing', 'response-schema', 'installations', errorBody({ detail: [{ ...entry, msg: undefined }] })],
  // encoding
  ['truncated JSON', 'well-formed', 'installations', body((text) => text.slice(0, -1))],
  ['invalid UTF-8', 'well-formed', 'installations', body(() => new Uint8Array([0x5b, 0x22, 0xff, 0x22, 0x5d]))],
  ['BOM', 'well-formed', 'installations', body((text) => `\uFEFF${text}`)],
  ['two JSON texts', 'well-formed', 'installations', body((text) => text + text)],
  ['single quotes', 'well-formed', 'installations', body(() => "['1']")],
  ['duplicate names', 'well-formed', 'orders', body((text) => text.replace('"gift":true', '"gift":true,"gift":false'))],
  ['gzip header on plain bytes', 'well-formed', 'installations', onSuccess((answer) => ({ ...answer, problem: 'content-encoding-broken' }))],
  ['Content-Length too long', 'well-formed', 'installations', onSuccess((answer) => ({ ...answer, problem: 'content-length-mismatch' }))],
  ['body cut off', 'well-formed', 'installations', onSuccess((answer) => ({ ...answer, problem: 'truncated' }))],
  ['empty body', 'well-formed', 'installations', body(() => '')],
  ['empty body without Content-Type', 'well-formed', 'installations', onSuccess(() => ({ status: 200 }))],
  // auth
  ['none needed', 'auth-required', 'installations', withKey(() => key)],
  ['any key', 'auth-required', 'installations', withKey((request) => ownKey(request) && key)],
  ['an empty key', 'auth-required', 'installations', withKey((request) => (ownKey(request) === '' ? key : ownKey(request)))],
  ['key taken from the query', 'auth-required', 'installations', withKey((request) => (request.target.includes(key) ? key : ownKey(request)))],
  ['key taken from a cookie', 'auth-required', 'installations', withKey((request) => (String(request.headers.cookie).includes(key) ? key : ownKey(request)))],
  ['a key that begins with the right one', 'auth-required', 'installations', withKey((request) => (ownKey(request)?.startsWith(key) ? key : ownKey(request)))],
  ['the right key refused', 'accepts-valid', 'installations', withKey(() => undefined)],
  ['bearer instead of key', 'auth-required', 'installations', withKey((request) => (request.headers.authorization === `Bearer ${key}` ? key : ownKey(request)))],
  ['the protected data with 401', 'auth-required', 'installations', (server) => (request, count) => { const answer = server(request, count); return answer.status === 401 ? { ...answer, body: '["4417","90210"]' } : answer; }],
  ['400 without a key', 'auth-required', 'installations', (server) => (request, count) => { const answer = server(request, count); return answer.status === 401 ? { ...answer, status: 400 } : answer; }],
  // method
  ...['POST', 'DELETE', 'PATCH', 'TRACE'].map((method): Row => [`${method} served as GET`, 'method-not-allowed', 'installations', (server) => (request, count) => server(request.method === method ? { ...request, method: 'GET' } : request, count)]),
  ['PUT fails with 500', 'no-server-error', 'installations', on(({ method }) => method === 'PUT', failure)],
  ['HEAD with a body', 'no-body', 'installations', (server) => (request, count) => { const answer = server(request, count); return request.method === 'HEAD' ? { ...answer, problem: 'body-not-allowed' } : answer; }],
  // parameters
  ['missing accepted', 'rejects-invalid', 'installations', provider((value) => value ?? 'github')],
  ['other case accepted', 'rejects-invalid', 'installations', provider((value) => value?.toLowerCase())],
  ['upper case alone accepted', 'rejects-invalid', 'installations', provider((value) => (value === 'GITLAB' ? 'gitlab' : value))],
  ['blank accepted', 'rejects-invalid', 'installations', provider((value) => value?.trim())],
  ['leading blank accepted', 'rejects-invalid', 'installations', provider((value) => value?.trimStart())],
  ['line feed accepted', 'rejects-invalid', 'installations', provider((value) => value?.replace(/\n$/, ''))],
  ['NUL accepted', 'rejects-invalid', 'installations', provider((value) => value?.replace(/\0.*/, ''))],
  ['prefix accepted', 'rejects-invalid', 'installations', provider((value) => known.find((name) => value && name.startsWith(value)) ?? value)],
  ['suffix accepted', 'rejects-invalid', 'installations', provider((value) => known.find((name) => value && name.endsWith(value)) ?? value)],
  ['more at the end accepted', 'rejects-invalid', 'installations', provider((value) => known.find((name) => value?.startsWith(name)) ?? value)],
  ['substring accepted', 'rejects-invalid', 'installations', provider((value) => known.find((name) => value?.includes(name)) ?? value)],
  ['empty accepted', 'rejects-invalid', 'installations', provider((value) => (value === '' ? 'github' : value))],
  ['unknown accepted', 'rejects-invalid', 'installations', provider((value) => (value && !known.includes(value) ? 'github' : value))],
  ...known.flatMap((name): Row[] => [[`${name} refused with 422`, 'accepts-valid', 'installations', provider((value) => (value === name ? 'none' : value))], [`${name} refused with 400`, 'status-documented', 'installations', on(raw(new RegExp(`provider=${name}$`)), { status: 400, headers: json, body: '"no"' })]]),
  ['the parameter ignored', 'rejects-invalid', 'installations', provider(() => 'github')],
  ['nothing to see', 'evidence', 'orders', body((text) => (text.startsWith('[') ? '[]' : text))],
  ['valid values ignored', 'answers-differ', 'installations', provider((value) => (known.includes(value ?? '') ? 'github' : value))],
  ['limit never looked at', 'rejects-invalid', 'orders', (server) => (request, count) => server({ ...request, target: '/orders' }, count)],
  // robustness
  ['500 on an array', 'no-server-error', 'installations', on(raw(/provider=.*provider=|provider(\[|%5B)/), failure)],
  ['500 on a long value', 'no-server-error', 'installations', on(({ target }) => target.length > 5000, failure)],
  ['500 on NUL', 'no-server-error', 'installations', on(raw(/%00/), failure)],
  ['500 on non-ASCII', 'no-server-error', 'installations', on(raw(/%C3%A9/i), failure)],
  ['500 on broken percent-encoding', 'no-server-error', 'installations', on(raw(/%(?![0-9a-f]{2})/i), failure)],
  ['500 on bytes that are not UTF-8', 'no-server-error', 'installations', on(raw(/%ff/i), failure)],
  ['500 on a truncated body', 'no-server-error', 'orders', on(({ body: sent }) => sent !== null && !isJsonText(sent), failure)],
  ['500 on a deeply nested body', 'no-server-error', 'orders', on(({ body: sent }) => sent !== null && sent[0] === 0x5b && sent[100] === 0x5b, failure)],
  ['500 on NUL in a member, where every status is declared', 'no-server-error', 'orders', on(({ body: sent }) => sent !== null && /tags.*u0000/.test(new TextDecoder().decode(sent)), { ...failure, headers: { 'Content-Type': 'application/problem+json' }, body: '{"title":"x"}' })],
  // timing
  ['hang', 'well-formed', 'installations', onSuccess(() => ({ status: 0, problem: 'timeout' }))],
  ['reset before the answer', 'well-formed', 'installations', onSuccess(() => ({ status: 0, problem: 'reset' }))],
  ['reset on invalid input', 'well-formed', 'installations', onRefusal(() => ({ status: 0, problem: 'reset' }))],
  ['every fourth request fails', 'no-server-error', 'installations', on((_request, count) => count % 4 === 0, failure)],
  // bodies
  ...(
    [
      ['missing email accepted', (sent) => ({ email: 'a@b.example', ...sent })],
      ['missing amount accepted', (sent) => ({ amount: 1, ...sent })],
      ['extra member accepted', (sent) => pick(sent, ['email', 'amount', 'gift', 'tags', 'state', 'parts'])],
      ['format not checked', (sent) => ({ ...sent, ...(typeof sent.email === 'string' && { email: 'a@b.example' }) })],
      ['string for a number accepted', (sent) => ({ ...sent, ...(typeof sent.amount === 'string' && { amount: 1 }) })],
      ['zero amount accepted', (sent) => ({ ...sent, ...(sent.amount === 0 && { amount: 1 }) })],
      ['multipleOf not checked', (sent) => ({ ...sent, ...(Number(sent.amount) > 0 && { amount: 1 }) })],
      ['no boolean accepted', (sent) => ({ ...sent, ...(typeof sent.gift === 'string' && { gift: true }) })],
      ['too many tags accepted', (sent) => ({ ...sent, ...(isList(sent.tags) && { tags: sent.tags.slice(0, 3) }) })],
      ['a tag twice accepted', (sent) => ({ ...sent, ...(isList(sent.tags) && { tags: [...new Set(sent.tags)] }) })],
      [
        'an empty tag accepted',
        (sent) => ({ ...sent, ...(isList(sent.tags) && { tags: sent.tags.filter((tag) => tag !== '') }) }),
      ],
      [
        'a long tag accepted',
        (sent) => ({
          ...sent,
          ...(isList(sent.tags) && { tags: sent.tags.map((tag) => (typeof tag === 'string' ? tag.slice(0, 8) : tag)) }),
        }),
      ],
      [
        'a null tag accepted',
        (sent) => ({ ...sent, ...(isList(sent.tags) && { tags: sent.tags.filter((tag) => tag !== null) }) }),
      ],
      [
        'state in other case accepted',
        (sent) => ({ ...sent, ...(typeof sent.state === 'string' && { state: sent.state.toLowerCase() }) }),
      ],
      [
        'a part without code accepted',
        (sent) => ({
          ...sent,
          ...(isList(sent.parts) && { parts: sent.parts.map((part) => ({ code: 'AB-1', ...Object(part) })) }),
        }),
      ],
      [
        'a code of another pattern accepted',
        (sent) => ({
          ...sent,
          ...(isList(sent.parts) && {
            parts: sent.parts.map((part) => ({
              ...Object(part),
              ...(Object.hasOwn(Object(part), 'code') && { code: 'AB-1' }),
            })),
          }),
        }),
      ],
      [
        'only the first part checked',
        (sent) => ({ ...sent, ...(isList(sent.parts) && { parts: sent.parts.slice(0, 1) }) }),
      ],
    ] as [string, (sent: Record<string, unknown>) => unknown][]
  ).map(([fault, read]): Row => [fault, 'rejects-invalid', 'orders', reading(read)]),
  ['a body of another type accepted', 'rejects-invalid', 'orders', (server) => (request, count) => server({ ...request, headers: { ...request.headers, 'content-type': 'application/json' } }, count)],
  ['no body accepted', 'rejects-invalid', 'orders', (server) => (request, count) => request.method === 'POST' && !request.body?.length ? { status: 201, headers: json, body: JSON.stringify(order) } : server(request, count)],
];

function reading(read: (sent: Record<string, unknown>) => unknown): (server: Server) => Server {
  return (server) => (request, count) => {
    if (request.body === null || request.body.length > 5000 || !isJsonText(request.body)) return server(request, count);
    const sent: unknown = JSON.parse(new TextDecoder().decode(request.body));
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return server(request, count);
    return server({ ...request, body: bytes(JSON.stringify(read(sent as Record<string, unknown>))) }, count);
  };
}

function pick(value: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function isJsonText(text: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(text));
    return true;
  } catch {
    return false;
  }
}

/** What must never be complained about, each a server of its own. */
// biome-ignore format: one variant a line
const right: [variant: string, target: Target, change: (server: Server) => Server][] = [
  ['nothing unusual', 'installations', (server) => server],
  ['nothing unusual', 'orders', (server) => server],
  ['charset=utf-8', 'installations', onSuccess((answer) => ({ ...answer, headers: { 'Content-Type': 'application/json; charset=utf-8' } }))],
  ['media type in other case', 'installations', onSuccess((answer) => ({ ...answer, headers: { 'CONTENT-TYPE': 'Application/JSON;charset=UTF-8' } }))],
  ['chunked transfer', 'installations', onSuccess((answer) => ({ ...answer, headers: { ...answer.headers, 'Transfer-Encoding': 'chunked' } }))],
  ['whitespace in JSON', 'installations', body((text) => `\r\n${JSON.stringify(JSON.parse(text), null, '\t')}\n`)],
  ['unknown header fields, cookies, ETag', 'installations', onSuccess((answer) => ({ ...answer, headers: { ...answer.headers, 'set-cookie': 'a=1', ETag: 'W/"1"', 'X-Powered-By': 'us' }, }))],
  ['403 for 401', 'installations', (server) => (request, count) => { const answer = server(request, count); return answer.status === 401 ? { ...answer, status: 403 } : answer; }],
  ['HEAD is not allowed', 'installations', on(({ method }) => method === 'HEAD', { status: 405, headers: { Allow: 'GET' } })],
  ['OPTIONS is answered with 200 and a page', 'installations', on(({ method }) => method === 'OPTIONS', { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<p>' })],
  ['OPTIONS is not allowed', 'installations', on(({ method }) => method === 'OPTIONS', { status: 405, headers: { allow: 'GET' } })],
  ['501 for unknown methods', 'installations', (server) => (request, count) => { const answer = server(request, count); return answer.status === 405 ? { status: 501, headers: { 'Content-Type': 'text/plain' }, body: 'Not Implemented' } : answer; }],
  ['400 from the parser for QUERY', 'installations', on(({ method }) => method === 'QUERY', { status: 400 })],
  ['Accept is ignored', 'installations', (server) => (request, count) => server({ ...request, headers: { ...request.headers, accept: '*/*' } }, count)],
  ['the first of repeated values counts', 'installations', (server) => (request, count) => server({ ...request, target: request.target.replace(/(provider=[^&]*)&provider=.*/, '$1') }, count)],
  ['repeated values are refused', 'installations', on(raw(/provider=.*provider=/), { status: 422, headers: json, body: '{"detail":[]}' })],
  ['400 for bytes that a gateway does not let through', 'installations', on(raw(/%00|%ff|%(?![0-9a-f]{2})/i), { status: 400, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad Request</h1>', })],
  ['414 for a long target', 'installations', on(({ target }) => target.length > 8000, { status: 414 })],
  ['431 for a long target', 'installations', on(({ target }) => target.length > 8000, { status: 431, headers: { 'Content-Type': 'text/plain' }, body: 'too long', })],
  ['a list that is empty for most values', 'installations', (server) => (request, count) => { const answer = server(request, count); return answer.status === 200 && !request.target.endsWith('github') ? { ...answer, body: '[]' } : answer; }],
  ['error bodies with more members', 'installations', errorBody({ detail: [{ ...entry, input: null, ctx: {} }], request: 'x' })],
  ['an error body without detail', 'installations', errorBody({})],
  ['415 for another media type', 'orders', on((request) => request.headers['content-type'] === 'text/plain', { status: 415 })],
  ['413 for large bodies', 'orders', on((request) => (request.body?.length ?? 0) > 5000, { status: 413 })],
  ['400 of a parser for what is not JSON', 'orders', on((request) => request.body !== null && !isJsonText(request.body), { status: 400, headers: { 'Content-Type': 'application/problem+json' }, body: '{"title":"x"}', })],
  ['other titles and members in a problem', 'orders', errorBody({ title: 'Invalid', status: 400, detail: 'no', errors: [1] })],
];

describe('a right implementation', () => {
  it.each(right)('with %s (%s) gets no finding', (_variant, target, change) => {
    expect(violationsOf(findings(target, change(targets[target][1])))).toEqual([]);
  });

  it('gets no information either, where there is nothing to say', () => {
    expect(findings('installations', installations)).toEqual([]);
  });
});

describe('a wrong implementation', () => {
  it.each(wrong)('with the fault "%s" is caught by %s (%s)', (_fault, caughtBy, target, change) => {
    const said = findings(target, change(targets[target][1]));
    expect(new Set(said.map((line) => line.split(' ', 1)[0]))).toContain(caughtBy);
  });

  it('is told what is the matter', () => {
    const said = findings('installations', items((list) => [...list, 7])(installations));
    expect([...new Set(said)]).toMatchInlineSnapshot(`
      [
        "response-schema violation: The body is not what its schema says: /2: must be a string, not a number",
        "response-schema violation: The body is not what its schema says: /1: must be a string, not a number",
        "response-schema violation: The body is not what its schema says: /0: must be a string, not a number",
      ]
    `);
  });
});

describe('the checks', () => {
  it('have ids that no two share, and say when they hold', () => {
    expect(new Set(checkTable.map(({ id }) => id)).size).toBe(checkTable.length);
    for (const { summary } of checkTable) expect(summary).toMatch(/\w/);
    expect(checkTable.map(({ id }) => id)).toMatchInlineSnapshot(`
      [
        "status-documented",
        "accepts-valid",
        "rejects-invalid",
        "media-type",
        "response-schema",
        "response-headers",
        "no-body",
        "well-formed",
        "no-server-error",
        "auth-required",
        "method-not-allowed",
        "evidence",
        "answers-differ",
        "create-stored",
        "location-leads",
        "values-kept",
        "keys-differ",
        "retried-once",
        "read-only-kept",
        "default-applied",
        "listed",
        "change-kept",
        "others-kept",
        "key-stays",
        "replaced",
        "deleted-gone",
        "read-again-same",
        "under-parent-only",
        "validators",
        "owner-only",
        "page-size",
        "pages-whole",
        "total-right",
        "items-once",
        "filter-holds",
        "sorted",
        "workflow",
      ]
    `);
  });

  it('are each needed: without it some fault of the table goes unseen', () => {
    const kills = wrong.map(([fault, , target, change]) => {
      const said = findings(target, change(targets[target][1]));
      return [fault, new Set(said.map((line) => line.split(' ', 1)[0] ?? ''))] as const;
    });
    const alone = new Set(kills.flatMap(([, killers]) => (killers.size === 1 ? [...killers] : [])));
    const ofExchanges = [...checks, ...createRunChecks()];
    expect(ofExchanges.map(({ id }) => id).filter((id) => !alone.has(id))).toEqual([]);
  });

  it('allow no undeclared status at all when they are strict', () => {
    expect(findings('installations', installations).filter((line) => line.startsWith('status-documented'))).toEqual([]);
    expect(findings('installations', installations, true)).toContain(
      'status-documented violation: The status 401 is not declared',
    );
  });

  it('say that a list was never seen with an item', () => {
    expect(findings('installations', body(() => '[]')(installations))).toContain(
      'evidence information: Not exercised: this list was always empty, so nothing is known of its items',
    );
  });
});
