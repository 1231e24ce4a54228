import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { type Configuration, CounterproofError, loadModule, placeOf } from '../index.js';
import { nearest } from '../text/nearest.js';
import { isObject, type Json } from '../text/value.js';
import type { Value } from './arguments.js';
import { commands } from './commands.js';
import { type Flag, flagsOf } from './flags/index.js';
import { shortest } from './subject.js';

export { findConfiguration } from '../index.js';

/** What a configuration file says to one command. */
export interface Configured {
  /** The documents that are meant where the command line names none. */
  readonly documents: readonly string[];
  /** By flag. */
  readonly flags: ReadonlyMap<string, Value>;
}

/** Flags that stand for all commands that take them. */
const common = [
  'port',
  'seed',
  'prefix',
  'fixtures',
  'handlers',
  'overlay',
  'root',
  'max-document',
  'allow-remote',
  'strict',
];

/** Flags that are of one call alone. */
const momentary = ['help', 'version', 'config'];

/**
 * Reads what a configuration file says to a command.
 * @throws CounterproofError CONFIGURATION_INVALID with everything that is wrong with it, each with its place
 */
export async function readConfiguration(file: string, command: keyof typeof commands): Promise<Configured> {
  const value = await contentOf(file);
  const reading: Reading = { file, text: readFileSync(file, 'utf8'), problems: [] };
  if (!isObject(value)) throw new CounterproofError('CONFIGURATION_INVALID', problemAt(reading, '', notAnObject));
  const all = readOrSay(reading, value);
  if (reading.problems.length > 0) throw new CounterproofError('CONFIGURATION_INVALID', inOrder(reading.problems));
  const taken = [...flagsOf(command).keys()];
  const flags = new Map([...(all.get('') ?? []), ...(all.get(command) ?? [])].filter(([name]) => taken.includes(name)));
  const { document = [] } = value as Configuration;
  return { documents: [document].flat().map((one) => fromFolder(dirname(file), one)), flags };
}

/** A member may be a function that is called when it is read, and throws. */
function readOrSay(reading: Reading, value: Parameters<typeof read>[1]): ReturnType<typeof read> {
  try {
    return read(reading, value);
  } catch (error) {
    if (error instanceof CounterproofError || !(error instanceof Error)) throw error;
    const message = `What this exports cannot be read: ${error.message}`;
    throw new CounterproofError('CONFIGURATION_INVALID', problemAt(reading, '', message));
  }
}

function inOrder(problems: Reading['problems']): Reading['problems'] {
  return problems.toSorted(({ location: a }, { location: b }) => a.line - b.line || a.column - b.column);
}

const notAnObject =
  'This exports no configuration (expected an object, such as export default { document: "openapi.yaml" })';

interface Reading {
  readonly file: string;
  readonly text: string;
  readonly problems: ReturnType<typeof problemAt>[];
}

function problemAt({ file, text }: Pick<Reading, 'file' | 'text'>, name: string, message: string, expected = '') {
  const location =
    name === '' ? { file: shortest(file), line: 1, column: 1, pointer: '' } : placeOf(name, text, shortest(file));
  return { message, location, ...(expected !== '' && { expected }) };
}

async function contentOf(file: string): Promise<unknown> {
  const invalid = (message: string, remedy?: string) =>
    new CounterproofError('CONFIGURATION_INVALID', { message, ...(remedy !== undefined && { remedy }) });
  if (!existsSync(file)) throw invalid(`There is no configuration file ${shortest(file)}`);
  return loadModule(file, invalid);
}

/** The values of flags, by the command that they are for; '' for all. */
function read(
  reading: Reading,
  value: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, readonly [string, Value][]> {
  const shared = new Map(common.map((name) => [camel(name), [name, flagNamed(name)] as const]));
  const found = new Map<string, readonly [string, Value][]>();
  const own: Record<string, unknown> = {};
  for (const [name, said] of Object.entries(value)) {
    if (name === 'document') {
      const isList = Array.isArray(said) && said.length > 0;
      if (!(isList ? said : [said]).every((one) => typeof one === 'string' && one !== ''))
        note(reading, name, 'document is no file or address', 'a text, or a list of these');
    } else if (Object.hasOwn(commands, name)) {
      const known = ownFlags(name);
      if (isObject(said)) found.set(name, valuesOf(reading, said, known, [...known.keys()]));
      else note(reading, name, `${name} has no flags`, 'an object');
    } else own[name] = said;
  }
  found.set('', valuesOf(reading, own, shared, ['document', ...shared.keys(), ...Object.keys(commands)]));
  return found;
}

const note = (reading: Reading, name: string, message: string, expected: string): void => {
  reading.problems.push(problemAt(reading, name, message, expected));
};

/** By the name of the member: the name of the flag, and its row. */
type Known = ReadonlyMap<string, readonly [name: string, flag: Flag]>;

function ownFlags(command: string): Known {
  const rows = [...flagsOf(command)].filter(([name]) => !momentary.includes(name));
  return new Map(rows.map(([name, flag]) => [camel(name), [name, flag] as const]));
}

function flagNamed(name: string): Flag {
  const command = Object.keys(commands).find((one) => flagsOf(one).has(name)) ?? '';
  return flagsOf(command).get(name) as Flag;
}

function valuesOf(reading: Reading, said: object, known: Known, allowed: readonly string[]): [string, Value][] {
  return Object.entries(said).flatMap(([member, given]): [string, Value][] => {
    const row = known.get(member);
    if (given === undefined) return [];
    if (row === undefined) {
      const near = nearest(member, allowed);
      note(
        reading,
        member,
        `"${member}" is not known here`,
        (near.length > 0 ? near : allowed).map(quoted).join(' or '),
      );
      return [];
    }
    const [name, flag] = row;
    const value = flagValue(flag, given as Json, dirname(reading.file));
    if (value !== undefined) return [[name, value]];
    note(reading, member, `${member} is ${JSON.stringify(given)}`, expectation(flag));
    return [];
  });
}

function expectation({ kind, many, off }: Flag): string {
  if (kind === undefined) return 'true or false';
  return `${kind.expected}${off ? ', or false' : ''}${many ? ', or a list of these' : ''}`;
}

/** undefined where it is none. */
function flagValue(flag: Flag, given: Json, folder: string): Value {
  const { kind, many, off } = flag;
  if (kind === undefined) return typeof given === 'boolean' ? given : undefined;
  if (off && given === false) return false;
  const one = (value: Json): unknown =>
    typeof value === 'string' || typeof value === 'number'
      ? kind.parse(placed(flag, String(value), folder))
      : undefined;
  if (!many) return one(given) as Value;
  const all = [given].flat().map(one);
  return all.includes(undefined) ? undefined : all;
}

/** A file is named from the folder of the configuration, wherever the command runs. */
function placed({ value = '' }: Flag, given: string, folder: string): string {
  if (value === 'FORMAT=FILE')
    return given.replace(/(?<==).*/s, (file) => (file === '-' ? file : fromFolder(folder, file)));
  return /^(?:FILE|PATH|FOLDER)\b/.test(value) && given !== 'none' ? fromFolder(folder, given) : given;
}

function fromFolder(folder: string, file: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(file) || isAbsolute(file) || file === '-'
    ? file
    : shortest(join(folder, file));
}

const camel = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const quoted = (name: string): string => `"${name}"`;
