import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { run } from '../run/run.js';

const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const service = { type: 'object', required: ['sid'], properties: { sid: { type: 'string', pattern: '^VA[0-9]{3}$' } } };
const sid = { name: 'ServiceSid', in: 'path', required: true, schema: { type: 'string', pattern: '^VA[0-9]{3}$' } };

it('a body names what exists only where the name has the form that is declared', async () => {
  const sent: string[] = [];
  const made = (pattern: string) => ({
    type: 'object',
    required: ['ServiceSid'],
    properties: { ServiceSid: { type: 'string', pattern } },
  });
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/Services': {
        get: { responses: { 200: { description: 'd', ...json({ type: 'array', items: service }) } } },
      },
      '/Services/{ServiceSid}': {
        get: { parameters: [sid], responses: { 200: { description: 'd', ...json(service) } } },
      },
      '/configurations': {
        post: {
          requestBody: { required: true, ...json(made('^MG[0-9]{3}$')) },
          responses: { 201: { description: 'd' } },
        },
      },
      '/checks': {
        post: {
          requestBody: { required: true, ...json(made('^VA[0-9]{3}$')) },
          responses: { 201: { description: 'd' } },
        },
      },
    },
  } as unknown as JsonObject;
  const operations = createOperations(documentFromObject(document));
  await run({
    operations,
    target: 'http://t',
    aspects: ['accepted'],
    allowWrites: true,
    send: async ({ method, target, body }) => {
      if (body !== null) sent.push(`${target} ${new TextDecoder().decode(body)}`);
      const value = target === '/Services' ? [{ sid: 'VA123' }] : { sid: 'VA123' };
      const bytes = new TextEncoder().encode(method === 'GET' ? JSON.stringify(value) : '');
      const headers: [string, string][] = method === 'GET' ? [['Content-Type', 'application/json']] : [];
      return { status: method === 'GET' ? 200 : 201, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
    },
  });
  expect(sent).toContain('/checks {"ServiceSid":"VA123"}');
  expect(sent.filter((one) => one.startsWith('/configurations') && !/MG[0-9]{3}"\}$/.test(one))).toEqual([]);
});

it('a body that says which thing it is of says the one that the user has named', async () => {
  const number = { type: 'string', pattern: '^ORD-[0-9]{5}$' };
  const properties = { number, customer: { type: 'string' } };
  const order = { type: 'object', required: ['number', 'customer'], properties };
  const parameters = [{ name: 'number', in: 'path', required: true, schema: number }];
  const ok = { 200: { description: 'd', ...json(order) }, 400: { description: 'd' } };
  const paths = {
    '/orders': { get: { responses: { 200: { description: 'd', ...json({ type: 'array', items: order }) } } } },
    '/orders/{number}': {
      parameters,
      get: { responses: ok },
      put: { operationId: 'put', requestBody: { required: true, ...json(order) }, responses: ok },
    },
  };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as unknown as JsonObject;
  const bodies: Record<string, unknown>[] = [];
  const result = await run({
    operations: createOperations(documentFromObject(document)),
    target: 'http://t',
    aspects: ['accepted'],
    allowWrites: true,
    values: { number: 'ORD-00002' },
    send: async ({ method, target, body }) => {
      const said = body === null ? {} : JSON.parse(new TextDecoder().decode(body));
      if (method === 'PUT') bodies.push(said);
      const row = { number: 'ORD-00002', customer: 'Ada', ...said };
      const status = target === '/orders' || row.number === target.slice('/orders/'.length) ? 200 : 400;
      const bytes = new TextEncoder().encode(JSON.stringify(target === '/orders' ? [row] : row));
      const headers: [string, string][] = [['Content-Type', 'application/json']];
      return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
    },
  });
  expect(bodies.map((each) => each.number)).toContain('ORD-00002');
  expect(result.coverage?.operations.never).toEqual([]);
});
