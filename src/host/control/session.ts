import { mix, Random } from '../../fake/index.js';
import { type Mock, type Preference, State } from '../../mock/index.js';
import { type Active, type ActiveInput, type ActiveStep, operationNamed, readActive, stepAt } from './active.js';
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
  readonly #active = new Map<string, Active>();
  readonly #counts = new Map<string, number>();
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  readonly #everywhere: readonly Preference[];
  readonly #mock: () => Mock;
  #seed: number | null = null;
  #state = State.empty;
  readonly #onState: () => void;

  /**
   * @param everywhere what is active for every operation that has nothing of its own
   * @param mock what is active is held against it
   * @param onState is told when its state has changed
   */
  constructor(
    name: string,
    everywhere: readonly Preference[],
    mock: () => Mock,
    onState: () => void,
    limits?: JournalLimits,
  ) {
    this.name = name;
    this.#onState = onState;
    this.#everywhere = everywhere;
    this.#mock = mock;
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
    return this.#seed ?? this.#mock().seed;
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

  active(operationId: string): Active | null {
    return this.#active.get(operationId) ?? null;
  }

  /**
   * @param operation its id, or method and path (`GET /users/{id}`)
   * @param active a list is a sequence; null: what the mock chooses
   * @throws TypeError that says what is wrong with it, and what is nearest
   */
  setActive(operation: string, active: ActiveInput | readonly ActiveInput[] | null): void {
    const mock = this.#mock();
    const entry = operationNamed(mock.operations, operation);
    if (active === null) this.#active.delete(entry.id);
    else this.#active.set(entry.id, readActive(mock, entry, active));
    this.#counts.delete(entry.id);
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
    const ordinal = this.#counts.get(operationId) ?? 0;
    const own = this.#ownStep(operationId, ordinal);
    const wanted = own === null ? this.#everywhere.filter(({ fault }) => fault === undefined || canShow(fault)) : [own];
    if (wanted.length === 0) return seed;
    this.#counts.set(operationId, ordinal + 1);
    const struck = wanted.find((active) => strikes(active, `${operationId} ${ordinal}`, this.seed));
    if (struck === undefined) return seed;
    const { probability, times, fault, ...rest }: ActiveStep = struck;
    return { ...seed, ...rest, ...(fault !== undefined && { fault, ordinal }) };
  }

  /** What is active for the next request; what was answered so often as was wished is let go. */
  #ownStep(operationId: string, ordinal: number): ActiveStep | null {
    const active = this.#active.get(operationId);
    if (active === undefined) return null;
    const step = stepAt(active, ordinal);
    if (step === null || stepAt(active, ordinal + 1) === null) {
      this.#active.delete(operationId);
      this.#tell({ kind: 'active' });
    }
    return step;
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
