import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { foundOf, violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const number = { type: 'integer' };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const taking = (schema: JsonObject) => ({
  requestBody: { required: true, content: { 'application/json': { schema } } },
});
const answers = (status: number, schema: JsonObject) => ({
  responses: { [status]: json(schema), 404: json({}), 409: json({}) },
});
const at = (name: string) => ({ name, in: 'path', required: true, schema: text });
const asked = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const links = object({ self: object({ href: text }) });
const thing = object(
  { id: { ...text, readOnly: true }, name: text, colour: text, _links: { ...links, readOnly: true } },
  'id',
  'name',
);
const part = object({ id: { ...text, readOnly: true }, label: text }, 'id', 'label');
const settings = object({ zone: text }, 'zone');
const removed = { responses: { 204: { description: 'x' }, 404: json({}) } };

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/things': {
        get: {
          parameters: [
            asked('page', { ...number, minimum: 1 }),
            asked('size', { ...number, minimum: 1 }),
            asked('colour', text),
          ],
          ...answers(200, object({ items: { type: 'array', items: thing }, page: number, total: number }, 'items')),
        },
        post: {
          ...taking(object({ name: text, colour: { ...text, default: 'red' } }, 'name')),
          ...answers(201, thing),
        },
      },
      '/things/{id}': { parameters: [at('id')], get: answers(200, thing), delete: removed },
      '/things/{id}/restore': { parameters: [at('id')], post: answers(200, thing) },
      '/things/{id}/settings': {
        parameters: [at('id')],
        get: answers(200, settings),
        put: { ...taking(settings), ...answers(200, settings) },
      },
      '/things/{id}/parts': {
        parameters: [at('id')],
        get: answers(200, { type: 'array', items: part }),
        post: { ...taking(object({ label: text }, 'label')), ...answers(201, part) },
      },
      '/things/{id}/parts/{part}': { parameters: [at('id'), at('part')], get: answers(200, part), delete: removed },
    },
  }),
);

const answer = (status: number, value: Json): Received => {
  const bytes = new TextEncoder().encode(status === 204 ? '' : JSON.stringify(value));
  const headers: [string, string][] = status === 204 ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
};

interface Thing {
  readonly row: JsonObject;
  isGone: boolean;
  settings: JsonObject;
  parts: JsonObject[];
}

/** What is right but for one defect. */
function server(defect: string) {
  const things = new Map<string, Thing>();
  let count = 0;
  const add = (row: JsonObject) => {
    const id = `t${things.size}`;
    const self = defect === 'self' ? 't0' : id;
    const made = { colour: 'red', ...row, id, _links: { self: { href: `/things/${self}` } } };
    things.set(id, { row: made, isGone: false, settings: { zone: 'UTC' }, parts: [] });
    return answer(201, made);
  };
  for (const [name, colour] of [
    ['a', 'red'],
    ['b', 'blue'],
    ['c', 'red'],
    ['d', 'green'],
  ] as const)
    add({ name, colour });
  function list(query: URLSearchParams): Received {
    const [page, size, colour] = [Number(query.get('page') ?? 1), Number(query.get('size') ?? 50), query.get('colour')];
    const all = [...things.values()].filter(({ isGone }) => !isGone).map(({ row }) => row);
    const matching = all.filter((row) => colour === null || row.colour === colour);
    const isFree = (defect === 'further' && page > 1) || (defect === 'nobody' && matching.length === 0);
    const rows = isFree ? all : matching;
    const items = rows.slice((page - 1) * size, page * size);
    return answer(200, { items, page: defect === 'page' ? 1 : page, total: matching.length });
  }
  function toParts(owner: Thing, method: string, key: string | undefined, row: JsonObject): Received {
    if (method === 'POST') {
      const made = { ...row, id: `p${count++}` };
      owner.parts.push(made);
      return answer(201, made);
    }
    if (key === undefined) return answer(200, defect === 'newest' ? owner.parts.slice(-1) : owner.parts);
    const found = owner.parts.find(({ id }) => id === key);
    if (found === undefined) return answer(404, {});
    if (method === 'GET') return answer(200, found);
    owner.parts.splice(owner.parts.indexOf(found), 1);
    if (defect === 'parent') owner.isGone = true;
    return answer(204, null);
  }
  function toThing(owner: Thing, method: string): Received {
    if (method === 'GET') return answer(200, owner.row);
    owner.isGone = true;
    if (defect === 'others') for (const each of things.values()) each.parts = [];
    return answer(204, null);
  }
  function toSettings(owner: Thing, method: string, row: JsonObject): Received {
    const changed = defect === 'settings' ? [...things.values()] : [owner];
    if (method === 'PUT') for (const each of changed) each.settings = row;
    return answer(200, owner.settings);
  }
  function restored(owner: Thing): Received {
    if (!owner.isGone) return answer(409, {});
    owner.isGone = defect === 'restore';
    if (defect === 'restored name') owner.row.name = 'another';
    return answer(200, owner.row);
  }
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    const [, , id, below, key] = pathname.split('/');
    const row = body === null || body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(body)) as JsonObject);
    if (id === undefined) return method === 'POST' ? add(row) : list(searchParams);
    const owner = things.get(id);
    if (owner !== undefined && below === 'restore') return restored(owner);
    if (owner === undefined || owner.isGone) return answer(404, {});
    if (below === undefined) return toThing(owner, method);
    if (below === 'parts') return toParts(owner, method, key, row);
    return toSettings(owner, method, row);
  };
}

it.each([
  ['nothing', null],
  ['self', 'location-leads'],
  ['page', 'total-right'],
  ['newest', 'listed'],
  ['further', 'filter-holds'],
  ['nobody', 'filter-holds'],
  ['parent', 'others-kept'],
  ['others', 'others-kept'],
  ['settings', 'others-kept'],
  ['restore', 'change-kept'],
  ['restored name', 'change-kept'],
])('what stands apart from a thing is as it was, and where it says that it is: %s', async (defect, check) => {
  const broken = await violatedBy(server(defect), { operations, aspects: ['accepted', 'life'], allowWrites: true });
  if (check === null) expect(broken).toEqual([]);
  else expect(broken).toContain(check);
});

it('does not ask for what a restore has not brought back', async () => {
  const broken = await violatedBy(server('restore'), {
    operations,
    aspects: ['accepted', 'repetition', 'life'],
    allowWrites: true,
  });
  expect(broken).toEqual(['change-kept']);
});

it('does not say of a list that it was always empty where a sequence has filled it', async () => {
  const findings = await foundOf(server('nothing'), { operations, aspects: ['accepted', 'life'], allowWrites: true });
  expect(findings.map(({ message }) => message).filter((message) => message.includes('always empty'))).toEqual([]);
});
