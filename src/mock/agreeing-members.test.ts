import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const date = { type: 'string', format: 'date-time' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const When = object({ dateTime: date, timeZone: text });
const File = object({ file_name: text, extension: text, content_type: text });
const state = { type: 'string', enum: ['new', 'open', 'pending', 'solved'] };
const Event = object({
  id: { type: 'integer', readOnly: true },
  state,
  start: When,
  end: When,
  attachments: { type: 'array', items: File },
  has_attachments: { type: 'boolean', readOnly: true },
  solved_at: { type: ['string', 'null'], format: 'date-time', readOnly: true },
});
const change = object({ state, start: When, end: When, attachments: { type: 'array', items: File } }, []);

interface Shown {
  readonly id: number;
  readonly state: string;
  readonly start: { readonly dateTime: string };
  readonly end: { readonly dateTime: string };
  readonly attachments: readonly Record<'file_name' | 'extension' | 'content_type', string>[];
  readonly has_attachments: boolean;
  readonly solved_at: string | null;
}

const events = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Events', version: '1' },
    components: { schemas: { Event } },
    paths: {
      '/events': {
        get: {
          parameters: ['timeMin', 'timeMax', 'orderBy'].map((name) => ({
            name,
            in: 'query',
            schema: name === 'orderBy' ? { type: 'string', enum: ['startTime'] } : date,
          })),
          responses: { 200: answer({ type: 'array', items: { $ref: '#/components/schemas/Event' } }) },
        },
        post: { requestBody: json(change), responses: { 201: answer({ $ref: '#/components/schemas/Event' }) } },
      },
      '/events/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer({ $ref: '#/components/schemas/Event' }) } },
        put: { requestBody: json(change), responses: { 200: answer({ $ref: '#/components/schemas/Event' }) } },
      },
    },
  });

test('what has attachments lists some, and their names, extensions and media types agree', () => {
  const rows = events().read('GET', '/events') as Shown[];
  const types: Record<string, string> = {
    pdf: 'application/pdf',
    png: 'image/png',
    json: 'application/json',
    txt: 'text/plain',
  };
  expect(new Set(rows.map(({ has_attachments }) => has_attachments)).size).toBeGreaterThan(0);
  for (const { attachments, has_attachments } of rows) {
    expect(has_attachments).toBe(attachments.length > 0);
    for (const file of attachments) {
      expect(file.file_name).toMatch(new RegExp(`\\.${file.extension}$`));
      expect(file.content_type).toBe(types[file.extension]);
    }
  }
});

test('what was sent of a file stays, and the rest follows', () => {
  const files = [{ file_name: 'notes.csv', extension: 'csv', content_type: 'text/csv' }];
  const mock = events();
  expect(mock.read('POST', '/events', { attachments: files })).toMatchObject({
    attachments: files,
    has_attachments: true,
  });
  expect(mock.read('POST', '/events', { attachments: [] })).toMatchObject({ attachments: [], has_attachments: false });
});

test('a start with a time zone is before its end, and lists are bounded and sorted by it', () => {
  const mock = events();
  const rows = mock.read('GET', '/events') as Shown[];
  for (const { start, end } of rows) expect(Date.parse(start.dateTime)).toBeLessThanOrEqual(Date.parse(end.dateTime));
  const when = {
    start: { dateTime: '2030-05-01T09:00:00Z', timeZone: 'UTC' },
    end: { dateTime: '2030-05-01T09:15:00Z', timeZone: 'UTC' },
  };
  const { id } = mock.read('POST', '/events', when);
  const found = mock.read('GET', '/events?timeMin=2030-04-30T00:00:00Z&timeMax=2030-05-02T00:00:00Z') as Shown[];
  expect(found.map((one) => one.id)).toEqual([id]);
  const starts = (mock.read('GET', '/events?orderBy=startTime') as Shown[]).map(({ start }) =>
    Date.parse(start.dateTime),
  );
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
});

test('a ticket is solved at a time where it is solved, and no more once it is put back', () => {
  const mock = events();
  const rows = mock.read('GET', '/events') as Shown[];
  for (const row of rows) expect(row.solved_at !== null).toBe(row.state === 'solved');
  const { id } = mock.read('POST', '/events', { state: 'open' });
  expect(mock.read('PUT', `/events/${id}`, { state: 'solved' }).solved_at).not.toBeNull();
  expect(mock.read('PUT', `/events/${id}`, { state: 'open' }).solved_at).toBeNull();
});
