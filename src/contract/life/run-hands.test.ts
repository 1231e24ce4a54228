import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type OperationEntry } from '../../operation/index.js';
import { virtualClock } from '../run/clock.js';
import { RunState } from '../run/state.js';
import type { Outcome } from './hands.js';
import { RunHands } from './run-hands.js';

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/things': { get: { responses: { 200: { description: 'x' } } } } },
  }),
);

it('gives a target its time also where nothing could be told at the second look', async () => {
  const none = new Uint8Array();
  const send = async () => ({ status: 200, headers: [], raw: none, body: none, problems: [], duration: 1 });
  const state = new RunState({ operations, send, target: 'http://t', clock: virtualClock() }, null);
  const hands = new RunHands(state, { name: 'things' }, () => false);
  const [entry] = operations.entries as readonly [OperationEntry];
  const looks: (Outcome['said'] | undefined)[] = [
    { message: 'not there', expected: 'it', received: 'nothing', cause: 'late' },
    undefined,
    null,
  ];
  const isHeld = await hands.hold('total-right', async () => {
    const exchange = await hands.send({ entry, path: {}, title: 'look' });
    const said = looks.shift();
    return exchange && said !== undefined ? { exchange, said } : null;
  });
  expect([isHeld, looks.length]).toEqual([true, 0]);
});
