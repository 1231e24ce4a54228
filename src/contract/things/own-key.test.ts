import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import {
  checkRequest,
  createOperations,
  type HttpRequest,
  headerOf,
  type OperationEntry,
} from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const pet = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'integer', example: 10 },
    name: { type: 'string', minLength: 1, example: 'Rex' },
    status: { type: 'string', enum: ['free', 'sold'] },
  },
};
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const sent = { requestBody: { required: true, ...json(pet) } };
const answers = (status: number) => ({ responses: { [status]: json(pet), 400: json({}), 404: json({}) } });

/** PUT and POST say in their body alone which pet they are of; the one list is of those with one status. */
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/pet': { put: { ...sent, ...answers(200) }, post: { ...sent, ...answers(201) } },
      '/pet/findByStatus': {
        get: {
          parameters: [{ name: 'status', in: 'query', schema: { ...pet.properties.status, default: 'free' } }],
          responses: { 200: json({ type: 'array', items: pet }), 400: json({}) },
        },
      },
      '/pet/{petId}': {
        parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'integer' } }],
        get: answers(200),
        delete: { responses: { 204: { description: 'x' }, 400: json({}), 404: json({}) } },
      },
    },
  }),
);

/** Whoever writes to a pet that is there writes over it. */
function serverOf(rows: Map<number, JsonObject>, defect: string) {
  let last = 100;
  const write = (method: string, row: JsonObject): Received => {
    if (method === 'PUT' && row.id === undefined) return answer(400, {});
    const id = Number(row.id ?? ++last);
    rows.set(id, { ...row, id });
    return answer(method === 'POST' ? 201 : 200, { ...row, id });
  };
  const list = (status: string) =>
    answer(
      200,
      [...rows.values()].filter((row) => defect === 'ignored' || row.status === status),
    );
  const receive = (request: HttpRequest): Received => {
    const { method, target, headers } = request;
    const match = operations.match(method, target, headers);
    if (match.kind === 'method-not-allowed') return answer(405, {}, match.allow.join(', '));
    if (match.kind !== 'operation') return answer(404, {});
    if (request.body !== null && headerOf(request, 'content-type') !== 'application/json') return answer(415, {});
    const { violations, values } = checkRequest(operations.compile(match.entry), request, match.pathParameters);
    if (violations.length > 0) return answer(400, {});
    if (method === 'POST' || method === 'PUT') return write(method, values.body as JsonObject);
    if (values.path.petId === undefined) return list(String(values.query.status ?? 'free'));
    const row = rows.get(Number(values.path.petId));
    if (row === undefined) return answer(404, {});
    return method === 'DELETE' ? answer(204, rows.delete(Number(row.id)) && {}) : answer(200, row);
  };
  return async (request: HttpRequest): Promise<Received> => {
    const none = new Uint8Array();
    return request.method === 'HEAD' ? { ...receive(request), raw: none, body: none } : receive(request);
  };
}

function answer(status: number, value: Json, allow?: string): Received {
  const bytes = new TextEncoder().encode(status === 204 ? '' : JSON.stringify(value));
  const headers: [string, string][] = status === 204 ? [] : [['Content-Type', 'application/json']];
  if (allow !== undefined) headers.push(['Allow', allow]);
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

const theirs = () =>
  new Map(
    Array.from({ length: 12 }, (_, at): [number, JsonObject] => {
      return [at + 1, { id: at + 1, name: 'theirs', status: at % 2 === 0 ? 'free' : 'sold' }];
    }),
  );

it('nothing that others have is written over by what says in its body what it is of', async () => {
  const rows = theirs();
  const result = await run({ operations, send: serverOf(rows, ''), target: 'http://t', allowWrites: true });
  const broken = result.findings.filter(({ severity }) => severity === 'violation');
  expect(broken.map(({ check, message, operations: [one] }) => `${check}: ${message}: ${one?.title}`)).toEqual([]);
  expect(result.operations.filter(({ state }) => state !== 'kept').map(({ id }) => id)).toEqual([]);
  expect(rows).toEqual(theirs());
});

it('a list that is not the one of the collection is asked in several ways too', async () => {
  const send = serverOf(theirs(), 'ignored');
  const result = await run({ operations, send, target: 'http://t', allowWrites: true, aspects: ['life'] });
  const broken = result.findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
  expect(broken).toEqual(['filter-holds']);
});

it('a key that is free is as valid as the one that is taken, whatever the case is about', async () => {
  const form = '^[A-Z]{3}-[0-9]{4}$';
  const sku = { type: 'string', pattern: form };
  const product = { type: 'object', required: ['sku'], properties: { sku } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/products': { post: { requestBody: { required: true, ...json(product) }, responses: { 201: json(product) } } },
      '/products/{sku}': {
        parameters: [{ name: 'sku', in: 'path', required: true, schema: sku }],
        get: { responses: { 200: json(product), 404: json({}) } },
      },
    },
  };
  const skus = new Map<string, string[]>();
  const operations = createOperations(documentFromObject(document));
  const [create] = operations.entries as [OperationEntry];
  const send = async (request: HttpRequest): Promise<Received> => {
    const key = request.target.split('/')[2];
    // It has whatever it is asked for, as a mock does.
    if (key !== undefined) return answer(200, { sku: key });
    const { values, violations } = checkRequest(operations.compile(create), request, {});
    if (violations.length > 0) return answer(400, {});
    const sent = values.body as JsonObject;
    const accept = headerOf(request, 'accept') ?? '';
    skus.set(accept, [...(skus.get(accept) ?? []), String(sent.sku)]);
    return answer(201, sent);
  };
  await run({
    operations: createOperations(documentFromObject(document)),
    send,
    target: 'http://t',
    allowWrites: true,
  });
  const unmet = skus.get('application/x-counterproof') ?? [];
  expect(unmet.length).toBeGreaterThan(0);
  for (const one of unmet) expect(one).toMatch(new RegExp(form));
});
