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

/** After so many operations in which a case of one kind has ended the target, others of that kind are left out. */
const mostEndings = 2;

/** So many times several closed connections may be looked into without any that came of another one. */
const mostApartInVain = 2;

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
  /** Those whose connection was closed, while the others that are on their way are awaited. */
  #closed: Closed[] = [];
  #apartInVain = 0;
  #told = () => {};
  #lastAnswered: Sending[] = [];
  #probe: Promise<boolean> | null = null;
  /** Why nothing more is to be sent, or null. */
  goneReason: string | null = null;
  /** Ids of cases that end the target: they are not sent again. */
  readonly killers = new Set<string>();
  /** Ids of cases whose connection was closed when they were sent alone, too. */
  readonly closers = new Set<string>();
  /** By kind of case: the operations in which one has ended the target. */
  readonly #endings = new Map<string, Set<string>>();
  /** How often it has been brought back, and the work on that while it goes on. */
  revivals = 0;
  revival: Promise<void> | null = null;
  /** The work on connections that were closed at the same time, while it goes on. */
  apart: Promise<void> | null = null;
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

  /** It is on its way no more. */
  settles(sending: Sending): void {
    this.#sending.delete(sending);
    this.#told();
  }

  /** A case has ended the target, or one of its processes. */
  ends({ case: contractCase, operation }: Sending): void {
    const kind = kindOf(contractCase);
    if (kind !== null) this.#endings.set(kind, (this.#endings.get(kind) ?? new Set()).add(operation.id));
  }

  /** Whether nothing is to be learnt of a case but that it ends the target as well. */
  isEnding({ case: contractCase }: Sending): boolean {
    const kind = kindOf(contractCase);
    return kind !== null && (this.#endings.get(kind)?.size ?? 0) >= mostEndings;
  }

  /**
   * Keeps one whose connection was closed, until it is known of the others that are on their way.
   *
   * @returns its answer when it was sent alone; null where it need not be, for no other was closed at that time
   */
  waitsApart(sending: Sending, received: Received): Promise<Exchange | null> | null {
    // Who was not let in has ended nothing.
    const isLetIn = received.problems.every(({ kind }) => kind !== 'refused');
    if (this.#apartInVain >= mostApartInVain || !isClosed(received) || !isLetIn) return null;
    return new Promise((resolve) => {
      this.#closed.push({ sending, resolve });
      this.#told();
    });
  }

  /** Those whose connections were closed at the same time, once nothing else is on its way. */
  async allClosed(): Promise<readonly Closed[]> {
    while (this.#closed.length < this.#sending.size) {
      await new Promise<void>((resolve) => {
        this.#told = resolve;
      });
    }
    return this.#closed.splice(0);
  }

  /** What came of looking into several that were closed: whether any was so for another one. */
  notesApart(hasInnocent: boolean): void {
    this.#apartInVain = hasInnocent ? 0 : this.#apartInVain + 1;
  }

  observe(sending: Sending, { request, received, operation }: Exchange): void {
    const { status, problems } = received;
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
    if (!isClosed(received)) return false;
    this.#probe ??= this.isGone(send).finally(() => {
      this.#probe = null;
    });
    return this.#probe;
  }

  /** Whether nothing takes a connection there. */
  async isGone(send: Send): Promise<boolean> {
    // Whoever limits new connections refuses one, and takes the next.
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await this.listens(send)) return false;
      this.#unanswered++;
    }
    return true;
  }

  /** Whether something takes a connection there. */
  async listens(send: Send): Promise<boolean> {
    const { status, problems } = await send(anything, { timeout: graceMilliseconds });
    return status !== null || problems.every(({ kind }) => kind !== 'refused');
  }

  /** Forgets the requests of which the target has died, and gives them: those without an answer, or the last ones. */
  takeSuspects(): readonly Sending[] {
    const unanswered = [...this.#sending];
    this.#sending.clear();
    this.#told();
    this.#unanswered = 0;
    return (unanswered.length > 0 ? unanswered : this.#lastAnswered).slice(-mostSuspects);
  }
}

/** A case whose connection was closed, and who waits to hear how it was answered alone. */
export interface Closed {
  readonly sending: Sending;
  readonly resolve: (answer: Exchange | null) => void;
}

const closed = new Set<Received['problems'][number]['kind']>(['refused', 'reset', 'truncated']);

/** Whether a connection was closed, or refused, before any status. */
export function isClosed({ status, problems }: Received): boolean {
  return status === null && problems.some(({ kind }) => closed.has(kind));
}

/** What a case is of in whatever operation: a method, or a hostile input. null of what only this operation has. */
function kindOf({ aspect, varies, request }: ContractCase): string | null {
  if (aspect === 'method') return request.method;
  return aspect === 'hostile' ? `${varies.in} ${varies.keyword}` : null;
}

const anything = { method: 'GET', target: '/', headers: { accept: '*/*' }, body: null } as const;

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}
