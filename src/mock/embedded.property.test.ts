import { type Arbitrary, array, assert, boolean, constant, nat, oneof, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const gone = { 204: { description: 'Gone' }, 404: { description: 'None' } };

const key = { ...count, readOnly: true };
const Named = object({ name: text });
const Note = object({ id: key, name: text, at: { ...text, format: 'date-time' } });
const Sent = object({ id: count, name: text }, ['name']);

type Mock = ReturnType<typeof asking>;
type Row = { readonly id: number; readonly name: string };

/** A way in which a row shows things that have a path of their own below it. */
interface Kind {
  readonly member: JsonObject;
  readonly sent?: JsonObject;
  shown(row: Json): readonly Row[];
  send?(rows: readonly Partial<Row>[]): Json;
}

const plainly = (row: Json) => (row as { notes: Row[] }).notes;

const kinds: Record<string, Kind> = {
  same: { member: { notes: list(ref('Note')), notes_count: count }, shown: plainly },
  summary: { member: { notes: list(object({ id: count, name: text })) }, shown: plainly },
  larger: { member: { notes: list(object({ id: count, name: text, colour: text })) }, shown: plainly },
  wrapped: {
    member: { notes: object({ data: list(ref('Note')), total: count }) },
    sent: object({ data: list(Sent) }),
    shown(row) {
      const { data, total } = (row as unknown as { notes: { data: Row[]; total: number } }).notes;
      expect(total).toBe(data.length);
      return data;
    },
    send: (rows) => ({ data: rows as never }),
  },
};

const documentOf = ({ member, sent = list(Sent) }: Kind): JsonObject => {
  const Board = object({ id: key, title: text, ...member });
  const Written = object({ title: text, notes: sent }, []);
  return {
    openapi: '3.1.0',
    info: { title: 'Boards', version: '1' },
    components: { schemas: { Note, Board } },
    paths: {
      '/boards': {
        get: { responses: { 200: answer(list(ref('Board'))) } },
        post: { requestBody: json(Written), responses: { 201: answer(ref('Board')) } },
      },
      '/boards/{board_id}': {
        parameters: [inPath('board_id', count)],
        get: { responses: { 200: answer(ref('Board')) } },
        put: { requestBody: json(Written), responses: { 200: answer(ref('Board')) } },
        patch: { requestBody: json(Written), responses: { 200: answer(ref('Board')) } },
      },
      '/boards/{board_id}/notes': {
        parameters: [inPath('board_id', count)],
        get: { responses: { 200: answer(list(ref('Note'))) } },
        post: { requestBody: json(Named), responses: { 201: answer(ref('Note')) } },
      },
      '/boards/{board_id}/notes/{id}': {
        parameters: [inPath('board_id', count), inPath('id', count)],
        get: { responses: { 200: answer(ref('Note')), 404: { description: 'None' } } },
        patch: { requestBody: json(Named), responses: { 200: answer(ref('Note')) } },
        delete: { responses: gone },
      },
    },
  };
};

const name = string({ unit: 'grapheme', minLength: 1 });

type Step =
  | { readonly does: 'add' | 'rename'; readonly name: string; readonly place: number }
  | { readonly does: 'remove'; readonly place: number }
  | { readonly does: 'write'; readonly isWhole: boolean; readonly kept: readonly number[]; readonly names: string[] }
  | { readonly does: 'restart' };

const steps = array(
  oneof<Arbitrary<Step>[]>(
    record({ does: oneof(constant('add' as const), constant('rename' as const)), name, place: nat() }),
    record({ does: constant('remove' as const), place: nat() }),
    record({
      does: constant('write' as const),
      isWhole: boolean(),
      kept: array(nat(), { maxLength: 2 }),
      names: array(name, { maxLength: 2 }),
    }),
    record({ does: constant('restart' as const) }),
  ),
  { minLength: 1, maxLength: 6 },
);

const byId = (rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row.name]));
const only = ({ id, name: called }: Row): Row => ({ id, name: called });

/** Does the same with a mock and with the names that are there by their keys. */
function take(
  step: Step,
  { send = (rows) => rows as never, shown }: Kind,
  mock: Mock,
  board: string,
  there: Map<number, string>,
) {
  const ids = [...there.keys()];
  const id = 'place' in step ? ids[step.place % ids.length] : undefined;
  if (step.does === 'restart') mock.restart();
  if (step.does === 'add') there.set(mock.read('POST', `${board}/notes`, { name: step.name }).id, step.name);
  if (step.does === 'rename' && id !== undefined) {
    mock.read('PATCH', `${board}/notes/${id}`, { name: step.name });
    there.set(id, step.name);
  }
  if (step.does === 'remove' && id !== undefined) {
    mock.ask('DELETE', `${board}/notes/${id}`);
    there.delete(id);
  }
  if (step.does !== 'write') return;
  const kept = [...new Set(step.kept.flatMap((place) => ids[place % ids.length] ?? []))];
  // What stays is called otherwise, so that both of it is seen.
  const rows = [
    ...kept.map((one) => ({ id: one, name: `${there.get(one)}!` })),
    ...step.names.map((called) => ({ name: called })),
  ];
  const told = shown(mock.read(step.isWhole ? 'PUT' : 'PATCH', board, { title: 'Told', notes: send(rows) }));
  expect(told.map((row) => row.name)).toEqual(rows.map((row) => row.name));
  there.clear();
  for (const [one, called] of byId(told)) there.set(one, called);
  for (const one of kept) expect(there.has(one)).toBe(true);
}

test.each(Object.entries(kinds))('a list in a row shows the same things as the path below it: %s', (_name, kind) => {
  const mock = asking(documentOf(kind));
  assert(
    property(steps, nat({ max: 24 }), boolean(), (taken, place, isNew) => {
      mock.reset();
      const made = isNew
        ? mock.read('POST', '/boards', { title: 'New', notes: (kind.send ?? ((one) => one))([{ name: 'a' }]) as never })
        : null;
      const { id } = made ?? mock.read('GET', '/boards')[place];
      const board = `/boards/${id}`;
      const there = byId(mock.read('GET', `${board}/notes`));
      if (isNew) expect([...there.values()]).toEqual(['a']);
      for (const step of [{ does: 'restart' } as const, ...taken]) {
        take(step, kind, mock, board, there);
        const below: Row[] = mock.read('GET', `${board}/notes`);
        const row = mock.read('GET', board);
        expect(byId(below)).toEqual(there);
        expect(byId(kind.shown(row))).toEqual(there);
        expect(kind.shown(row)).toHaveLength(there.size);
        if ('notes_count' in row) expect(row.notes_count).toBe(there.size);
        expect(mock.read('GET', '/boards').find((one: Row) => one.id === id)).toEqual(row);
        for (const one of below) expect(only(mock.read('GET', `${board}/notes/${one.id}`))).toEqual(only(one));
      }
    }),
    { numRuns: 40, seed: 10 },
  );
});
