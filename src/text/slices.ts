/** How long the thread is kept at a stretch, in milliseconds. */
const sliceMilliseconds = 8;

/** Work in pieces: between two of them whoever carries it out may do something else. */
export type Work<Result = void> = Generator<null, Result>;

/** Divides long work, so that what else waits for the thread has its turn: timers, sockets, signals. */
export class Slices {
  readonly #milliseconds: number;
  #end: number;
  #turn: Promise<void> | null = null;

  /** @param milliseconds how long the thread is kept at a stretch (8) */
  constructor(milliseconds = sliceMilliseconds) {
    this.#milliseconds = milliseconds;
    this.#end = performance.now() + milliseconds;
  }

  /** Whether it is time to hand the thread back. */
  get isOver(): boolean {
    return this.#turn !== null || performance.now() >= this.#end;
  }

  /** Hands the thread back once: all who wait go on in the same new slice. */
  next(): Promise<void> {
    this.#turn ??= new Promise((resolve) => {
      soon(() => {
        this.#turn = null;
        this.#end = performance.now() + this.#milliseconds;
        resolve();
      });
    });
    return this.#turn;
  }
}

/** After what waits for the thread. A browser has timers alone. */
const soon: (callback: () => void) => void =
  typeof setImmediate === 'function' ? (callback) => setImmediate(callback) : (callback) => setTimeout(callback, 0);

/**
 * What a generator gives, worked out in slices.
 *
 * @param work null stands for a piece of work that gave nothing
 * @param options.slice milliseconds of work at a time
 * @param options.signal ends it after the slice in which it is aborted
 */
export async function* inSlices<Item>(
  work: Iterable<Item | null>,
  { slice, signal }: { readonly slice?: number; readonly signal?: AbortSignal } = {},
): AsyncGenerator<Item, void> {
  const slices = new Slices(slice);
  for (const item of work) {
    if (item !== null) yield item;
    if (slices.isOver) await slices.next();
    if (signal?.aborted) return;
  }
}

/** What a generator comes to, worked out in slices. */
export async function resultInSlices<Result>(work: Iterator<unknown, Result>): Promise<Result> {
  const slices = new Slices();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (slices.isOver) await slices.next();
  }
}

/** What a generator comes to, worked out in one go. */
export function resultOf<Result>(work: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
