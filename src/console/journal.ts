import type { Exchange, JournalPart } from './payloads.js';

/** What the console holds of a journal: so many that a person could still look through them. */
export const mostHeld = 1000;

export interface JournalState {
  /** Oldest first. */
  readonly exchanges: readonly Exchange[];
  readonly last: number;
  /** How many there were since it was cleared. */
  readonly count: number;
}

export const emptyJournal: JournalState = { exchanges: [], last: 0, count: 0 };

/** Adds what came, in whatever order and however often, and lets go of what the mock no longer holds. */
export function merge(state: JournalState, part: JournalPart): JournalState {
  // Numbers never go back while a mock runs: this is another one.
  const known = part.last < state.last ? [] : state.exchanges;
  const numbers = new Set(known.map(({ number }) => number));
  const fresh = part.exchanges.filter(({ number }) => !numbers.has(number));
  const all = fresh.length === 0 ? known : [...known, ...fresh].sort((a, b) => a.number - b.number);
  const exchanges = all.filter(({ number }) => number > part.dropped).slice(-mostHeld);
  return { exchanges, last: part.last, count: part.last - part.since };
}

export interface Filter {
  readonly text: string;
  /** `''`, `2` to `5` for a class of status codes, or `violations`. */
  readonly status: string;
  /** Only of this operation. */
  readonly operation: string | null;
}

/** The exchanges that a person wants to see, newest first. */
export function wanted(exchanges: readonly Exchange[], { text, status, operation }: Filter): Exchange[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return exchanges
    .filter(
      (exchange) =>
        (operation === null || exchange.operation === operation) &&
        hasStatus(exchange, status) &&
        (words.length === 0 || hasWords(exchange, words)),
    )
    .reverse();
}

function hasStatus({ status, violations }: Exchange, wish: string): boolean {
  if (wish === '') return true;
  return wish === 'violations' ? violations.length > 0 : String(status).startsWith(wish);
}

function hasWords(exchange: Exchange, words: readonly string[]): boolean {
  const { method, target, status, operation, source, name, violations } = exchange;
  const said = violations.map(({ message }) => message).join(' ');
  const text = `${method} ${target} ${status} ${operation} ${source} ${name} ${said}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
