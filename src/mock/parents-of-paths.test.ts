import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { State } from '../world/index.js';
import { createMock } from './index.js';

const build = {
  type: 'object',
  required: ['id', 'state'],
  properties: { id: { type: 'string', readOnly: true }, state: { type: 'string' } },
};
const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** Builds belong to sites, which their path alone says, and are read by their own id too. */
const document = {
  openapi: '3.0.3',
  info: { title: 'T', version: '1' },
  paths: {
    '/sites/{siteId}/builds': {
      parameters: [path('siteId')],
      get: { responses: { 200: json({ type: 'array', items: build }) } },
      post: { requestBody: json(build), responses: { 201: json(build) } },
    },
    '/builds/{buildId}': {
      parameters: [path('buildId')],
      get: { responses: { 200: json(build) } },
      patch: { requestBody: json(build), responses: { 200: json(build) } },
    },
  },
};

function asking(of: JsonObject) {
  const mock = createMock({ operations: createOperations(documentFromObject(of)) });
  let state = State.empty;
  const ask = (method: string, target: string, body: JsonObject | null = null) => {
    const bytes = body && new TextEncoder().encode(JSON.stringify(body));
    const headers: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    const { status, body: text, next } = mock.answer({ method, target, headers, body: bytes }, {}, state);
    state = next?.state ?? state;
    return { status, body: (text === '' ? null : JSON.parse(String(text))) as Json };
  };
  /** As it is written to a file, and read again. */
  const restart = () => {
    const kept = State.from(JSON.parse(JSON.stringify(state)));
    if (!(kept instanceof State)) throw new Error(kept);
    state = kept;
  };
  return { ask, restart };
}

it('shows under a parent what was created there, where the path alone says under which', () => {
  const { ask, restart } = asking(document as JsonObject);
  const idsOf = (target: string) => (ask('GET', target).body as { id: string }[]).map(({ id }) => id);

  const { id } = ask('POST', '/sites/a/builds', { state: 'new' }).body as { id: string };
  expect(idsOf('/sites/a/builds')).toContain(id);
  expect(idsOf('/sites/b/builds')).not.toContain(id);
  expect(ask('GET', `/builds/${id}`).body).toEqual({ id, state: 'new' });

  // What changes it by another path leaves it where it is, and so does keeping it.
  expect(ask('PATCH', `/builds/${id}`, { state: 'done' }).body).toEqual({ id, state: 'done' });
  restart();
  expect(idsOf('/sites/a/builds')).toContain(id);
  expect(idsOf('/sites/b/builds')).not.toContain(id);
});

it('says of what was created under a parent that it is of it, whoever the name beside it would belong to', () => {
  const owner = { type: 'object', properties: { login: { type: 'string' }, name: { type: 'string' } } };
  const repo = {
    type: 'object',
    required: ['id', 'name', 'owner'],
    properties: { id: { type: 'integer' }, name: { type: 'string' }, owner },
  };
  const sent = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const { ask } = asking({
    ...document,
    paths: {
      '/repos/{owner}/{repo}': { parameters: [path('owner'), path('repo')], get: { responses: { 200: json(repo) } } },
      '/orgs/{org}/repos': {
        parameters: [path('org')],
        get: { responses: { 200: json({ type: 'array', items: repo }) } },
        post: { requestBody: json(sent), responses: { 201: json(repo) } },
      },
    },
  } as JsonObject);
  const made = ask('POST', '/orgs/nature/repos', { name: 'new' }).body as { id: number; owner: { login: string } };
  expect(made).toMatchObject({ name: 'new', owner: { login: 'nature' } });
  expect(ask('GET', `/repos/nature/${made.id}`).body).toEqual(made);
  expect(ask('GET', '/orgs/nature/repos').body).toContainEqual(made);
});
