import { type Exchange, UnwritableRequest } from '../types.js';
import { systemClock } from './clock.js';
import { refusesStandIn } from './judge.js';
import { note, noteOfOperation } from './note.js';
import type { Sent } from './sender.js';
import type { RunState } from './state.js';
import type { Task } from './tasks.js';

/** After so many ends the target is left alone. */
const mostRevivals = 8;

/**
 * Sends a case, and keeps what the answer says of operation and target. Null where there is nothing to judge: nobody
 * is accused of what the end of the target did to other requests than the one that ended it.
 */
export async function ask(state: RunState, task: Task): Promise<Exchange | null> {
  const { options, target, sender } = state;
  const { tally } = task;
  try {
    for (;;) {
      await target.revival;
      if (target.killers.has(task.case.id) || state.stopReason !== null) return null;
      target.sends(task);
      const { exchange, waited } = await tally.whileUnderway(task.case, async () =>
        sendWithout(state, task, await sender.send(task.case, task.operation)),
      );
      // What arrives while the run is being stopped may be an effect of that.
      if (options.signal?.aborted) return null;
      if (!(await target.isDead(exchange.received, options.send))) {
        if (waited) tally.waited++;
        tally.answered(exchange);
        state.answers++;
        target.observe(task, exchange);
        // Whoever gives the cases knows what exists.
        if (options.casesOf === undefined) state.things.learn(exchange);
        return exchange;
      }
      target.revival ??= afterDeath(state).finally(() => {
        target.revival = null;
      });
    }
  } catch (error) {
    if (!(error instanceof UnwritableRequest)) throw error;
    state.leaveOut('unwritable');
    return null;
  }
}

/** So many requests are sent once more without a credential, to see whether the target needs one. */
const mostWithout = 3;

/**
 * Where a made-up credential is refused, the same without any: a target that knows no credentials yet may look at one that it is
 * shown, and answer everybody else. Then none is made up any more.
 */
async function sendWithout(state: RunState, { case: contractCase, operation }: Task, sent: Sent): Promise<Sent> {
  const { credentials, sender, withoutStandIn } = state;
  if (!refusesStandIn(sent.exchange, credentials.has(operation)) || contractCase.isOfSecondUser) return sent;
  const send = () => sender.send({ ...contractCase, authenticated: false }, operation);
  let other: Sent | null = null;
  if (credentials.standsIn && withoutStandIn.length < mostWithout) {
    const trial = send();
    withoutStandIn.push(trial);
    other = await trial;
    if (isDenied(other.exchange)) return sent;
    credentials.standsIn = false;
  } else {
    await Promise.all(withoutStandIn);
    if (credentials.standsIn) return sent;
    other = await send();
  }
  return { ...other, exchange: { ...other.exchange, case: contractCase } };
}

function isDenied({ received: { status } }: Exchange): boolean {
  return status === null || status === 401 || status === 403;
}

/** Names the requests before the end of the target; where it comes back, sends each alone to see which one ends it. */
async function afterDeath(state: RunState): Promise<void> {
  const { target, sender, options } = state;
  const suspects = target.takeSuspects();
  const culprit = { found: false };
  for (const suspect of suspects) {
    if (culprit.found || !(await revive(state))) break;
    const { exchange } = await sender.send(suspect.case, suspect.operation);
    if (!(await target.isDead(exchange.received, options.send))) continue;
    culprit.found = true;
    target.killers.add(suspect.case.id);
    const tally = state.tallyOf(suspect.operation.id);
    if (tally === undefined) continue;
    tally.broken++;
    note(
      state,
      { tally, case: suspect.case },
      target.revivals,
      exchange,
      {
        ...crash(suspect.operation.pointer),
        message: `One request ends the server: ${suspect.case.title}`,
        cause: `ends the server: ${suspect.case.varies.keyword}`,
        received: 'nothing: after it, alone, nothing listens there any more',
      },
      false,
    );
  }
  if (!culprit.found) tellSuspects(state, suspects);
  if (suspects.length === 0 || !(await revive(state))) target.goesAway();
}

/** So long a target that was brought back has to stay, in milliseconds: what it has stored may end it again by itself. */
const stayMilliseconds = 1_000;

/** Whether the target has come back, and stays. */
async function revive({ target, options }: RunState): Promise<boolean> {
  const { restart, clock = systemClock, signal, send } = options;
  if (restart === undefined || target.revivals >= mostRevivals) return false;
  if (!(await target.isGone(send))) return true;
  target.revivals++;
  if (!(await restart())) return false;
  await clock.pause(stayMilliseconds, signal);
  if (!(await target.isGone(send))) return true;
  target.goesAway('the target ends by itself each time that it is brought back');
  return false;
}

function tellSuspects(state: RunState, suspects: readonly Pick<Task, 'case' | 'operation'>[]): void {
  const [last] = suspects;
  const tally = (last && state.tallyOf(last.operation.id)) ?? state.tallies[0];
  if (tally === undefined) return;
  tally.broken++;
  const names = suspects.map((one) => `${one.case.request.method} ${one.operation.path} (${one.case.title})`);
  const hint = state.options.restart ? '' : '; with --restart COMMAND each is sent again alone';
  noteOfOperation(state, tally, {
    ...crash(tally.entry.pointer),
    message: 'The server has ended during the run, and nothing listens there any more',
    received: `the last requests before that: ${names.join('; ') || 'none'}${hint}`,
  });
}

function crash(pointer: string) {
  const fixed = { check: 'well-formed', severity: 'violation', concern: 'crash' } as const;
  return { ...fixed, expected: 'a server that outlives every request', pointer };
}
