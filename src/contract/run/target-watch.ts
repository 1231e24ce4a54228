import type { Exchange } from '../types.js';

/** After so many requests in a row that got nothing the target is taken to be gone. */
const mostUnanswered = 20;

/** What the answers say of the target as a whole: what it no longer has, and whether it is still there. */
export class TargetWatch {
  /** Paths that a DELETE has emptied. */
  readonly #deleted = new Set<string>();
  /** Requests in a row that got nothing. */
  #unanswered = 0;
  #isGone = false;

  observe({ request, received }: Exchange): void {
    const { status, problems } = received;
    if (request.method === 'DELETE' && status !== null && status < 300) this.#deleted.add(pathOf(request.target));
    const isNothing = status === null && problems.some(({ kind }) => kind === 'refused' || kind === 'timeout');
    this.#unanswered = isNothing ? this.#unanswered + 1 : 0;
    if (this.#unanswered >= mostUnanswered) this.#isGone = true;
  }

  /** Whether what stands at the path of a target, or something above it, has been deleted. */
  hasDeleted(target: string): boolean {
    const path = pathOf(target);
    return [...this.#deleted].some((deleted) => path === deleted || path.startsWith(`${deleted}/`));
  }

  /** Why nothing more is to be sent, or null. */
  get goneReason(): string | null {
    return this.#isGone ? `the target stopped answering: ${this.#unanswered} requests in a row got nothing` : null;
  }
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}
