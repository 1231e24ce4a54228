import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { CounterproofError, type Location, type Problem } from '../errors.js';
import type { HandlerPlaces, Handlers } from '../mock/index.js';
import { literal } from '../text/literal.js';
import { isObject } from '../text/value.js';
import { importedFiles } from './imported-files.js';
import { loadModule, thrown } from './module.js';

export { importedFiles } from './imported-files.js';
export { loadModule } from './module.js';

/** Functions that files export, and what the files are. */
export interface LoadedHandlers {
  readonly handlers: Handlers;
  readonly handlerPlaces: HandlerPlaces;
  /** All that they may come from, folders too: another one may appear there. */
  readonly files: readonly string[];
  /** Those for operations that are not served, since another document has their place. */
  readonly keptOut?: readonly Problem[];
}

const endings = new Set(['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts']);

/**
 * The folder `handlers` beside the fixture file, or else beside the document. Node only.
 * @returns null where there is none that has handlers: a folder may be called so for another reason, and then it is let alone
 */
export function findHandlers(document: string, fixtures: string | null): string | null {
  const folder = join(dirname(fixtures ?? document), 'handlers');
  return modulesIn(folder, isOurs).length > 0 ? folder : null;
}

/** Whether a module names this package, or types that it has made, where it imports something: nobody else's code is run. */
const isOurs = (file: string): boolean =>
  /(?:\bfrom|\bimport|\(|@import)\s*['"][^'"\n]*counterproof[^'"\n]*['"]/.test(readFileSync(file, 'utf8'));

/**
 * Reads the handlers of a file, or of all files of a folder. Each exports by default an object of functions by operation. TypeScript
 * needs no build: Node takes its types away where it can, else `jiti` does. Node only. Reads anew each time.
 * @param isNamed whether the user has named the place: then all modules of a folder count
 * @throws CounterproofError HANDLER_INVALID where one cannot be loaded, or exports no such object
 */
export async function readHandlers(place: string, isNamed: boolean): Promise<LoadedHandlers> {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) throw invalid(place, `Failed to read the handlers ${shown(place)}: there is no such file`);
  const modules = stats.isDirectory() ? modulesIn(place, isNamed ? () => true : isOurs) : [place];
  const handlers: Record<string, Handlers[string]> = {};
  const places = new Map<string, Location>();
  for (const file of modules) {
    const exported = await loadModule(file, (message, remedy) => invalid(file, message, remedy));
    if (!isObject(exported)) {
      throw invalid(file, `${shown(file)} exports no handlers`, 'Say: export default { getUser: ({ path }) => … }');
    }
    const text = readFileSync(file, 'utf8');
    for (const [name, handler] of entriesOf(file, exported)) {
      const location = placeOf(name, text, shown(file));
      const before = places.get(name);
      if (before !== undefined) {
        const message = `There is another handler for "${name}" at ${before.file}:${before.line}`;
        throw new CounterproofError('HANDLER_INVALID', { message, location });
      }
      handlers[name] = handler as unknown as Handlers[string];
      places.set(name, location);
    }
  }
  return { handlers, handlerPlaces: places, files: handlerFiles(place) };
}

/** All that the handlers of a file or folder may come from: it, what is in it, and what that imports. Node only. */
export function handlerFiles(place: string): readonly string[] {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const modules = isFolder ? modulesIn(place, () => true) : [place];
  return [...new Set([place, ...(isFolder ? allIn(place) : []), ...modules.flatMap(importedFiles)])];
}

/** A member may be a function that is called when it is read, and throws. */
function entriesOf(file: string, exported: object): [name: string, value: unknown][] {
  try {
    return Object.entries(exported);
  } catch (error) {
    throw invalid(file, `What ${shown(file)} exports cannot be read: ${thrown(error)}`);
  }
}

const shown = (file: string): string => (relative('', file).startsWith('..') ? file : relative('', file));

function invalid(file: string, message: string, remedy?: string): CounterproofError {
  const location = { file: shown(file), line: 1, column: 1, pointer: '' };
  return new CounterproofError('HANDLER_INVALID', { message, location, ...(remedy !== undefined && { remedy }) });
}

function modulesIn(folder: string, counts: (file: string) => boolean): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  const isModule = (file: string) => endings.has(extname(file)) && !/\.(?:d|test|spec)\.[cm]?[jt]s$/.test(file);
  return files.filter((file) => isModule(file) && statSync(file).isFile() && counts(file));
}

/** Files that modules may import: of the folder itself and of those inside of it, as far as anybody writes by hand. */
function allIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.filter((path) => !path.includes('node_modules')).slice(0, 1000);
}

/** Where a member of this name stands in the text of a file, or else its beginning. */
export function placeOf(name: string, text: string, file: string): Location {
  const written = literal(name);
  const member = new RegExp(
    `(?<=^[ \\t]*|[{,]\\s*|async\\s+)(?:(['"\`])${written}\\1|${written})[ \\t]*[:(,]`,
    'm',
  ).exec(text);
  const before = text.slice(0, member?.index ?? 0).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, pointer: '' };
}
