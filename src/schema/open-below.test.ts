import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { OpenBelow } from './open-below.js';
import { viewOf } from './view.js';

const pointerOf = (index: number) => `/components/schemas/S${index}`;

/** Each knows the next one, and the last the first. */
function ring(count: number) {
  const schemas = Array.from({ length: count }, (_, index) => [
    `S${index}`,
    { type: 'object', properties: { next: { $ref: `#${pointerOf((index + 1) % count)}` } } },
  ]);
  return viewOf(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {},
      components: { schemas: Object.fromEntries(schemas) },
    }),
  );
}

it('looks at each of many schemas that know each other once, whichever are asked for', () => {
  let looks = 0;
  const below = new OpenBelow(ring(100), () => {
    looks++;
    return false;
  });
  for (let index = 0; index < 100; index++) expect(below.has(pointerOf(index))).toBe(false);
  expect(looks).toBeLessThan(300);
});

it('finds what is open below each of them, until it is closed', () => {
  const open = new Set([pointerOf(3), pointerOf(7)]);
  const below = new OpenBelow(ring(10), ({ pointer }) => open.has(pointer));
  const answers = () => Array.from({ length: 10 }, (_, index) => below.has(pointerOf(index)));
  expect(answers()).not.toContain(false);
  open.delete(pointerOf(3));
  expect(answers()).not.toContain(false);
  open.delete(pointerOf(7));
  expect(answers()).not.toContain(true);
});
