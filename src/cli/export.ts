import { join } from 'node:path';
import { type ExportFormat, exported, exportFormats } from '../export/index.js';
import { createMock } from '../index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { visible } from '../text/visible.js';
import { type Arguments, usage } from './arguments.js';
import { keepHeapSmall } from './load.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** A note names operations, and so paths of a document. */
const longestNote = 500;

/** `counterproof export`: a document with examples, or requests for other tools. */
export async function run({ positionals, flags }: Arguments<'export'>, terminal: Terminal): Promise<number> {
  const format = formatOf(flags.to ?? 'openapi');
  const { out, seed, rows } = flags;
  if (format === 'bruno' && out === undefined) throw usage('export', '--to bruno needs --out, the folder to write');
  const { operations, fixtures } = await read({
    document: positionals,
    prefixes: flags.prefix,
    fixtures: flags.fixtures,
    ...readingOf(flags),
  });
  keepHeapSmall();
  const mock = createMock({ operations, seed, rows, state: false, ...(fixtures !== undefined && { fixtures }) });
  const json = (out ?? '').toLowerCase().endsWith('.json');
  const { files, notes } = await exported(format, mock, { json, allowWrites: flags['allow-writes'] });
  for (const [path, text] of files) {
    if (out === undefined) terminal.out(text.trimEnd());
    else write(path === '' ? out : join(out, path), text);
  }
  for (const note of notes) terminal.error(`! ${visible(note, longestNote)}`);
  return 0;
}

function formatOf(given: string): ExportFormat {
  const format = exportFormats.find((each) => each === given);
  if (format !== undefined) return format;
  const hint = didYouMeanClause(nearest(given, exportFormats, 1));
  throw usage('export', `--to ${given} is nothing that can be written: there are ${exportFormats.join(', ')}${hint}`);
}

function write(file: string, text: string): void {
  try {
    replaceFileSync(file, text);
  } catch (error) {
    throw usage('export', `--out ${file} cannot be written: ${whyUnwritten(error)}`);
  }
}
