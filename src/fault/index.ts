import type { Operation } from '../operation/index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
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
import type { ActiveFault, Fault } from './types.js';

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

/** Reads `ID` or `ID@pointer`; null where no fault has this id. */
export function readFault(text: string): ActiveFault | null {
  const at = text.indexOf('@');
  const fault = byId.get(at < 0 ? text : text.slice(0, at));
  return fault === undefined ? null : { fault, site: at < 0 ? null : text.slice(at + 1) };
}

/** Why the fault that a request asks for cannot be shown, as a sentence without a final period; null where it can. */
export function faultProblem(text: string, operation: Operation | null): string | null {
  const active = readFault(text);
  if (active === null) {
    const hint = didYouMeanClause(nearest(text.split('@')[0] ?? text, faultIds));
    return `There is no fault "${text}"${hint} ("counterproof faults" lists them)`;
  }
  const reason = operation === null ? null : active.fault.unfit(operation);
  return reason === null ? null : `The fault "${active.fault.id}" cannot show here: ${reason}`;
}
