import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const list = (items: JsonObject) => ({ type: 'array', items });
const id = { name: 'id', in: 'path', required: true, schema: text };
const done = { 204: { description: 'Done' } };

const identifier = (type: string) => object({ type: { const: type }, id: text });
const Film = object({
  type: { const: 'films' },
  id: text,
  attributes: object({ title: text }),
  relationships: object({
    studio: object({ data: identifier('studios') }),
    actors: object({ data: list(identifier('actors')) }),
  }),
});
const Actor = object({ type: { const: 'actors' }, id: text, attributes: object({ name: text }) });
const Studio = object({ type: { const: 'studios' }, id: text, attributes: object({ city: text }) });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const included = list({ oneOf: [ref('Actor'), ref('Studio')] });
const linkage = { data: list(identifier('actors')) };

const films = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Films', version: '1' },
    components: { schemas: { Film, Actor, Studio } },
    paths: {
      '/films': {
        get: {
          parameters: [{ name: 'include', in: 'query', schema: text }],
          responses: { 200: answer(object({ data: list(ref('Film')), included }, ['data'])) },
        },
      },
      '/films/{id}': {
        parameters: [id],
        get: {
          parameters: [{ name: 'include', in: 'query', schema: text }],
          responses: { 200: answer(object({ data: ref('Film'), included }, ['data'])) },
        },
      },
      '/films/{id}/actors': {
        parameters: [id],
        get: { responses: { 200: answer(object({ data: list(ref('Actor')) })) } },
      },
      '/films/{id}/relationships/actors': {
        parameters: [id],
        get: { responses: { 200: answer(object(linkage)) } },
        post: { requestBody: json(object(linkage)), responses: done },
        patch: { requestBody: json(object(linkage)), responses: done },
        delete: { requestBody: json(object(linkage)), responses: done },
      },
      '/films/{id}/relationships/studio': {
        parameters: [id],
        get: { responses: { 200: answer(object({ data: identifier('studios') })) } },
        patch: { requestBody: json(object({ data: identifier('studios') })), responses: done },
      },
      '/actors': { get: { responses: { 200: answer(object({ data: list(ref('Actor')) })) } } },
      '/actors/{id}': { parameters: [id], get: { responses: { 200: answer(object({ data: ref('Actor') })) } } },
      '/studios': { get: { responses: { 200: answer(object({ data: list(ref('Studio')) })) } } },
      '/studios/{id}': { parameters: [id], get: { responses: { 200: answer(object({ data: ref('Studio') })) } } },
    },
  });

interface Identifier {
  readonly type: string;
  readonly id: string;
}

const idsOf = (things: readonly Identifier[]) => things.map((thing) => thing.id);

test('what a resource object links to exists, and its paths show the same', () => {
  const mock = films();
  const film = mock.read('GET', '/films').data[0];
  const { actors, studio } = film.relationships;
  expect(idsOf(mock.read('GET', '/actors').data)).toEqual(expect.arrayContaining(idsOf(actors.data)));
  expect(mock.read('GET', `/films/${film.id}/relationships/actors`).data).toEqual(actors.data);
  expect(idsOf(mock.read('GET', `/films/${film.id}/actors`).data)).toEqual(idsOf(actors.data));
  expect(mock.read('GET', `/films/${film.id}/relationships/studio`)).toEqual(studio);
});

test('included is what is asked for, and nothing where nothing is', () => {
  const mock = films();
  const film = mock.read('GET', '/films').data[0];
  const { actors, studio } = film.relationships;
  const whole = mock.read('GET', `/films/${film.id}?include=actors,studio`).included;
  expect(idsOf(whole)).toEqual([...idsOf(actors.data), studio.data.id]);
  expect(whole.at(-1)).toEqual(mock.read('GET', `/studios/${studio.data.id}`).data);
  expect(mock.read('GET', `/films/${film.id}`).included ?? []).toEqual([]);
  const all = mock.read('GET', '/films?include=studio');
  const studios = new Set(all.data.map((one: typeof film) => one.relationships.studio.data.id));
  expect(new Set(idsOf(all.included))).toEqual(studios);
});

test('a relation is added to, taken from and replaced, and the row says so', () => {
  const mock = films();
  const film = mock.read('GET', '/films').data[0];
  const before = film.relationships.actors.data as Identifier[];
  const other = mock.read('GET', '/actors').data.find((one: Identifier) => !idsOf(before).includes(one.id));
  const named = { type: 'actors', id: other.id };
  const path = `/films/${film.id}/relationships/actors`;
  const shown = () => mock.read('GET', `/films/${film.id}`).data.relationships.actors.data;
  expect(mock.ask('POST', path, { data: [named] }).status).toBe(204);
  expect(shown()).toEqual([...before, named]);
  mock.ask('POST', path, { data: [named] });
  expect(shown()).toEqual([...before, named]);
  mock.ask('DELETE', path, { data: [named] });
  expect(shown()).toEqual(before);
  mock.ask('PATCH', path, { data: [named] });
  expect(mock.read('GET', path).data).toEqual([named]);
  expect(mock.read('GET', `/films/${film.id}/actors`).data).toEqual([other]);
});

test('a relation to one thing is replaced', () => {
  const mock = films();
  const film = mock.read('GET', '/films').data[0];
  const studio = mock.read('GET', '/studios').data[7];
  const path = `/films/${film.id}/relationships/studio`;
  expect(mock.ask('PATCH', path, { data: { type: 'studios', id: studio.id } }).status).toBe(204);
  expect(mock.read('GET', path).data.id).toBe(studio.id);
  expect(mock.read('GET', `/films/${film.id}?include=studio`).included).toEqual([studio]);
});

const Label = object({ name: text, color: text });
const Issue = object({ number: { type: 'integer' }, title: text, labels: list(ref('Label')) });

test('keys of other things are added to what shows these', () => {
  const path = '/issues/{number}';
  const number = { name: 'number', in: 'path', required: true, schema: { type: 'integer' } };
  const keys = json(object({ labels: list(text) }));
  const labels = { 200: answer(list(ref('Label'))) };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Issues', version: '1' },
    components: { schemas: { Issue, Label } },
    paths: {
      '/issues': { get: { responses: { 200: answer(list(ref('Issue'))) } } },
      [path]: { parameters: [number], get: { responses: { 200: answer(ref('Issue')) } } },
      [`${path}/labels`]: {
        parameters: [number],
        get: { responses: labels },
        post: { requestBody: keys, responses: labels },
        put: { requestBody: keys, responses: labels },
      },
      '/labels': { get: { responses: labels } },
      '/labels/{name}': {
        parameters: [{ name: 'name', in: 'path', required: true, schema: text }],
        get: { responses: { 200: answer(ref('Label')) } },
      },
    },
  });
  const [issue] = mock.read('GET', '/issues');
  const all = mock.read('GET', '/labels') as { name: string }[];
  expect(all).toEqual(expect.arrayContaining(issue.labels));
  expect(mock.read('GET', `/issues/${issue.number}/labels`)).toEqual(issue.labels);
  const other = all.find(({ name }) => !issue.labels.some((one: { name: string }) => one.name === name));
  const added = mock.read('POST', `/issues/${issue.number}/labels`, { labels: [other?.name ?? ''] });
  expect(added).toEqual([...issue.labels, other]);
  expect(mock.read('GET', `/issues/${issue.number}`).labels).toEqual(added);
  expect(mock.read('PUT', `/issues/${issue.number}/labels`, { labels: [all[0]?.name ?? ''] })).toEqual([all[0]]);
});
