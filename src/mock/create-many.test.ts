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
const Seed = object({ name: text, depth: { type: 'integer' } }, ['name']);
const Plant = object({ id: { type: 'integer' }, name: text, depth: { type: 'integer' } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (name: string) => ({ type: 'array', items: ref(name) });
const post = (sent: JsonObject, shown: JsonObject | null) => ({
  post: {
    requestBody: { required: true, ...json(sent) },
    responses: shown === null ? { 204: { description: 'Done' } } : { 201: answer(shown) },
  },
});

const plants = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Plants', version: '1' },
    components: { schemas: { Seed, Plant } },
    paths: {
      '/plants': { get: { responses: { 200: answer(list('Plant')) } }, ...post(list('Seed'), list('Plant')) },
      '/plants/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(ref('Plant')) } },
      },
      '/plants/bulk': post(
        object({ items: list('Seed') }),
        object({ items: list('Plant'), total: { type: 'integer' } }),
      ),
      '/plants:batchCreate': post(object({ requests: { type: 'array', items: object({ name: text }) } }), null),
    },
  });

interface Row {
  readonly id: number;
  readonly name: string;
}

test('an array that is posted makes a row of each of its items', () => {
  const mock = plants();
  const before = mock.read('GET', '/plants');
  const made = mock.read('POST', '/plants', [{ name: 'Oak', depth: 3 }, { name: 'Elm' }] as never) as Row[];
  expect(made.map(({ name }) => name)).toEqual(['Oak', 'Elm']);
  expect(new Set(made.map(({ id }) => id)).size).toBe(2);
  expect(mock.read('GET', '/plants')).toEqual([...made.toReversed(), ...before]);
  for (const row of made) expect(mock.read('GET', `/plants/${row.id}`)).toEqual(row);
});

test.each([
  ['/plants/bulk', { items: [{ name: 'Oak' }, { name: 'Elm' }] }],
  ['/plants:batchCreate', { requests: [{ name: 'Oak' }, { name: 'Elm' }] }],
])('so does the one list of what is posted to %s', (path, body) => {
  const mock = plants();
  const answered = mock.read('POST', path, body);
  const all = mock.read('GET', '/plants') as Row[];
  expect(all.slice(0, 2).map(({ name }) => name)).toEqual(['Elm', 'Oak']);
  expect(all).toHaveLength(27);
  if (answered !== null) expect(answered.items).toEqual(all.slice(0, 2).toReversed());
});

test('what several are sent in may have other lists beside them, as answers of the same schema do', () => {
  const Plants = object({ plants: list('Plant'), warnings: { type: 'array', items: object({ note: text }) } }, []);
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Plants', version: '1' },
    components: { schemas: { Plant: { ...Plant, required: [] } } },
    paths: { '/plants': { get: { responses: { 200: answer(Plants) } }, ...post(Plants, Plants) } },
  });
  const [made, ...others] = read('POST', '/plants', { plants: [{ name: 'Rose', depth: 3 }] }).plants;
  expect(others).toEqual([]);
  expect(made).toMatchObject({ name: 'Rose', depth: 3 });
  expect(read('GET', '/plants').plants).toContainEqual(made);
});
