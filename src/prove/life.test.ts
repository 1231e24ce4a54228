import { describe, expect, it } from 'vitest';
import { documentOf } from '../contract/life/library/document.js';
import { documentFromObject } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createOperations } from '../operation/index.js';
import { prove } from './index.js';

describe('the proof of sequences', () => {
  it('catches each fault that no single answer shows, and accuses no mock that is right', async () => {
    const operations = createOperations(documentFromObject(documentOf({})));
    const lives = faults.filter(({ family }) => family === 'life');
    const result = await prove({ operations, faults: lives, only: ({ path }) => path === '/books', exhaustive: true });
    expect(result.falseAlarms).toEqual([]);
    expect(result.unusable).toEqual([]);
    const outcomes = result.trials.map(({ fault, outcome }) => [fault, outcome.kind]);
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(lives.map(({ id }) => [id, 'killed'])));
    for (const { fault, outcome } of result.trials) {
      const { caughtBy } = lives.find(({ id }) => id === fault) ?? expect.fail();
      expect(outcome.kind === 'killed' && outcome.by, fault).toEqual(expect.arrayContaining(caughtBy.slice(0, 1)));
    }
  });

  it('catches an operation that asks for no credential where the thing is there, and nowhere else', async () => {
    const operations = createOperations(documentFromObject(documentOf({ isSecured: true })));
    const open = faults.filter(({ id }) => id === 'auth-missing-with-real-id');
    const isRead = (each: { path: string; method: string }) => each.path === '/books/{bookId}' && each.method === 'GET';
    const { trials, falseAlarms } = await prove({ operations, faults: open, only: isRead });
    expect(falseAlarms).toEqual([]);
    expect(trials).toMatchObject([
      { fault: 'auth-missing-with-real-id', outcome: { kind: 'killed', by: ['auth-required'] } },
    ]);
  });
});
