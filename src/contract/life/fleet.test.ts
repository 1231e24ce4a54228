import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { checkRequest, createOperations, type HttpRequest, headerOf } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 40 };
const maybe = { type: ['string', 'null'], maxLength: 40 };
const object = (required: string[], properties: JsonObject): JsonObject => ({ type: 'object', required, properties });
const list = (items: JsonObject) => ({ type: 'array', items });
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const takes = (schema: JsonObject) => ({ requestBody: { required: true, ...json(schema) } });
const refusals = { 400: json({}), 404: json({}), 409: json({}), 415: json({}), 422: json({}) };
const path = (name: string, schema: JsonObject = text) => ({ name, in: 'path', required: true, schema });
const query = { name: 'car_id', in: 'query', required: true, schema: text };

const car = { plate: text, colour: text, note: maybe };
const shownCar = object(['id', 'plate', 'status'], {
  id: { ...text, readOnly: true },
  ...car,
  status: { type: 'string', enum: ['active', 'archived'], readOnly: true },
  archived_at: { type: ['string', 'null'], format: 'date-time', readOnly: true },
});
const driver = object(['licence', 'name'], { licence: text, name: text, phone: text });
const trip = object(['id', 'car_id', 'status'], {
  id: text,
  car_id: text,
  status: { type: 'string', enum: ['pending', 'confirmed', 'started', 'cancelled'] },
  odometer: { type: ['integer', 'null'] },
  cancel_reason: maybe,
});
const licence = path('licence', { ...text, pattern: '^[A-Z]{2}[0-9]{6}$' });
const shows = (schema: JsonObject, ...statuses: number[]) => ({
  responses: { ...Object.fromEntries(statuses.map((status) => [status, json(schema)])), ...refusals },
});
const nothing = { responses: { 204: { description: 'x' }, ...refusals } };
const record = object(['id', 'title', 'car_id'], { id: text, title: text, car_id: text });

/** @param said what PUT of a driver is said to do */
const operationsOf = (said: string) =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Fleet', version: '1' },
      components: { schemas: { Driver: driver } },
      paths: {
        '/cars': {
          get: shows(list(shownCar), 200),
          post: { ...takes(object(['plate'], car)), ...shows(shownCar, 201) },
        },
        '/cars/{carId}': {
          parameters: [path('carId')],
          get: shows(shownCar, 200),
          patch: { ...takes(object([], car)), ...shows(shownCar, 200) },
          delete: nothing,
        },
        '/cars/{carId}/archive': { parameters: [path('carId')], post: shows(shownCar, 200) },
        '/cars/{carId}/restore': { parameters: [path('carId')], post: shows(shownCar, 200) },
        '/records': {
          parameters: [query],
          get: shows(list(record), 200),
          post: { ...takes(object(['title'], { title: text })), ...shows(record, 201) },
        },
        '/records/{recordId}': { parameters: [path('recordId'), query], get: shows(record, 200), delete: nothing },
        '/drivers': { get: shows(list({ $ref: '#/components/schemas/Driver' }), 200) },
        '/drivers/{licence}': {
          parameters: [licence],
          get: shows({ $ref: '#/components/schemas/Driver' }, 200),
          put: {
            description: said,
            ...takes(object(['name'], { name: text, phone: text })),
            ...shows({ $ref: '#/components/schemas/Driver' }, 200, 201),
          },
          delete: nothing,
        },
        '/groups': {
          get: shows(list(object(['id', 'name'], { id: text, name: text })), 200),
          post: { ...takes(object(['name'], { name: text })), ...shows(object(['id'], { id: text, name: text }), 201) },
        },
        '/groups/{groupId}': { parameters: [path('groupId')], delete: nothing },
        '/groups/{groupId}/members': {
          parameters: [path('groupId')],
          get: shows(list({ $ref: '#/components/schemas/Driver' }), 200),
        },
        '/groups/{groupId}/members/{licence}': {
          parameters: [path('groupId'), licence],
          put: nothing,
          delete: nothing,
        },
        '/trips': {
          get: shows(list(trip), 200),
          post: { ...takes(object(['car_id'], { car_id: text })), ...shows(trip, 201) },
        },
        '/trips/{tripId}': { parameters: [path('tripId')], get: shows(trip, 200), delete: nothing },
        '/trips/{tripId}/confirm': { parameters: [path('tripId')], post: shows(trip, 200) },
        '/trips/{tripId}/start': {
          parameters: [path('tripId')],
          post: { ...takes(object(['odometer'], { odometer: { type: 'integer', minimum: 1 } })), ...shows(trip, 200) },
        },
        '/trips/{tripId}/cancel': {
          parameters: [path('tripId')],
          post: { ...takes(object([], { reason: text })), ...shows(trip, 200) },
        },
      },
    }),
  );

type Row = Record<string, Json>;

/** A server of a fleet, right but for one defect. */
function fleet(operations: ReturnType<typeof operationsOf>, defect: string) {
  const kinds: Record<string, Map<string, Row>> = {};
  const of = (kind: string) => {
    kinds[kind] ??= new Map();
    return kinds[kind];
  };
  let last = 0;
  const shown = ({ of: _of, ...row }: Row): Row => row;
  return async (request: HttpRequest): Promise<Received> => {
    const received = answered(request);
    const none = new Uint8Array();
    return request.method === 'HEAD' ? { ...received, raw: none, body: none } : received;
  };

  function answered(request: HttpRequest): Received {
    const match = operations.match(request.method, request.target, request.headers);
    if (match.kind === 'method-not-allowed') return answer(405, {}, ['Allow', match.allow.join(', ')]);
    if (match.kind === 'not-found') return answer(404, {});
    const operation = operations.compile(match.entry);
    const isJson = /^application\/json\b/.test(headerOf(request, 'content-type') ?? '');
    if (request.body?.length && operation.requestBody && !isJson) return answer(415, {});
    const { violations, values } = checkRequest(operation, request, match.pathParameters);
    if (violations.length > 0) return answer(violations.some((each) => each.in === 'path') ? 404 : 400, {});
    return done(match.entry.method, request.target, (values.body ?? {}) as Row, values.query.car_id as string);
  }

  function done(method: string, target: string, sent: Row, carId?: string): Received {
    const [, kind = '', key, below, member] = (target.split('?')[0] ?? '').split('/').map(decodeURIComponent);
    const isRecord = kind === 'records';
    if (isRecord && !of('cars').has(carId ?? '')) return answer(404, {});
    if (key === undefined) return onAll(method, kind, sent, carId ?? '');
    const old = of(kind).get(key);
    if (kind === 'drivers' && method === 'PUT') return put(key, sent, old);
    if (old === undefined || (isRecord && old.of !== carId)) return answer(404, {});
    if (below === 'members') return membership(method, key, member);
    return below === undefined ? onOne(method, of(kind), key, sent) : act(old, below, sent);
  }

  function onAll(method: string, kind: string, sent: Row, carId: string): Received {
    const rows = of(kind);
    if (method === 'GET')
      return answer(200, [...rows.values()].filter((row) => kind !== 'records' || row.of === carId).map(shown));
    if (kind === 'trips' && !of('cars').has(String(sent.car_id))) return answer(422, {});
    const begun: Record<string, Row> = {
      records: { of: carId, car_id: defect === 'record-of-another' ? ([...of('cars').keys()][0] ?? '') : carId },
      trips: { status: 'pending', odometer: null, cancel_reason: null },
      cars: { status: 'active', archived_at: null },
    };
    const fresh: Row = { ...sent, id: `${kind[0]}${++last}`, ...begun[kind] };
    rows.set(String(fresh.id), fresh);
    return answer(201, shown(fresh));
  }

  function onOne(method: string, rows: Map<string, Row>, key: string, sent: Row): Received {
    const row = rows.get(key) ?? {};
    if (method === 'DELETE') return answer(rows.delete(key) ? 204 : 404);
    const kept = Object.entries(sent).filter(([, value]) => value !== null || defect !== 'null-ignored');
    return answer(200, shown(method === 'GET' ? row : Object.assign(row, Object.fromEntries(kept))));
  }

  function put(key: string, sent: Row, old: Row | undefined): Received {
    const row = { ...(defect === 'put-merges' && old), ...sent, licence: key };
    const [other] = [...of('drivers')].find(([each]) => each !== key) ?? [];
    if (old && defect === 'put-touches-other' && other !== undefined)
      of('drivers').set(other, { ...of('drivers').get(other), name: sent.name ?? null });
    of('drivers').set(key, row);
    return answer(old && defect !== 'put-creates' ? 200 : 201, row);
  }

  function membership(method: string, group: string, member: string | undefined): Received {
    const own = of(`members of ${group}`);
    if (member === undefined)
      return answer(
        200,
        [...own.keys()].flatMap((each) => of('drivers').get(each) ?? []),
      );
    if (!of('drivers').has(member)) return answer(404, {});
    if (method === 'DELETE') {
      if (!own.has(member)) return answer(404, {});
      if (defect !== 'member-stays') own.delete(member);
      if (defect === 'member-takes-driver') of('drivers').delete(member);
      return answer(204);
    }
    if (defect !== 'member-forgotten') own.set(member, {});
    if (defect === 'member-of-all') for (const each of of('groups').keys()) of(`members of ${each}`).set(member, {});
    return answer(204);
  }

  function act(row: Row, verb: string, sent: Row): Received {
    const actions: Record<string, { readonly from: readonly string[]; readonly change: Row }> = {
      archive: {
        from: ['active'],
        change: { status: 'archived', archived_at: defect === 'no-time' ? null : '2024-01-02T03:04:05Z' },
      },
      restore: {
        from: ['archived'],
        change: {
          status: defect === 'restores-nothing' ? 'archived' : 'active',
          archived_at: null,
          ...(defect === 'restore-blanks' && { colour: 'none' }),
        },
      },
      confirm: { from: ['pending'], change: { status: 'confirmed' } },
      start: {
        from: ['confirmed'],
        change: { status: 'started', odometer: defect === 'odometer-lost' ? 0 : (sent.odometer ?? null) },
      },
      cancel: {
        from: ['pending', 'confirmed'],
        change: {
          status: defect === 'cancels-nothing' ? 'pending' : 'cancelled',
          cancel_reason: defect === 'reason-lost' ? null : (sent.reason ?? null),
        },
      },
    };
    const action = actions[verb];
    if (!action?.from.includes(String(row.status))) return answer(409, {});
    return answer(200, shown(Object.assign(row, action.change)));
  }
}

it('is exercised whole: memberships, what a query has to name, and actions that others lead to', async () => {
  const operations = operationsOf('Registers a driver, or replaces one.');
  const result = await run({
    operations,
    send: fleet(operations, 'none'),
    target: 'http://fleet',
    allowWrites: true,
    concurrency: 1,
    ...{ clock: virtualClock() },
  });
  const violations = result.findings.filter(({ severity }) => severity === 'violation');
  expect(violations.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
  expect(result.operations.flatMap(({ id, unexercised }) => (unexercised === null ? [] : [id]))).toEqual([]);
  expect(result.leftBehind).toBeUndefined();
});

it.each<[string, string[], string?]>([
  ['none', []],
  ['put-merges', ['replaced']],
  // It may be for changing where it does not say that it replaces.
  ['put-merges', [], 'Updates a driver.'],
  ['put-creates', ['replaced']],
  ['put-touches-other', ['others-kept']],
  ['null-ignored', ['change-kept']],
  ['restore-blanks', ['others-kept']],
  ['no-time', ['change-kept']],
  ['cancels-nothing', ['change-kept']],
  ['reason-lost', ['change-kept']],
  ['odometer-lost', ['change-kept']],
  ['member-forgotten', ['listed']],
  ['member-stays', ['listed']],
  ['member-of-all', ['under-parent-only']],
  ['member-takes-driver', ['others-kept']],
  ['record-of-another', ['filter-holds', 'listed', 'values-kept']],
  ['restores-nothing', ['change-kept']],
])('what a fleet does wrong is found: %s', async (defect, checks, said = 'Registers a driver, or replaces one.') => {
  const operations = operationsOf(said);
  const found = await violatedBy(fleet(operations, defect), { operations, allowWrites: true });
  expect([...new Set(found)].sort()).toEqual(checks);
});
