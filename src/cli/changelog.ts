import { changelogReport } from '../report/index.js';
import type { Arguments } from './arguments.js';
import { compared } from './diff.js';
import type { Terminal } from './terminal.js';

/** `counterproof changelog`: what has changed from one document to another, as a person tells it. */
export async function run(args: Arguments<'changelog'>, terminal: Terminal): Promise<number> {
  terminal.out(changelogReport(await compared('changelog', args)));
  return 0;
}
