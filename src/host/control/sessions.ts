import type { JournalLimits } from './journal.js';
import { type Active, Session } from './session.js';

/** A client names its session in this header; without it, it is in the default one. */
export const sessionHeader = 'counterproof-session';
export const defaultSession = 'default';

/** So many sessions are kept; the one that was not used for longest makes room. */
const most = 200;

/** All sessions of a mock. */
export class Sessions {
  readonly #byName = new Map<string, Session>();
  readonly #make: (name: string) => Session;
  /** Those that had to make room. */
  dropped = 0;

  constructor(everywhere: readonly Active[], seedOfMock: () => number, limits?: JournalLimits) {
    this.#make = (name) => new Session(name, everywhere, seedOfMock, limits);
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

  all(): readonly Session[] {
    return [...this.#byName.values()];
  }

  #dropOldest(): void {
    for (const name of this.#byName.keys()) {
      if (name === defaultSession) continue;
      this.#byName.delete(name);
      this.dropped += 1;
      return;
    }
  }
}

/** The session that a request names, or undefined for the default one. */
export function sessionNameOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): string | undefined {
  const value = headers[sessionHeader];
  return typeof value === 'string' && /^[A-Za-z0-9._~-]{1,100}$/.test(value) ? value : undefined;
}
