import { type ReportFormat, reportFormats } from '../report/index.js';
import {
  aboveZero,
  budget,
  duration,
  type FlagKind,
  type FlagValue,
  faultWithProbability,
  fileIn,
  fromOneTo,
  fromZeroTo,
  oneOf,
  pair,
  shard,
  text,
} from './flag-kinds.js';

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
  /** What help says instead, by command. */
  readonly helpOf?: Readonly<Record<string, string>>;
}

const formats = Object.keys(reportFormats) as ReportFormat[];

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
  out: {
    commands: ['build'],
    short: 'o',
    kind: text,
    value: 'FILE',
    help: 'the file to write, such as mock.js',
  },
  seed: {
    commands: ['mock', 'check', 'prove', 'build'],
    kind: fromZeroTo(4_294_967_295),
    value: 'NUMBER',
    default: 1,
    help: 'makes all generated data; the same seed gives the same answers',
    helpOf: {
      prove: 'makes all generated data; the same seed gives the same proof',
      check: 'makes all generated data; the same seed gives the same cases',
    },
  },
  fixtures: {
    commands: ['mock', 'check', 'prove', 'build'],
    kind: text,
    value: 'FILE',
    otherwise: 'for api.yaml, the first of: api.fixtures.yaml, fixtures/api.yaml, ../fixtures/api.yaml',
    help: 'scripted cases and refinements; "none" for none',
    helpOf: {
      prove: 'scripted cases, refinements and values for the suite; "none" for none',
      check: 'values that exist on the target; "none" for none',
    },
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
  errors: {
    commands: ['mock'],
    default: false,
    help: 'answer 500 where no body fits the document, and show no example that does not fit',
  },
  watch: {
    commands: ['mock'],
    otherwise: 'on at a terminal',
    help: 'read document and fixtures again when they change',
  },
  console: {
    commands: ['mock'],
    default: true,
    help: 'serve neither the console under /__counterproof/ nor its API',
  },
  'control-token': {
    commands: ['mock'],
    kind: text,
    value: 'VALUE',
    env: 'COUNTERPROOF_CONTROL_TOKEN',
    otherwise: 'none is needed',
    help: 'what a client of the console and its API has to know',
  },
  fault: {
    commands: ['mock'],
    kind: faultWithProbability,
    value: 'ID[:PROBABILITY]',
    many: true,
    help: 'fault that operations show, always or with a probability such as 0.2, which follows the seed; may be repeated',
  },
  root: {
    commands: ['mock', 'check', 'prove', 'faults', 'build', 'lint'],
    kind: text,
    value: 'FOLDER',
    otherwise: 'the nearest around the document with .git or package.json',
    help: 'folder that no reference of the document may leave',
  },
  'allow-remote': {
    commands: ['mock', 'check', 'prove', 'faults', 'build', 'lint'],
    kind: text,
    value: 'HOST',
    many: true,
    help: 'host from which references may be fetched; may be repeated',
  },
  quiet: {
    commands: ['mock', 'check', 'prove'],
    short: 'q',
    default: false,
    help: 'print no line for each request',
    helpOf: { prove: 'print the verdict alone', check: 'print the verdict alone' },
  },
  json: {
    commands: ['mock', 'check', 'prove', 'faults'],
    default: false,
    help: 'print one JSON object a line',
    helpOf: {
      faults: 'print the catalogue as JSON',
      prove: 'print the result as JSON',
      check: 'print the result as JSON',
    },
  },
  target: {
    commands: ['check'],
    short: 't',
    kind: text,
    value: 'URL',
    help: 'base URL of the implementation to check',
  },
  auth: {
    commands: ['check'],
    kind: pair('SCHEME=VALUE, with the name of a security scheme of the document'),
    value: 'SCHEME=VALUE',
    many: true,
    otherwise: '$COUNTERPROOF_AUTH_ and the name of the scheme',
    help: 'credential for a security scheme (USER:PASSWORD for http basic); shown nowhere; may be repeated',
  },
  header: {
    commands: ['check'],
    short: 'H',
    kind: text,
    value: "'NAME: VALUE'",
    many: true,
    otherwise: '$COUNTERPROOF_HEADERS, one a line',
    help: 'header to send with every request; its value is shown nowhere; may be repeated',
  },
  operation: {
    commands: ['check', 'prove'],
    kind: text,
    value: 'PATTERN',
    many: true,
    help: "operations to check: an id, 'GET /path', * for anything, ! before what to leave out; may be repeated",
    helpOf: {
      prove: "operations to try: an id, 'GET /path', * for anything, ! before what to leave out; may be repeated",
    },
  },
  check: {
    commands: ['check'],
    kind: text,
    value: 'PATTERN',
    many: true,
    help: 'checks to make: an id, * for anything, ! before what to leave out; may be repeated',
  },
  set: {
    commands: ['check'],
    kind: pair('NAME=VALUE, with the name of a parameter'),
    value: 'NAME=VALUE',
    many: true,
    help: 'value of a parameter that exists on the target, as JSON or as text; may be repeated',
  },
  strict: {
    commands: ['check', 'prove'],
    default: false,
    help: 'refuse a document that has problems',
    helpOf: { check: 'allow no status that the document does not declare, and refuse a document that has problems' },
  },
  'allow-writes': {
    commands: ['check'],
    default: false,
    help: 'send POST, PUT, PATCH and DELETE also to a target that is not on this machine',
  },
  'max-cases': {
    commands: ['check'],
    kind: fromOneTo(1_000_000),
    value: 'NUMBER',
    otherwise: 'all',
    help: 'most cases for each operation; the most telling are kept',
  },
  budget: {
    commands: ['check'],
    kind: budget,
    value: 'BUDGET',
    otherwise: 'everything is sent',
    help: 'send what catches most first, until the budget is spent: a duration such as 2s, or a number of requests',
  },
  order: {
    commands: ['check', 'prove'],
    kind: text,
    value: 'FILE',
    otherwise: 'what was learnt from other documents',
    help: 'what the cases of this document are worth, for --budget, as prove --order wrote it',
    helpOf: { prove: 'file to write: what each case of this document is worth, for check --budget --order' },
  },
  shard: {
    commands: ['check'],
    kind: shard,
    value: 'PART/PARTS',
    help: 'send only this part of the cases, such as 1/4; the parts together are all of them',
  },
  concurrency: {
    commands: ['check'],
    kind: fromOneTo(1000),
    value: 'NUMBER',
    default: 8,
    help: 'requests at the same time',
  },
  rate: {
    commands: ['check'],
    kind: aboveZero,
    value: 'NUMBER',
    otherwise: 'no limit',
    help: 'most requests a second',
  },
  timeout: {
    commands: ['check'],
    kind: duration,
    value: 'DURATION',
    otherwise: '10s',
    help: 'how long one exchange may take, such as 500ms or 10s',
  },
  insecure: {
    commands: ['check'],
    default: false,
    help: 'accept any certificate of an https target',
  },
  report: {
    commands: ['check', 'prove'],
    short: 'r',
    kind: fileIn(formats),
    value: 'FORMAT=FILE',
    many: true,
    help: `report to write: ${formats.join(', ')}; may be repeated`,
  },
  ignore: {
    commands: ['lint'],
    kind: text,
    value: 'ID',
    many: true,
    help: 'kind of problem that is not to be listed; may be repeated',
  },
  format: {
    commands: ['lint'],
    kind: oneOf<'text' | 'json' | 'sarif'>(['text', 'json', 'sarif']),
    value: 'FORMAT',
    default: 'text',
    help: 'how to list the problems: text, json or sarif',
  },
  list: {
    commands: ['check'],
    default: false,
    help: 'print the cases and send none',
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

/** The flags of a command, parsed: what has a default is always there. */
export type FlagsOf<Command extends string> = {
  readonly [Name in keyof Flags as Extract<Flags[Name]['commands'][number], Command | '*'> extends never
    ? never
    : Name]: FlagValue<Flags[Name]>;
};

/** The rows that a command takes, by name. */
export function flagsOf(command: string): Map<string, Flag> {
  const rows = Object.entries<Flag>(flags);
  return new Map(rows.filter(([, flag]) => flag.commands.includes(command) || flag.commands.includes('*')));
}
