import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { checkRequest, createOperations, type HttpRequest, headerOf, type Operations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

type Style = 'tag' | 'version';

const text = { type: 'string', minLength: 1, maxLength: 40 };
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const note = {
  type: 'object',
  required: ['name', 'text', 'version'],
  properties: { name: text, text, version: { type: 'integer' } },
};

/** Each change says which state of a note it is meant for. The keys have a slash. */
function documentOf(style: Style) {
  const [conflict, properties] = style === 'tag' ? [412, { text }] : [409, { text, version: { type: 'integer' } }];
  const match = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } };
  const asked = { parameters: style === 'tag' ? [match] : [] };
  const sent = (members: JsonObject, required: string[]) => ({
    required: true,
    ...json({ type: 'object', required, properties: members, additionalProperties: false }),
  });
  const responses = { 200: json(note), 400: json({}), 404: json({}), [conflict]: json({}) };
  const change = { ...asked, requestBody: sent(properties, Object.keys(properties)), responses };
  const path = { name: 'name', in: 'path', required: true, schema: text };
  const paths = {
    '/notes': {
      get: { responses: { 200: json({ type: 'array', items: note }) } },
      post: {
        requestBody: sent({ name: { ...text, example: 'a/b' }, text }, ['name', 'text']),
        responses: { 201: json(note), 400: json({}), 409: json({}) },
      },
    },
    '/notes/{name}': {
      parameters: [path],
      get: { responses: { 200: json(note), 404: json({}) } },
      put: change,
      patch: change,
      delete: { ...asked, responses: { 204: { description: 'x' }, 400: json({}), 404: json({}), 412: json({}) } },
    },
  };
  return createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
}

function serverOf(style: Style, rows: Map<string, JsonObject>, operations: Operations) {
  return async (request: HttpRequest): Promise<Received> => {
    const { method, target, headers } = request;
    const match = operations.match(method, target, headers);
    if (method === 'HEAD') return answer(204, {});
    if (match.kind === 'method-not-allowed') return answer(405, {}, match.allow.join(', '));
    if (match.kind !== 'operation') return answer(404, {});
    if (request.body !== null && headerOf(request, 'content-type') !== 'application/json') return answer(415, {});
    const { violations, values } = checkRequest(operations.compile(match.entry), request, match.pathParameters);
    if (violations.length > 0) return answer(400, {});
    const sent = (values.body ?? {}) as JsonObject;
    const named = method === 'POST' ? sent.name : values.path.name;
    const name = named === undefined ? undefined : String(named);
    if (name === undefined) return answer(200, [...rows.values()]);
    return act(rows, name, method, style === 'tag' ? { ...sent, tag: String(headers['if-match']) } : sent);
  };
}

/** @param sent with the tag that was sent, where changes are told by that */
function act(rows: Map<string, JsonObject>, name: string, method: string, { tag, ...sent }: JsonObject): Received {
  const row = rows.get(name);
  if (method === 'POST') {
    if (row === undefined) rows.set(name, { ...sent, version: 1 });
    return row === undefined ? answer(201, rows.get(name) ?? {}) : answer(409, {});
  }
  if (row === undefined) return answer(404, {});
  if (method === 'GET') return answer(200, row);
  if (tag !== undefined && tag !== tagOf(row)) return answer(412, {});
  if (method === 'DELETE') return answer(204, rows.delete(name) && {});
  if (tag === undefined && sent.version !== row.version) return answer(409, {});
  const now = { ...row, ...sent, version: Number(row.version) + 1 };
  rows.set(name, now);
  return answer(200, now);
}

const tagOf = ({ version }: JsonObject) => `"v${version}"`;

function answer(status: number, value: Json, allow?: string): Received {
  const bytes = new TextEncoder().encode(status === 204 ? '' : JSON.stringify(value));
  const row = value as JsonObject;
  const headers: [string, string][] = status === 204 ? [] : [['Content-Type', 'application/json']];
  if (allow !== undefined) headers.push(['Allow', allow]);
  if (status === 200 && !Array.isArray(value)) headers.push(['ETag', tagOf(row)]);
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

it.each(['tag', 'version'] as const)('changes are of the state that a thing has, told by its %s', async (style) => {
  const operations = documentOf(style);
  const rows = new Map<string, JsonObject>([['theirs', { name: 'theirs', text: 'x', version: 3 }]]);
  const send = serverOf(style, rows, operations);
  const result = await run({ operations, send, target: 'http://t', allowWrites: true, concurrency: 4 });
  const broken = result.findings.filter(({ severity }) => severity === 'violation');
  expect(broken.map(({ check, message, operations: [one] }) => `${check}: ${message}: ${one?.title}`)).toEqual([]);
  expect(result.operations.filter(({ state }) => state !== 'kept').map(({ id }) => id)).toEqual([]);
  const changes = result.operations.filter(({ id }) => /^P(UT|ATCH)/.test(id));
  for (const { id, statuses } of changes) expect([id, (statuses['200'] ?? 0) > 2]).toEqual([id, true]);
  expect([...rows.keys()]).toEqual(['theirs']);
});
