import { orTooDeep } from '../text/or-too-deep.js';
import type { Conflict } from './needs/conflict.js';
import { givenUp } from './plan/plan.js';
import type { Budget } from './plan/run.js';

/** To mend a value so many steps may be needed at first, or a multiple of what it took to plan: after that another is begun. */
const mendingSteps = 600;
const mendingFactor = 4;

/** The steps of one way to a value, of those that are left for all ways: the first plan may take all, mending few at first. */
export class Search implements Budget {
  steps = 0;
  forks = 0;
  isPartial = false;
  readonly #all: Pick<Budget, 'steps'>;
  #most = Number.POSITIVE_INFINITY;

  constructor(all: Pick<Budget, 'steps'>) {
    this.#all = all;
  }

  within<Planned>(plan: () => Planned): Planned | Conflict {
    const given = Math.min(this.#all.steps, this.#most);
    this.steps = given;
    this.forks = 0;
    const result = orTooDeep<Planned | Conflict>(plan, () => givenUp('', this));
    const taken = given - this.steps;
    this.#all.steps -= taken;
    if (this.#most === Number.POSITIVE_INFINITY) this.#most = Math.max(mendingSteps, taken * mendingFactor);
    else if (this.isGivenUp) this.#most *= 2;
    return result;
  }

  /** Whether the last plan was given up, and another can be made. */
  get isGivenUp(): boolean {
    return this.steps < 0 && this.#all.steps >= 0;
  }
}
