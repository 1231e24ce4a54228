import { findResources } from '../index.js';
import { resourcesReport } from '../report/index.js';
import type { Arguments } from './arguments.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof resources`: the lists, things and keys of a document, and what each operation does with them. */
export async function run({ positionals, flags }: Arguments<'resources'>, terminal: Terminal): Promise<number> {
  const { format } = flags;
  const { document, operations, fixtures } = await read({
    document: positionals,
    prefixes: flags.prefix,
    fixtures: flags.fixtures,
    ...readingOf(flags),
  });
  const resources = findResources(operations, fixtures?.resources);
  const columns = Number.isFinite(terminal.columns) ? terminal.columns : undefined;
  terminal.out(resourcesReport(format, { document: document.name, operations, resources }, columns));
  return 0;
}
