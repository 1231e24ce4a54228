import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';

const endings = ['.yaml', '.yml', '.json'];

/** Where the fixtures of a document are looked for when none are named, best first. */
export function fixtureCandidates(document: string): string[] {
  const folder = dirname(document);
  const name = basename(document, extname(document));
  const places = [
    join(folder, `${name}.fixtures`),
    join(folder, 'fixtures', name),
    join(folder, '..', 'fixtures', name),
  ];
  return places.flatMap((place) => endings.map((ending) => place + ending));
}

/**
 * The fixture file to use: the one that is named, none for `none`, or the first candidate that exists.
 * @returns null for none
 */
export function fixtureFile(document: string, named: string | undefined): string | null {
  if (named === 'none') return null;
  return named ?? fixtureCandidates(document).find((file) => existsSync(file)) ?? null;
}
