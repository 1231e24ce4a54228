import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1 };
const note = (isReadOnly: boolean) => ({
  type: 'object',
  required: ['title'],
  properties: { number: { type: 'integer', ...(isReadOnly && { readOnly: true }) }, title: text },
});
const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const answers = (status: number, schema: Json) => ({ responses: { [status]: { description: 'd', ...json(schema) } } });
const takes = (schema: Json) => ({ requestBody: { required: true, ...json(schema) } });
const number = { name: 'number', in: 'path', required: true, schema: { type: 'integer' } };

/** Notes that are listed with how many there are. */
function counted(isReadOnly: boolean): JsonObject {
  const one = note(isReadOnly);
  const list = { type: 'object', properties: { items: { type: 'array', items: one }, total: { type: 'integer' } } };
  return {
    '/notes': { get: answers(200, list), post: { ...takes(one), ...answers(201, one) } },
    '/notes/{number}': { get: { parameters: [number], ...answers(200, one) } },
  };
}

async function checksBroken(paths: Json, send: (request: HttpRequest) => Promise<Received>): Promise<string[]> {
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths } as JsonObject;
  const operations = createOperations(documentFromObject(document));
  const options = { aspects: ['life' as const], allowWrites: true, concurrency: 1, clock: virtualClock() };
  const { findings } = await run({ operations, target: 'http://t', ...options, send });
  return [...new Set(findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check))];
}

function reply(status: number, value: Json): Received {
  const bytes = new TextEncoder().encode(value === null ? '' : JSON.stringify(value));
  const headers: [string, string][] = value === null ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

/** Notes by number; PUT on the collection changes the one whose number stands in the body, or else nothing. */
function notes() {
  const rows = new Map<number, JsonObject>();
  return async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const sent = body === null ? {} : (JSON.parse(new TextDecoder().decode(body)) as JsonObject);
    const own = Number(/\d+$/.exec(target)?.[0]);
    if (method === 'GET') return reply(rows.has(own) ? 200 : 404, rows.get(own) ?? { message: 'none' });
    const key = method === 'POST' ? rows.size + 1 : Number(sent.number);
    if (method === 'POST' || rows.has(key)) rows.set(key, { ...sent, number: key });
    return method === 'POST' ? reply(201, { ...sent, number: key }) : reply(204, null);
  };
}

it.each([false, true])('holds nobody to a change that does not say of what: key is readOnly %j', async (isReadOnly) => {
  const paths = {
    '/notes': {
      post: { ...takes(note(isReadOnly)), ...answers(201, note(isReadOnly)) },
      put: { ...takes(note(isReadOnly)), responses: { 204: { description: 'd' } } },
    },
    '/notes/{number}': { get: { parameters: [number], ...answers(200, note(isReadOnly)) } },
  };
  expect(await checksBroken(paths, notes())).toEqual([]);
});

it('takes the number of a task for no key of what the task makes', async () => {
  const task = { type: 'object', properties: { id: { type: 'integer' }, state: text } };
  const report = { type: 'object', properties: { id: text, title: text, pages: { type: 'integer' } } };
  const id = { name: 'reportId', in: 'path', required: true, schema: text };
  const paths = {
    '/reports': { post: { ...takes({ type: 'object', properties: { title: text } }), ...answers(202, task) } },
    '/reports/{reportId}': { get: { parameters: [id], ...answers(200, report) } },
  };
  const send = async ({ method }: HttpRequest) =>
    method === 'POST' ? reply(202, { id: 7, state: 'pending' }) : reply(404, { message: 'none' });
  expect(await checksBroken(paths, send)).not.toContain('keys-differ');
});

it('accuses nobody whose client says the key by another name, and so replaces what has it', async () => {
  const named = { type: 'object', required: ['name'], properties: { name: text, message: text } };
  const sent = { type: 'object', required: ['tag_name', 'message'], properties: { tag_name: text, message: text } };
  const name = { name: 'tag_name', in: 'path', required: true, schema: text };
  const paths = {
    '/tags': { post: { ...takes(sent), ...answers(201, named) } },
    '/tags/{tag_name}': { get: { parameters: [name], ...answers(200, named) } },
  };
  const tags = new Map<string, JsonObject>();
  const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const known = tags.get(decodeURIComponent(target.slice('/tags/'.length)));
    if (method === 'GET') return reply(known ? 200 : 404, known ?? { message: 'none' });
    const { tag_name, message } = JSON.parse(new TextDecoder().decode(body as Uint8Array)) as JsonObject;
    tags.set(String(tag_name), { name: tag_name, message } as JsonObject);
    return reply(201, { name: tag_name, message } as JsonObject);
  };
  expect(await checksBroken(paths, send)).not.toContain('keys-differ');
});

it.each([
  [true, []],
  [false, ['total-right']],
])('does not count where what was there is gone meanwhile: %j', async (isArchived, broken) => {
  const paths = counted(true);
  const rows = new Map(
    Array.from({ length: 9 }, (_, index) => [index, { number: index, title: `old ${index}` } as JsonObject]),
  );
  let [made, old] = [9, 0];
  const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const own = /\d+$/.exec(target)?.[0];
    if (own !== undefined) return reply(rows.has(Number(own)) ? 200 : 404, rows.get(Number(own)) ?? null);
    if (method === 'GET') return reply(200, { items: [...rows.values()], total: isArchived ? rows.size : 9 });
    const row = { ...(JSON.parse(new TextDecoder().decode(body ?? undefined)) as JsonObject), number: made };
    rows.set(made, row);
    made += 1;
    // Somebody archives the oldest one.
    if (isArchived) rows.delete(old++);
    return reply(201, row);
  };
  expect(await checksBroken(paths, send)).toEqual(broken);
});

it.each([true, false])(
  'does not count what takes the place of another one, as the number sent is that of it: %j',
  async (isReplaced) => {
    const paths = counted(false);
    /** Notes, of which some are there from the beginning; and the numbers that are sent. */
    const server = (first: ReadonlySet<number>) => {
      const rows = new Map([...first].map((own) => [own, { number: own, title: `old ${own}` } as JsonObject]));
      const sentNumbers = new Set<number>();
      const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
        const own = /\d+$/.exec(target)?.[0];
        if (own !== undefined) return reply(rows.has(Number(own)) ? 200 : 404, rows.get(Number(own)) ?? null);
        if (method === 'GET')
          return reply(200, { items: [...rows.values()], total: isReplaced ? rows.size : first.size });
        const sent = JSON.parse(new TextDecoder().decode(body ?? undefined)) as JsonObject;
        if (typeof sent.number === 'number') sentNumbers.add(sent.number);
        const key = isReplaced && typeof sent.number === 'number' ? sent.number : 1_000_000 + rows.size;
        rows.set(key, { ...sent, number: key });
        return reply(201, rows.get(key) ?? null);
      };
      return { send, sentNumbers };
    };
    const empty = server(new Set());
    await checksBroken(paths, empty.send);
    expect(empty.sentNumbers.size).toBeGreaterThan(0);
    // What is sent is of what there is: some more is there each time, until nothing else is sent.
    let there = empty.sentNumbers;
    for (let round = 0; round < 4; round += 1) {
      const next = server(there);
      await checksBroken(paths, next.send);
      there = new Set([...there, ...next.sentNumbers]);
    }
    expect((await checksBroken(paths, server(there).send)).includes('total-right')).toBe(!isReplaced);
  },
);

it.each([true, false])(
  'what the document shows of each is no sign that it is the same one elsewhere: %j',
  async (isShown) => {
    const box = {
      type: 'object',
      required: ['title'],
      properties: { id: { type: 'integer', readOnly: true }, title: text },
    };
    const colour = { type: 'string', ...(isShown && { example: 'green' }) };
    const label = { type: 'object', properties: { name: { type: 'string', readOnly: true }, colour } };
    const [id, name] = [
      { ...number, name: 'id' },
      { name: 'name', in: 'path', required: true, schema: text },
    ];
    const missing = { 404: { description: 'd', ...json({}) } };
    const put = answers(201, label);
    const paths = {
      '/boxes': { post: { ...takes(box), ...answers(201, box) }, get: answers(200, { type: 'array', items: box }) },
      '/boxes/{id}': { get: { parameters: [id], ...answers(200, box) } },
      '/boxes/{id}/labels/{name}': {
        parameters: [id, name],
        get: { responses: { ...answers(200, label).responses, ...missing } },
        put: { ...takes({ type: 'object', properties: {} }), ...put },
      },
    };
    const boxes: JsonObject[] = [];
    // There is a label for every name, as a mock has one, and all of them are green.
    const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
      const [, of, , called] = target.slice(1).split('/');
      if (called !== undefined) return reply(method === 'PUT' ? 201 : 200, { name: called, colour: 'green' });
      if (method === 'POST')
        boxes.push({ ...(JSON.parse(new TextDecoder().decode(body ?? undefined)) as JsonObject), id: boxes.length });
      if (method === 'POST') return reply(201, boxes.at(-1) ?? null);
      const row = boxes[Number(of)];
      return of === undefined ? reply(200, boxes) : reply(row ? 200 : 404, row ?? {});
    };
    expect((await checksBroken(paths, send)).includes('under-parent-only')).toBe(!isShown);
  },
);

it('follows nothing whose key can have no value', async () => {
  const id = { type: 'string', format: 'uuid', minLength: 64 };
  const job = { type: 'object', properties: { id, query: text } };
  const paths = {
    '/jobs': { post: { ...takes({ type: 'object', properties: { query: text } }), ...answers(201, job) } },
    '/jobs/{id}': {
      get: { parameters: [{ name: 'id', in: 'path', required: true, schema: id }], ...answers(200, job) },
    },
  };
  const shown = { id: '3a3e85c4-96e7-486b-ae02-827120104301', query: 'as in the example' };
  expect(await checksBroken(paths, async () => reply(201, shown))).toEqual([]);
});

it('expects of a form only what could be written into it', async () => {
  const tags = { type: 'array', maxItems: 0 };
  const options = { type: ['object', 'null'], required: ['tags'], properties: { tags } };
  const job = { type: 'object', required: ['id', 'title', 'options'], properties: { id: text, title: text, options } };
  const schema = {
    type: 'object',
    required: ['title'],
    properties: { title: text, options: { ...options, type: 'object' } },
  };
  const content = { schema, encoding: { options: { style: 'deepObject', explode: true } } };
  const paths = {
    '/jobs': {
      post: { requestBody: { content: { 'application/x-www-form-urlencoded': content } }, ...answers(201, job) },
    },
    '/jobs/{id}': {
      get: { parameters: [{ name: 'id', in: 'path', required: true, schema: text }], ...answers(200, job) },
    },
  };
  const rows = new Map<string, JsonObject>();
  let isAsked = false;
  const broken = await checksBroken(paths, async ({ method, target, body }) => {
    if (method === 'GET') return reply(rows.has(target) ? 200 : 404, rows.get(target) ?? { message: 'none' });
    // What is asked for is sent from then on.
    if (!isAsked) {
      isAsked = true;
      return reply(422, { message: 'options is required' });
    }
    const title = new URLSearchParams(new TextDecoder().decode(body ?? new Uint8Array())).get('title');
    const row = { id: `job${rows.size}`, title, options: null };
    rows.set(`/jobs/${row.id}`, row);
    return reply(201, row);
  });
  expect(rows.size).toBeGreaterThan(1);
  expect(broken).toEqual([]);
});

it.each([
  ['right', []],
  ['forgetful', ['values-kept']],
])('what is only listed may be kept as the list can show it: one that is %s', async (kind, checks) => {
  const sent = { type: 'object', required: ['title', 'kind'], properties: { title: text, kind: text } };
  const kinds = { type: 'string', enum: ['plain', 'bold'] };
  const shown = { type: 'object', properties: { number: { type: 'integer' }, title: text, kind: kinds } };
  const paths = {
    '/notes': {
      get: answers(200, { type: 'array', items: shown }),
      post: { ...takes(sent), responses: { 204: { description: 'd' } } },
    },
    '/notes/{number}': { get: { parameters: [number], ...answers(200, shown) } },
  };
  const rows: JsonObject[] = [{ number: 1, title: 'one', kind: 'plain' }];
  const send = async ({ method, target, body }: HttpRequest): Promise<Received> => {
    const own = rows.find((row) => target === `/notes/${row.number}`);
    if (method === 'GET' && target !== '/notes') return reply(own ? 200 : 404, own ?? {});
    if (method === 'GET') return reply(200, rows);
    const { title } = JSON.parse(new TextDecoder().decode(body ?? undefined)) as JsonObject;
    if (typeof title !== 'string' || title === '') return reply(422, {});
    rows.push({ number: rows.length + 1, title: kind === 'right' ? title : 'untitled', kind: 'plain' });
    return reply(204, null);
  };
  expect(await checksBroken(paths, send)).toEqual(checks);
});
