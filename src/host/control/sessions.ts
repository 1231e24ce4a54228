import { type Mock, type Preference, State } from '../../mock/index.js';
import type { JournalLimits } from './journal.js';
import { Session } from './session.js';

/** A client names its session in this header; without it, it is in the default one. */
export const sessionHeader = 'counterproof-session';
export const defaultSession = 'default';

/** So many sessions are kept; the one that was not used for longest makes room. */
const most = 200;
/** Of the journals of all sessions together; those that were not used for longest are emptied. */
const mostBytes = 64 * 1024 * 1024;
/** Of the states of all together, in characters; those that were not used for longest are forgotten. */
const mostCharacters = 256 * 1024 * 1024;
/** After so many changes they are counted. */
const between = 64;

/** All sessions of a mock. */
export class Sessions {
  readonly #byName = new Map<string, Session>();
  readonly #make: (name: string) => Session;
  /** Of all journals together, or more: what was cleared is noticed when they are counted. */
  #bytes = 0;
  #changes = 0;
  /** Is told when the state of a session has changed. */
  onState: (() => void) | null = null;
  /** Is told of a session of which nothing is left here. */
  onForgotten: ((session: Session) => void) | null = null;
  /** Is told of a session that had to make room though somebody had chosen or changed something in it. */
  onLost: ((name: string) => void) | null = null;

  constructor(everywhere: readonly Preference[], mock: () => Mock, limits?: JournalLimits) {
    this.#make = (name) => new Session(name, everywhere, mock, () => this.#stateChanged(), limits);
    this.#byName.set(defaultSession, this.#make(defaultSession));
  }

  get(name: string = defaultSession): Session {
    const known = this.#byName.get(name);
    if (known !== undefined) {
      if (name !== defaultSession) {
        // A map keeps the order of insertion: the first is the one that was not used for longest.
        this.#byName.delete(name);
        this.#byName.set(name, known);
      }
      return known;
    }
    const made = this.#make(name);
    this.#byName.set(name, made);
    if (this.#byName.size > most) this.#dropOldest();
    return made;
  }

  /** The session of a name where there is one, which is not used by that. */
  known(name: string): Session | undefined {
    return this.#byName.get(name);
  }

  /** Records for the session that a request names, and keeps all journals together in bounds. */
  record(exchange: Parameters<Session['record']>[0]): void {
    const session = this.get(sessionNameOf(exchange.request.headers));
    const before = session.journal.bytes;
    session.record(exchange);
    this.#bytes += Math.max(0, session.journal.bytes - before);
    if (this.#bytes > mostBytes) this.#bound();
  }

  all(): readonly Session[] {
    return [...this.#byName.values()];
  }

  #bound(): void {
    let bytes = 0;
    for (const { journal } of this.#byName.values()) bytes += journal.bytes;
    for (const session of this.#byName.values()) {
      if (bytes <= mostBytes) break;
      bytes -= session.journal.bytes;
      if (session.journal.bytes > 0) session.clearJournal();
    }
    this.#bytes = bytes;
  }

  #stateChanged(): void {
    this.#changes += 1;
    if (this.#byName.size > 1 && this.#changes % between === 0) this.#boundStates();
    this.onState?.();
  }

  #boundStates(): void {
    let characters = 0;
    for (const { state } of this.#byName.values()) characters += state.length;
    for (const session of this.#byName.values()) {
      if (characters <= mostCharacters) return;
      if (session.name === defaultSession) continue;
      characters -= session.state.length;
      if (session.state.length === 0) continue;
      this.onLost?.(session.name);
      session.state = State.empty;
      this.#forgotten(session);
    }
  }

  #dropOldest(): void {
    // Whoever looks at a session is not to lose it from under their eyes; what somebody has chosen or changed goes last.
    const open = [...this.#byName.values()].filter(
      ({ name, isListenedTo }) => name !== defaultSession && !isListenedTo,
    );
    const oldest = open.slice(0, -1).find(({ isUntouched }) => isUntouched) ?? open[0];
    if (oldest === undefined) return;
    this.#byName.delete(oldest.name);
    if (!oldest.isUntouched) this.onLost?.(oldest.name);
    this.#forgotten(oldest);
  }

  #forgotten(session: Session): void {
    session.place = null;
    this.onForgotten?.(session);
  }
}

/** The session that a request names, or undefined for the default one. */
export function sessionNameOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string | undefined {
  const value = headers[sessionHeader];
  return typeof value === 'string' && /^[A-Za-z0-9._~-]{1,100}$/.test(value) ? value : undefined;
}
