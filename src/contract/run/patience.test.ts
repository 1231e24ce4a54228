import { expect, it } from 'vitest';
import type { Operation } from '../../operation/index.js';
import type { Received } from '../types.js';
import { Patience } from './patience.js';

const none = new Uint8Array();
const late = { status: null, problems: [{ kind: 'timeout', message: 'x' }], duration: 10_000 } as const;
const whole = { status: 200, problems: [], duration: 40 } as const;

let now = 0;

function observed(...answers: readonly (readonly [id: string, received: Partial<Received>])[]): Patience {
  const patience = new Patience(10_000, () => now);
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

it('is as short where what came took its time, and was no answer', () => {
  const wasted = { status: null, problems: [{ kind: 'too-large', message: 'x' }], duration: 1_600 } as const;
  expect(observed(['a', wasted]).limitFor('b')).toBe(500);
  expect(observed(['a', { ...wasted, duration: 30 }]).limitFor('b')).toBe(10_000);
});

it('ends for all requests together where nothing has ever answered, soon after the first limit', () => {
  now = 0;
  const patience = new Patience(10_000, () => now);
  expect(patience.limitFor('a')).toBe(10_000);
  now = 10_000;
  patience.observe({ id: 'a' } as Operation, 'GET', {
    headers: [],
    raw: none,
    body: none,
    ...late,
  } as unknown as Received);
  expect(patience.limitFor('b')).toBe(500);
  now = 11_300;
  expect(patience.limitFor('c')).toBe(200);
  now = 20_000;
  expect(patience.limitFor('d')).toBe(1);
});
