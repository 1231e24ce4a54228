import { parseArgs } from 'node:util';
import { CounterproofError } from '../errors.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { type Flag, type FlagsOf, flags, flagsOf } from './flags/index.js';
import { fromPrism } from './prism-spelling.js';

/** The command line of one command, checked against its flags. */
export interface Arguments<Command extends string> {
  readonly positionals: readonly string[];
  readonly flags: FlagsOf<Command>;
  /** The configuration file that is in it, and what gives the command line with that file read again; absent for none. */
  readonly configuration?: { readonly file: string; readonly again: () => Promise<Arguments<Command>> };
}

/** What a flag comes to. */
export type Value = string | number | boolean | undefined | readonly unknown[];

/**
 * Reads what stands after the name of a command.
 * @param maximum how many arguments that are no flags it takes
 * @param configured values of flags that count where neither the command line nor the environment says anything
 * @throws CounterproofError USAGE, of one line, with the nearest flag where there is one
 */
export function readArguments<Command extends string>(
  command: Command,
  args: readonly string[],
  maximum: number,
  environment: Readonly<Record<string, string | undefined>>,
  configured: ReadonlyMap<string, Value> = new Map(),
): Arguments<Command> {
  const known = flagsOf(command);
  const options = Object.fromEntries(
    [...known].map(([name, { kind, short }]) => [
      name,
      { type: kind === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
    ]),
  );
  const spelt = command === 'mock' || command === 'proxy' ? fromPrism(args) : args;
  const { tokens } = parseArgs({ args: [...spelt], options, strict: false, allowPositionals: true, tokens: true });
  const values = defaults(known);
  const positionals: string[] = [];
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    else if (token.kind === 'option') given.add(take(token, known, values, command));
  }
  if (positionals.length > maximum) {
    const taken = maximum === 1 ? `one ${known.has('root') ? 'document' : 'argument'}` : `${maximum} arguments`;
    const remedy = maximum === 1 && known.has('root') ? ': run it once for each' : '';
    throw usage(command, `takes ${taken}, and not "${positionals[maximum]}" too${remedy}`);
  }
  fromEnvironment(known, values, environment, command, given);
  for (const [name, value] of configured) if (!given.has(name)) values.set(name, value);
  return { positionals, flags: Object.fromEntries(values) as FlagsOf<Command> };
}

/** One line that says what is wrong with a command line, and where help is. */
export function usage(command: string | null, message: string): CounterproofError {
  const name = command === null ? 'counterproof' : `counterproof ${command}`;
  return new CounterproofError('USAGE', { message: `${name}: ${message} (see ${name} --help)` });
}

function defaults(known: ReadonlyMap<string, Flag>): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const [name, flag] of known) values.set(name, flag.many ? [] : flag.default);
  return values;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

/** @returns the name of the flag that it is about */
function take(
  token: OptionToken,
  known: ReadonlyMap<string, Flag>,
  values: Map<string, Value>,
  command: string,
): string {
  const { name, rawName, value, inlineValue } = token;
  const flag = known.get(name);
  const negated = name.startsWith('no-') ? known.get(name.slice(3)) : undefined;
  if (flag === undefined && negated !== undefined && (negated.kind === undefined || negated.off)) {
    if (inlineValue) throw usage(command, `${rawName} takes no value`);
    values.set(name.slice(3), false);
    return name.slice(3);
  }
  if (flag === undefined) {
    throw usage(command, unknownFlag(name, rawName, known));
  } else if (flag.kind === undefined) {
    if (inlineValue && value !== 'true' && value !== 'false') throw usage(command, `${rawName} takes no value`);
    values.set(name, value !== 'false');
  } else if (value === undefined || (!inlineValue && value.startsWith('--'))) {
    throw usage(command, `${rawName} needs a value: ${rawName} ${flag.value}`);
  } else {
    const parsed = parse(flag, value, rawName, command);
    values.set(name, flag.many ? [...(values.get(name) as unknown[]), parsed] : parsed);
  }
  return name;
}

function parse(flag: Flag, given: string, source: string, command: string): Value {
  const parsed = flag.kind?.parse(given);
  if (parsed === undefined) throw usage(command, `${source} expects ${flag.kind?.expected}, found "${given}"`);
  return parsed as Value;
}

function unknownFlag(name: string, rawName: string, known: ReadonlyMap<string, Flag>): string {
  const elsewhere = Object.entries<Flag>(flags).find(([other]) => other === name)?.[1].commands[0];
  if (elsewhere !== undefined) return `${rawName} is a flag of counterproof ${elsewhere}`;
  const names = [...known].flatMap(([other, { kind, off }]) =>
    kind === undefined || off ? [other, `no-${other}`] : [other],
  );
  const near = nearest(name, names, 1).map((meant) => `--${meant}`);
  return `unknown flag ${rawName}${didYouMeanClause(near)}`;
}

/** A variable that is set but empty counts as not set. */
function fromEnvironment(
  known: ReadonlyMap<string, Flag>,
  values: Map<string, Value>,
  environment: Readonly<Record<string, string | undefined>>,
  command: string,
  taken: Set<string>,
): void {
  for (const [name, flag] of known) {
    const given = flag.env === undefined ? undefined : environment[flag.env];
    if (!given || values.get(name) !== undefined) continue;
    values.set(name, parse(flag, given, `$${flag.env}`, command));
    taken.add(name);
  }
}
