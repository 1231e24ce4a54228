import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const path = (name: string, schema: JsonObject = text) => ({ name, in: 'path', required: true, schema });
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const list = { get: { responses: { 200: answer({ type: 'array', items: to('Repo') }) } } };

interface Repo {
  readonly name: string;
  readonly full_name: string;
  readonly owner: { readonly login: string };
}

/** Repositories of owners, and whoever asks: `/user` beside `/user/{account_id}`. */
const forge = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Forge', version: '1' },
    components: {
      schemas: {
        User: object({ id: { type: 'integer' }, login: text, email: text, bio: text, joined: text }),
        Repo: object({
          id: { type: 'integer' },
          name: { ...text, example: 'Hello-World' },
          full_name: { ...text, example: 'octocat/Hello-World' },
          owner: object({ login: text }),
        }),
      },
    },
    paths: {
      '/user': {
        get: {
          responses: {
            200: answer(object({ id: { type: 'integer' }, login: text, email: text, bio: text, joined: text })),
          },
        },
      },
      '/user/{account_id}': {
        parameters: [path('account_id', { type: 'integer' })],
        get: { responses: { 200: answer(to('User')) } },
      },
      '/user/repos': {
        ...list,
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(to('Repo')) } },
      },
      '/users/{owner}/repos': { parameters: [path('owner')], ...list },
      '/repos/{owner}/{repo}': {
        parameters: [path('owner'), path('repo')],
        get: { responses: { 200: answer(to('Repo')) } },
      },
    },
  });

it('what is made and listed below the path of who asks is theirs', () => {
  const { read } = forge();
  const me = read('GET', '/user');
  expect(read('GET', `/user/${me.id}`)).toEqual(me);
  const own = read('GET', '/user/repos') as unknown as Repo[];
  expect(new Set(own.map(({ owner }) => owner.login))).toEqual(new Set([me.login]));
  const made = read('POST', '/user/repos', { name: 'mine' }) as unknown as Repo;
  expect(made).toMatchObject({ name: 'mine', owner: { login: me.login } });
  expect(read('GET', `/repos/${me.login}/mine`)).toEqual(made);
  expect(read('GET', '/user/repos')).toContainEqual(made);
});

it('what a thing is called together with its owner says both as they are', () => {
  const { read } = forge();
  for (const { name, full_name, owner } of read('GET', '/users/bob/repos') as unknown as Repo[])
    expect(full_name).toBe(`${owner.login}/${name}`);
  expect(read('GET', '/repos/bob/tools')).toMatchObject({ full_name: 'bob/tools', owner: { login: 'bob' } });
});

it('what is made below the path of a group is that of the group, whoever asks', () => {
  const post = { requestBody: json(object({ name: text })), responses: { 201: answer(to('Repo')) } };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Forge', version: '1' },
    components: {
      schemas: {
        User: object({ id: { type: 'integer' }, login: text, email: text }),
        Org: object({ id: { type: 'integer' }, username: text, site: text }),
        Repo: object({ id: { type: 'integer' }, name: text, owner: to('User') }),
      },
    },
    paths: {
      '/user': { get: { responses: { 200: answer(to('User')) } } },
      '/user/repos': { ...list, post },
      '/users/{username}': { parameters: [path('username')], get: { responses: { 200: answer(to('User')) } } },
      '/orgs': { get: { responses: { 200: answer({ type: 'array', items: to('Org') }) } } },
      '/orgs/{org}': { parameters: [path('org')], get: { responses: { 200: answer(to('Org')) } } },
      '/orgs/{org}/repos': { parameters: [path('org')], ...list, post },
      '/repos/{owner}/{repo}': {
        parameters: [path('owner'), path('repo')],
        get: { responses: { 200: answer(to('Repo')) } },
      },
    },
  });
  const made = read('POST', '/orgs/acme/repos', { name: 'rex' }) as unknown as Repo;
  expect(made).toMatchObject({ name: 'rex', owner: { login: 'acme' } });
  expect(read('GET', '/repos/acme/rex')).toEqual(made);
  expect(read('GET', '/orgs/acme/repos')).toContainEqual(made);
});
