import type { Mock, MockAnswer, Preference, State } from '../../mock/index.js';
import type { Answer, HttpRequest } from '../../operation/index.js';
import type { Made } from './session.js';

/** What is asked of a mock, and where what comes of it is kept. */
export interface Asked {
  readonly mock: Mock;
  readonly request: HttpRequest;
  readonly preference: Preference | undefined;
  /** As it is now: another one where others have changed it since. */
  readonly state: () => State;
  /** Keeps a change; asks again for what is to be kept where others have come first. */
  readonly keep: (make: () => Made | null) => Promise<void> | undefined;
}

/** Others may change what a function has read so often before a request is given up. */
const maximumAttempts = 20;

/**
 * Waits for what a function has to say. What it changes is kept if nobody has changed meanwhile what it has read; otherwise it is
 * asked again, in the state that others have led to: so no two requests can both take the last free seat.
 * @param first the answer that is on its way, asked for in the state `before`
 */
export async function answerHandled(asked: Asked, first: Promise<MockAnswer>, before: State): Promise<Answer> {
  const { mock, request, preference, state, keep } = asked;
  let given: MockAnswer | Promise<MockAnswer> = first;
  let begun = before;
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    const { next, ...sent } = await given;
    if (next === undefined) return sent;
    let isKept = false;
    await keep(() => {
      const now = state();
      isKept = now === begun || next.holdsIn?.(now) === true;
      const after = now === begun ? next.state : isKept ? now.with(next.changes) : null;
      return after === null ? null : { change: { kind: 'rows', changes: next.changes }, next: after };
    });
    if (isKept) return sent;
    begun = state();
    given = mock.respond(request, preference, begun);
  }
  return mock.refuse(request, 503, `Others have changed what the handler has read ${maximumAttempts} times`);
}
