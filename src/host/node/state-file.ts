import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { CounterproofError } from '../../errors.js';
import { State, type StateSnapshot } from '../../mock/index.js';
import { whyUnread, whyUnwritten } from '../../text/file-failure.js';
import { replaceFile } from '../../text/replaced-file.js';
import { readUserFile } from '../../text/user-file.js';
import { isObject, type Json } from '../../text/value.js';
import type { Control } from '../control/index.js';

/** The state of all sessions, as the file has it. */
interface StateFile {
  readonly version: 1;
  readonly sessions: Readonly<Record<string, StateSnapshot>>;
}

/** After a change so long is waited for others. */
const quietMilliseconds = 500;
/** Writing takes at most this part of the time. */
const shareOfTime = 0.05;

/** Keeps what the requests of sessions change in a file. */
export interface KeptState {
  /** Writes what is not written yet, and ends. */
  close(): Promise<void>;
}

/**
 * Restores the state of all sessions from a file, where it is there, and keeps it there: written whole or not at all, some
 * time after a change, and in the end.
 * @param failed is told why it cannot be written; what happened stays in memory
 * @throws CounterproofError STATE_UNREADABLE where it cannot be read, or could not be written later
 */
export async function keepState(control: Control, file: string, failed: (error: Error) => void): Promise<KeptState> {
  const { sessions } = control;
  for (const [name, state] of readStates(file)) sessions.get(name).state = state;
  await access(dirname(file), constants.W_OK).catch((error: unknown) => {
    throw new CounterproofError('STATE_UNREADABLE', {
      message: `The state cannot be kept in ${file}: ${whyUnwritten(error)}`,
      remedy: 'Name a file of another folder with --state.',
    });
  });
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  let running: Promise<void> = Promise.resolve();
  let pause = quietMilliseconds;

  async function write(): Promise<void> {
    timer = undefined;
    isDue = false;
    const began = performance.now();
    const states = sessions.all().filter(({ state }) => state !== State.empty);
    const whole: StateFile = {
      version: 1,
      sessions: Object.fromEntries(states.map(({ name, state }) => [name, state.toJSON()])),
    };
    await replaceFile(file, JSON.stringify(whole));
    pause = Math.max(quietMilliseconds, (performance.now() - began) / shareOfTime);
  }

  function begin(): void {
    running = running.then(write).catch(failed);
  }

  sessions.onState = () => {
    isDue = true;
    timer ??= setTimeout(begin, pause);
  };
  return {
    async close() {
      sessions.onState = null;
      clearTimeout(timer);
      if (isDue) begin();
      await running;
    },
  };
}

function readStates(file: string): [string, State][] {
  let text: string;
  try {
    text = readUserFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(file, whyUnread(error));
  }
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw unreadable(file, 'it is no JSON');
  }
  if (!isObject(value) || value.version !== 1 || !isObject(value.sessions)) {
    throw unreadable(file, 'it is none that counterproof mock has written');
  }
  return Object.entries(value.sessions).map(([name, snapshot]) => {
    const state = State.from(snapshot);
    if (typeof state === 'string') throw unreadable(file, state);
    return [name, state];
  });
}

function unreadable(file: string, reason: string): CounterproofError {
  return new CounterproofError('STATE_UNREADABLE', {
    message: `The state cannot be read from ${file}: ${reason}`,
    remedy: 'Name another file with --state, or delete this one to begin anew.',
  });
}
