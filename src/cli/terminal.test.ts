import { Writable } from 'node:stream';
import { afterEach, expect, test, vi } from 'vitest';
import { createPaint } from '../report/index.js';
import { processTerminal, type Streams } from './terminal.js';

test('without colour paint adds nothing', () => {
  expect(createPaint(false).red('x')).toBe('x');
  expect(createPaint(true).red('x')).toBe('\x1b[31mx\x1b[39m');
});

afterEach(() => {
  vi.useRealTimers();
});

/** A terminal whose standard output takes what `taken` lets go on. */
function unread(taken: (done: () => void) => void = () => {}) {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => taken(done) });
  const streams: Streams = { stdout, stderr: new Writable(), env: {}, on: () => {} };
  return processTerminal(streams);
}

test('a log that nobody reads does not keep the process from its end, and a result waits for its reader', async () => {
  vi.useFakeTimers();
  const [log, result] = [unread(), unread()];
  log.log('GET /', () => '');
  result.out('Kept');
  const told: string[] = [];
  void log.end().then((failure) => told.push(`log ${failure}`));
  void result.end().then((failure) => told.push(`result ${failure}`));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual(['log null']);
});

test('a log that is read slowly is written to its end', async () => {
  vi.useFakeTimers();
  const waiting: (() => void)[] = [];
  const terminal = unread((done) => waiting.push(done));
  for (const line of ['a', 'b', 'c']) {
    terminal.log(line, () => '');
    await vi.advanceTimersByTimeAsync(100);
  }
  let hasEnded = false;
  void terminal.end().then(() => {
    hasEnded = true;
  });
  // Each piece is taken just before it is given up.
  for (const done of waiting) {
    await vi.advanceTimersByTimeAsync(1900);
    expect(hasEnded).toBe(false);
    done();
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(hasEnded).toBe(true);
});
