import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { CounterproofError } from '../errors.js';
import { isCalled } from '../text/file-name.js';
import { isObject } from '../text/value.js';
import { placeOf } from './handlers.js';
import { loadModule } from './module.js';

const names = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `counterproof.config.${ending}`);

/**
 * The configuration file of a folder, or of the nearest around it within the project: up to where `.git` is, or else `package.json`. Node
 * only.
 * @returns null where there is none
 */
export function findConfiguration(folder: string): string | null {
  const around = [resolve(folder)];
  for (let next = dirname(around[0] ?? ''); next !== around.at(-1); next = dirname(next)) around.push(next);
  const marked = (name: string) => around.findIndex((one) => existsSync(join(one, name)));
  const root = [marked('.git'), marked('package.json'), 0].find((index) => index >= 0);
  const candidates = around.slice(0, (root ?? 0) + 1).flatMap((one) => names.map((name) => join(one, name)));
  return candidates.find((file) => existsSync(file)) ?? null;
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isNumber = (value: unknown) => typeof value === 'number' || (isText(value) && Number.isFinite(Number(value)));
const areTexts = (value: unknown) => isText(value) || (Array.isArray(value) && value.every(isText));
const isSwitch = (value: unknown) => typeof value === 'boolean';

/** What a mock inside a program heeds of a configuration file, and what it may be. The commands look at all of it. */
const heeded = {
  document: areTexts,
  prefix: areTexts,
  fixtures: isText,
  handlers: isText,
  overlay: areTexts,
  allowRemote: areTexts,
  seed: isNumber,
  apiKey: isText,
  rows: isNumber,
  unknownIds: (value: unknown) => value === 'made' || value === '404',
  optional: isNumber,
  now: (value: unknown) => isText(value) && !Number.isNaN(Date.parse(String(value))),
  locale: isText,
  streamItems: isNumber,
  cors: isSwitch,
  // Where the command keeps it is not for a program.
  state: (value: unknown) => isSwitch(value) || isText(value),
} satisfies Record<string, (value: unknown) => boolean>;

/** What it says, as the options of a host. */
interface ConfiguredSource {
  readonly document: string | readonly { readonly document: string; readonly prefix?: string }[];
  readonly fixtures?: string;
  readonly handlers?: string;
  readonly overlays?: readonly string[];
  readonly allowRemote?: readonly string[];
  readonly seed?: number;
  readonly apiKey?: string;
  readonly rows?: number;
  readonly unknownIds?: 'made' | '404';
  readonly optional?: number;
  readonly now?: Date;
  readonly locale?: string;
  readonly streamItems?: number;
  readonly cors?: boolean;
  readonly state?: false;
}

/**
 * What the configuration file of a folder says of a mock, names of files whole. Node only.
 * @throws CounterproofError CONFIGURATION_INVALID where there is none, or it names no document, or something in it cannot be used
 */
export async function sourceOfConfiguration(
  folder: string,
): Promise<{ readonly file: string; readonly source: ConfiguredSource }> {
  const file = findConfiguration(folder);
  const invalid = (message: string, remedy?: string) =>
    new CounterproofError('CONFIGURATION_INVALID', { message, ...(remedy !== undefined && { remedy }) });
  const remedy = "Say document: 'openapi.yaml', here or in counterproof.config.ts.";
  if (file === null) throw invalid('No document is named, and there is no counterproof.config.* here', remedy);
  const text = readFileSync(file, 'utf8');
  const shown = relative('', file).startsWith('..') ? file : relative('', file);
  const value = await loadModule(file, invalid);
  if (!isObject(value)) throw invalid(`${shown} exports no configuration`, 'Say: export default { document: … }');
  const said: Record<string, unknown> = { ...value, ...(isObject(value.mock) ? value.mock : {}) };
  for (const [name, fits] of Object.entries(heeded)) {
    if (said[name] === undefined || fits(said[name])) continue;
    const message = `${name} is ${JSON.stringify(said[name])}`;
    throw new CounterproofError('CONFIGURATION_INVALID', { message, location: placeOf(name, text, shown) });
  }
  if (said.document === undefined) throw invalid(`${shown} names no document`, remedy);
  return { file, source: sourceOf(said, dirname(file)) };
}

function sourceOf(said: Record<string, unknown>, folder: string): ConfiguredSource {
  const texts = (value: unknown) => (value === undefined ? [] : [value].flat()) as string[];
  const placed = (name: string) =>
    name === 'none' || isAbsolute(name) || /^[a-z][a-z0-9+.-]+:\/\//i.test(name) ? name : join(folder, name);
  const numbers = ['seed', 'rows', 'optional', 'streamItems'].filter((name) => said[name] !== undefined);
  const asTheyAre = ['apiKey', 'unknownIds', 'locale', 'cors'].filter((name) => said[name] !== undefined);
  const files = ['fixtures', 'handlers'].filter((name) => said[name] !== undefined);
  const prefixes = texts(said.prefix).map((prefix) => /^(?:([^=]+)=)?(.*)$/s.exec(prefix) ?? []);
  const documents = texts(said.document).map((name) => {
    const prefix = prefixes.findLast(([, of]) => of === undefined || isCalled(name, of))?.[2];
    return { document: placed(name), ...(prefix !== undefined && { prefix }) };
  });
  const [only] = documents;
  const isOne = documents.length === 1 && only !== undefined && !('prefix' in only);
  return {
    document: isOne ? only.document : documents,
    ...Object.fromEntries(numbers.map((name) => [name, Number(said[name])])),
    ...Object.fromEntries(asTheyAre.map((name) => [name, said[name]])),
    ...Object.fromEntries(files.map((name) => [name, placed(String(said[name]))])),
    ...(said.overlay !== undefined && { overlays: texts(said.overlay).map(placed) }),
    ...(said.allowRemote !== undefined && { allowRemote: texts(said.allowRemote) }),
    ...(said.now !== undefined && { now: new Date(String(said.now)) }),
    ...(said.state === false && { state: false }),
  };
}
