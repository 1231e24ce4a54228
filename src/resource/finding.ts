import type { Operations } from '../operation/index.js';
import type { ResourceCorrection } from './correct.js';
import { Finder } from './find.js';
import type { Resources } from './types.js';

const uncorrected: readonly ResourceCorrection[] = [];

const known = new WeakMap<Operations, WeakMap<readonly ResourceCorrection[], Finding>>();

/**
 * What a document says about things: which it lets one list, create, read, change and remove, by which paths and key, and
 * what each operation, query parameter and member beside the rows does. Found once for a document and a list of
 * corrections, from its paths and schemas; no operation is compiled for it.
 * @param corrections what the fixture file says otherwise; held against the document before
 */
export function findResources(operations: Operations, corrections = uncorrected): Resources {
  return findingOf(operations, corrections).whole();
}

/**
 * The pieces of the work of `findResources`, for whoever lets others have their turn between them. Who cannot wait asks `findResources`
 * meanwhile, which does what is left.
 */
export function findingResources(operations: Operations, corrections = uncorrected): Iterable<null> {
  return findingOf(operations, corrections).pieces();
}

function findingOf(operations: Operations, corrections: readonly ResourceCorrection[]): Finding {
  const said = corrections.length > 0 ? corrections : uncorrected;
  const bySaid = known.get(operations) ?? new WeakMap<readonly ResourceCorrection[], Finding>();
  known.set(operations, bySaid);
  const finding = bySaid.get(said) ?? new Finding(() => Finder.find(operations, said));
  bySaid.set(said, finding);
  return finding;
}

/** What is being found, or has been. */
class Finding {
  readonly #start: () => Generator<null, Resources>;
  #work: Generator<null, Resources> | null = null;
  #found: Resources | null = null;

  constructor(start: () => Generator<null, Resources>) {
    this.#start = start;
  }

  *pieces(): Generator<null, void> {
    while (this.#found === null) {
      this.#work ??= this.#start();
      const { done, value } = this.#next(this.#work);
      if (done) [this.#found, this.#work] = [value, null];
      else yield null;
    }
  }

  /** What has failed is begun anew, and fails again for whoever asks next. */
  #next(work: Generator<null, Resources>): IteratorResult<null, Resources> {
    try {
      return work.next();
    } catch (error) {
      this.#work = null;
      throw error;
    }
  }

  whole(): Resources {
    for (const _ of this.pieces());
    return this.#found as Resources;
  }
}
