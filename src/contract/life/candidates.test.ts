import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received, Send } from '../types.js';

const body = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const user = {
  type: 'object',
  required: ['id', 'bio', 'plan'],
  properties: { id: { type: 'integer' }, bio: { type: 'string' }, plan: { type: 'string', enum: ['free', 'paid'] } },
};
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Users', version: '1' },
    paths: {
      '/users': {
        get: { responses: { 200: { description: '', ...body({ type: 'array', items: user }) } } },
        post: {
          requestBody: { required: true, ...body(user) },
          responses: { 201: { description: '', ...body(user) } },
        },
      },
      '/users/{id}': {
        parameters: [id],
        get: { responses: { 200: { description: '', ...body(user) }, 404: { description: '' } } },
        // What may be sent says less of itself than what is shown.
        patch: {
          requestBody: {
            required: true,
            ...body({ type: 'object', properties: { plan: { type: 'string' }, bio: { type: 'string' } } }),
          },
          responses: { 200: { description: '', ...body(user) }, 404: { description: '' } },
        },
      },
    },
  }),
);

it('a member is changed to what may be shown, and not only to what may be sent', async () => {
  const users = new Map<string, JsonObject>();
  const changes: JsonObject[] = [];
  const send: Send = async ({ method, target, body: sent }) => {
    const key = new URL(target, 'http://t').pathname.split('/')[2];
    const members = sent ? (JSON.parse(Buffer.from(sent).toString()) as JsonObject) : {};
    const json = (status: number, value?: Json): Received => {
      const bytes = Buffer.from(value === undefined ? '' : JSON.stringify(value));
      const headers: [string, string][] = value === undefined ? [] : [['content-type', 'application/json']];
      return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
    };
    if (key === undefined && method === 'GET') return json(200, [...users.values()]);
    if (key === undefined) users.set(String(members.id), members);
    const held = users.get(key ?? String(members.id));
    if (held === undefined) return json(404);
    if (method === 'PATCH') {
      changes.push(members);
      // It leaves what it could not show.
      const { plan, ...others } = members;
      Object.assign(held, others, plan === 'free' || plan === 'paid' ? { plan } : {});
    }
    return json(key === undefined ? 201 : 200, held);
  };
  const options = { operations, send, target: 'http://t', allowWrites: true, concurrency: 1, clock: virtualClock() };
  const result = await run({ ...options, aspects: ['life'] });
  expect(result.findings.filter(({ severity }) => severity === 'violation')).toEqual([]);
  expect(changes.some(({ plan }) => plan === 'free' || plan === 'paid')).toBe(true);
});

it('what may not be shown where a thing is read is not looked for in the answer to what makes it', async () => {
  const rule = (value: JsonObject) => ({
    type: 'object',
    required: ['id', 'when'],
    properties: {
      id: { type: 'integer' },
      when: { type: 'array', minItems: 1, items: { type: 'object', properties: { key: { type: 'string' }, value } } },
    },
  });
  const [asObject, asText] = [
    rule({ type: 'object', properties: { days: { type: 'integer' } } }),
    rule({ type: 'string' }),
  ];
  const rules = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Rules', version: '1' },
      paths: {
        '/rules': {
          post: {
            requestBody: { required: true, ...body(asObject) },
            responses: { 201: { description: '', ...body(asObject) } },
          },
        },
        '/rules/{id}': {
          parameters: [id],
          get: { responses: { 200: { description: '', ...body(asText) }, 404: { description: '' } } },
        },
      },
    }),
  );
  const kept = new Map<string, JsonObject>();
  const send: Send = async ({ method, target, body: sent }) => {
    const key = new URL(target, 'http://t').pathname.split('/')[2];
    const json = (status: number, value?: Json): Received => {
      const bytes = Buffer.from(value === undefined ? '' : JSON.stringify(value));
      const headers: [string, string][] = value === undefined ? [] : [['content-type', 'application/json']];
      return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
    };
    if (method === 'GET') return kept.has(key ?? '') ? json(200, kept.get(key ?? '')) : json(404);
    const made = { ...(JSON.parse(Buffer.from(sent ?? []).toString()) as JsonObject), id: kept.size + 1 };
    // It keeps what it may show, and shows that alone.
    const when = (made as { when?: JsonObject[] }).when?.map(({ value: _value, ...others }) => others) ?? [];
    kept.set(String(made.id), { ...made, when });
    return json(201, { ...made, when });
  };
  const options = {
    operations: rules,
    send,
    target: 'http://t',
    allowWrites: true,
    concurrency: 1,
    clock: virtualClock(),
  };
  const result = await run({ ...options, aspects: ['life'] });
  expect(result.findings.filter(({ severity }) => severity === 'violation')).toEqual([]);
  expect(result.checks.find((check) => check.id === 'values-kept')?.exchanges).toBeGreaterThan(0);
});
