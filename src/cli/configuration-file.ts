import { usage } from './arguments.js';
import type { Command } from './commands.js';

/**
 * The arguments of a command, with the documents of the configuration where they are left out.
 * @throws CounterproofError USAGE where it names several and the command takes one
 */
export function withDocument(
  { positionals, flags }: { readonly positionals: readonly string[]; readonly flags: { readonly to?: unknown } },
  name: string,
  { argument, maximum }: Pick<Command, 'argument' | 'maximum'>,
  documents: readonly string[],
): readonly string[] {
  // What is sent somewhere is named, in the last place.
  const named = argument.endsWith('[NAME]') && flags.to !== undefined ? 1 : 0;
  const isLeftOut = argument.startsWith('[document')
    ? positionals.length === named
    : argument.startsWith('DOCUMENT') && positionals.length === maximum - 1;
  if (!isLeftOut || documents.length === 0) return positionals;
  if (documents.length > 1 && !argument.startsWith('[document…'))
    throw usage(
      name,
      `takes one document, and the configuration has ${documents.join(', ')}: name the one that is meant`,
    );
  return [...documents, ...positionals];
}
