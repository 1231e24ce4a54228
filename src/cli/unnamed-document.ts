import { usage } from './arguments.js';
import type { Command } from './command.js';
import { documentFiles, nothingHere } from './document-file.js';
import { shortest } from './subject.js';
import type { Terminal } from './terminal.js';

/** A command line with what the configuration file says. */
interface Given {
  readonly positionals: readonly string[];
  readonly configuration?: { readonly file: string };
  readonly flags: { readonly quiet?: boolean };
}

/**
 * Says on standard error which document a command takes whose command line names none, unless that tells by itself.
 * @param named the arguments of the command line
 * @throws CounterproofError USAGE where there is none to take
 */
export function sayUnnamed(
  name: string,
  { argument, unnamed }: Pick<Command, 'argument' | 'unnamed'>,
  named: readonly string[],
  { positionals, configuration, flags }: Given,
  { error }: Pick<Terminal, 'error'>,
): void {
  if (unnamed === 'tells') return;
  const configured = positionals.slice(0, positionals.length - named.length);
  if (configured.length > 0) {
    if (!flags.quiet) error(`Document: ${configured.join(', ')} (${shortest(configuration?.file ?? '')})`);
  } else if (argument.startsWith('[document') && positionals.length === 0 && unnamed !== 'none') {
    const { text, isBuiltIn } = documentHere(name, unnamed === 'built-in');
    if (!flags.quiet || isBuiltIn) error(text);
  }
}

/** What a command takes that nobody has named. @throws CounterproofError USAGE where there is none */
export function documentHere(
  name: string,
  mayBeBuiltIn: boolean,
): { readonly text: string; readonly isBuiltIn: boolean } {
  const { files, isBuiltIn } = documentFiles(undefined);
  if (isBuiltIn && !mayBeBuiltIn) {
    throw usage(name, `${nothingHere}; name the document: counterproof ${name} api.yaml`);
  }
  return { text: `Document: ${isBuiltIn ? `the one that is built in; ${nothingHere}` : files[0]}`, isBuiltIn };
}
