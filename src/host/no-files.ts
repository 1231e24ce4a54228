import { CounterproofError } from '../errors.js';

/**
 * Stands in for what reads files (`document/read/read-file`, `fixture/read-file`, `host/handlers`, `host/configuration-file`) where a bundler builds for browsers:
 * the field `browser` of package.json says so. Nothing of Node's gets into such a bundle.
 */
function refuse(what: string, file: string): never {
  throw new CounterproofError('DOCUMENT_UNREADABLE', {
    message: `Failed to read ${what} ${file}: there are no files in a browser`,
    remedy: 'Import its text or its object, and give that.',
  });
}

export async function openFolder(path: string): Promise<never> {
  return refuse('the document', path);
}

export async function openOverlay(path: string): Promise<never> {
  return refuse('the overlay', path);
}

export async function readFixtures(file: string): Promise<never> {
  return refuse('the fixtures', file);
}

export async function findFixtures(): Promise<null> {
  return null;
}

export async function readHandlers(place: string): Promise<never> {
  return refuse('the handlers', place);
}

export async function loadModule(file: string): Promise<never> {
  return refuse('the module', file);
}

export function importedFiles(): never {
  return refuse('the module', '');
}

export function placeOf(): never {
  return refuse('the module', '');
}

export function findHandlers(): null {
  return null;
}

export function findConfiguration(): null {
  return null;
}

export async function sourceOfConfiguration(): Promise<never> {
  return refuse('the configuration', '');
}
