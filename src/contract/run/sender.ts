import type { HttpRequest, Operation } from '../../operation/index.js';
import type { Credentials } from '../credentials/credentials.js';
import type { ContractCase, Exchange, Received, Send } from '../types.js';
import type { Clock } from './clock.js';
import { Patience } from './patience.js';

export interface SenderOptions {
  readonly send: Send;
  readonly credentials: Credentials;
  /** Of another user, where there is one. */
  readonly secondUser?: Credentials | undefined;
  /** Milliseconds for one exchange. */
  readonly timeout: number;
  /** Most requests a second, or null. */
  readonly rate: number | null;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
  /** Told when everybody waits, for how many milliseconds and why. */
  readonly onWait: ((milliseconds: number, why: string) => void) | undefined;
}

export interface Sent {
  readonly exchange: Exchange;
  /** Whether 429 with Retry-After was waited for. */
  readonly waited: boolean;
}

/** The longest Retry-After that is waited for, in milliseconds: of a target that has answered before, and of another. */
const longestWait = { known: 60_000, unknown: 8_000 };

/** After so many waits in a row that were in vain nobody waits any more. */
const mostInVain = 3;

/** Operations that answer with more bytes than this are asked less often at the same time: it all has to be held. */
const largeBytes = 1024 * 1024;
const mostLarge = 2;
/** With more than this, one after the other. */
const veryLargeBytes = 3 * largeBytes;

/** Sends cases at the rate that the user and the target allow. */
export class Sender {
  readonly #options: SenderOptions;
  /** `now()` of the next request by the rate. */
  #nextByRate = 0;
  /** `now()` before which the target has asked for nothing more. */
  #notBefore = 0;
  #inVain = 0;
  /** `now()` of the first 429 of a target that has not answered otherwise. */
  #firstRefusal: number | null = null;
  /** Operations that have answered with much. */
  readonly #large = new Map<string, readonly Turns[]>();
  readonly #largeTurns = new Turns(mostLarge);
  readonly #veryLargeTurns = new Turns(1);
  readonly patience: Patience;
  /** Why the target is not worth waiting for; null where it is. */
  limitedReason: string | null = null;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.patience = new Patience(options.timeout, () => options.clock.now());
  }

  /** @throws UnwritableRequest */
  async send(contractCase: ContractCase, operation: Operation): Promise<Sent> {
    const { clock, secondUser } = this.#options;
    const { request, authenticated, isOfSecondUser } = contractCase;
    const credentials = (isOfSecondUser && secondUser) || this.#options.credentials;
    const onWire = credentials.apply(request, operation, authenticated);
    let received = await this.#exchange(onWire, operation);
    const wait = received.status === 429 ? retryAfter(received, clock.now()) : null;
    const isWaitedFor = wait !== null && this.limitedReason === null && this.#isWorth(wait);
    if (isWaitedFor) {
      // Everyone waits: the target counts them all.
      this.#notBefore = Math.max(this.#notBefore, clock.now() + wait);
      this.#options.onWait?.(wait, 'the target limits the rate (429, Retry-After)');
      received = await this.#exchange(onWire, operation);
    }
    if (received.status !== 429) {
      this.#inVain = 0;
      this.patience.observe(operation, request.method, received);
    } else if (++this.#inVain >= mostInVain && wait !== null) {
      const seconds = Math.ceil(wait / 1000);
      this.limitedReason = `the target limits the rate: it answers 429 again and again, with Retry-After: ${seconds}`;
    }
    const shown = credentials.show(request, operation, authenticated);
    return { exchange: { case: contractCase, operation, request: shown, received }, waited: isWaitedFor };
  }

  /** Whether so long a wait is worth it. All waits for a target that has never answered otherwise are together as short as one. */
  #isWorth(wait: number): boolean {
    if (this.patience.hasAnswered) return wait <= longestWait.known;
    const now = this.#options.clock.now();
    this.#firstRefusal ??= now;
    return now + wait - this.#firstRefusal <= longestWait.unknown;
  }

  async #exchange(request: HttpRequest, { id }: Operation): Promise<Received> {
    const turns = this.#large.get(id) ?? [];
    for (const turn of turns) await turn.take();
    try {
      await this.#turn();
      const received = await this.#options.send(request, { timeout: this.patience.limitFor(id) });
      if (received.raw.length > veryLargeBytes) this.#large.set(id, [this.#veryLargeTurns, this.#largeTurns]);
      else if (received.raw.length > largeBytes && turns.length === 0) this.#large.set(id, [this.#largeTurns]);
      return received;
    } finally {
      for (const turn of turns) turn.giveBack();
    }
  }

  async #turn(): Promise<void> {
    const { rate, signal, clock } = this.#options;
    if (rate !== null) {
      const now = clock.now();
      const mine = Math.max(this.#nextByRate, now);
      this.#nextByRate = mine + 1000 / rate;
      if (mine > now) await clock.pause(mine - now, signal);
    }
    while (!signal?.aborted && clock.now() < this.#notBefore) await clock.pause(this.#notBefore - clock.now(), signal);
  }
}

/** Retry-After (RFC 9110, 10.2.3) in milliseconds from now: seconds, or a date. Null where there is none. */
export function retryAfter(received: Received, now: number): number | null {
  const value = received.headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim();
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Lets so many pass at a time. */
export class Turns {
  #left: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#left = most;
  }

  async take(): Promise<void> {
    if (this.#left > 0) this.#left--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#left++;
    else next();
  }
}
