import { authFaults } from './auth.js';
import { boundsFaults } from './bounds.js';
import { encodingFaults } from './encoding.js';
import { errorBodyFaults } from './error-body.js';
import { formatFaults } from './format.js';
import { harmlessVariants } from './harmless.js';
import { harmlessLives } from './harmless-life.js';
import { headerFaults } from './headers.js';
import { lifeFaults } from './life.js';
import { mediaTypeFaults } from './media-type.js';
import { methodFaults } from './method.js';
import { parameterFaults } from './parameters.js';
import { requiredFaults } from './required.js';
import { robustnessFaults } from './robustness.js';
import { shapeFaults } from './shape.js';
import { statusFaults } from './status.js';
import { streamFaults } from './stream.js';
import { timingFaults } from './timing.js';
import { typeFaults } from './type.js';
import type { Fault } from './types.js';

export type * from './types.js';
export { families } from './types.js';

/** Every fault, in the order of the families. */
export const faults: readonly Fault[] = [
  ...statusFaults,
  ...headerFaults,
  ...mediaTypeFaults,
  ...shapeFaults,
  ...typeFaults,
  ...boundsFaults,
  ...formatFaults,
  ...requiredFaults,
  ...errorBodyFaults,
  ...encodingFaults,
  ...streamFaults,
  ...authFaults,
  ...methodFaults,
  ...parameterFaults,
  ...robustnessFaults,
  ...timingFaults,
  ...lifeFaults,
];

export { harmlessLives, harmlessVariants };

const byId: ReadonlyMap<string, Fault> = new Map(
  [...faults, ...harmlessVariants, ...harmlessLives].map((fault) => [fault.id, fault]),
);

/** The ids of all faults and harmless variants. */
export const faultIds: readonly string[] = [...byId.keys()];

/** The fault or harmless variant with this id, or undefined. */
export function findFault(id: string): Fault | undefined {
  return byId.get(id);
}
