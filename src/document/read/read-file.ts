import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CounterproofError, type Problem } from '../../errors.js';
import { whyUnread } from '../../text/file-failure.js';
import { didYouMean, nearest } from '../../text/nearest.js';
import { resultInSlices } from '../../text/slices.js';
import { readUserBytes } from '../../text/user-file.js';
import { decodingText } from '../../text/utf8.js';
import type { Refusal } from '../refer/reference.js';
import type { Allowance } from './allowance.js';
import { readBytes, readText } from './read-text.js';
import type { Source, Supply } from './source.js';

/** Files of one folder, among them the document that the user named. */
export interface Folder {
  readonly uri: string;
  readonly document: Source;
  /** A file of the folder by its URI, with its path in the folder; or why it is not read. */
  read(uri: string): Promise<Supply | Refusal>;
  /** What a file of the folder holds, whatever it is; or why it is not read. */
  readText(uri: string): Promise<string | Refusal>;
  /** Everything that was read so far, as absolute paths. */
  readonly paths: readonly string[];
}

/**
 * Opens the document at a path, and the folder that it lies in.
 * @param name what messages call the document, where that is not its path
 * @param allowance how much may be read of it and of what lies beside it
 * @param root the folder that no reference may leave; by default the nearest with `.git` or package.json
 * @throws CounterproofError DOCUMENT_UNREADABLE
 */
export async function openFolder(path: string, name: string, allowance: Allowance, root?: string): Promise<Folder> {
  const document = await readDocumentFile(path, name, allowance);
  const folder = await realpath(dirname(resolve(path)));
  const shownFolder = dirname(path);
  const limit = root === undefined ? await projectOf(folder) : await realpath(root).catch(() => root);
  if (folder !== limit && !isInside(limit, folder)) {
    const message = `${path} does not lie in ${root}, which references may not leave`;
    throw new CounterproofError('DOCUMENT_UNREADABLE', { message, remedy: 'Give a folder above it.' });
  }
  const paths = [resolve(path)];
  const places = { folder, shownFolder, limit, allowance };
  return {
    uri: pathToFileURL(join(folder, basename(path))).href,
    document,
    async read(uri) {
      const answer = await readBeside(uri, places);
      if ('key' in answer) paths.push(join(folder, answer.key));
      return answer;
    },
    async readText(uri) {
      const found = await bytesBeside(uri, places);
      if ('message' in found) return found;
      paths.push(join(folder, found.key));
      const decoded = await resultInSlices(decodingText(found.shown, found.bytes));
      return 'text' in decoded ? decoded.text : missing(decoded.problem.message, 'Give a file of text.');
    },
    paths,
  };
}

/**
 * Reads an overlay of a document, and says where it lies.
 * @throws CounterproofError DOCUMENT_UNREADABLE
 */
export async function openOverlay(
  path: string,
  allowance: Allowance,
): Promise<{ readonly source: Source; readonly path: string }> {
  return { source: await readDocumentFile(path, path, allowance, 'an overlay'), path: resolve(path) };
}

async function readDocumentFile(
  path: string,
  name: string,
  allowance: Allowance,
  kind = 'an OpenAPI document',
): Promise<Source> {
  const bytes = await readAllowed(path, allowance).catch(async (error: NodeJS.ErrnoException) => {
    throw new CounterproofError('DOCUMENT_UNREADABLE', await explain(path, error, kind));
  });
  if (bytes === null) throw new CounterproofError('DOCUMENT_UNREADABLE', allowance.refusal(name));
  const decoded = await resultInSlices(decodingText(name, bytes));
  if ('problem' in decoded) throw new CounterproofError('DOCUMENT_UNREADABLE', decoded.problem);
  return readText(name, decoded.text);
}

/** The bytes of a file; null where it has more than are allowed. A pipe or a device has no size before it is read. */
async function readAllowed(path: string, allowance: Allowance): Promise<Uint8Array | null> {
  const { left } = allowance;
  const found = await stat(path);
  if (found.size > left) return null;
  const bytes = found.isFile() ? await readFile(path) : readUserBytes(path, left);
  if (bytes === null || bytes.length > allowance.left) return null;
  allowance.take(bytes.length);
  return bytes;
}

async function explain(path: string, error: NodeJS.ErrnoException, kind: string): Promise<Problem> {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR': {
      // A link that leads to nothing is there by its name.
      const files = (await filesOf(dirname(path))).filter((file) => file !== basename(path));
      const address = addressMeant(path);
      if (address !== null) return { message: `There is no file ${path}`, remedy: `Did you mean "${address}"?` };
      const near = nearest(basename(path), files).map((file) => join(dirname(path), file));
      const others = files.filter(mayBeDocument).slice(0, 3);
      const there = others.length === 0 ? '' : `: its folder has ${others.join(', ')}`;
      return {
        message: `There is no file ${path}`,
        remedy: didYouMean(near) ?? `Give the path of ${kind}${there}.`,
      };
    }
    case 'EISDIR': {
      const files = (await filesOf(path)).filter(mayBeDocument).slice(0, 3);
      return {
        message: `${path} is a folder`,
        expected: 'a file',
        remedy: didYouMean(files.map((file) => join(path, file))) ?? `Give the path of ${kind}.`,
      };
    }
    case 'EACCES':
    case 'EPERM':
      return { message: `${path} may not be read`, remedy: 'Change its permissions, or give another file.' };
    default:
      return { message: `${path} cannot be read: ${whyUnread(error)}`, remedy: 'Give another file.' };
  }
}

/** The names in a folder, or none where it cannot be read: they are for a suggestion only. */
async function filesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** The address that somebody means who leaves out or misspells its scheme; null where it is a path. */
function addressMeant(path: string): string | null {
  const [, scheme, rest] = /^(?:([a-z]{3,}):\/+)?([\w.-]+(?::\d+)?\/.*)$/i.exec(path) ?? [];
  if (scheme !== undefined) return `${/s/i.test(scheme) ? 'https' : 'http'}://${rest}`;
  return rest !== undefined && /^[^/]+:\d/.test(rest) ? `http://${rest}` : null;
}

function mayBeDocument(name: string): boolean {
  return /\.(?:ya?ml|json|md|mdx)$/i.test(name);
}

/**
 * The nearest folder from this one upwards that holds a project. Where none does: the one that the command runs in, if the
 * document lies below it and it is neither the whole disk nor a person's home; else the folder itself.
 */
async function projectOf(folder: string): Promise<string> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const marks = await Promise.all(['.git', 'package.json'].map((name) => stat(join(at, name)).catch(() => null)));
    if (marks.some((mark) => mark !== null)) return at;
  }
  const here = process.cwd();
  const isAll = here === dirname(here) || here === homedir();
  return !isAll && folder.startsWith(here + sep) ? here : folder;
}

/** Where the document lies, as links lead there and as it is shown, and the folder that no reference may leave. */
interface Places {
  readonly folder: string;
  readonly shownFolder: string;
  readonly limit: string;
  readonly allowance: Allowance;
}

async function readBeside(uri: string, places: Places): Promise<Supply | Refusal> {
  const found = await bytesBeside(uri, places);
  return 'message' in found ? found : { key: found.key, source: await readBytes(found.shown, found.bytes) };
}

async function bytesBeside(
  uri: string,
  { folder, shownFolder, limit, allowance }: Places,
): Promise<{ readonly key: string; readonly shown: string; readonly bytes: Uint8Array } | Refusal> {
  const named = pathOf(uri);
  if (named === null || !isInside(limit, named)) return outside;
  const path = await withExtension(named);
  const key = relative(folder, path).split(sep).join('/');
  const shown = join(shownFolder, relative(folder, path));
  try {
    // Only after links are followed is it known where the file lies.
    const real = await realpath(path);
    if (!isInside(limit, real)) return outside;
    if (!(await stat(real)).isFile()) return missing(`${shown} is not a file`, 'Refer to a file.');
    const bytes = await readAllowed(real, allowance);
    return bytes === null ? allowance.refusal(shown) : { key, shown, bytes };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      return missing(`${shown} cannot be read: ${whyUnread(error)}`, 'Change it, or the reference.');
    }
    const near = nearest(basename(path), await filesOf(dirname(path)), 1);
    return missing(`There is no file ${shown}`, didYouMean(near) ?? 'Add it, or correct the reference.');
  }
}

/** A URI that is a name (`$self`; OpenAPI 3.2, Appendix F) mostly has no extension, and the file has one. */
async function withExtension(path: string): Promise<string> {
  if (/\.\w+$/.test(path)) return path;
  for (const extension of ['', '.yaml', '.yml', '.json']) {
    const found = await stat(path + extension).catch(() => null);
    if (found?.isFile()) return path + extension;
  }
  return path;
}

const outside: Refusal = {
  message: 'The reference leads out of the folder of the project',
  remedy: 'Move the file into the project, or name a folder above both with --root.',
  forbidden: true,
};

function missing(message: string, remedy: string): Refusal {
  return { message, remedy, forbidden: false };
}

/** null where the URI is none of a file on this machine. */
function pathOf(uri: string): string | null {
  try {
    const url = new URL(uri);
    url.search = '';
    return url.protocol === 'file:' ? fileURLToPath(url) : null;
  } catch {
    return null;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way) && !way.includes('\0');
}
