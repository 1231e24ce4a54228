import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Operations } from '../../operation/index.js';
import { createCredentials } from '../credentials/credentials.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import { documentOf, type Style } from './library/calls-document.js';
import { contacts, type Defect, defects } from './library/calls-server.js';
import { violatedBy } from './library/violated.js';

const styles: readonly Style[] = ['ok', 'plain', 'wrapped'];
const compiled = new Map<Style, Operations>();

function operationsOf(style: Style): Operations {
  const operations = compiled.get(style) ?? createOperations(documentFromObject(documentOf(style)));
  compiled.set(style, operations);
  return operations;
}

/** What a newcomer's command line finds. */
async function found(style: Style, defect: Defect | null, isWhole = false) {
  const operations = operationsOf(style);
  const { send, left } = contacts(operations, style, defect);
  const result = await run({
    ...{ operations, target: 'http://contacts', allowWrites: true, concurrency: 1, send, clock: virtualClock() },
    ...(!isWhole && { aspects: ['life'], maxCases: 1 }),
    credentials: createCredentials({}, []),
  });
  const violations = result.findings.filter(({ severity }) => severity === 'violation');
  return { result, violations, left: left() };
}

it('a change that needs what a create does may be one of the whole thing', async () => {
  const operations = createOperations(documentFromObject(documentOf('plain', true)));
  const { send } = contacts(operations, 'plain', 'update-wipes');
  expect(await violatedBy(send, { operations, allowWrites: true })).toEqual([]);
});

describe.each(styles)('contacts that are called (%s)', (style) => {
  it('are exercised whole, accused of nothing, and left as they were', async () => {
    const { result, violations, left } = await found(style, null, true);
    expect(violations.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
    expect(result.operations.filter(({ state }) => state !== 'kept').map(({ path }) => path)).toEqual([]);
    expect(result.leftBehind ?? []).toEqual([]);
    expect(left).toBe(0);
    expect(result.notes.filter((note) => /followed through/.test(note))).toEqual([]);
  });

  it.each(Object.entries(defects))('are followed through their life: %s', async (defect, [check]) => {
    const { violations } = await found(style, defect as Defect);
    expect(violations.map((each) => each.check)).toContain(check);
  });
});
