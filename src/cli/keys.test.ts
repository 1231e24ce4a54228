import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createPaint } from '../report/index.js';
import { followKeys } from './keys.js';

function keyboard() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
    unref: () => {},
  });
  return {
    input: input as never as Parameters<typeof followKeys>[2],
    press: (keys: string) => input.write(keys),
    modes,
  };
}

const printed: string[] = [];
const terminal = { interactive: true, out: (line: string) => printed.push(line), paint: createPaint(false) };

test('r resets, h says which keys there are, q quits, and the keyboard is handed back', async () => {
  const { input, press, modes } = keyboard();
  printed.length = 0;
  let resets = 0;
  const reset = async () => {
    resets += 1;
  };
  const keys = followKeys({ url: null, reset }, terminal, input, () => true);
  press('r');
  await expect.poll(() => printed.length).toBe(2);
  press('xh');
  press('q');
  expect(await keys.quit).toBe('q');
  expect(resets).toBe(1);
  expect(printed).toEqual([
    '  keys      r resets answers, data and log, q quits, h says this',
    '✓ Reset: answers, data and log are as at the start',
    '  keys      r resets answers, data and log, q quits, h says this',
  ]);
  keys.close();
  expect(modes).toEqual([true, false]);
});

test('nothing is read where nobody sits, or from the background', () => {
  printed.length = 0;
  for (const [interactive, isForeground] of [
    [false, true],
    [true, false],
  ] as const) {
    const { input, modes } = keyboard();
    followKeys({ url: null, reset: async () => {} }, { ...terminal, interactive }, input, () => isForeground);
    expect(modes).toEqual([]);
  }
  expect(printed).toEqual([]);
});
