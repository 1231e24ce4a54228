import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from './clock.js';

afterEach(() => {
  vi.useRealTimers();
});

test('the clock by which requests are sent goes on where the time of day is put back an hour', () => {
  const before = systemClock.now();
  expect(Math.abs(before - Date.now())).toBeLessThan(3_600_000);
  vi.useFakeTimers({ now: before - 3_600_000, toFake: ['Date'] });
  expect(Date.now()).toBeLessThan(before);
  expect(systemClock.now()).toBeGreaterThanOrEqual(before);
});
