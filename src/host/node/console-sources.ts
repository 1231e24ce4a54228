import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Document } from '../../document/index.js';

/**
 * The files of a document as they were written, named as its locations name them. A document that was made
 * of an object has none, and is shown as JSON.
 */
export async function readSources(document: Document): Promise<{ name: string; text: string }[]> {
  const { name, files, root } = document;
  if (files === undefined) return [{ name, text: JSON.stringify(root, null, 2) }];
  return Promise.all(
    files.map(async (file, index) => ({
      name: index === 0 ? name : relative('', file),
      text: await readFile(file, 'utf8'),
    })),
  );
}
