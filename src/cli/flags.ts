import { type FlagKind, type FlagValue, fromZeroTo, text } from './flag-kinds.js';

/** One flag: everything that parsing, help and the README say of it comes from its row here. */
export interface Flag {
  /** The commands that take it; `'*'` for all. */
  readonly commands: readonly string[];
  /** One letter, for `-p`. */
  readonly short?: string;
  /** What its value is. Absent for a switch. */
  readonly kind?: FlagKind<unknown>;
  /** What stands for the value in help. */
  readonly value?: string;
  /** May be given more than once; then its value is a list. */
  readonly many?: true;
  readonly default?: string | number | boolean;
  /** What help says of a default that is worked out. */
  readonly otherwise?: string;
  /** The environment variable that is read where the flag is not given. */
  readonly env?: string;
  readonly help: string;
}

/** All flags of all commands, in the order in which help lists them. */
export const flags = {
  port: {
    commands: ['mock'],
    short: 'p',
    kind: fromZeroTo(65_535),
    value: 'PORT',
    otherwise: 'that of the loopback server that the document names, or else 4010',
    help: 'port to listen on; 0 takes any free one',
  },
  host: {
    commands: ['mock'],
    kind: text,
    value: 'ADDRESS',
    otherwise: '127.0.0.1 and, where there is one, ::1',
    help: 'address to listen on; 0.0.0.0 for all of this machine',
  },
  seed: {
    commands: ['mock'],
    kind: fromZeroTo(4_294_967_295),
    value: 'NUMBER',
    default: 1,
    help: 'makes all generated data; the same seed gives the same answers',
  },
  fixtures: {
    commands: ['mock'],
    kind: text,
    value: 'FILE',
    otherwise: 'for api.yaml, the first of: api.fixtures.yaml, fixtures/api.yaml, ../fixtures/api.yaml',
    help: 'scripted cases and refinements; "none" for none',
  },
  'api-key': {
    commands: ['mock'],
    kind: text,
    value: 'VALUE',
    env: 'COUNTERPROOF_API_KEY',
    otherwise: 'any that is not empty will do',
    help: 'the credential to demand where the document demands one',
  },
  cors: {
    commands: ['mock'],
    default: true,
    help: 'send no CORS headers and answer no preflight',
  },
  watch: {
    commands: ['mock'],
    otherwise: 'on at a terminal',
    help: 'read document and fixtures again when they change',
  },
  'allow-remote': {
    commands: ['mock'],
    kind: text,
    value: 'HOST',
    many: true,
    help: 'host from which references may be fetched; may be repeated',
  },
  quiet: {
    commands: ['mock'],
    short: 'q',
    default: false,
    help: 'print no line for each request',
  },
  json: {
    commands: ['mock'],
    default: false,
    help: 'print one JSON object a line',
  },
  help: {
    commands: ['*'],
    short: 'h',
    default: false,
    help: 'print help and end',
  },
  version: {
    commands: ['*'],
    short: 'v',
    default: false,
    help: 'print the version and end',
  },
} as const satisfies Record<string, Flag>;

type Flags = typeof flags;
export type FlagName = keyof Flags;

type Takes<Name extends FlagName, Command extends string> =
  Extract<Flags[Name]['commands'][number], Command | '*'> extends never ? never : Name;

/** The flags of a command, parsed: what has a default is always there. */
export type FlagsOf<Command extends string> = {
  readonly [Name in FlagName as Takes<Name, Command>]: FlagValue<Flags[Name]>;
};

/** The rows that a command takes, by name. */
export function flagsOf(command: string): Map<string, Flag> {
  const rows = Object.entries<Flag>(flags);
  return new Map(rows.filter(([, flag]) => flag.commands.includes(command) || flag.commands.includes('*')));
}
