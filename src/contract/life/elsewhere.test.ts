import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { foundOf, violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const body = (schema: JsonObject) => ({ required: true, content: { 'application/json': { schema } } });
const answers = (status: number, schema: JsonObject) => ({
  responses: { [status]: json(schema), 404: json({}), 422: json({}) },
});
const parameter = (name: string) => ({ name, in: 'path', required: true, schema: text });

const org = object({ slug: { type: 'string', readOnly: true }, name: text }, 'name');
const lead = object({ id: { type: 'integer', readOnly: true }, name: text, project: text }, 'name', 'project');
const sent = { name: text, note: text, chiefId: { type: 'string', format: 'uuid' } };
const project = object({ id: text, ...sent, org: text }, 'id', 'name');
const settings = object({ zone: { type: 'string', enum: ['UTC', 'CET'] }, loud: { type: 'boolean' } }, 'zone', 'loud');

/** Projects are made and listed under an organisation, and stand beside it; there is one of settings. */
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/orgs': {
        get: answers(200, { type: 'array', items: org }),
        post: { requestBody: body(org), ...answers(201, org) },
      },
      '/orgs/{slug}': { parameters: [parameter('slug')], get: answers(200, org) },
      '/orgs/{slug}/projects': {
        parameters: [parameter('slug')],
        get: answers(200, object({ items: { type: 'array', items: project }, total: { type: 'integer' } }, 'items')),
        post: { requestBody: body(object(sent, 'name')), ...answers(201, project) },
      },
      '/projects/{id}': {
        parameters: [parameter('id')],
        get: answers(200, project),
        delete: { responses: { 204: { description: 'x' }, 404: json({}) } },
      },
      '/projects/{project}/leads': {
        parameters: [parameter('project')],
        get: answers(200, { type: 'array', items: lead }),
      },
      '/leads': {
        get: answers(200, { type: 'array', items: lead }),
        post: { requestBody: body(lead), ...answers(201, lead) },
      },
      '/leads/{id}': {
        parameters: [{ ...parameter('id'), schema: { type: 'integer' } }],
        get: answers(200, lead),
      },
      '/settings': { get: answers(200, settings), put: { requestBody: body(settings), ...answers(200, settings) } },
    },
  }),
);

const answer = (status: number, value: Json, ...headers: [string, string][]): Received => {
  const bytes = new TextEncoder().encode(status === 204 ? '' : JSON.stringify(value));
  const type: [string, string][] = status === 204 ? [] : [['Content-Type', 'application/json']];
  return { status, headers: [...type, ...headers], raw: bytes, body: bytes, problems: [], duration: 1 };
};
const missing = answer(404, {});
const shown = (row: JsonObject | undefined) => (row === undefined ? missing : answer(200, row));
const kinds = ['orgs', 'projects', 'leads'] as const;

/** What is right but for one defect. */
class Server {
  readonly #defect: string;
  readonly #rows = new Map(kinds.map((kind) => [kind as string, new Map<string, JsonObject>()]));
  #settings: JsonObject = { zone: 'UTC', loud: false };

  constructor(defect: string) {
    this.#defect = defect;
  }

  readonly send = async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const [, first, key = '', below] = (target.split('?', 1)[0] ?? '').split('/');
    const row = bytes === null ? {} : (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
    if (first === 'settings') return this.#toSettings(method, row);
    if (first === 'leads') return this.#toThings('leads', method, key, row);
    if (first === 'projects') return this.#toProject(method, key, below);
    if (below === undefined) return this.#toThings('orgs', method, key, row);
    return this.#of('orgs').has(key) ? this.#toProjects(method, key, row) : missing;
  };

  #of(kind: (typeof kinds)[number]): Map<string, JsonObject> {
    return this.#rows.get(kind) ?? new Map();
  }

  #toSettings(method: string, row: JsonObject): Received {
    if (method === 'PUT' && this.#defect !== 'settings') this.#settings = row;
    return answer(200, method === 'PUT' ? row : this.#settings);
  }

  #toThings(kind: 'orgs' | 'leads', method: string, key: string, row: JsonObject): Received {
    const rows = this.#of(kind);
    if (method === 'GET') return key === '' ? answer(200, [...rows.values()]) : shown(rows.get(key));
    const own = kind === 'orgs' ? `o${rows.size}` : rows.size + 1;
    const made = { ...row, [kind === 'orgs' ? 'slug' : 'id']: own };
    rows.set(String(own), made);
    return answer(201, made);
  }

  #toProject(method: string, key: string, below: string | undefined): Received {
    const projects = this.#of('projects');
    const isOf = (row: JsonObject) => this.#defect === 'membership' || row.project === key;
    if (below === 'leads') return answer(200, [...this.#of('leads').values()].filter(isOf));
    const row = projects.get(key);
    if (row === undefined || row.isGone) return missing;
    if (method === 'GET') return answer(200, row);
    if (this.#defect === 'deleted') projects.set(key, { ...row, isGone: true });
    else projects.delete(key);
    return answer(204, null);
  }

  #toProjects(method: string, org: string, row: JsonObject): Received {
    const projects = this.#of('projects');
    const items = [...projects.values()].filter((each) => each.org === org);
    if (method === 'GET') return answer(200, { items, total: items.length + (this.#defect === 'total' ? 1 : 0) });
    if (row.chiefId !== undefined) return answer(422, { message: 'chiefId is nobody' });
    const made: JsonObject = { ...row, id: `p${projects.size}`, org };
    if (this.#defect === 'note') delete made.note;
    projects.set(String(made.id), made);
    return answer(201, made, ['Location', `/api/v1/projects/${String(made.id)}`]);
  }
}

it.each([
  ['right', []],
  ['total', ['total-right']],
  ['note', ['values-kept']],
  ['deleted', ['listed']],
  ['settings', ['change-kept']],
  ['membership', ['under-parent-only']],
])('what stands elsewhere than it is made, and what there is one of, is followed: %s', async (defect, checks) => {
  const broken = await violatedBy(new Server(defect).send, { operations, allowWrites: true });
  expect([...new Set(broken)]).toEqual(checks);
});

it('takes no other thing under another parent for the one that was made, since both are of one kind', async () => {
  const shelf = object({ id: { type: 'integer', readOnly: true }, name: text }, 'id', 'name');
  const own = { id: { type: 'integer', readOnly: true }, type: text, state: { type: 'string', enum: ['new', 'old'] } };
  const book = object(own, 'id', 'type');
  const shelves = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/shelves': {
          get: answers(200, { type: 'array', items: shelf }),
          post: { requestBody: body(shelf), ...answers(201, shelf) },
        },
        '/shelves/{id}': { parameters: [parameter('id')], get: answers(200, shelf) },
        '/shelves/{shelfId}/books': { parameters: [parameter('shelfId')], post: answers(201, book) },
        '/shelves/{shelfId}/books/{id}': {
          parameters: [parameter('shelfId'), parameter('id')],
          get: answers(200, book),
        },
      },
    }),
  );
  let made = 0;
  // There is a book for every number, on each shelf.
  const send = async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    const [, , key, books, id] = (target.split('?', 1)[0] ?? '').split('/');
    const sent = bytes === null ? {} : (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject);
    if (method === 'POST') made += 1;
    const status = method === 'POST' ? 201 : 200;
    if (books !== undefined) return answer(status, { id: Number(id ?? made), type: 'book', state: 'new' });
    if (key === undefined) return answer(status, method === 'POST' ? { ...sent, id: made } : []);
    return answer(200, { id: Number(key), name: 'x' });
  };
  const findings = await foundOf(send, { operations: shelves, allowWrites: true });
  expect(findings.map(({ check }) => check)).not.toContain('under-parent-only');
});

it('follows no address of a thing that leads to no thing of its kind: a picture of it answers by other rules', async () => {
  const photo = object(
    { id: { type: 'integer', readOnly: true }, name: text, url: { ...text, readOnly: true } },
    'id',
    'name',
  );
  const photos = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/photos': {
          get: answers(200, { type: 'array', items: photo }),
          post: { requestBody: body(photo), ...answers(201, photo) },
        },
        '/photos/{id}': { parameters: [{ ...parameter('id'), schema: { type: 'integer' } }], get: answers(200, photo) },
      },
    }),
  );
  const rows: JsonObject[] = [];
  const asked: string[] = [];
  const send = async ({ method, target, body: bytes }: HttpRequest): Promise<Received> => {
    asked.push(target);
    if (!target.startsWith('/photos')) return { ...missing, headers: [['Content-Type', 'text/html']] };
    const [, , key] = (target.split('?', 1)[0] ?? '').split('/');
    if (method === 'GET')
      return key === undefined ? answer(200, rows) : shown(rows.find(({ id }) => String(id) === key));
    const id = rows.length + 1;
    const made = {
      ...JSON.parse(new TextDecoder().decode(bytes ?? undefined)),
      id,
      url: `https://files.example.com/${id}.png`,
    };
    rows.push(made);
    return answer(201, made);
  };
  expect(await violatedBy(send, { operations: photos, allowWrites: true })).toEqual([]);
  expect(asked.filter((target) => target.includes('.png'))).toEqual([]);
});
