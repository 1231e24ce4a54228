import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { createCredentials } from '../credentials/credentials.js';
import type { Received } from '../types.js';
import { foundOf } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const integer = { type: 'integer' };
const state = { type: 'string', enum: ['todo', 'doing', 'done'] };
const nullable = { type: ['string', 'null'] };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const list = (of: JsonObject) => ({ type: 'array', items: of });
const as = (schema: JsonObject, mediaType = 'application/json') => ({ content: { [mediaType]: { schema } } });
const takes = (schema: JsonObject, mediaType?: string) => ({
  requestBody: { required: true, ...as(schema, mediaType) },
});
const refusals = Object.fromEntries(
  [400, 401, 404, 409, 422].map((status) => [status, { description: 'x', ...as({}) }]),
);
const answers = (status: number, schema: JsonObject, headers: JsonObject = {}) => ({
  responses: { [status]: { description: 'x', headers, ...as(schema) }, ...refusals },
});
const nothing = { responses: { 204: { description: 'x' }, ...refusals } };
const asked = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const id = { name: 'id', in: 'path', required: true, schema: integer };

const project = object({ id: integer, name: text, tasks_count: integer }, 'id', 'name', 'tasks_count');
const step = object({ text, checked: { type: 'boolean', default: false } }, 'text');
const sent = {
  title: text,
  project: { ...integer, description: 'The id of a project' },
  note: nullable,
  steps: { type: 'array', minItems: 1, items: step },
  labels: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
};
const task = object(
  {
    ...sent,
    labels: { type: 'object', additionalProperties: text },
    steps: list(object({ ...(step.properties as JsonObject) }, 'text', 'checked')),
    id: integer,
    url: { type: 'string', format: 'uri' },
    board: { type: 'string', format: 'uri' },
    price: { type: 'number' },
    state,
  },
  ...['id', 'url', 'title', 'project', 'note', 'state', 'price', 'board'],
);
const label = { name: text };
const job = object({ id: integer, status: text }, 'id', 'status');

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    security: [{ key: [] }],
    paths: {
      '/projects': {
        get: answers(200, list(project)),
        post: { ...takes(object({ name: text }, 'name')), ...answers(201, project) },
      },
      '/projects/{id}': { parameters: [id], get: answers(200, project) },
      '/api/tasks': {
        get: {
          parameters: [
            asked('limit', { type: 'integer', minimum: 1, maximum: 100, default: 10 }),
            asked('offset', { type: 'integer', minimum: 0, default: 0 }),
            asked('note__isnull', { type: 'boolean' }),
            asked('board', integer),
            asked('sort', { type: 'string', enum: ['price', '-price'] }),
          ],
          ...answers(200, list(task)),
        },
        post: { ...takes(object(sent, 'title', 'project')), ...answers(201, task) },
      },
      '/api/tasks/{id}': {
        parameters: [id],
        get: answers(200, task),
        patch: { ...takes(object(sent), 'application/merge-patch+json'), ...answers(200, task) },
        delete: nothing,
      },
      '/api/tasks/{id}/move': {
        post: { parameters: [id], ...takes(object({ state }, 'state')), ...answers(200, task) },
      },
      '/labels': {
        get: answers(200, list(object({ id: integer, ...label }, 'id', 'name'))),
        post: { ...takes(object(label, 'name')), ...answers(201, object({ id: integer, ...label }, 'id', 'name')) },
      },
      '/labels/{id}': { parameters: [id], get: answers(200, object({ id: integer, ...label }, 'id', 'name')) },
      '/labels/import': {
        post: {
          ...takes(object({ labels: { type: 'array', minItems: 1, items: object(label, 'name') } }, 'labels')),
          ...answers(201, object({ created: integer }, 'created')),
        },
      },
      '/jobs': {
        get: answers(200, list(job)),
        post: { ...takes(object({ format: text }, 'format')), ...answers(202, job, { Location: { schema: text } }) },
      },
      '/jobs/{id}': { parameters: [id], get: answers(200, job) },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
  }),
);

/** Each with the check that notices it alone. */
const defects = {
  'a count of what stands elsewhere stays': 'total-right',
  'a count of what stands elsewhere does not fall': 'total-right',
  'what is null is shown where it is not asked for': 'filter-holds',
  'a filter by the key of what is shown by its address is ignored': 'filter-holds',
  'numbers are sorted as texts': 'sorted',
  'to move a task answers and stores nothing': 'change-kept',
  'steps are stored unchecked': 'values-kept',
  'labels are not stored': 'values-kept',
  'labels are replaced by a merge patch': 'others-kept',
  'null inside of a merge patch is overlooked': 'change-kept',
  'an import stores nothing': 'create-stored',
  'an import loses its last': 'create-stored',
  'what is accepted is lost': 'location-leads',
  'tasks have addresses that lead nowhere': 'location-leads',
  'a second user is shown all tasks': 'owner-only',
} as const;
type Defect = keyof typeof defects;

function server(defect: Defect | null) {
  const is = (one: Defect) => one === defect;
  const all = { projects: new Map<number, JsonObject>(), tasks: new Map<number, JsonObject>() };
  const more = { labels: new Map<number, JsonObject>(), jobs: new Map<number, JsonObject>() };
  const ever = new Map<number, JsonObject>();
  let next = 1;
  const addProject = (row: JsonObject) => {
    const made = { id: next++, name: row.name ?? '' };
    all.projects.set(made.id, made);
    return made;
  };
  const addTask = (row: JsonObject) => {
    const key = next++;
    const steps = Array.isArray(row.steps) ? row.steps.filter(isObject) : [];
    const made: JsonObject = {
      ...{ note: null, ...row, id: key, state: 'todo', price: [9, 10, 8.5, 101][key % 4] ?? 0 },
      url: `http://t/api/${is('tasks have addresses that lead nowhere') ? 'task' : 'tasks'}/${key}`,
      board: `http://t/boards/${key % 3}/`,
      steps: steps.map((one) => ({
        ...one,
        checked: is('steps are stored unchecked') ? false : (one.checked ?? false),
      })),
    };
    if (is('labels are not stored')) delete made.labels;
    all.tasks.set(key, made);
    ever.set(key, made);
    return made;
  };
  const addLabel = (row: JsonObject) => {
    const made = { id: next++, name: row.name ?? '' };
    more.labels.set(made.id, made);
    return made;
  };
  const [first, second] = [addProject({ name: 'Kiln' }), addProject({ name: 'Loom' })];
  for (let index = 0; index < 12; index++) {
    const project = index % 2 === 0 ? first.id : second.id;
    addTask({ title: `Task ${index}`, project, note: index % 3 === 0 ? null : `n${index}` });
  }
  const counted = (row: JsonObject): JsonObject => {
    const rows = is('a count of what stands elsewhere does not fall') ? ever : all.tasks;
    const named = [...rows.values()].filter((each) => each.project === row.id).length;
    return { ...row, tasks_count: is('a count of what stands elsewhere stays') ? 1 : named };
  };
  const merged = (row: JsonObject, change: JsonObject): JsonObject => {
    const other = { ...row };
    for (const [name, value] of Object.entries(change)) {
      const old = other[name];
      if (value === null && name === 'note') other.note = null;
      else if (value === null && is('null inside of a merge patch is overlooked')) other[name] = old ?? '';
      else if (value === null) delete other[name];
      else if (isObject(value) && !is('labels are replaced by a merge patch'))
        other[name] = merged(isObject(old) ? old : {}, value);
      else other[name] = value;
    }
    return other;
  };

  function toItem(method: string, rows: Map<number, JsonObject>, row: JsonObject, body: JsonObject | null): Received {
    const key = Number(row.id);
    if (method === 'PATCH') rows.set(key, merged(row, body ?? {}));
    if (method === 'DELETE') rows.delete(key);
    const now = rows.get(key) ?? null;
    return now === null ? reply(204, null) : reply(200, rows === all.projects ? counted(now) : now);
  }

  const done: Readonly<Record<string, (body: JsonObject, key: number) => Received>> = {
    '/api/tasks/7/move': (body, key) => {
      const now = { ...all.tasks.get(key), state: body.state ?? 'todo' };
      if (!is('to move a task answers and stores nothing')) all.tasks.set(key, now);
      return reply(200, now);
    },
    '/labels/import': (body) => {
      const rows = (Array.isArray(body.labels) ? body.labels : []).filter(isObject);
      const kept = is('an import loses its last') ? rows.slice(0, -1) : rows;
      for (const row of is('an import stores nothing') ? [] : kept) addLabel(row);
      return reply(201, { created: rows.length });
    },
    '/jobs': () => {
      const made = { id: next++, status: 'queued' };
      if (!is('what is accepted is lost')) more.jobs.set(made.id, made);
      return reply(202, made, [['Location', `/jobs/${made.id}`]]);
    },
    '/projects': (body) => reply(201, counted(addProject(body))),
    '/api/tasks': (body) => reply(201, addTask(body)),
    '/labels': (body) => reply(201, addLabel(body)),
  };

  return async ({ method, target, body: bytes, headers }: HttpRequest): Promise<Received> => {
    const { pathname, searchParams } = new URL(target, 'http://t');
    const body = bytes && (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
    const key = Number(/\d+/.exec(pathname)?.[0]);
    if (method === 'POST' && body) return done[pathname.replace(/\d+/, '7')]?.(body, key) ?? reply(404, {});
    const path = pathname.replace(/\/\d+$/, '');
    const rows = { '/projects': all.projects, '/api/tasks': all.tasks, '/labels': more.labels, '/jobs': more.jobs }[
      path
    ];
    const shown = path === '/projects' ? counted : (row: JsonObject) => row;
    const isSecond = headers['x-key'] === 'second';
    const isHidden =
      isSecond && !(is('a second user is shown all tasks') && path === '/api/tasks' && path === pathname);
    if (rows && path === pathname && method === 'GET') {
      const listed = path === '/api/tasks' ? tasksFor(searchParams) : [...rows.values()].map(shown);
      return reply(200, isHidden ? [] : listed);
    }
    const row = isHidden ? undefined : rows?.get(key);
    return rows && row ? toItem(method, rows, row, body) : reply(404, {});
  };

  function tasksFor(query: URLSearchParams): JsonObject[] {
    let rows = [...all.tasks.values()];
    const [isNull, board, sort] = ['note__isnull', 'board', 'sort'].map((name) => query.get(name));
    if (isNull && !is('what is null is shown where it is not asked for'))
      rows = rows.filter((row) => String(row.note === null) === isNull);
    if (board && !is('a filter by the key of what is shown by its address is ignored'))
      rows = rows.filter((row) => row.board === `http://t/boards/${board}/`);
    const compare = (a: Json, b: Json) =>
      is('numbers are sorted as texts') ? (String(a) < String(b) ? -1 : 1) : Number(a) - Number(b);
    if (sort) rows.sort((a, b) => compare(a.price ?? 0, b.price ?? 0) * (sort === 'price' ? 1 : -1));
    const offset = Number(query.get('offset') ?? 0);
    return rows.slice(offset, offset + Number(query.get('limit') ?? 10));
  }
}

function reply(status: number, value: Json, headers: [string, string][] = []): Received {
  const raw = new TextEncoder().encode(value === null ? '' : JSON.stringify(value));
  const all: [string, string][] = value === null ? headers : [['Content-Type', 'application/json'], ...headers];
  return { status, headers: all, raw, body: raw, problems: [], duration: 1 };
}

const options = {
  operations,
  allowWrites: true,
  credentials: createCredentials({ auth: { key: 'first' } }, ['key']),
  secondUser: createCredentials({ auth: { key: 'second' } }, ['key']),
};

const found = async (defect: Defect | null) =>
  (await foundOf(server(defect), options)).filter(({ severity }) => severity === 'violation');

it('accuses no server that shows addresses for keys, counts what stands elsewhere, imports and accepts what takes its time', async () => {
  expect((await found(null)).map(({ message, operationId }) => `${operationId}: ${message}`)).toEqual([]);
});

it.each(Object.entries(defects))('%s, which %s notices', async (defect, check) => {
  expect(new Set((await found(defect as Defect)).map((finding) => finding.check))).toEqual(new Set([check]));
});

it('does not take a second user whom the target does not know for one who sees nothing', async () => {
  const secondUser = createCredentials({ auth: { key: 'of nobody' } }, ['key']);
  const known = server(null);
  const send: typeof known = async (request) =>
    request.headers['x-key'] === 'of nobody' ? reply(401, {}) : known(request);
  const findings = await foundOf(send, { ...options, secondUser });
  const said = findings.filter(({ check }) => check === 'owner-only');
  expect(new Set(said.map(({ severity, message }) => `${severity}: ${message.split(':')[0]}`))).toEqual(
    new Set([
      'warning: The credential of the second user (--auth2) is refused, so that nothing is known of what others may do',
    ]),
  );
});
