import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1 };
const user = { type: 'object', required: ['id', 'name'], properties: { id: { type: 'integer' }, name: text } };
const project = {
  type: 'object',
  required: ['id', 'title', 'madeByUser'],
  properties: {
    id: { type: 'integer', readOnly: true },
    title: text,
    madeByUser: {
      type: 'object',
      required: ['id'],
      readOnly: true,
      properties: { id: { type: 'integer' }, name: text },
    },
  },
};
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const list = (items: JsonObject) => ({ responses: { 200: json({ type: 'array', items }) } });
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const one = (schema: JsonObject) => ({ parameters, get: { responses: { 200: json(schema), 404: json({}) } } });

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/users': { get: list(user) },
      '/users/{id}': one(user),
      '/users/{id}/projects': { parameters, get: list(project) },
      '/projects': {
        get: list(project),
        post: { requestBody: { content: json(project).content }, responses: { 201: json(project), 422: json({}) } },
      },
      '/projects/{id}': one(project),
    },
  }),
);

/** Each user has a part in all projects, of which the first has made some. */
const users = [1, 2].map((id) => ({ id, name: `n${id}` }));
const projects: JsonObject[] = [{ id: 1, title: 'first', madeByUser: { id: 2, name: 'n2' } }];

const answer = (status: number, value: Json): Received => {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
};

async function send({ method, target, body }: HttpRequest): Promise<Received> {
  const [, first, id, below] = (target.split('?', 1)[0] ?? '').split('/');
  const rows: readonly JsonObject[] = first === 'users' && below === undefined ? users : projects;
  if (method === 'POST') {
    const sent = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as JsonObject;
    if (typeof sent.title !== 'string' || sent.title === '') return answer(422, {});
    const made = { title: sent.title, id: projects.length + 1, madeByUser: users[0] as JsonObject };
    projects.push(made);
    return answer(201, made);
  }
  if (id === undefined || below !== undefined) return answer(200, [...rows]);
  const row = rows.find((each) => String(each.id) === id);
  return row === undefined ? answer(404, {}) : answer(200, row);
}

it('asks of no list of those that have a part in something that they have made it', async () => {
  const result = await run({
    operations,
    send,
    target: 'http://localhost',
    allowWrites: true,
    aspects: ['life'],
    ...{ clock: virtualClock() },
  });
  const violations = result.findings.filter(({ severity }) => severity === 'violation');
  expect(violations.map(({ message, expected }) => `${message}: ${expected}`)).toEqual([]);
  expect(result.counts.requests).toBeGreaterThan(10);
});

it('does not look by an id for a list below the slug of what has that id', async () => {
  const team = { type: 'object', required: ['id', 'slug'], properties: { id: { type: 'integer' }, slug: text } };
  const ticket = {
    type: 'object',
    required: ['id', 'title', 'teamId'],
    properties: { id: { type: 'integer', readOnly: true }, title: text, teamId: { type: 'integer', readOnly: true } },
  };
  const slug = [{ name: 'slug', in: 'path', required: true, schema: text }];
  const ofTeam = { parameters: slug, get: { responses: { 200: json(team), 404: json({}) } } };
  const asked: string[] = [];
  const tickets: JsonObject[] = [];
  await run({
    operations: createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/teams': { get: list(team) },
          '/teams/{slug}': ofTeam,
          '/teams/{slug}/tickets': { parameters: slug, get: list(ticket) },
          '/tickets': {
            get: list(ticket),
            post: { requestBody: { content: json(ticket).content }, responses: { 201: json(ticket) } },
          },
          '/tickets/{id}': one(ticket),
        },
      }),
    ),
    target: 'http://t',
    ...{ aspects: ['life'], allowWrites: true, concurrency: 1, clock: virtualClock() },
    send: async ({ method, target, body }) => {
      const [, first, key, below] = (target.split('?', 1)[0] ?? '').split('/');
      if (below !== undefined) asked.push(String(key));
      if (method === 'POST') {
        const sent = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as JsonObject;
        tickets.push({ ...sent, id: tickets.length + 1, teamId: 7 });
        return answer(201, tickets.at(-1) ?? null);
      }
      const rows: JsonObject[] = first === 'teams' && below === undefined ? [{ id: 7, slug: 'red' }] : tickets;
      if (key === undefined || below !== undefined) return answer(200, rows);
      const found = rows.find((row) => String(row.id) === key || row.slug === key);
      return found === undefined ? answer(404, {}) : answer(200, found);
    },
  });
  expect(tickets.length).toBeGreaterThan(0);
  expect(asked).not.toContain('7');
});
