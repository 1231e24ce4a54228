import { diff } from '../diff/index.js';
import { diffReport } from '../report/index.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { read } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof diff`: what has changed from one document to another, and whether it breaks who used the first. */
export async function run(args: Arguments<'diff'>, terminal: Terminal): Promise<number> {
  const { format } = args.flags;
  const result = await compared('diff', args);
  const text = diffReport(format, result, version);
  if (text !== '') terminal.out(text);
  return result.counts.breaking > 0 ? 1 : 0;
}

type Sides = Pick<Arguments<'diff'>, 'positionals'> & {
  readonly flags: Pick<Arguments<'diff'>['flags'], 'seed' | 'root' | 'max-document' | 'allow-remote' | 'overlay'>;
};

/** Reads both documents and holds them against each other. */
export async function compared(command: 'diff' | 'changelog', args: Sides) {
  const [old, other] = args.positionals;
  if (old === undefined || other === undefined)
    throw usage(command, 'takes two documents: the old one and the new one');
  const { seed, root, 'max-document': maxDocument, 'allow-remote': allowRemote, overlay } = args.flags;
  const side = { fixtures: 'none', allowRemote, root, maxDocument };
  const [before, after] = await Promise.all([
    read({ ...side, document: old, overlays: [] }),
    read({ ...side, document: other, overlays: overlay }),
  ]);
  return diff(before.operations, after.operations, { seed, now: new Date() });
}
