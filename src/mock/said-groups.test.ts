import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ responses: { 200: { description: 'OK', ...json(schema) } } });
const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (name: string) => answer({ type: 'array', items: ref(name) });
const inPath = (...names: string[]) => names.map((name) => ({ name, in: 'path', required: true, schema: integer }));
const done = { responses: { 204: { description: 'Done' } } };

const schemas = {
  Device: object({ id: integer, name: text, groupId: { type: ['integer', 'null'] } }),
  Group: object({ id: integer, name: text, deviceCount: integer }),
};
const document = { openapi: '3.1.0', info: { title: 'Fleet', version: '1' }, components: { schemas } };

/** Devices that are put into groups by a path, and say themselves which group that is. */
const fleet = () =>
  asking({
    ...document,
    paths: {
      '/devices': {
        get: list('Device'),
        post: { requestBody: json(object({ name: text, groupId: integer })), ...answer(ref('Device')) },
      },
      '/devices/{id}': {
        parameters: inPath('id'),
        get: answer(ref('Device')),
        patch: { requestBody: json({ type: 'object', properties: { groupId: integer } }), ...answer(ref('Device')) },
        delete: done,
      },
      '/groups': { get: list('Group') },
      '/groups/{groupId}': { parameters: inPath('groupId'), get: answer(ref('Group')) },
      '/groups/{groupId}/devices': { parameters: inPath('groupId'), get: list('Device') },
      '/groups/{groupId}/devices/{deviceId}': { parameters: inPath('groupId', 'deviceId'), put: done, delete: done },
    },
  });

interface Device {
  readonly id: number;
  readonly groupId: number | null;
}

test('what says itself in which group it is, is in that one alone, whichever way it came there', () => {
  const { ask, read } = fleet();
  const agree = () => {
    const devices: Device[] = read('GET', '/devices');
    for (const { id, deviceCount } of read('GET', '/groups')) {
      const own = devices.filter(({ groupId }) => groupId === id);
      expect(read('GET', `/groups/${id}/devices`)).toEqual(own);
      expect(deviceCount).toBe(own.length);
    }
  };
  const groupOf = (id: number) => (read('GET', `/devices/${id}`) as Device).groupId;
  agree();
  const [first, second, third] = read('GET', '/devices') as [Device, Device, Device];
  expect(ask('PUT', `/groups/4/devices/${first.id}`).status).toBe(204);
  expect(groupOf(first.id)).toBe(4);
  agree();
  expect(ask('PUT', `/groups/5/devices/${first.id}`).status).toBe(204);
  expect(groupOf(first.id)).toBe(5);
  expect(ask('DELETE', `/groups/5/devices/${first.id}`).status).toBe(204);
  expect(groupOf(first.id)).toBeNull();
  expect(ask('DELETE', `/groups/5/devices/${first.id}`).status).not.toBe(204);
  read('PATCH', `/devices/${second.id}`, { groupId: 4 });
  read('DELETE', `/devices/${third.id}`);
  read('POST', '/devices', { name: 'New', groupId: 4 });
  agree();
});

test('what is put into a group by its key says so from then on, and what is made there is of that group', () => {
  const groups = (post: JsonObject) =>
    asking({
      ...document,
      paths: {
        '/devices': { get: list('Device') },
        '/devices/{deviceId}': { parameters: inPath('deviceId'), get: answer(ref('Device')) },
        '/groups': { get: list('Group') },
        '/groups/{groupId}': { parameters: inPath('groupId'), get: answer(ref('Group')) },
        '/groups/{groupId}/devices': { parameters: inPath('groupId'), get: list('Device'), post },
        '/groups/{groupId}/devices/{deviceId}': {
          parameters: inPath('groupId', 'deviceId'),
          get: answer(ref('Device')),
        },
      },
    });
  const named = groups({ requestBody: json(object({ deviceId: integer })), ...answer(ref('Device')) });
  const [first] = named.read('GET', '/devices') as [Device];
  const { id: group } = (named.read('GET', '/groups') as Device[]).find(({ id }) => id !== first.groupId) as Device;
  expect(named.read('POST', `/groups/${group}/devices`, { deviceId: first.id })).toEqual({ ...first, groupId: group });
  expect(named.read('GET', `/devices/${first.id}`).groupId).toBe(group);
  expect(named.read('GET', `/groups/${group}/devices`)).toContainEqual({ ...first, groupId: group });

  const unnamed = groups(answer(ref('Device')));
  const before: Device[] = unnamed.read('GET', '/devices');
  const made: Device = unnamed.read('POST', `/groups/${group}/devices`);
  expect(before.map(({ id }) => id)).not.toContain(made.id);
  expect(made.groupId).toBe(group);
  for (const path of ['/devices', `/groups/${group}/devices`]) expect(unnamed.read('GET', path)).toContainEqual(made);
});
