import { type DocumentProblem, problemKinds, problemsOf } from '../index.js';
import { lintReport } from '../report/index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { version } from '../version.js';
import { type Arguments, usage } from './arguments.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';

/** `counterproof lint`: every problem of a document. */
export async function run({ positionals, flags }: Arguments<'lint'>, terminal: Terminal): Promise<number> {
  for (const id of flags.ignore) {
    if (!Object.hasOwn(problemKinds, id)) {
      throw usage(
        'lint',
        `--ignore ${id} is no kind of problem${didYouMeanClause(nearest(id, Object.keys(problemKinds), 1))}`,
      );
    }
  }
  const { format } = flags;
  const { document, operations } = await read({
    document: positionals[0],
    fixtures: 'none',
    ...readingOf(flags),
  });
  const all: DocumentProblem[] = [...document.problems];
  for await (const problem of problemsOf(operations)) all.push(problem);
  const problems = all.filter(({ id }) => !flags.ignore.includes(id));
  const { leftOut } = document;
  const found = { document: document.name, problems, leftOut, operations: operations.entries.length + leftOut.length };
  terminal.out(lintReport(format, found, version).trimEnd());
  return problems.length > 0 ? 1 : 0;
}
