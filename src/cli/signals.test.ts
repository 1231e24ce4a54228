import { expect, test } from 'vitest';
import { endableAtOnce, interrupted } from './signals.js';

const listening = () => process.listenerCount('SIGTERM');

test('the first signal is heard, and those that come when all is said are left to the system, which ends a process that is busy too', async () => {
  const before = listening();
  const heard = interrupted();
  expect(listening()).toBe(before + 1);
  process.emit('SIGTERM');
  expect(await heard).toBe('SIGTERM');
  await endableAtOnce();
  expect(listening()).toBe(before);
});
