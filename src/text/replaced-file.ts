import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all, and makes its folder. A link stays one, who may read the file stays as it is, and a pipe or a
 * device is written into: root could put a file in the place of `/dev/null`.
 * @throws the error of the system: `whyUnwritten` shows it
 */
export function replaceFileSync(file: string, text: string): void {
  makeFolder(dirname(file));
  const { place, draft, mode } = placesOf(file);
  if (draft === null) {
    writeFileSync(place, text);
    return;
  }
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw of(file, error);
  }
}

/** The same, while others are served: for what may be long. What it says stays also where the machine fails the moment after. */
export async function replaceFile(file: string, text: string): Promise<void> {
  makeFolder(dirname(file));
  const { place, draft, mode } = placesOf(file);
  if (draft === null) return writeFile(place, text);
  try {
    await writeFile(draft, text, { mode, flush: true });
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw of(file, error);
  }
}

/** The error of the system, with the name of the file that was asked for rather than that of its draft. */
function of(path: string, error: unknown): unknown {
  return error instanceof Error ? Object.assign(error, { path }) : error;
}

/** Where a file really is, and where its next content is written before it is moved there; null where no file can be moved. */
function placesOf(file: string): { place: string; draft: string | null; mode: number | undefined } {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === false) return { place: file, draft: null, mode: undefined };
  const place = found === undefined ? file : realpathSync(file);
  return { place, draft: `${place}.${process.pid}.part`, mode: found?.mode };
}

/** Folder by folder: where one cannot be made, node's own `recursive` may try for ever (`/proc/nope/here`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
