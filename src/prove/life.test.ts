import { describe, expect, it } from 'vitest';
import { documentOf } from '../contract/life/library/document.js';
import { documentFromObject } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createOperations } from '../operation/index.js';
import { setAt } from '../resource/index.js';
import type { JsonObject } from '../text/value.js';
import { prove } from './index.js';

describe('the proof of sequences', () => {
  it('catches each fault that no single answer shows, and accuses no mock that is right', async () => {
    const operations = createOperations(documentFromObject(documentOf({})));
    const lives = faults.filter(({ family, id }) => family === 'life' && id !== 'orphans');
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

  it('catches what is still shown under a deleted thing, and nothing where a list has an order, and keys a type, of their own', async () => {
    const either = { type: ['integer', 'string'], readOnly: true };
    const document = documentOf({});
    const withEither = setAt(document, ['components', 'schemas', 'Review', 'properties', 'id'], either) as JsonObject;
    const operations = createOperations(documentFromObject(withEither));
    const some = faults.filter(({ id }) => id === 'orphans' || id === 'location-wrong');
    const isReviews = ({ path }: { path: string }) => path.endsWith('/reviews');
    const { trials, falseAlarms } = await prove({ operations, faults: some, only: isReviews });
    expect(falseAlarms).toEqual([]);
    expect(trials).toMatchObject([
      { fault: 'location-wrong', outcome: { kind: 'not-applicable' } },
      { fault: 'orphans', outcome: { kind: 'killed', by: ['deleted-gone'] } },
    ]);
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
