import { recordOfHar, recordText } from '../proxy/index.js';
import { whyUnread } from '../text/file-failure.js';
import { readUserFile } from '../text/user-file.js';
import { isObject } from '../text/value.js';
import { type Arguments, usage } from './arguments.js';
import { printOrWrite } from './out-file.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof import`: an HTTP Archive becomes scripted cases. */
export async function run({ positionals, flags }: Arguments<'import'>, terminal: Terminal): Promise<number> {
  const [document, archive] = positionals;
  if (document === undefined || archive === undefined) {
    throw usage('import', 'needs a document and an HTTP Archive, such as openapi.yaml traffic.har');
  }
  const { operations } = await read({
    document,
    fixtures: 'none',
    ...readingOf(flags),
  });
  let text: string;
  try {
    text = readUserFile(archive);
  } catch (error) {
    throw usage('import', `${archive} cannot be read: ${whyUnread(error)}`);
  }
  const record = recordOfHar(text, archive, operations);
  const written = await recordText(record, flags.out ?? '');
  printOrWrite('import', flags.out, written, terminal);
  for (const sentence of record.skipped) terminal.error(`! ${sentence}`);
  const { operations: recorded } = record.value();
  if (isObject(recorded) && Object.keys(recorded).length === 0) {
    terminal.error(`! Nothing in ${archive} can be a case of ${document}`);
  }
  return 0;
}
