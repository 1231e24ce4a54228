import type { Faker as FakerLibrary } from '@faker-js/faker';
import { faker as shared } from '@faker-js/faker/locale/en';
import { Random } from './random.js';

/** What dates are near to, so that the same seed gives the same bytes on any day. */
export const referenceInstant = new Date('2025-01-15T09:30:00.000Z');

let random = new Random(0);

/**
 * An instance of our own: whoever uses faker in the same process keeps their seed, and we ours. Seeding
 * faker's own Mersenne twister costs more than most values, so this one draws from `Random`.
 */
const own = new (shared.constructor as typeof FakerLibrary)({
  locale: shared.rawDefinitions,
  randomizer: {
    next: () => random.next(),
    seed: (seed) => {
      random = new Random(Number(seed));
    },
  },
});
own.setDefaultRefDate(referenceInstant);

/** Faker, about to draw what follows from a seed. Not to be kept: the next call seeds it anew. */
export function fakerFor(source: Random): FakerLibrary {
  random = new Random(source.seed);
  return own;
}

/** Faker's public functions by `module.method`: all that a document may name. */
export const publicFunctions: ReadonlyMap<string, (...parameters: unknown[]) => unknown> = new Map(
  Object.entries(own)
    .filter(([name, module]) => name !== 'fakerCore' && typeof module === 'object')
    .flatMap(([name, module]) =>
      Object.getOwnPropertyNames(module)
        .filter((method) => typeof module[method] === 'function')
        .map((method) => [`${name}.${method}`, module[method]] as const),
    )
    .sort(([left], [right]) => (left < right ? -1 : 1)),
);
