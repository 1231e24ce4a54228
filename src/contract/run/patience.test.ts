import { expect, it } from 'vitest';
import type { Operation } from '../../operation/index.js';
import type { Received } from '../types.js';
import { Patience } from './patience.js';

const none = new Uint8Array();
const late = { status: null, problems: [{ kind: 'timeout', message: 'x' }], duration: 10_000 } as const;
const whole = { status: 200, problems: [], duration: 40 } as const;

function observed(...answers: readonly (readonly [id: string, received: Partial<Received>])[]): Patience {
  const patience = new Patience(10_000);
  for (const [id, received] of answers)
    patience.observe({ id } as Operation, 'GET', { headers: [], raw: none, body: none, ...received } as Received);
  return patience;
}

it('is the whole time for the first answer, half a second where nothing has ever answered, a second where an operation hangs', () => {
  expect(observed().limitFor('a')).toBe(10_000);
  expect(observed(['a', late]).limitFor('b')).toBe(500);
  const others = observed(['a', late], ['b', whole]);
  expect([others.limitFor('a'), others.limitFor('c')]).toEqual([1_000, 10_000]);
});
