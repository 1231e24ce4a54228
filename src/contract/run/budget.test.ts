import { afterEach, expect, it, vi } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Progress } from './options.js';
import { run } from './run.js';

afterEach(() => vi.restoreAllMocks());

const responses = { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } } };
const parameterOf = (index: number) => ({
  name: `p${index}`,
  in: 'query',
  required: true,
  schema: { type: 'integer', minimum: 1, maximum: 9 },
});
const operationsOf = (paths: number, parameters = 0) => {
  const get = { responses, parameters: Array.from({ length: parameters }, (_, index) => parameterOf(index)) };
  const entries = Array.from({ length: paths }, (_, index) => [`/r${index}/x`, { get }]);
  return createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: Object.fromEntries(entries) }),
  );
};

const answer = async () => {
  const body = new TextEncoder().encode('{}');
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  return { status: 200, headers, raw: body, body, problems: [], duration: 1 };
};

/** Each look at the clock takes a millisecond. */
const slowly = () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now++);
};

it('derives no longer than there is time, however many cases one operation has', async () => {
  slowly();
  const operations = operationsOf(1, 40);
  const { counts, duration } = await run({ operations, send: answer, target: 'http://t', budget: { duration: 400 } });
  expect(counts.cases).toBeGreaterThan(0);
  expect(duration).toBeLessThan(600);
});

it('sends one request where the time is over before anything is derived', async () => {
  slowly();
  const operations = operationsOf(5);
  const { counts } = await run({ operations, send: answer, target: 'http://t', budget: { duration: 1 } });
  expect(counts.cases).toBe(1);
});

it('says once for all what a budget leaves of the lives of things', async () => {
  slowly();
  const operations = operationsOf(200);
  const { notes } = await run({ operations, send: answer, target: 'http://t', budget: { duration: 300 } });
  expect(notes.filter((note) => note.includes('through its life')).length).toBeLessThan(2);
});

it('counts its progress when somebody looks, and not for each request over all operations', async () => {
  const told: Progress[] = [];
  const operations = operationsOf(3);
  await run({ operations, send: answer, target: 'http://t', onProgress: (progress) => told.push(progress) });
  // What was told early says what is known now.
  expect(told[0]).toMatchObject({ operations: 3, operationsDone: 3, share: 1, violations: told.at(-1)?.violations });
});

it('derives no more than the valid requests where they fill the budget, and says what it left', async () => {
  const operations = operationsOf(200, 3);
  const compile = vi.spyOn(operations, 'compile');
  const budget = { requests: 5 };
  const { counts, notSent } = await run({ operations, send: answer, target: 'http://t', budget });
  expect(counts.cases).toBe(5);
  expect(new Set(compile.mock.calls.map(([entry]) => entry.id)).size).toBeLessThan(10);
  expect(notSent).toEqual([expect.objectContaining({ reason: 'budget', count: 200 })]);
});

it('sends the valid request of each operation before anything else, however little time there is for deriving', async () => {
  slowly();
  const operations = operationsOf(30, 20);
  const { operations: results } = await run({
    operations,
    send: answer,
    target: 'http://t',
    budget: { duration: 4000 },
  });
  expect(results.filter(({ cases }) => cases > 0)).toHaveLength(30);
});
