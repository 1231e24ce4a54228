import type { JsonObject } from '../../src/text/value.js';
import { type Asked, json, type Reply } from './implementation.js';

/** A document that uses what the built-in one does not: a body, a path parameter, headers, formats and bounds. */
export const thingsDocument: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 10 } },
          { name: 'kind', in: 'query', required: true, schema: { enum: ['small', 'large'] } },
        ],
        responses: {
          200: {
            description: 'Things',
            headers: {
              'X-Total': { required: true, schema: { type: 'integer', minimum: 0 } },
              'X-Next': { schema: { type: 'string' } },
            },
            content: {
              'application/json': {
                schema: { type: 'array', uniqueItems: true, items: { $ref: '#/components/schemas/Thing' } },
              },
            },
          },
          400: { $ref: '#/components/responses/Problem' },
        },
      },
      post: {
        operationId: 'createThing',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/NewThing' } } },
        },
        responses: {
          201: {
            description: 'Created',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          400: { $ref: '#/components/responses/Problem' },
        },
      },
    },
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
      get: {
        operationId: 'getThing',
        responses: {
          200: {
            description: 'A thing',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
          },
          400: { $ref: '#/components/responses/Problem' },
          404: { $ref: '#/components/responses/Problem' },
        },
      },
      delete: {
        operationId: 'deleteThing',
        responses: {
          204: { description: 'Gone' },
          400: { $ref: '#/components/responses/Problem' },
          404: { $ref: '#/components/responses/Problem' },
        },
      },
    },
  },
  components: {
    responses: {
      Problem: {
        description: 'What is wrong',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
    schemas: {
      NewThing: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 20 },
          count: { type: 'integer', minimum: 0, maximum: 10 },
        },
      },
      Thing: {
        type: 'object',
        required: ['id', 'name', 'kind', 'created', 'tags'],
        additionalProperties: false,
        properties: {
          id: { type: 'string', format: 'uuid' },
          name: { type: 'string', minLength: 1, maxLength: 20 },
          kind: { enum: ['small', 'large'] },
          created: { type: 'string', format: 'date-time' },
          owner: { type: 'string', format: 'email' },
          count: { type: 'integer', minimum: 0, maximum: 10 },
          tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
        },
      },
      Problem: {
        type: 'object',
        required: ['title', 'status'],
        properties: { title: { type: 'string' }, status: { type: 'integer' } },
      },
    },
  },
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function thing(id: string, kind = 'small') {
  return {
    id,
    name: 'a thing',
    kind,
    created: '2026-11-23T12:00:00Z',
    owner: 'a@example.com',
    count: 1,
    tags: ['a', 'b'],
  };
}

function problem(status: number, title: string, headers: Record<string, string> = {}): Reply {
  return json(status, { title, status }, { 'Content-Type': 'application/problem+json', ...headers });
}

/** The things API, by hand, and right. */
export function things(asked: Asked): Reply {
  const { method, path } = asked;
  const reading = method === 'HEAD' ? 'GET' : method;
  if (path === '/things') {
    if (reading === 'GET') return list(asked);
    if (method === 'POST') return create(asked);
    return problem(405, 'Method Not Allowed', { Allow: 'GET, HEAD, POST' });
  }
  const id = /^\/things\/([^/]*)$/.exec(path)?.[1];
  if (id === undefined) return problem(404, 'Not Found');
  if (reading !== 'GET' && method !== 'DELETE') {
    return problem(405, 'Method Not Allowed', { Allow: 'GET, HEAD, DELETE' });
  }
  if (!uuid.test(decoded(id) ?? '')) return problem(400, 'id is not a UUID');
  return method === 'DELETE' ? { status: 204, headers: {}, body: null } : json(200, thing(decoded(id) ?? ''));
}

function list({ parameters, query }: Asked): Reply {
  const kind = parameters.getAll('kind');
  const limit = parameters.getAll('limit');
  const isBroken = /%(?![0-9a-f]{2})/i.test(query);
  if (isBroken || kind.length !== 1 || !['small', 'large'].includes(kind[0] ?? ''))
    return problem(400, 'kind is wrong');
  const number = limit[0] ?? '10';
  if (limit.length > 1 || !/^-?\d+$/.test(number) || Number(number) < 1 || Number(number) > 100) {
    return problem(400, 'limit is wrong');
  }
  const ids = ['0b1f7e9c-55a5-4f0e-9a54-1f9c9a1d0001', '0b1f7e9c-55a5-4f0e-9a54-1f9c9a1d0002'];
  return json(
    200,
    ids.map((id) => thing(id, kind[0])),
    { 'X-Total': '2' },
  );
}

function create({ headers, body }: Asked): Reply {
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) return problem(415, 'Only JSON');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return problem(400, 'The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return problem(400, 'not an object');
  const { name, count, ...rest } = value as Record<string, unknown>;
  const hasName = typeof name === 'string' && [...name].length >= 1 && [...name].length <= 20;
  const hasCount = count === undefined || (Number.isInteger(count) && Number(count) >= 0 && Number(count) <= 10);
  if (!hasName || !hasCount || Object.keys(rest).length > 0) return problem(400, 'the body is wrong');
  return json(201, { ...thing('0b1f7e9c-55a5-4f0e-9a54-1f9c9a1d0003'), name });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
