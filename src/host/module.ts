import { readFileSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CounterproofError } from '../errors.js';
import { findJsonDefect } from '../text/json.js';
import { jsonFault } from '../text/json-fault.js';
import { isObject, type Json } from '../text/value.js';

let generation = 0;

/** Says what is wrong with a module, and what to do. */
type Invalid = (message: string, remedy?: string) => CounterproofError;

/**
 * What a module exports by default, read anew each time, or what a JSON file holds. TypeScript needs no build: Node takes its types away
 * where it can, else `jiti` does. Node only.
 * @throws what `invalid` makes, where it cannot be loaded
 */
export async function loadModule(file: string, invalid: Invalid): Promise<unknown> {
  const found = statSync(file, { throwIfNoEntry: false });
  // What Node loads it reads whole: a device has no end, and a pipe may have no beginning.
  if (found?.isFile() === false) {
    const what = found.isDirectory() ? 'a folder' : 'a pipe or a device';
    throw invalid(`${shown(file)} is ${what}`, 'Name a file: .ts, .js, .mjs or .json.');
  }
  if (file.endsWith('.json')) return contentOf(file, invalid);
  try {
    const loaded = (await (needsLoader(file) ? loadByJiti(file, invalid) : loadByNode(file))) as { default?: unknown };
    // What was written for CommonJS has its exports twice.
    return isObject(loaded.default) && isObject(loaded.default.default) ? loaded.default.default : loaded.default;
  } catch (error) {
    if (error instanceof CounterproofError) throw error;
    const wanted = missingPackage(error);
    if (wanted !== null)
      throw invalid(
        `${shown(file)} cannot be loaded: it imports "${wanted}", which is not installed here`,
        `Install it: npm install --save-dev ${wanted}`,
      );
    throw invalid(`${shown(file)} cannot be loaded: ${thrown(error).replace(/\nRequire stack:.*$/s, '')}`);
  }
}

function contentOf(file: string, invalid: Invalid): Json {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const defect = findJsonDefect(text, { onDuplicate: () => {} });
  if (defect === null) return JSON.parse(text) as Json;
  const { message, offset } = jsonFault(defect, text);
  const lines = text.slice(0, offset).split('\n');
  throw invalid(`${shown(file)}:${lines.length}:${(lines.at(-1) ?? '').length + 1}: Not JSON: ${message}`);
}

/** What somebody's code has thrown, which may be anything. */
export function thrown(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return 'it throws what cannot be written as a text';
  }
}

/** The package that a module asks for and Node does not find; null where something else is wrong. */
function missingPackage(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return null;
  // A name, and neither a path nor an address; of what is inside of a package only the package is installed.
  return /^Cannot find (?:module|package) '((?:@[\w.-]+\/)?[\w-][\w.-]*)(?:\/[^']*)?'/.exec(message)?.[1] ?? null;
}

const shown = (file: string): string => (relative('', file).startsWith('..') ? file : relative('', file));

function needsLoader(file: string): boolean {
  const strips = (process.features as { typescript?: unknown }).typescript;
  return /\.[cm]?ts$/.test(file) && !strips;
}

async function loadByJiti(file: string, invalid: Invalid): Promise<unknown> {
  const { createJiti } = await import('jiti').catch(() => {
    throw invalid(
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
