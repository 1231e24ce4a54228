import { writeDeclarations } from '../index.js';
import type { Arguments } from './arguments.js';
import { printOrWrite } from './out-file.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof types`: a document as types of TypeScript. */
export async function run({ positionals, flags }: Arguments<'types'>, terminal: Terminal): Promise<number> {
  const { out } = flags;
  const { operations, fixtures } = await read({
    document: positionals,
    prefixes: flags.prefix,
    fixtures: flags.fixtures,
    ...readingOf(flags),
  });
  printOrWrite('types', out, writeDeclarations(operations, fixtures), terminal);
  if (out !== undefined) {
    const { length } = operations.entries;
    terminal.out(`${out}: the types of ${length} ${length === 1 ? 'operation' : 'operations'}`);
  }
  return 0;
}
