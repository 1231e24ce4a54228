import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1, maxLength: 60 };
const content = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const object = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });
const header = (name: string) => ({ name, in: 'header', schema: { type: 'string' } });
const sent = { model: text, comment: text };
const device = object(
  { serial: text, ...sent, registeredAt: { type: 'string', format: 'date-time' } },
  'serial',
  'model',
);
const reading = object({ id: { type: 'integer' }, value: { type: 'integer' } }, 'id', 'value');
const page = object({ _embedded: object({ devices: { type: 'array', items: device } }), _links: { type: 'object' } });
const tagged = { ...content(device), headers: { ETag: { schema: { type: 'string' } } } };
const body = (schema: JsonObject) => ({ requestBody: { required: true, ...content(schema) } });
const serial = { name: 'serial', in: 'path', required: true };
const form = { type: 'string', pattern: '^[A-Z]{2}[0-9]{4}$', example: 'AB1234' };
const gone = { responses: { 204: { description: 'x' }, 404: content({}), 412: content({}) } };
const query = (name: string) => ({ name, in: 'query', schema: { type: 'integer', minimum: 0, maximum: 50 } });

/** Devices are made by PUT, under keys of the client, of which the document shows one. */
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/devices': { get: { parameters: [query('page'), query('size')], responses: { 200: content(page) } } },
      '/devices/{serial}': {
        parameters: [{ ...serial, schema: form }],
        get: { responses: { 200: tagged, 404: content({}) } },
        put: {
          parameters: [header('If-Match'), header('If-None-Match')],
          ...body(object(sent, 'model')),
          responses: { 200: tagged, 201: tagged, 412: content({}) },
        },
        delete: { parameters: [header('If-Match')], ...gone },
      },
      '/devices/{serial}/readings': {
        parameters: [{ ...serial, schema: form }],
        get: { responses: { 200: content({ type: 'array', items: reading }), 404: content({}) } },
        post: {
          ...body(object({ value: { type: 'integer' } }, 'value')),
          responses: { 201: content(reading), 404: content({}) },
        },
      },
      '/devices/{serial}/readings/{id}': {
        parameters: [
          { ...serial, schema: form },
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
        ],
        get: { responses: { 200: content(reading), 404: content({}) } },
        delete: gone,
      },
    },
  }),
);

interface Device {
  row: JsonObject;
  version: number;
  isGone: boolean;
  readonly readings: JsonObject[];
}

/** A server of devices, right but for one defect. */
function serverOf(defect: string, written: string[] = []) {
  const devices = new Map<string, Device>();
  let [count, clock] = [0, 0];
  const now = () => new Date(Date.UTC(2026, 0, 1) + ++clock * 3_600_000).toISOString();
  for (const known of ['AA0001', 'AA0002', 'AA0003', 'AB1234']) {
    const row = { serial: known, model: `Model of ${known}`, comment: 'not ours', registeredAt: now() };
    devices.set(known, { row, version: 1, isGone: false, readings: [] });
  }
  return async ({ method, target, body: bytes, headers }: HttpRequest): Promise<Received> => {
    const [path = '', search] = target.split('?');
    const [, , key, below, id] = path.split('/');
    const value = bytes?.length ? (JSON.parse(new TextDecoder().decode(bytes)) as JsonObject) : {};
    if (key === undefined) return listed(new URLSearchParams(search));
    if (method === 'PUT') written.push(key);
    const known = devices.get(key);
    const there = known?.isGone ? undefined : known;
    if (below !== undefined)
      return ofReadings(
        there ?? (defect === `orphans in ${id ? 'reads' : 'lists'}` ? known : undefined),
        method,
        id,
        value,
      );
    return ofDevice(key, there, method, headers, value);
  };

  function ofDevice(
    key: string,
    there: Device | undefined,
    method: string,
    { 'if-match': match, 'if-none-match': none }: HttpRequest['headers'],
    value: JsonObject,
  ): Received {
    const tag = (of: Device) => `"${of.version}"`;
    const isStale = match !== undefined && (!there || match !== tag(there));
    if (isStale && defect !== `ignores If-Match of ${method}`) return answer(412, {});
    if (method === 'PUT') {
      if (none === '*' && there && defect !== 'ignores If-None-Match') return answer(412, {});
      const registeredAt = there && defect !== 'registers anew' ? (there.row.registeredAt ?? null) : now();
      const row = { serial: key, ...value, registeredAt };
      const whole = { row, version: (there?.version ?? 0) + 1, isGone: false, readings: there?.readings ?? [] };
      devices.set(key, whole);
      return answer(there ? 200 : 201, row, { ETag: tag(whole) });
    }
    if (there === undefined) return answer(404, {});
    if (method === 'GET') return answer(200, there.row, { ETag: tag(there) });
    there.isGone = true;
    return answer(204, '');
  }

  function ofReadings(of: Device | undefined, method: string, id: string | undefined, value: JsonObject): Received {
    if (of === undefined) return answer(404, {});
    if (id === undefined && method === 'GET') return answer(200, of.readings);
    if (id === undefined) return answer(201, of.readings[of.readings.push({ ...value, id: ++count }) - 1] ?? {});
    const at = of.readings.findIndex((each) => String(each.id) === id);
    if (at < 0) return answer(404, {});
    if (method === 'GET') return answer(200, of.readings[at] ?? {});
    of.readings.splice(at, 1);
    return answer(204, '');
  }

  function listed(asked: URLSearchParams): Received {
    const [number, size] = [Number(asked.get('page') ?? 0), Number(asked.get('size') ?? 20)];
    const rows = [...devices.values()].filter(({ isGone }) => !isGone).map(({ row }) => row);
    const shown = rows.slice(number * size, number * size + size);
    const next = number + (defect === 'links to the same page' ? 0 : 1);
    const isLast = number * size + size >= rows.length;
    const links = isLast ? {} : { next: { href: `/devices?page=${next}&size=${size}` } };
    return answer(200, { _embedded: { devices: shown }, _links: links });
  }
}

function answer(status: number, value: Json, more: Record<string, string> = {}): Received {
  const bytes = new TextEncoder().encode(value === '' ? '' : JSON.stringify(value));
  const type: [string, string][] = value === '' ? [] : [['Content-Type', 'application/json']];
  return { status, headers: [...type, ...Object.entries(more)], raw: bytes, body: bytes, problems: [], duration: 1 };
}

async function foundIn(defect: string, written?: string[]) {
  const result = await run({
    operations,
    target: 'http://devices',
    allowWrites: true,
    aspects: ['life'],
    maxCases: 1,
    concurrency: 1,
    send: serverOf(defect, written),
    ...{ clock: virtualClock() },
  });
  const found = result.findings.filter(({ severity }) => severity === 'violation');
  return [...new Set(found.map(({ check, message }) => `${check}: ${message.split(':')[0]}`))];
}

it('says nothing of a server that is right, and makes nothing under a key that is only shown', async () => {
  const written: string[] = [];
  expect(await foundIn('nothing', written)).toEqual([]);
  expect(new Set(written).size).toBeGreaterThan(2);
  expect(written).not.toContain('AB1234');
});

const orphan = 'deleted-gone: What stood under a deleted thing is still there';
it.each([
  ['ignores If-Match of PUT', 'validators: If-Match with a tag that the thing no longer has was not refused'],
  ['ignores If-Match of DELETE', 'validators: If-Match with a tag that the thing does not have was not refused'],
  ['ignores If-None-Match', 'validators: If-None-Match'],
  ['registers anew', 'others-kept: To replace a thing has changed when it was made'],
  ['links to the same page', 'pages-whole: The list is not the next page that another one leads to'],
  ['orphans in reads', orphan],
  ['orphans in lists', orphan],
])('finds out a server that %s', async (defect, said) => {
  expect(await foundIn(defect)).toEqual([said]);
});
