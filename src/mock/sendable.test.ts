import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});

test('what a form has loaded it can send back', () => {
  const Device = object({ id: { type: 'integer' }, serial: text, plan: text, size: { type: 'integer' }, made: text });
  const sent = object({
    serial: { type: 'string', pattern: '^SN-[0-9]{6}$' },
    plan: { type: 'string', enum: ['free', 'team'] },
    size: { type: 'integer', minimum: 1000, maximum: 1010 },
  });
  const { read, ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Devices', version: '1' },
    paths: {
      '/devices': { get: { responses: { 200: { description: 'OK', ...json({ type: 'array', items: Device }) } } } },
      '/devices/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        put: {
          requestBody: { required: true, ...json(sent) },
          responses: { 200: { description: 'OK', ...json(Device) } },
        },
      },
    },
  });
  const rows = read('GET', '/devices') as JsonObject[];
  expect(new Set(rows.map(({ plan }) => plan))).toEqual(new Set(['free', 'team']));
  for (const row of rows) expect(ask('PUT', `/devices/${row.id}`, row).status).toBe(200);
  expect(new Set(rows.map(({ serial }) => serial)).size).toBe(rows.length);
});
