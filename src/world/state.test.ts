import { expect, test } from 'vitest';
import { State } from './state.js';

const added = (key: number) => ({ collection: 'pets', key: String(key), row: { id: key }, isBase: false, unique: [] });
const removed = (key: number) => ({ ...added(key), row: null });

/** Ten thousand pets, which came and went one after the other. */
const passed = Array.from({ length: 10_000 }).reduce<State>(
  (state, _, key) => state.with([added(key), removed(key)]) as State,
  State.empty.with([{ ...removed(-1), isBase: true }]) as State,
);
const more = passed.with(
  Array.from({ length: 50 }, (_, index) => [added(10_000 + index), removed(10_000 + index)]).flat(),
);

test('what comes and goes for ever takes no more and more room: the last ten thousand are known as deleted', () => {
  expect(more?.size).toBe(10_001);
  const pets = more?.collection('pets');
  expect(pets).toMatchObject({ addedCount: 0, count: 20_101 });
  expect([49, 50, 10_049].map((key) => pets?.row(String(key)))).toEqual([undefined, null, null]);
});

test('what came back is no longer among those that went', () => {
  const state = passed.with([added(0), added(10_001), removed(10_001)]) as State;
  expect(state.collection('pets')?.row('0')?.value).toEqual({ id: 0 });
  expect(state.collection('pets')?.row('1')).toBeNull();
});

test('rows of the base world stay deleted, whatever comes and goes', () => {
  expect(more?.collection('pets')?.row('-1')).toBeNull();
  expect([...(more?.collection('pets')?.deleted ?? [])]).toEqual([['-1', true]]);
});

test('a snapshot knows in which order they went, and which were of the base world', () => {
  const first = State.empty.with([2, 1, 3].flatMap((key) => [added(key), removed(key)])) as State;
  const state = State.from(JSON.parse(JSON.stringify(first))) as State;
  expect([...(state.collection('pets')?.changes('pets') ?? [])].map(({ key, isBase }) => [key, isBase])).toEqual([
    ['2', false],
    ['1', false],
    ['3', false],
  ]);
  expect(state.collection('pets')?.deleted.size).toBe(0);
});
