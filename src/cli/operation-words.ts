import type { Program } from './command.js';
import { read, readingOf } from './subject.js';

/** Flags whose value names operations of the document. */
export const operationFlags = ['operation', 'only', 'except'];

/**
 * The operations that a command line can name which is being written, each as its name, a tab, and its method and path.
 * @param words what stands before the word that is completed, from the command on
 * @throws CounterproofError where the command line or the document cannot be used so far
 */
export async function operationWords(words: readonly string[], program: Program): Promise<string[]> {
  const [command = '', ...args] = words;
  // What is completed is its value.
  const isWaiting = operationFlags.some((name) => args.at(-1) === `--${name}`);
  const { positionals, flags } = await program.read(command, isWaiting ? args.slice(0, -1) : args);
  const { operations } = await read({
    document: positionals[0],
    fixtures: 'none',
    ...readingOf(flags),
  });
  return operations.entries.map(({ id, method, path }) => `${id}\t${method} ${path}`);
}
