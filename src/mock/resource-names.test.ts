import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const thing = {
  type: 'object',
  properties: {
    name: { ...text, description: 'The resource name: `projects/{project}/things/{thing}`.' },
    uid: { ...text, format: 'uuid', readOnly: true },
    title: text,
    state: { ...text, enum: ['ACTIVE', 'ARCHIVED'] },
  },
};
const things = { type: 'object', properties: { things: { type: 'array', items: thing }, nextPageToken: text } };
const content = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (schema: JsonObject) => ({ responses: { 200: { description: 'd', ...content(schema) } } });
const query = (name: string, type = 'string') => ({ name, in: 'query', schema: { type } });
const inPath = (name: string, pattern?: string) => ({
  ...{ name, in: 'path', required: true },
  schema: { ...text, ...(pattern !== undefined && { pattern }) },
});

/** One API, with its paths written in one way or another. */
function mockAt(item: string, ofItem: JsonObject[], collection: string, ofCollection: JsonObject[]) {
  return asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      [item]: {
        parameters: ofItem,
        get: answers(thing),
        patch: { parameters: [query('updateMask')], requestBody: content(thing), ...answers(thing) },
        delete: answers({ type: 'object' }),
      },
      [`${item}:archive`]: { parameters: ofItem, post: answers(thing) },
      [collection]: {
        parameters: ofCollection,
        get: { parameters: [query('pageSize', 'integer'), query('pageToken')], ...answers(things) },
        post: { parameters: [query('thingId')], requestBody: content(thing), ...answers(thing) },
      },
    },
  });
}

const written = {
  'as segments': () =>
    mockAt(
      '/v1/projects/{project}/things/{thing}',
      [inPath('project'), inPath('thing')],
      '/v1/projects/{project}/things',
      [inPath('project')],
    ),
  'as names of several segments': () =>
    mockAt('/v1/{name}', [inPath('name', 'projects/[^/]+/things/[^/]+')], '/v1/{parent}/things', [
      inPath('parent', 'projects/[^/]+'),
    ]),
};

describe.each(Object.entries(written))('resource names (AIP-122) in paths that are written %s', (_, mock) => {
  it('name in each row the path of its item', () => {
    const { read } = mock();
    const listed = read('GET', '/v1/projects/p/things?pageSize=2') as { things: { name: string }[] };
    const names = listed.things.map(({ name }) => name);
    expect(names).toEqual(['projects/p/things/thing-1', 'projects/p/things/thing-2']);
    for (const row of listed.things) expect(read('GET', `/v1/${row.name}`)).toEqual(row);
    expect(read('GET', '/v1/projects/p/things/any')).toMatchObject({ name: 'projects/p/things/any' });
  });

  it('are made of the id that a client chooses, and lead to what was made until it is deleted', () => {
    const { ask, read } = mock();
    const made = read('POST', '/v1/projects/p/things?thingId=mine', { title: 'Mine', state: 'ACTIVE' });
    expect(made).toMatchObject({ name: 'projects/p/things/mine', title: 'Mine' });
    expect(read('GET', '/v1/projects/p/things/mine')).toEqual(made);
    const changes = { title: 'New', state: 'ARCHIVED' };
    expect(read('PATCH', '/v1/projects/p/things/mine?updateMask=title', changes)).toMatchObject({
      title: 'New',
      state: 'ACTIVE',
    });
    expect(read('POST', '/v1/projects/p/things/mine:archive')).toMatchObject({ title: 'New', state: 'ARCHIVED' });
    ask('DELETE', '/v1/projects/p/things/mine');
    expect(ask('GET', '/v1/projects/p/things/mine').status).toBe(404);
    expect(JSON.stringify(read('GET', '/v1/projects/p/things'))).not.toContain('things/mine');
  });

  it('are those of what was sent with a name', () => {
    const { read } = mock();
    const made = read('POST', '/v1/projects/p/things', { name: 'projects/p/things/own', title: 'Own' });
    expect(made).toMatchObject({ name: 'projects/p/things/own', title: 'Own' });
    expect(read('GET', '/v1/projects/p/things/own')).toEqual(made);
  });
});
