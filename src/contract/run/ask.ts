import { type Exchange, UnwritableRequest } from '../types.js';
import { systemClock } from './clock.js';
import { refusesStandIn } from './judge.js';
import { note, noteOfOperation } from './note.js';
import type { Sent } from './sender.js';
import type { RunState } from './state.js';
import { isClosed, type Sending, type TargetWatch } from './target-watch.js';
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
      await target.apart;
      if (target.killers.has(task.case.id) || state.stopReason !== null) return null;
      if (target.isEnding(task)) {
        state.leaveOut('ends-target');
        return null;
      }
      target.sends(task);
      const { exchange: first, waited } = await tally.whileUnderway(task.case, async () =>
        sendWithout(state, task, await sender.send(task.case, task.operation)),
      );
      // What arrives while the run is being stopped may be an effect of that.
      if (options.signal?.aborted) return null;
      if (!(await target.isDead(first.received, options.send))) {
        // What was closed by the end that is being looked into is sent once more after that.
        if (isClosed(first.received) && target.revival !== null) continue;
        const exchange = await apart(state, task, first);
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
  } finally {
    target.settles(task);
  }
}

/**
 * Where connections of several requests were closed at the same time, and something listens still, one of them may have ended a
 * process that had them all, as where a supervisor or other processes go on: each is sent alone, and that answer is the one that counts.
 */
async function apart(state: RunState, task: Task, exchange: Exchange): Promise<Exchange> {
  const { target } = state;
  const answer = target.waitsApart(task, exchange.received);
  if (answer === null) return exchange;
  target.apart ??= sendApart(state).finally(() => {
    target.apart = null;
  });
  return (await answer) ?? exchange;
}

async function sendApart(state: RunState): Promise<void> {
  const { target, sender, options } = state;
  const all = await target.allClosed();
  await target.revival;
  const answers: (Exchange | null)[] = [];
  for (const { sending } of all.length > 1 ? all : []) {
    if (options.signal?.aborted) break;
    const { exchange } = await sendWithout(state, sending, await sender.send(sending.case, sending.operation));
    const isCloser = isClosed(exchange.received);
    answers.push(isCloser ? null : exchange);
    if (!isCloser) continue;
    target.closers.add(sending.case.id);
    await listensAgain(target, options);
  }
  const closers = answers.filter((answer) => answer === null).length;
  const innocents = answers.length - closers;
  if (all.length > 1) target.notesApart(closers > 0 && innocents > 0);
  for (const [index, { sending, resolve }] of all.entries()) {
    if (closers > 0 && innocents > 0 && answers[index] === null) target.ends(sending);
    // Where none was closed again, nobody knows whose doing it was, and it has happened all the same.
    resolve(closers === 0 && index === 0 ? null : (answers[index] ?? null));
  }
}

/** So often a target that has ended is looked for, since a supervisor may bring it back, and how long there is between, in milliseconds. */
const looks = 20;
const lookMilliseconds = 250;

/** Whether the target listens by itself again. */
async function listensAgain(
  target: TargetWatch,
  { clock = systemClock, signal, send }: RunState['options'],
): Promise<boolean> {
  for (let look = 0; look < looks && !signal?.aborted; look++) {
    if (await target.listens(send)) return true;
    await clock.pause(lookMilliseconds, signal);
  }
  return false;
}

/** So many requests are sent once more without a credential, to see whether the target needs one. */
const mostWithout = 3;

/**
 * Where a made-up credential is refused, the same without any: a target that knows no credentials yet may look at one that it is
 * shown, and answer everybody else. Then none is made up any more.
 */
async function sendWithout(state: RunState, { case: contractCase, operation }: Sending, sent: Sent): Promise<Sent> {
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
  let isFound = false;
  let isBack = true;
  for (const suspect of suspects) {
    isBack = await revive(state);
    if (!isBack) break;
    const { exchange } = await sender.send(suspect.case, suspect.operation);
    if (!(await target.isDead(exchange.received, options.send))) continue;
    isFound = true;
    target.killers.add(suspect.case.id);
    target.ends(suspect);
    const tally = state.tallyOf(suspect.operation.id);
    if (tally === undefined) break;
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
    break;
  }
  if (!isFound) tellSuspects(state, suspects);
  if (suspects.length === 0 || !isBack || !(await revive(state))) target.goesAway();
}

/** So long a target that was brought back has to stay, in milliseconds: what it has stored may end it again by itself. */
const stayMilliseconds = 1_000;

/** Whether the target has come back, and stays. */
async function revive({ target, options }: RunState): Promise<boolean> {
  const { restart, clock = systemClock, signal, send } = options;
  if (target.revivals >= mostRevivals) return false;
  if (!(await target.isGone(send))) return true;
  target.revivals++;
  if (!(await (restart ?? (() => listensAgain(target, options)))())) return false;
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
