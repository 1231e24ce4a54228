import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

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

it('shows under a parent what was created there, where the path alone says under which', () => {
  const { read, restart } = asking(document as JsonObject);
  const idsOf = (target: string) => (read('GET', target) as { id: string }[]).map(({ id }) => id);

  const { id } = read('POST', '/sites/a/builds', { state: 'new' }) as { id: string };
  expect(idsOf('/sites/a/builds')).toContain(id);
  expect(idsOf('/sites/b/builds')).not.toContain(id);
  expect(read('GET', `/builds/${id}`)).toEqual({ id, state: 'new' });

  // What changes it by another path leaves it where it is, and so does keeping it.
  expect(read('PATCH', `/builds/${id}`, { state: 'done' })).toEqual({ id, state: 'done' });
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
  const { read } = asking({
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
  const made = read('POST', '/orgs/nature/repos', { name: 'new' }) as JsonObject;
  expect(made).toMatchObject({ name: 'new', owner: { login: 'nature' } });
  expect(read('GET', '/repos/nature/new')).toEqual(made);
  expect(read('GET', '/orgs/nature/repos')).toContainEqual(made);
});

it('lists under a parent what names it in one member, also where a list of them is beside it', () => {
  const site = { type: 'object', required: ['gid'], properties: { gid: { type: 'string' }, name: { type: 'string' } } };
  const page = {
    type: 'object',
    required: ['gid', 'site', 'sites'],
    properties: {
      gid: { type: 'string' },
      name: { type: 'string' },
      site,
      sites: { type: 'array', items: site, readOnly: true },
    },
  };
  const sent = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
  const { read } = asking({
    ...document,
    paths: {
      '/sites': { get: { responses: { 200: json({ type: 'array', items: site }) } } },
      '/sites/{gid}': { parameters: [path('gid')], get: { responses: { 200: json(site) } } },
      '/sites/{site_gid}/pages': {
        parameters: [path('site_gid')],
        get: { responses: { 200: json({ type: 'array', items: page }) } },
        post: { requestBody: json(sent), responses: { 201: json(page) } },
      },
      '/pages/{gid}': { parameters: [path('gid')], get: { responses: { 200: json(page) } } },
    },
  } as JsonObject);
  const [{ gid }] = read('GET', '/sites') as [{ gid: string }];
  const made = read('POST', `/sites/${gid}/pages`, { name: 'new' }) as JsonObject;
  expect(made).toMatchObject({ name: 'new', site: { gid } });
  expect(read('GET', `/sites/${gid}/pages`)).toContainEqual(made);
});

it('shows rows below anything of which no path names one, and what is made there is its own', () => {
  const text = { type: 'string' };
  const state = { type: 'string', enum: ['open', 'closed'] };
  const channel = {
    type: 'object',
    required: ['id', 'workspace', 'name', 'state'],
    properties: { id: { ...text, readOnly: true }, workspace: text, name: text, state },
  };
  const list = { get: { responses: { 200: json({ type: 'array', items: channel }) } } };
  const sent = { type: 'object', required: ['name'], properties: { name: text } };
  const { read } = asking({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/workspaces/{workspace}/channels': {
        parameters: [path('workspace')],
        ...list,
        post: { requestBody: json(sent), responses: { 201: json(channel) } },
      },
      '/channels/state/{state}': { parameters: [path('state')], ...list },
      '/channels/{id}': {
        parameters: [path('id')],
        get: { responses: { 200: json(channel) } },
        delete: { responses: { 204: { description: 'd' } } },
      },
    },
  } as JsonObject);
  type Channel = { id: string; workspace: string; state: string };
  const at = (target: string) => read('GET', target) as Channel[];
  const shown = at('/workspaces/acme/channels');
  expect(shown.map(({ workspace }) => workspace)).toEqual(Array.from({ length: 25 }, () => 'acme'));
  const { id } = read('POST', '/workspaces/acme/channels', { name: 'design' }) as Channel;
  expect(at('/workspaces/acme/channels')).toHaveLength(26);
  expect(at('/workspaces/other/channels').map((each) => each.id)).toEqual(shown.map((each) => each.id));
  read('DELETE', `/channels/${shown[0]?.id}`);
  expect(at('/workspaces/acme/channels').map((each) => each.id)).toEqual([
    id,
    ...shown.slice(1).map((each) => each.id),
  ]);
  expect(new Set(at('/channels/state/open').map((each) => each.state))).toEqual(new Set(['open']));
});

it('makes things where their path says, also where the key of what they are below is called after it', () => {
  const text = { type: 'string' };
  const channel = { type: 'object', required: ['channel_id'], properties: { channel_id: text, name: text } };
  const message = {
    type: 'object',
    required: ['message_id', 'channel_id', 'text'],
    properties: { message_id: text, channel_id: text, text },
  };
  const sent = (name: string) => json({ type: 'object', required: [name], properties: { [name]: text } });
  const { read } = asking({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/channels': {
        get: { responses: { 200: json({ type: 'array', items: channel }) } },
        post: { requestBody: sent('name'), responses: { 201: json(channel) } },
      },
      '/channels/{channel_id}': { parameters: [path('channel_id')], get: { responses: { 200: json(channel) } } },
      '/channels/{channel_id}/messages': {
        parameters: [path('channel_id')],
        get: { responses: { 200: json({ type: 'array', items: message }) } },
        post: { requestBody: sent('text'), responses: { 201: json(message) } },
      },
      '/messages/{message_id}': { parameters: [path('message_id')], get: { responses: { 200: json(message) } } },
    },
  } as JsonObject);
  const { channel_id } = read('POST', '/channels', { name: 'design' }) as { channel_id: string };
  expect(read('GET', `/channels/${channel_id}/messages`)).toEqual([]);
  const made = read('POST', `/channels/${channel_id}/messages`, { text: 'Hello' });
  expect(made).toMatchObject({ channel_id, text: 'Hello' });
  expect(read('GET', `/channels/${channel_id}/messages`)).toEqual([made]);
});

it('a reply stands where its message does, is listed below it, and is counted', () => {
  const text = { type: 'string' };
  const message = {
    type: 'object',
    required: ['id', 'room_id', 'author_id', 'text', 'reply_count'],
    properties: {
      id: text,
      room_id: text,
      author_id: text,
      text,
      thread_root_id: { type: 'string', nullable: true },
      reply_count: { type: 'integer' },
    },
  };
  const ref = { $ref: '#/components/schemas/Message' };
  const shown = { get: { responses: { 200: json({ type: 'array', items: ref }) } } };
  const sent = json({ type: 'object', required: ['text'], properties: { text } });
  const made = { post: { requestBody: sent, responses: { 201: json(ref) } } };
  const room = { type: 'object', required: ['id'], properties: { id: text, name: text } };
  const { read } = asking({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    components: { schemas: { Message: message } },
    paths: {
      '/rooms': { get: { responses: { 200: json({ type: 'array', items: room }) } } },
      '/rooms/{id}': { parameters: [path('id')], get: { responses: { 200: json(room) } } },
      '/rooms/{room_id}/messages': { parameters: [path('room_id')], ...shown, ...made },
      '/messages/{message_id}': { parameters: [path('message_id')], get: { responses: { 200: json(ref) } } },
      '/messages/{message_id}/replies': { parameters: [path('message_id')], ...shown, ...made },
    },
  } as JsonObject);
  const [{ id: room_id }] = read('GET', '/rooms');
  const first = read('POST', `/rooms/${room_id}/messages`, { text: 'Hello' });
  const reply = read('POST', `/messages/${first.id}/replies`, { text: 'Hi' });
  expect(reply).toMatchObject({ room_id, text: 'Hi', thread_root_id: first.id, reply_count: 0 });
  expect(read('GET', `/messages/${first.id}/replies`)).toEqual([reply]);
  expect(read('GET', `/messages/${first.id}`)).toEqual({ ...first, reply_count: 1 });
});

it('makes another thing like one where the path says so, and leads on by offsets', () => {
  const text = { type: 'string' };
  const integer = { type: 'integer' };
  const file = {
    type: 'object',
    required: ['id', 'name', 'size'],
    properties: { id: { ...integer, readOnly: true }, name: text, size: { ...integer, readOnly: true }, note: text },
  };
  const page = {
    type: 'object',
    required: ['items', 'next_offset'],
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/File' } },
      next_offset: { type: 'integer', nullable: true },
    },
  };
  const offset = { name: 'offset', in: 'query', schema: integer };
  const limit = { name: 'limit', in: 'query', schema: integer };
  const shown = json({ $ref: '#/components/schemas/File' });
  const { read } = asking({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    components: { schemas: { File: file } },
    paths: {
      '/files': { get: { parameters: [offset, limit], responses: { 200: json(page) } } },
      '/files/{id}': { parameters: [path('id')], get: { responses: { 200: shown } } },
      '/files/{id}/copy': {
        parameters: [path('id')],
        post: { requestBody: json({ type: 'object', properties: { name: text } }), responses: { 201: shown } },
      },
    },
  } as JsonObject);
  const first = read('GET', '/files?limit=10');
  expect(first.next_offset).toBe(10);
  expect(read('GET', '/files?limit=10&offset=20').next_offset).toBe(null);
  const [one] = first.items;
  const copy = read('POST', `/files/${one.id}/copy`, { name: 'another' });
  expect(copy).toEqual({ ...one, id: copy.id, name: 'another' });
  expect(copy.id).not.toBe(one.id);
  expect(read('GET', `/files/${copy.id}`)).toEqual(copy);
  expect(read('GET', '/files?limit=100').items).toHaveLength(26);
});
