import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const moment = { type: 'string', format: 'date-time' };
const Note = object({ id: count, title: text, due_date: { type: 'string', format: 'date' }, created_at: moment });

const notes = (description: string, parameters: JsonObject[] = []) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    components: { schemas: { Note } },
    paths: {
      '/notes': {
        get: { description, parameters, responses: { 200: answer(list(ref('Note'))) } },
        post: {
          requestBody: json(object({ title: text, due_date: { type: 'string', format: 'date' } })),
          responses: { 201: answer(ref('Note')) },
        },
      },
      '/notes/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Note')) } } },
    },
  });

type Shown = Readonly<Record<'title' | 'due_date' | 'created_at', string>> & { readonly id: number };

test.each<[string, 'title' | 'due_date' | 'created_at', 1 | -1]>([
  ['Newest first.', 'created_at', -1],
  ['Lists notes, with the most recent appearing first', 'created_at', -1],
  ['The oldest notes come first', 'created_at', 1],
  ['Notes, latest due date first', 'due_date', -1],
  ['All notes sorted by title', 'title', 1],
  ['Notes are ordered by due date, descending by default.', 'due_date', -1],
  ['Notes in alphabetical order', 'title', 1],
  ['Notes in reverse chronological order', 'created_at', -1],
  ['Notes sorted by due date, earliest first', 'due_date', 1],
  ['Most recently created first', 'created_at', -1],
])('a list is in the order that is said of it: %s', (said, member, way) => {
  const mock = notes(said);
  mock.ask('POST', '/notes', { title: 'Middle', due_date: '2024-06-01' });
  const rows: Shown[] = mock.read('GET', '/notes');
  const values = rows.map((row) => row[member]);
  expect(values.length).toBeGreaterThan(20);
  expect(values).toEqual(values.toSorted((a, b) => (a < b ? -way : a > b ? way : 0)));
});

test('a list is in the order that a parameter says is usual, and what comes ahead of all is ahead', () => {
  const rowsOf = (mock: ReturnType<typeof notes>) => mock.read('GET', '/notes') as Shown[];
  const sort = { name: 'sort', in: 'query', description: 'What to sort by. Oldest first by default.', schema: text };
  const made = rowsOf(notes('Lists notes', [sort])).map(({ created_at }) => created_at);
  expect(made).toEqual(made.toSorted());
  const pinned = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    components: { schemas: { Note: object({ id: count, pinned: { type: 'boolean' }, created_at: moment }) } },
    paths: {
      '/notes': {
        get: {
          description: 'Pinned notes come first, then the newest first.',
          responses: { 200: answer(list(ref('Note'))) },
        },
      },
      '/notes/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Note')) } } },
    },
  });
  const rows: readonly { pinned: boolean; created_at: string }[] = pinned.read('GET', '/notes');
  const told = rows.map((row) => `${row.pinned ? 1 : 0} ${row.created_at}`);
  expect(new Set(rows.map((row) => row.pinned)).size).toBe(2);
  expect(told).toEqual(told.toSorted().toReversed());
});

test('a list is as it was where what is said is only what may be asked for, or is asked otherwise', () => {
  const ids = (mock: ReturnType<typeof notes>, query = '') =>
    (mock.read('GET', `/notes${query}`) as Shown[]).map(({ id }) => id);
  const plain = ids(notes('Lists notes'));
  for (const said of ['Can be sorted by title', 'Notes ordered by relevance', 'The first note']) {
    expect(ids(notes(said))).toEqual(plain);
  }
  const sort = { name: 'sort', in: 'query', schema: { type: 'string', enum: ['title', 'due_date'] } };
  const asked = notes('Newest first', [sort]);
  expect(ids(asked, '?sort=title')).toEqual(ids(notes('Sorted by title')));
});

test('an order that is said is none that a server may choose', () => {
  for (const [said, isChosen] of [
    ['Lists notes', true],
    ['Newest first', false],
    ['Notes, sorted by title', false],
  ] as const) {
    const mock = notes(said);
    const ids = (fields?: Record<string, string>) =>
      (mock.read('GET', '/notes', undefined, fields) as Shown[]).map(({ id }) => id);
    const plain = ids();
    expect(ids({ prefer: 'fault=harmless-order' })).toEqual(isChosen ? plain.toReversed() : plain);
  }
});
