import type { Answer, HttpRequest } from '../../operation/index.js';

/** One exchange as it was recorded: nothing is worked out before somebody reads it. */
export interface JournalEntry {
  /** From 1, without gaps, in the order in which answers were decided. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly request: HttpRequest;
  readonly answer: Answer;
  readonly milliseconds: number;
}

export interface JournalLimits {
  readonly entries: number;
  /** Of requests and responses together, about: what is shared with the mock's memory counts as well. */
  readonly bytes: number;
}

export const defaultJournalLimits: JournalLimits = { entries: 1000, bytes: 16 * 1024 * 1024 };

/** The latest exchanges, bounded in number and in bytes: a ring, so that to record costs the same for ever. */
export class Journal {
  readonly #limits: JournalLimits;
  readonly #ring: (JournalEntry | undefined)[] = [];
  /** Number of the newest entry. */
  #last = 0;
  /** Number of the oldest that is still held. */
  #first = 1;
  #bytes = 0;
  #since = 0;

  constructor(limits: JournalLimits = defaultJournalLimits) {
    this.#limits = limits;
  }

  get last(): number {
    return this.#last;
  }

  /** The number of the newest when it was cleared, from which on those are counted that a person sees. */
  get since(): number {
    return this.#since;
  }

  get length(): number {
    return this.#last - this.#first + 1;
  }

  get bytes(): number {
    return this.#bytes;
  }

  record({ time, request, answer, milliseconds }: Omit<JournalEntry, 'number'>): void {
    this.#last += 1;
    // Named one by one: to spread them costs more than all the rest, for every request that is served.
    const entry = { number: this.#last, time, request, answer, milliseconds };
    this.#bytes += sizeOf(entry);
    while (this.length > this.#limits.entries || (this.#bytes > this.#limits.bytes && this.length > 1)) this.#drop();
    this.#ring[this.#last % this.#limits.entries] = entry;
  }

  /** Entries with a number greater than `after`, oldest first, the newest `limit` of those that `wanted` takes. */
  read(options: { after?: number; limit?: number; wanted?: (entry: JournalEntry) => boolean } = {}): JournalEntry[] {
    const { after = 0, limit = this.#limits.entries, wanted } = options;
    const found: JournalEntry[] = [];
    for (let number = this.#last; number > after && number >= this.#first && found.length < limit; number -= 1) {
      const entry = this.#ring[number % this.#limits.entries];
      if (entry !== undefined && (wanted?.(entry) ?? true)) found.push(entry);
    }
    return found.reverse();
  }

  /** Numbers go on: a reader that asks for what came after the last one it saw is not misled. */
  clear(): void {
    while (this.length > 0) this.#drop();
    this.#since = this.#last;
  }

  #drop(): void {
    const index = this.#first % this.#limits.entries;
    const entry = this.#ring[index];
    if (entry !== undefined) this.#bytes -= sizeOf(entry);
    this.#ring[index] = undefined;
    this.#first += 1;
  }
}

/** What an entry takes besides its texts, in bytes, about. */
const overhead = 1000;

function sizeOf({ request, answer }: JournalEntry): number {
  const { headers } = request;
  let size = (request.body?.byteLength ?? 0) + answer.body.length + request.target.length + overhead;
  for (const name in headers) size += name.length + (headers[name]?.length ?? 0);
  return size;
}
