import { mix, Random } from '../../fake/index.js';
import { type Preference, State } from '../../mock/index.js';
import { Journal, type JournalEntry, type JournalLimits } from './journal.js';

export type SessionEvent =
  | { readonly kind: 'exchange'; readonly entry: JournalEntry }
  /** Its journal was cleared. */
  | { readonly kind: 'cleared' }
  /** Something was chosen, or reset. */
  | { readonly kind: 'active' }
  /** Rows were added, changed or deleted. */
  | { readonly kind: 'state' }
  /** The mock was replaced. */
  | { readonly kind: 'document' };

/** What one client has chosen, and what it was answered. Sessions know nothing of each other. */
export class Session {
  readonly name: string;
  readonly journal: Journal;
  readonly #active = new Map<string, Preference>();
  readonly #counts = new Map<string, number>();
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #everywhere: readonly Preference[];
  readonly #seedOfMock: () => number;
  #seed: number | null = null;
  #state = State.empty;
  readonly #onState: () => void;

  /**
   * @param everywhere what is active for every operation that has nothing of its own
   * @param seedOfMock the seed while the session has none of its own
   * @param onState is told when its state has changed
   */
  constructor(
    name: string,
    everywhere: readonly Preference[],
    seedOfMock: () => number,
    onState: () => void,
    limits?: JournalLimits,
  ) {
    this.name = name;
    this.#onState = onState;
    this.#everywhere = everywhere;
    this.#seedOfMock = seedOfMock;
    this.journal = new Journal(limits);
  }

  /** What its requests have changed. */
  get state(): State {
    return this.#state;
  }

  set state(state: State) {
    this.#state = state;
    this.#onState();
    this.#tell({ kind: 'state' });
  }

  get seed(): number {
    return this.#seed ?? this.#seedOfMock();
  }

  set seed(seed: number) {
    this.#seed = seed;
    this.#tell({ kind: 'active' });
  }

  /** Whether the mock is to choose as if there were no session. */
  get isPlain(): boolean {
    return this.#active.size === 0 && this.#seed === null && this.#everywhere.length === 0;
  }

  get activeCount(): number {
    return this.#active.size;
  }

  active(operationId: string): Preference | null {
    return this.#active.get(operationId) ?? null;
  }

  setActive(operationId: string, active: Preference | null): void {
    if (active === null) this.#active.delete(operationId);
    else this.#active.set(operationId, active);
    this.#counts.delete(operationId);
    this.#tell({ kind: 'active' });
  }

  /** As if the session were new. */
  reset(): void {
    this.#active.clear();
    this.#counts.clear();
    this.#seed = null;
    this.state = State.empty;
    this.#tell({ kind: 'active' });
    this.clearJournal();
  }

  clearJournal(): void {
    this.journal.clear();
    this.#tell({ kind: 'cleared' });
  }

  /**
   * What the mock is asked for, for the next request of an operation; counts it.
   * @param canShow whether the operation can show a fault: of those that are active everywhere not all can
   */
  preferenceFor(operationId: string, canShow: (fault: string) => boolean = () => true): Preference {
    const seed = this.#seed === null ? {} : { seed: this.#seed };
    const own = this.#active.get(operationId);
    const wanted =
      own === undefined ? this.#everywhere.filter(({ fault }) => fault === undefined || canShow(fault)) : [own];
    if (wanted.length === 0) return seed;
    const ordinal = this.#counts.get(operationId) ?? 0;
    this.#counts.set(operationId, ordinal + 1);
    const struck = wanted.find((active) => strikes(active, `${operationId} ${ordinal}`, this.seed));
    if (struck === undefined) return seed;
    const { probability: _probability, fault, ...rest } = struck;
    return { ...seed, ...rest, ...(fault !== undefined && { fault, ordinal }) };
  }

  record(exchange: Omit<JournalEntry, 'number'>): void {
    this.journal.record(exchange);
    if (this.#listeners.size === 0) return;
    const [entry] = this.journal.read({ limit: 1 });
    if (entry !== undefined) this.#tell({ kind: 'exchange', entry });
  }

  /** Tells those who listen that the mock was replaced. */
  documentChanged(): void {
    this.#tell({ kind: 'document' });
  }

  get isListenedTo(): boolean {
    return this.#listeners.size > 0;
  }

  /** @returns what ends it */
  listen(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The same seed and the same requests strike at the same places, so that a flaky run can be repeated. */
function strikes({ fault, probability = 1 }: Preference, what: string, seed: number): boolean {
  return probability >= 1 || new Random(mix(seed, `${fault} ${what}`)).next() < probability;
}
