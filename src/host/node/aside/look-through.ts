import type { DocumentProblem } from '../../../document/index.js';
import { isSimple, problemsOf } from '../../../mock/index.js';
import type { Operations } from '../../../operation/index.js';
import { AsideThread, startWorker, type Thread } from './aside-thread.js';

/** What a timer waits for at most, in milliseconds: looking through takes its time. */
const longestTimer = 2 ** 31 - 1;

/** Of more operations it is not looked whether each is simple. */
const mostSimple = 100;

/** Whether no slice of looking through can take long: a thread of its own costs 20 MiB for as long as it runs, and some of them stay. */
function isQuick({ document, entries }: Operations): boolean {
  return entries.length <= mostSimple && entries.every(({ pointer }) => isSimple(document, pointer));
}

/**
 * Tells each problem that `problemsOf` finds, as it is found, and keeps nobody waiting meanwhile: it is looked for in a thread that is there
 * for nothing else, or in slices where that is quick, or no thread can be started.
 *
 * @param options.signal Ends it.
 * @throws Error where the thread ends before, as one that has no more memory does
 */
export async function lookThrough(
  operations: Operations,
  tell: (problem: DocumentProblem) => void,
  options: { readonly signal: AbortSignal },
  start: () => Thread = startWorker,
): Promise<void> {
  const { signal } = options;
  const { document } = operations;
  const source = { document, fixtures: undefined, options: {} };
  const thread = isQuick(operations) ? null : await AsideThread.open(source, start, longestTimer).catch(() => null);
  if (thread === null) {
    for await (const problem of problemsOf(operations, options)) tell(problem);
    return;
  }
  const end = () => thread.end();
  signal.addEventListener('abort', end);
  try {
    if (!signal.aborted) await thread.look(document, tell);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
