import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CounterproofError, type Location } from '../errors.js';
import type { HandlerPlaces, Handlers } from '../mock/index.js';
import { isObject } from '../text/value.js';

/** Functions that files export, and what the files are. */
export interface LoadedHandlers {
  readonly handlers: Handlers;
  readonly handlerPlaces: HandlerPlaces;
  /** All that they may come from, folders too: another one may appear there. */
  readonly files: readonly string[];
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
    const exported = await load(file);
    if (!isObject(exported)) {
      throw invalid(file, `${shown(file)} exports no handlers`, 'Say: export default { getUser: ({ path }) => … }');
    }
    const text = readFileSync(file, 'utf8');
    for (const [name, handler] of Object.entries(exported)) {
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
  return { handlers, handlerPlaces: places, files: stats.isDirectory() ? [place, ...allIn(place)] : [place] };
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

/** Where a member of this name stands, or else the beginning. */
function placeOf(name: string, text: string, file: string): Location {
  const literal = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const member = new RegExp(
    `(?<=^[ \\t]*|[{,]\\s*|async\\s+)(?:(['"\`])${literal}\\1|${literal})[ \\t]*[:(,]`,
    'm',
  ).exec(text);
  const before = text.slice(0, member?.index ?? 0).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, pointer: '' };
}

let generation = 0;

async function load(file: string): Promise<unknown> {
  try {
    const loaded = (await (needsLoader(file) ? loadByJiti(file) : loadByNode(file))) as { default?: unknown };
    // What was written for CommonJS has its exports twice.
    return isObject(loaded.default) && isObject(loaded.default.default) ? loaded.default.default : loaded.default;
  } catch (error) {
    if (error instanceof CounterproofError) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw invalid(file, `${shown(file)} cannot be loaded: ${reason}`);
  }
}

function needsLoader(file: string): boolean {
  const strips = (process.features as { typescript?: unknown }).typescript;
  return /\.[cm]?ts$/.test(file) && !strips;
}

async function loadByJiti(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti').catch(() => {
    throw invalid(
      file,
      `${shown(file)} is TypeScript, which Node ${process.versions.node} cannot load by itself`,
      'Install jiti (npm install -D jiti), or use Node 22.18 or newer.',
    );
  });
  return createJiti(resolve(file), { moduleCache: false, fsCache: false }).import(resolve(file));
}

/** A module that is loaded again is another one, and so is what it imports: Node keeps modules by their URL. */
async function loadByNode(file: string): Promise<unknown> {
  hook();
  generation += 1;
  return import(/* @vite-ignore */ `${pathToFileURL(resolve(file)).href}?counterproof=${generation}`);
}

let isHooked = false;

function hook(): void {
  const { registerHooks } = nodeModule as unknown as { registerHooks?: (hooks: object) => void };
  if (isHooked || registerHooks === undefined) return;
  isHooked = true;
  registerHooks({
    resolve(specifier: string, context: { parentURL?: string }, next: (...asked: unknown[]) => { url: string }) {
      const resolved = next(specifier, context);
      const [again] = /\?counterproof=\d+$/.exec(context.parentURL ?? '') ?? [];
      const isOwn = resolved.url.startsWith('file:') && !resolved.url.includes('/node_modules/');
      return again !== undefined && isOwn && !resolved.url.includes('?')
        ? { ...resolved, url: resolved.url + again }
        : resolved;
    },
  });
}
