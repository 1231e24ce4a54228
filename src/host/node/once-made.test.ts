import { expect, test } from 'vitest';
import { onceMade } from './once-made.js';

test('what is made is made once, also where it is asked for meanwhile, and a failure is not kept', async () => {
  let asked = 0;
  const get = onceMade(async () => {
    asked += 1;
    if (asked === 1) throw new Error('EMFILE: too many open files');
    return { asked };
  });
  const [first, second] = await Promise.allSettled([get(), get()]);
  expect([first?.status, second?.status, asked]).toEqual(['rejected', 'rejected', 1]);
  const [third, fourth] = await Promise.all([get(), get()]);
  expect(third).toEqual({ asked: 2 });
  expect([fourth, await get()]).toEqual([third, third]);
});
