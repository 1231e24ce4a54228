import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answer } from '../../operation/index.js';
import { defaultJournalLimits, Journal } from './journal.js';

const answer = { status: 200, body: 'x' } as Answer;
const exchange = (target = '/', body = 'x') => ({
  time: 0,
  request: { method: 'GET', target, headers: {}, body: null },
  answer: { ...answer, body },
  milliseconds: 0,
});

test('after a million exchanges it holds the newest thousand, and knows how many there were', () => {
  const journal = new Journal();
  const one = exchange();
  for (let count = 0; count < 1_000_000; count += 1) journal.record(one);
  expect(journal.last).toBe(1_000_000);
  expect(journal.length).toBe(1000);
  expect(journal.read().map(({ number }) => number)).toEqual(
    Array.from({ length: 1000 }, (_, index) => 999_001 + index),
  );
  expect(journal.bytes).toBeLessThan(2_000_000);
});

test('long bodies push out older exchanges, and the newest stays however long it is', () => {
  const journal = new Journal({ entries: 10, bytes: 10_000 });
  for (let count = 0; count < 5; count += 1) journal.record(exchange('/', 'x'.repeat(3000)));
  expect(journal.length).toBe(2);
  journal.record(exchange('/long', 'x'.repeat(50_000)));
  expect(journal.read().map(({ request }) => request.target)).toEqual(['/long']);
  journal.record(exchange());
  expect(journal.bytes).toBeLessThan(10_000);
});

test('the header fields of a request count', () => {
  const journal = new Journal({ entries: 1000, bytes: 100_000 });
  const { request, ...rest } = exchange();
  for (let count = 0; count < 50; count += 1) {
    journal.record({ ...rest, request: { ...request, headers: { cookie: 'x'.repeat(9000) } } });
  }
  expect(journal.length).toBe(9);
});

test('whatever happens, it gives what a list would that is cut at its head', () => {
  const step = fc.oneof(
    { weight: 9, arbitrary: fc.constant('record' as const) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  );
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.nat(60),
      fc.integer({ min: 1, max: 20 }),
      (steps, after, limit) => {
        const journal = new Journal({ entries: 7, bytes: defaultJournalLimits.bytes });
        let model: number[] = [];
        let number = 0;
        for (const one of steps) {
          if (one === 'clear') {
            journal.clear();
            model = [];
          } else {
            journal.record(exchange());
            number += 1;
            model = [...model, number].slice(-7);
          }
        }
        const numbers = journal.read({ after, limit }).map((entry) => entry.number);
        expect(numbers).toEqual(model.filter((one) => one > after).slice(-limit));
        expect(journal.last).toBe(number);
      },
    ),
  );
});
