import { fileURLToPath } from 'node:url';
import { CounterproofError } from '../errors.js';
import { fileRefusal } from '../text/file-failure.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { version } from '../version.js';
import { type Arguments, readArguments, usage } from './arguments.js';
import { type Command, commands } from './commands.js';
import { withDocument } from './configuration-file.js';
import { flagsOf } from './flags/index.js';
import { commandHelp, overview } from './help.js';
import type { Terminal } from './terminal.js';

/** Runs one command line to its end. Never rejects; the promise is of the exit code. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const { columns } = terminal;
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    terminal.out(
      name === 'help' && topic !== undefined && isCommand(topic) ? commandHelp(topic, columns) : overview(columns),
    );
    return 0;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(version);
    return 0;
  }
  if (!isCommand(name)) throw usage(null, unknownCommand(name));

  const command: Command = commands[name];
  const parsed = readArguments(name, rest, command.maximum, terminal.environment);
  if (parsed.flags.help) {
    terminal.out(commandHelp(name, columns));
    return 0;
  }
  if (parsed.flags.version) {
    terminal.out(version);
    return 0;
  }
  const given = await configured(name, rest, parsed, terminal);
  const [{ run }, { sayUnnamed }] = await Promise.all([command.load(), import('./unnamed-document.js')]);
  sayUnnamed(name, command, parsed.positionals, given, terminal);
  return run(given as never, terminal, {
    commands,
    read(other, given) {
      if (!isCommand(other)) throw usage(null, unknownCommand(other));
      const alone = readArguments(other, given, commands[other].maximum, terminal.environment);
      return configured(other, given, alone, terminal) as Promise<Arguments<'prove'>>;
    },
  });
}

/** The same command line, with what a configuration file says where it says nothing. */
async function configured(
  name: Name,
  args: readonly string[],
  parsed: Arguments<Name>,
  terminal: Terminal,
): Promise<Arguments<Name>> {
  // What has no flags of its own needs no file, and works where that is broken.
  if ([...flagsOf(name).values()].every((flag) => flag.commands.includes('*'))) return parsed;
  const { config } = parsed.flags;
  if (config === false) return parsed;
  const { findConfiguration, readConfiguration } = await import('./configuration.js');
  const file = config ?? findConfiguration('.');
  if (file === null) return parsed;
  async function again(): Promise<Arguments<Name>> {
    const { documents, flags } = await readConfiguration(file as string, name);
    const read = readArguments(name, args, commands[name].maximum, terminal.environment, flags);
    const positionals = withDocument(read, name, commands[name], documents);
    return { ...read, positionals, configuration: { file: file as string, again } };
  }
  return again();
}

type Name = keyof typeof commands;

const isCommand = (name: string): name is Name => Object.hasOwn(commands, name);

/** A flag or a file where a command should stand is probably meant for the one that it fits. */
function unknownCommand(name: string): string {
  if (name.startsWith('-')) {
    const flag = name.replace(/^--?/, '').replace(/=.*/, '');
    const owner = Object.keys(commands).find((command) => flagsOf(command).has(flag.replace(/^no-/, '')));
    return owner === undefined
      ? `unknown flag ${name}${didYouMeanClause(nearest(name, ['--help', '--version'], 1)) || '; a command comes first'}`
      : `${name} needs its command before it: counterproof ${owner} ${name}`;
  }
  if (/[./\\]/.test(name)) return `"${name}" is no command; to mock a document: counterproof mock ${name}`;
  return `unknown command "${name}"${didYouMeanClause(nearest(name, Object.keys(commands), 1))}`;
}

/** Says what went wrong, and gives the exit code. What nobody foresaw is a bug, and said to be one. */
export function report(error: unknown, terminal: Terminal): number {
  const debug = Boolean(terminal.environment.COUNTERPROOF_DEBUG);
  if (error instanceof CounterproofError) {
    terminal.error(debug ? (error.stack ?? error.message) : onOneLine(error));
    return error.exitCode;
  }
  const refusal = fileRefusal(error);
  if (refusal !== null && !debug) {
    terminal.error(`counterproof: ${refusal}`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  terminal.error(`counterproof: ${message.split('\n')[0]}`);
  if (debug) terminal.error((error instanceof Error && error.stack) || message);
  else if (isShortage(error)) terminal.error('Raise the limit of open files (ulimit -n), or close other programs.');
  else terminal.error('This is a bug in counterproof; COUNTERPROOF_DEBUG=1 shows where it came from.');
  return 2;
}

/** Where this code is. */
const ownFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * What is said of an error that a handler or a configuration file has thrown when nobody called it any more, in a timer or in a promise
 * that it lets go: it is no bug of ours, and costs no request. Null of any other.
 */
export function strayError(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const [, frame = ''] = /\n +at [^\n]*?((?:file:\/\/)?(?:\/|[A-Z]:\\)[^\n()]*:\d+:\d+)/.exec(error.stack ?? '') ?? [];
  const place = frame.startsWith('file://') ? frame.slice('file://'.length) : frame;
  if (place === '' || place.startsWith(ownFolder) || place.includes('node_modules')) return null;
  return `counterproof: ${error.message.split('\n')[0]}, thrown at ${place.replace(/\?counterproof=\d+/, '')} outside of any request`;
}

/** Whether the machine lets this process open no more files. */
function isShortage(error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE';
}

/** One thing that is wrong gets one line, its remedy included; several get a line or two each. */
function onOneLine({ message, problems }: CounterproofError): string {
  return problems.length > 1
    ? message
    : message.replace(/(\??)\n +(\w*)/g, (_all, asked: string, first: string) =>
        // A name, such as AsyncAPI, keeps its capitals.
        asked ? `? ${first}` : `; ${/^[A-Z][a-z]*$/.test(first) ? first.toLowerCase() : first}`,
      );
}
