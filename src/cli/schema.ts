import { dirname, join, relative } from 'node:path';
import { fixtureNames, fixtureSchemaOf } from '../index.js';
import type { Arguments } from './arguments.js';
import { documentFiles } from './document-file.js';
import { printOrWrite } from './out-file.js';
import { fixtureFile, read, readingOf, shortest } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof schema`: the JSON Schema of fixture files of a document, for editors. */
export async function run({ positionals, flags }: Arguments<'schema'>, terminal: Terminal): Promise<number> {
  const { out } = flags;
  const { operations } = await read({
    document: positionals[0],
    fixtures: 'none',
    ...readingOf(flags),
  });
  printOrWrite('schema', out, `${JSON.stringify(fixtureSchemaOf(operations), null, 2)}\n`, terminal);
  if (out === undefined) return 0;
  const {
    files: [file],
  } = documentFiles(positionals[0]);
  const fixtures = fixtureFile(file, undefined) ?? join(dirname(file), fixtureNames(file)[0] ?? '');
  const fromThere = relative(dirname(fixtures), out).replaceAll('\\', '/');
  terminal.out(`${out} is for the first line of ${shortest(fixtures)}:`);
  terminal.out(`# yaml-language-server: $schema=${fromThere.startsWith('.') ? fromThere : `./${fromThere}`}`);
  return 0;
}
