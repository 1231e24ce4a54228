import { faults, harmlessVariants } from '../prove/index.js';
import type { Arguments } from './arguments.js';
import { read, type Source } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof faults`: the catalogue, and where it applies. */
export async function run({ positionals, flags }: Arguments<'faults'>, terminal: Terminal): Promise<number> {
  const { out, paint } = terminal;
  const [document] = positionals;
  const fits =
    document === undefined
      ? null
      : await operationsThatFit({
          document,
          fixtures: 'none',
          allowRemote: flags['allow-remote'],
          overlays: flags.overlay,
          root: flags.root,
          maxDocument: flags['max-document'],
        });
  const all = [...faults, ...harmlessVariants];
  if (flags.json) {
    for (const { id, family, summary, caughtBy } of all) {
      out(JSON.stringify({ id, family, summary, caughtBy, ...(fits && { operations: fits(id) }) }));
    }
    return 0;
  }
  const width = Math.max(...all.map(({ id }) => id.length));
  let last = '';
  for (const { id, family, summary, caughtBy } of all) {
    if (family !== last) out(`${last === '' ? '' : '\n'}${paint.bold(family)}`);
    last = family;
    const where = fits === null ? '' : `${String(fits(id).length).padStart(4)} ${paint.dim('×')} `;
    const by = caughtBy.length > 0 ? paint.dim(` (${caughtBy[0]})`) : '';
    out(`  ${id.padEnd(width)}  ${where}${summary}${by}`);
  }
  return 0;
}

async function operationsThatFit(source: Source) {
  const { operations } = await read(source);
  const compiled = operations.entries.map((entry) => operations.compile(entry));
  const byId = new Map([...faults, ...harmlessVariants].map((fault) => [fault.id, fault]));
  return (id: string): string[] =>
    compiled.filter((operation) => byId.get(id)?.unfit(operation) === null).map((operation) => operation.id);
}
