import { beforeAll, describe, expect, it } from 'vitest';
import { type Aspect, type Budget, type RunResult, run, type Send } from '../contract/index.js';
import { readDocument } from '../document/index.js';
import { createMock } from '../mock/index.js';
import { createOperations, type Operations } from '../operation/index.js';
import { proveAndLearn, worthsById } from './index.js';
import { overVirtualWire } from './virtual-wire.js';

const file = new URL('../../spec/openhands-installations.yaml', import.meta.url).pathname;

let operations: Operations;
beforeAll(async () => {
  operations = createOperations(await readDocument(file));
});

/** The suite against the mock with a fault, and the targets in the order in which they were sent. */
async function runWithin(
  budget: Budget,
  fault?: string,
  aspects?: readonly Aspect[],
): Promise<{ result: RunResult; sent: readonly string[] }> {
  const mock = createMock({ operations });
  const sent: string[] = [];
  const send: Send = (request, { timeout }) => {
    sent.push(`${request.method} ${request.target}`);
    return overVirtualWire(mock.answer(request, fault === undefined ? undefined : { fault }), request.method, timeout);
  };
  const target = 'http://localhost';
  const chosen = aspects === undefined ? {} : { aspects };
  const result = await run({ operations, send, target, allowWrites: true, budget, concurrency: 1, ...chosen });
  return { result, sent };
}

describe('a run with a budget', () => {
  it('sends so many cases, counts the others, and is no less a verdict', async () => {
    const { result, sent } = await runWithin({ requests: 10 });
    expect(sent).toHaveLength(10);
    expect(result.counts.cases).toBe(10);
    expect(result.notSent.find(({ reason }) => reason === 'budget')?.count).toBeGreaterThan(30);
    expect(result.verdict).toBe('kept');
  });

  it('begins with the valid request, and finds with a fifth what all would find', async () => {
    const { result, sent } = await runWithin({ requests: 10 }, 'type-number-for-string');
    expect(sent[0]).toBe('GET /api/user/installations?provider=github');
    expect(result.verdict).toBe('broken');
  });

  it('keeps to the aspects that were asked for', async () => {
    const aspects = ['accepted'] as const;
    const { result } = await runWithin({ requests: 10 }, undefined, aspects);
    expect(result.operations.flatMap((operation) => operation.aspects.map(({ aspect }) => aspect))).toEqual(aspects);
  });

  it('stops when the time is over, and sends one request at least', async () => {
    const { result } = await runWithin({ duration: 0 });
    expect(result.counts.cases).toBe(1);
  });

  it('follows the proof of the document where it has one', async () => {
    const { kills } = await proveAndLearn({ operations, maxSites: 2 });
    const worths = worthsById(kills);
    const caught = (ids: readonly string[]) =>
      new Set(kills.flatMap(({ killed }) => ids.flatMap((id) => [...(killed.get(id) ?? [])]))).size;
    const all = kills.flatMap(({ cases }) => cases.map(({ id }) => id));
    const most = [...all].sort((a, b) => (worths[b] ?? 0) - (worths[a] ?? 0)).slice(0, all.length / 5);
    // Ten cases catch no more of it: each of those that are left is the only one to catch its fault.
    expect(caught(most) / caught(all)).toBeGreaterThan(0.85);
    const { sent } = await runWithin({ requests: 2, worths: { [all.at(-1) ?? '']: 9 } });
    expect(sent).toHaveLength(2);
  });
});
