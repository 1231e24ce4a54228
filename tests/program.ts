import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { Terminal } from '../src/cli/terminal.js';
import { createPaint } from '../src/report/paint.js';
import { tame } from '../src/text/visible.js';
import { environment, root } from './command.js';

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Printed {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The command before, or nothing: the folder that one runs in is that of the whole process. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Runs the built `counterproof` to its end within this process, one command after the other: to start Node and to
 * load the command takes longer than most commands do. What belongs to a process (its streams, signals and exit
 * code) is the matter of `runProcess`, with which each command is run once as well.
 */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Printed> {
  return inTurn(() => begin(args, options).ended);
}

/** The same for a server, which is told to end as soon as it has printed what it is expected to. */
export function serve(args: readonly string[], pattern: RegExp, options: RunOptions = {}): Promise<Printed> {
  return inTurn(async () => {
    let command: ReturnType<typeof begin> | undefined;
    const seen = new Promise<void>((resolve) => {
      command = begin(args, options, (text) => pattern.test(text) && resolve());
    });
    if (command === undefined) throw new Error('It has not begun');
    await Promise.race([seen, command.ended]);
    expect(command.printed.out, command.printed.error).toMatch(pattern);
    command.interrupt();
    return command.ended;
  });
}

function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const done = before.then(work);
  before = done.catch(() => {});
  return done;
}

function begin(
  args: readonly string[],
  { cwd = root, env = {} }: RunOptions,
  onOut: (printed: string) => unknown = () => {},
) {
  const printed = { out: '', error: '' };
  const out = (line: string) => {
    printed.out += `${tame(line)}\n`;
    onOut(printed.out);
  };
  const terminal: Terminal = {
    out,
    log: out,
    error(line) {
      printed.error += `${tame(line)}\n`;
    },
    end: async () => null,
    interactive: false,
    columns: Number.POSITIVE_INFINITY,
    paint: createPaint(false),
    environment: { ...environment(), ...env },
  };
  const known = new Set(signals.flatMap((signal) => process.listeners(signal)));
  /** Those of the command: it would listen until its process ends. */
  const listening = () =>
    signals.flatMap((signal) =>
      process.listeners(signal).flatMap((listener) => (known.has(listener) ? [] : [{ signal, listener }])),
    );
  async function toItsEnd(): Promise<Printed> {
    const { runProgram } = await import(pathToFileURL(resolve(root, 'dist/node/program.js')).href);
    const here = process.cwd();
    process.chdir(cwd);
    try {
      const code: number = await runProgram(args, terminal);
      return { code, ...printed };
    } finally {
      process.chdir(here);
      for (const { signal, listener } of listening()) process.off(signal, listener);
    }
  }
  return {
    printed,
    ended: toItsEnd(),
    interrupt() {
      for (const { signal, listener } of listening()) if (signal === 'SIGTERM') listener(signal);
    },
  };
}
