import { accessSync } from 'node:fs';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildModule, formatProblem, readLocale } from '../index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { type Arguments, usage } from './arguments.js';
import { handlersBesideOf } from './load.js';
import { mostProblems, problemLines } from './reporter-text.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof build`: a mock as one file. */
export async function run({ positionals, flags }: Arguments<'build'>, terminal: Terminal): Promise<number> {
  const { out: file, seed, rows, now, optional, 'unknown-ids': unknownIds } = flags;
  if (file === undefined) throw usage('build', '--out is needed: the file to write, such as --out mock.js');
  const { document, operations, fixtures } = await read({
    document: positionals,
    prefixes: flags.prefix,
    fixtures: flags.fixtures,
    ...readingOf(flags),
  });
  for (const line of problemLines(document, mostProblems)) terminal.error(line);
  for (const problem of fixtures?.keptOut ?? []) terminal.error(formatProblem(problem));
  const text = await buildModule({
    document,
    seed,
    rows,
    unknownIds,
    optional,
    now,
    ...(flags.locale !== undefined && { locale: await readLocale(flags.locale) }),
    ...(fixtures !== undefined && { fixtures }),
  });
  try {
    // A folder that is not there is a slip of the pen more often than it is wanted.
    accessSync(dirname(file));
    replaceFileSync(file, text);
  } catch (error) {
    throw usage('build', `--out ${file} cannot be written: ${whyUnwritten(error)}`);
  }
  const { length } = operations.entries;
  const size = `${kibibytes(Buffer.byteLength(text))}, ${kibibytes(gzipSync(text).length)} gzipped`;
  terminal.out(`${file}: a mock of ${length} ${length === 1 ? 'operation' : 'operations'} (${size})`);
  const functions = handlersBesideOf({ document: positionals, fixtures: flags.fixtures });
  if (functions.length > 0) {
    const [are, them] = functions.length === 1 ? ['is', 'it'] : ['are', 'them'];
    terminal.error(
      `${functions.join(', ')} ${are} not in it: a built file takes functions where it is used, as createFetchHost({ handlers }). Import ${them} there.`,
    );
  }
  return 0;
}

function kibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
