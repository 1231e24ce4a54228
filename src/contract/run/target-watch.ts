import type { Operation } from '../../operation/index.js';
import { isUnread } from '../checks/received.js';
import { type ContractCase, type Exchange, isUnsafe, type Received, type Send } from '../types.js';
import type { Clock } from './clock.js';

/** A case on its way to the target. */
export interface Sending {
  readonly case: ContractCase;
  readonly operation: Operation;
}

/** After so many requests in a row that got nothing the target is taken to be gone: one that has answered before, and another. */
const mostUnanswered = { known: 20, unknown: 12 };

/** After so many answers in a row that were more than is read, or came to no end, nothing is learnt from the next. */
const mostUnread = 60;

/**
 * For so long answers in a row may be more than is read, be cut, or be no HTTP, in milliseconds: to read so much of each takes a second
 * and more, and so does what comes byte by byte.
 */
const longestUnread = 15_000;

/** So many of the last requests are named when the target has died. */
const mostSuspects = 16;

/** How long a target may take to accept a connection before it is taken to be gone, in milliseconds. */
const graceMilliseconds = 2_000;

/** What the answers say of the target as a whole: what it no longer has, what has changed it, and whether it is still there. */
export class TargetWatch {
  /** Paths that a DELETE has emptied. */
  readonly #deleted = new Set<string>();
  /** Requests in a row that got nothing. */
  #unanswered = 0;
  #hasAnswered = false;
  #unread = 0;
  /** Answers in a row that were more than is read, cut, or no HTTP. */
  #unwhole = 0;
  /** `now()` of the first of them. */
  #unwholeSince: number | null = null;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #sending = new Set<Sending>();
  #lastAnswered: Sending[] = [];
  #probe: Promise<boolean> | null = null;
  /** Why nothing more is to be sent, or null. */
  goneReason: string | null = null;
  /** Ids of cases that end the target: they are not sent again. */
  readonly killers = new Set<string>();
  /** How often it has been brought back, and the work on that while it goes on. */
  revivals = 0;
  revival: Promise<void> | null = null;
  /** The last write that the target has taken, for a person. */
  lastWrite: string | null = null;

  /** The write since which the target answers 503 to everything, for a person. */
  closedBy: string | null = null;

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  sends(sending: Sending): void {
    this.#sending.add(sending);
  }

  observe(sending: Sending, { request, received, operation }: Exchange): void {
    const { status, problems } = received;
    this.#sending.delete(sending);
    this.#lastAnswered = [sending, ...this.#lastAnswered].slice(0, 3);
    const isWrite = isUnsafe(request.method);
    if (isWrite && status !== null && status < 300) {
      this.lastWrite = `${request.method} ${operation.path}`;
      if (request.method === 'DELETE') this.#deleted.add(pathOf(request.target));
    }
    const isNothing = problems.some(({ kind }) => (kind === 'refused' && status === null) || kind === 'timeout');
    this.#unanswered = isNothing ? this.#unanswered + 1 : 0;
    if (!isNothing && status !== null) this.#hasAnswered = true;
    if (this.#unanswered >= mostUnanswered[this.#hasAnswered ? 'known' : 'unknown']) this.goesAway();
    // What answers HEAD has no body, and tells nothing of those that have one.
    if (request.method !== 'HEAD') this.#noteUnread(received);
  }

  #noteUnread(received: Received): void {
    const isUnwhole = isUnread(received);
    // One that is cut or is no HTTP costs little, and other operations may answer whole.
    const spoilt = received.status === null ? 'malformed-http' : 'truncated';
    const isCut = received.problems.some(({ kind }) => kind === spoilt);
    if (!isUnwhole && !isCut) {
      this.#unread = 0;
      this.#unwhole = 0;
      this.#unwholeSince = null;
      return;
    }
    this.#unwhole++;
    if (isUnwhole) this.#unread++;
    // Whoever waits long for each answer says so by `--timeout`, and is not cut short for that alone.
    if (received.problems.every(({ kind }) => kind !== 'timeout')) this.#unwholeSince ??= this.#clock.now();
    const isLong = this.#unwholeSince !== null && this.#clock.now() - this.#unwholeSince >= longestUnread;
    if (this.#unread < mostUnread && !isLong) return;
    const time = isLong ? `, for more than ${longestUnread / 1000} s` : '';
    const what = this.#unread === this.#unwhole ? 'more than is read' : 'more than is read, cut, or no HTTP';
    this.goesAway(`${this.#unwhole} answers in a row were ${what}${time}`);
  }

  /** Whether what stands at the path of a target, or something above it, has been deleted. */
  hasDeleted(target: string): boolean {
    const path = pathOf(target);
    return [...this.#deleted].some((deleted) => path === deleted || path.startsWith(`${deleted}/`));
  }

  /** Nothing more is to be sent. */
  goesAway(reason?: string): void {
    const many = this.#unanswered > 1 ? `${this.#unanswered} requests in a row got nothing` : 'a request got nothing';
    this.goneReason ??= reason ?? `the target stopped answering: ${many}`;
  }

  /** The target answers 503 to everything since a write of this run. */
  closes(write: string): void {
    this.closedBy ??= write;
    this.goesAway(`the target answers 503 to what it answered before, since ${write}, an earlier write of this run`);
  }

  /** Whether nothing listens any more where the target was. All who meet that at the same time ask together. */
  isDead(received: Received, send: Send): Promise<boolean> | false {
    if (received.status !== null || !received.problems.some(({ kind }) => closed.has(kind))) return false;
    this.#probe ??= this.isGone(send).finally(() => {
      this.#probe = null;
    });
    return this.#probe;
  }

  /** Whether nothing takes a connection there. */
  async isGone(send: Send): Promise<boolean> {
    // Whoever limits new connections refuses one, and takes the next.
    for (let attempt = 0; attempt < 3; attempt++) {
      const received = await send(anything, { timeout: graceMilliseconds });
      if (received.status !== null || received.problems.every(({ kind }) => kind !== 'refused')) return false;
      this.#unanswered++;
    }
    return true;
  }

  /** Forgets the requests of which the target has died, and gives them: those without an answer, or the last ones. */
  takeSuspects(): readonly Sending[] {
    const unanswered = [...this.#sending];
    this.#sending.clear();
    this.#unanswered = 0;
    return (unanswered.length > 0 ? unanswered : this.#lastAnswered).slice(-mostSuspects);
  }
}

const closed = new Set<Received['problems'][number]['kind']>(['refused', 'reset', 'truncated']);

const anything = { method: 'GET', target: '/', headers: { accept: '*/*' }, body: null } as const;

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}
