import { mix, Random } from '../../fake/index.js';
import { type Change, type Mock, type Preference, State, type StateSnapshot } from '../../mock/index.js';
import { type Active, type ActiveInput, type ActiveStep, activeAt, operationNamed, readActive } from './active.js';
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

/** One thing that happens to a session, as data: where several processes share it, this is what they tell each other. */
export type SessionChange =
  | { readonly kind: 'rows'; readonly changes: readonly Change[] }
  /** All its rows are as they once were. */
  | { readonly kind: 'state'; readonly state: StateSnapshot }
  | { readonly kind: 'active'; readonly operationId: string; readonly active: Active | null }
  | { readonly kind: 'seed'; readonly seed: number }
  /** An operation was asked for which something is active. */
  | { readonly kind: 'counted'; readonly operationId: string }
  /** It is as if it were new. */
  | { readonly kind: 'reset' };

/** A change, and the state after it where it is known already. */
export interface Made {
  readonly change: SessionChange;
  readonly next?: State;
}

/** What a session wants of the mock for a request. */
export interface Wish {
  readonly operationId: string;
  readonly preference: Preference;
  /** Whether the next request may be answered otherwise, so that this one counts. */
  readonly isCounted: boolean;
  /** Whether that is for what was chosen in this session. */
  readonly isOwn: boolean;
}

/** All that follows from the changes of a session so far. */
export interface SessionSnapshot {
  readonly state: StateSnapshot;
  readonly active: readonly (readonly [operationId: string, active: Active])[];
  readonly counts: readonly (readonly [operationId: string, count: number])[];
  readonly seed: number | null;
}

/** How far a copy of a session has come that several processes share. */
export interface SessionPlace {
  /** Another one where the session was lost and begun anew. */
  readonly epoch: string;
  /** How many changes there were in this epoch. */
  readonly version: number;
}

/** What one client has chosen, and what it was answered. Sessions know nothing of each other. */
export class Session {
  readonly name: string;
  readonly journal: Journal;
  /** null where no store knows it, or this copy has nothing of what the store knows. */
  place: SessionPlace | null = null;
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

  /** All that is active, by operation id. */
  get allActive(): ReadonlyMap<string, Active> {
    return this.#active;
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
    this.#setActive(entry.id, active === null ? null : readActive(mock, entry, active));
  }

  #setActive(operationId: string, active: Active | null): void {
    if (active === null) this.#active.delete(operationId);
    else this.#active.set(operationId, active);
    this.#counts.delete(operationId);
    this.#tell({ kind: 'active' });
  }

  /** @param next the state after it, where it is known already */
  apply(change: SessionChange, next?: State): void {
    switch (change.kind) {
      case 'rows':
        this.state = next ?? this.#state.with(change.changes) ?? this.#state;
        break;
      case 'state':
        this.state = next ?? stateOf(change.state);
        break;
      case 'active':
        this.#setActive(change.operationId, change.active);
        break;
      case 'seed':
        this.seed = change.seed;
        break;
      case 'counted':
        this.count(change.operationId);
        break;
      case 'reset':
        this.reset();
    }
  }

  snapshot(): SessionSnapshot {
    return { state: this.#state.toJSON(), active: [...this.#active], counts: [...this.#counts], seed: this.#seed };
  }

  /** Whether nothing has been done to it. */
  get isUntouched(): boolean {
    return this.#active.size === 0 && this.#seed === null && this.#state === State.empty;
  }

  /** Takes over what another copy of it has; without one it is as if it were new. The journal stays. */
  restore(snapshot: SessionSnapshot | null): void {
    this.#active.clear();
    for (const [operationId, active] of snapshot?.active ?? []) this.#active.set(operationId, active);
    this.#counts.clear();
    for (const [operationId, count] of snapshot?.counts ?? []) this.#counts.set(operationId, count);
    this.#seed = snapshot?.seed ?? null;
    this.state = snapshot === null ? State.empty : stateOf(snapshot.state);
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
   * What the mock is asked for, for the next request of an operation. That it was asked is for `count`.
   * @param canShow whether the operation can show a fault: of those that are active everywhere not all can
   * @param tried what is taken to be active in the place of what is
   */
  wishFor(operationId: string, canShow: (fault: string) => boolean = () => true, tried?: Active): Wish {
    const seed = this.#seed === null ? {} : { seed: this.#seed };
    const ordinal = this.#counts.get(operationId) ?? 0;
    const active = tried ?? this.#active.get(operationId);
    const own = active === undefined ? null : activeAt(active, tried === undefined ? ordinal : 0);
    const wanted = own === null ? this.#everywhere.filter(({ fault }) => fault === undefined || canShow(fault)) : [own];
    const about = { operationId, isCounted: wanted.length > 0, isOwn: own !== null };
    const struck = wanted.find((one) => strikes(one, `${operationId} ${ordinal}`, this.seed));
    if (struck === undefined) return { ...about, preference: seed };
    const { probability, times, fault, ...rest }: ActiveStep = struck;
    return { ...about, preference: { ...seed, ...rest, ...(fault !== undefined && { fault, ordinal }) } };
  }

  /** Notes that an operation was asked; what was answered so often as was wished is let go. */
  count(operationId: string): void {
    const count = (this.#counts.get(operationId) ?? 0) + 1;
    this.#counts.set(operationId, count);
    const active = this.#active.get(operationId);
    if (active === undefined || activeAt(active, count) !== null) return;
    this.#active.delete(operationId);
    this.#tell({ kind: 'active' });
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

/** @throws TypeError where it is no snapshot */
function stateOf(snapshot: StateSnapshot): State {
  const state = State.from(snapshot);
  if (typeof state === 'string') throw new TypeError(state);
  return state;
}

/** The same seed and the same requests strike at the same places, so that a flaky run can be repeated. */
function strikes({ fault, probability = 1 }: Preference, what: string, seed: number): boolean {
  return probability >= 1 || new Random(mix(seed, `${fault} ${what}`)).next() < probability;
}
