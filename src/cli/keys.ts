import { readFileSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import type { Control } from '../index.js';
import { openInBrowser } from './open.js';
import type { Terminal } from './terminal.js';

/** What a server does when somebody presses a key. */
export interface KeyActions {
  /** What `o` opens; null for nothing. */
  readonly url: string | null;
  readonly reset: () => Promise<void> | undefined;
}

export interface Keys {
  /** Resolves when `q` is pressed. */
  readonly quit: Promise<'q'>;
  /** Hands the keyboard back. */
  close(): void;
}

/**
 * The keys of a command that serves. With `--open` its page is opened right away.
 * @param page the console; null where there is none
 */
export function keysOf(
  flags: { readonly open: boolean; readonly json: boolean },
  page: string | null,
  control: Pick<Control, 'change' | 'sessions'>,
  terminal: Terminal,
): Keys {
  if (flags.open && page !== null) openInBrowser(page);
  const reset = () => control.change(control.sessions.get(), () => ({ change: { kind: 'reset' } }));
  return followKeys({ url: page, reset }, { ...terminal, interactive: terminal.interactive && !flags.json });
}

/** What a keyboard is to this. */
type Input = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'off' | 'resume' | 'pause' | 'unref'>;

const [controlC, controlZ] = ['\x03', '\x1a'];

/**
 * Follows the keys of a person in front of the terminal, and says which there are. Where nobody sits there, or another program has the
 * keyboard, nothing is read: a process in the background that reads is stopped by the system.
 */
export function followKeys(
  { url, reset }: KeyActions,
  { interactive, out, paint }: Pick<Terminal, 'interactive' | 'out' | 'paint'>,
  input: Input = process.stdin,
  hasKeyboard: () => boolean = isInForeground,
): Keys {
  let quit = (_: 'q') => {};
  const keys = { quit: new Promise<'q'>((resolve) => (quit = resolve)), close: () => {} };
  if (!interactive || !input.isTTY || !hasKeyboard()) return keys;

  const hint = `${url === null ? '' : 'o opens the console, '}r resets answers, data and log, q quits, h says this`;
  const tell = () => out(`  ${paint.dim('keys'.padEnd(10))}${hint}`);
  const actions: Readonly<Record<string, () => void>> = {
    ...(url !== null && { o: () => openInBrowser(url) }),
    async r() {
      await reset();
      out(`${paint.green('✓')} Reset: answers, data and log are as at the start`);
    },
    q: () => quit('q'),
    h: tell,
    // What the terminal does by itself as long as nobody reads single keys.
    [controlC]: () => process.kill(process.pid, 'SIGINT'),
    [controlZ]: () => {
      input.setRawMode(false);
      process.once('SIGCONT', () => input.setRawMode(true));
      process.kill(process.pid, 'SIGTSTP');
    },
  };
  const pressed = (typed: Buffer) => {
    for (const key of typed.toString()) if (Object.hasOwn(actions, key)) actions[key]?.();
  };
  input.setRawMode(true);
  input.on('data', pressed);
  input.on('error', () => {});
  input.resume();
  // The server keeps the process, and not its keyboard.
  input.unref();
  tell();
  keys.close = () => {
    input.off('data', pressed);
    input.setRawMode(false);
    input.pause();
  };
  return keys;
}

/** Whether this process is one of those that the terminal's keys are for. */
function isInForeground(): boolean {
  try {
    if (process.platform === 'win32') return true;
    if (process.platform !== 'linux') {
      const { execFileSync } = process.getBuiltinModule('node:child_process');
      return execFileSync('ps', ['-o', 'stat=', '-p', String(process.pid)], { encoding: 'utf8' }).includes('+');
    }
    // Behind the name, which may hold anything: state, parent, process group, session, terminal, its foreground group (proc(5)).
    const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return group === foreground;
  } catch {
    return false;
  }
}
