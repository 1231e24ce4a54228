import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const flag = { type: 'boolean' };
const Note = object({
  ...{ id: count, text, is_read: flag, archived: flag, status: { enum: ['open', 'closed'] } },
  read_at: { type: ['string', 'null'], format: 'date-time' },
});
const inQuery = (name: string) => ({ name, in: 'query', schema: flag });
const done = { responses: { 204: { description: 'Done' } } };

const notes = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    components: { schemas: { Note } },
    paths: {
      '/notes': {
        get: {
          parameters: ['unread_only', 'unread', 'archivedOnly'].map(inQuery),
          responses: { 200: answer(list(ref('Note'))) },
        },
      },
      '/notes/unread_count': { get: { responses: { 200: answer(object({ count })) } } },
      '/notes/closed-count': { get: { responses: { 200: answer(object({ total: count })) } } },
      '/notes/mark_all_read': { post: done },
      '/notes/mark-unread': { post: { requestBody: json(object({ ids: list(count) })), ...done } },
      '/notes/archive-all': { put: { responses: { 200: answer(object({ success: flag })) } } },
      '/notes/{id}/read': { parameters: [inPath('id', count)], post: { responses: { 200: answer(ref('Note')) } } },
    },
  });

type Row = { readonly id: number; readonly is_read: boolean; readonly archived: boolean; readonly status: string };

test('what was not read yet is listed and counted by that', () => {
  const mock = notes();
  const all: Row[] = mock.read('GET', '/notes');
  const unread = all.filter((row) => !row.is_read);
  expect(unread.length).toBeGreaterThan(0);
  expect(unread.length).toBeLessThan(all.length);
  expect(mock.read('GET', '/notes?unread_only=true')).toEqual(unread);
  expect(mock.read('GET', '/notes?unread_only=false')).toEqual(all);
  expect(mock.read('GET', '/notes?unread=true')).toEqual(unread);
  expect(mock.read('GET', '/notes?unread=false')).toEqual(all.filter((row) => row.is_read));
  expect(mock.read('GET', '/notes?archivedOnly=true')).toEqual(all.filter((row) => row.archived));
  expect(mock.read('GET', '/notes?archivedOnly=false')).toEqual(all);
  expect(mock.read('GET', '/notes/unread_count')).toEqual({ count: unread.length });
  expect(mock.read('GET', '/notes/closed-count')).toEqual({
    total: all.filter((row) => row.status === 'closed').length,
  });
  mock.ask('POST', `/notes/${unread[0]?.id}/read`);
  expect(mock.read('GET', '/notes/unread_count')).toEqual({ count: unread.length - 1 });
});

test('all of them, or those that are named, are marked together', () => {
  const mock = notes();
  const all: Row[] = mock.read('GET', '/notes');
  expect(mock.ask('POST', '/notes/mark_all_read').status).toBe(204);
  expect(mock.read('GET', '/notes/unread_count')).toEqual({ count: 0 });
  for (const row of mock.read('GET', '/notes'))
    expect(row).toMatchObject({ is_read: true, read_at: expect.any(String) });
  mock.ask('POST', '/notes/mark-unread', { ids: [all[3]?.id, all[4]?.id] as never });
  expect(mock.read('GET', '/notes?unread=true')).toMatchObject([{ id: all[3]?.id, read_at: null }, { id: all[4]?.id }]);
  expect(mock.ask('PUT', '/notes/archive-all').status).toBe(200);
  expect(mock.read('GET', '/notes?archivedOnly=true')).toHaveLength(all.length);
});
