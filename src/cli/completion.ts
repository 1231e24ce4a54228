import { checkTable } from '../contract/index.js';
import { exportFormats } from '../export/index.js';
import { faults, harmlessVariants } from '../prove/index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { type Arguments, usage } from './arguments.js';
import type { Command } from './command.js';
import { type Flag, flagsOf } from './flags/index.js';
import type { Terminal } from './terminal.js';

type Commands = Readonly<Record<string, Command>>;

const shells = { bash, zsh, fish };
const shellNames = Object.keys(shells).join(' ');

const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);

/** What flags may be that take any text: their tables are read at each start, and must not load what these are about. */
const known: Readonly<Record<string, readonly string[]>> = {
  'check --check': idsOf(checkTable),
  'proxy --check': idsOf(checkTable),
  'mock --fault': idsOf([...faults, ...harmlessVariants]),
  'export --to': exportFormats,
};

/** `counterproof completion`: what lets a shell complete commands, flags and their values. */
export async function run(
  { positionals }: Arguments<'completion'>,
  { out }: Terminal,
  commands: Commands,
): Promise<number> {
  const [shell = ''] = positionals;
  if (!Object.hasOwn(shells, shell)) {
    const found = shell === '' ? '' : `, found "${shell}"${didYouMeanClause(nearest(shell, Object.keys(shells), 1))}`;
    throw usage('completion', `expects ${Object.keys(shells).join(', ')}${found}`);
  }
  out(shells[shell as keyof typeof shells](commands).trimEnd());
  return 0;
}

/** A flag as it is written, with what it takes. */
interface Spelling {
  readonly word: string;
  readonly short: string | undefined;
  readonly help: string;
  /** What stands for its value in help; undefined where it takes none. */
  readonly value: string | undefined;
  readonly values: readonly string[];
  readonly isRepeated: boolean;
}

function spellingsOf(command: string): Spelling[] {
  return [...flagsOf(command)].flatMap(([name, flag]) => spellings(name, flag, command));
}

function spellings(name: string, flag: Flag, command: string): Spelling[] {
  const { kind, short, value, off, many, default: standard } = flag;
  const help = flag.helpOf?.[command] ?? flag.help;
  const whole = {
    word: name,
    short,
    help,
    value,
    values: known[`${command} --${name}`] ?? kind?.values ?? [],
    isRepeated: many === true,
  };
  const negated = { ...whole, word: `no-${name}`, short: undefined, value: undefined, values: [], isRepeated: false };
  if (kind !== undefined) return off ? [whole, negated] : [whole];
  if (standard === true) return [negated];
  return standard === undefined ? [whole, negated] : [whole];
}

function bash(commands: Commands): string {
  const names = Object.keys(commands);
  const words = names.map((command) => {
    const all = spellingsOf(command).map(({ word }) => `--${word}`);
    return `    ${command}) words=${quoted(all.join(' '))} ;;`;
  });
  const values = names.flatMap((command) =>
    spellingsOf(command).flatMap(({ word, values }) =>
      values.length === 0
        ? []
        : [`    ${quoted(`${command} --${word}`)}) words=${quoted(values.join(' '))} value=1 ;;`],
    ),
  );
  return `# For ~/.bashrc: eval "$(counterproof completion bash)"
_counterproof() {
  local current=\${COMP_WORDS[COMP_CWORD]} words= value=
  COMPREPLY=()
  case "\${COMP_WORDS[1]}" in
${words.join('\n')}
  esac
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
    'completion completion') words=${quoted(shellNames)} value=1 ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words=${quoted(names.join(' '))} value=1; fi
  # Whatever is no flag may be a file: then there is nothing here, and the shell looks for itself.
  if [ -n "$value" ] || [ "\${current#-}" != "$current" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o default -F _counterproof counterproof
`;
}

function zsh(commands: Commands): string {
  const names = Object.keys(commands);
  const list = Object.entries(commands).map(
    ([name, { summary }]) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`,
  );
  const cases = names.map((command) => {
    const specs = spellingsOf(command).map((one) => `      ${quoted(zshSpec(one))}`);
    return `    ${command}) _arguments \\\n${[...specs, `      '*:${command === 'completion' ? `shell:(${shellNames})` : 'file:_files'}'`].join(' \\\n')} ;;`;
  });
  return `#compdef counterproof
# For ~/.zshrc, after compinit: source <(counterproof completion zsh)
_counterproof() {
  local -a commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  case $words[2] in
${cases.join('\n')}
  esac
}
if [ "\${funcstack[1]}" = _counterproof ]; then _counterproof "$@"; else compdef _counterproof counterproof; fi
`;
}

function zshSpec({ word, help, value, values, isRepeated }: Spelling): string {
  const told = help.replaceAll(/[[\]:\\]/g, '\\$&');
  const action = values.length > 0 ? `(${values.join(' ')})` : isFile(value) ? '_files' : '';
  const taken = value === undefined ? '' : `:${value.replaceAll(/[[\]:\\]/g, '\\$&')}:${action}`;
  return `${isRepeated ? '*' : ''}--${word}[${told}]${taken}`;
}

function fish(commands: Commands): string {
  const begin = Object.entries(commands).map(
    ([name, { summary }]) =>
      `complete -c counterproof -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary, '\\')}`,
  );
  const flags = Object.keys(commands).flatMap((command) =>
    spellingsOf(command).map(({ word, short, help, value, values }) => {
      const takes = values.length > 0 ? ` -x -a ${quoted(values.join(' '), '\\')}` : value === undefined ? '' : ' -r';
      const letter = short === undefined ? '' : ` -s ${short}`;
      const where = `-n '__fish_seen_subcommand_from ${command}'`;
      return `complete -c counterproof ${where} -l ${word}${letter}${takes} -d ${quoted(help, '\\')}`;
    }),
  );
  return `# For ~/.config/fish/completions/counterproof.fish: counterproof completion fish > that file
${[...begin, ...flags].join('\n')}
complete -c counterproof -n '__fish_seen_subcommand_from completion' -f -a '${shellNames}'
`;
}

const isFile = (value = ''): boolean => /FILE|PATH|FOLDER/.test(value);

/** @param mark how a quotation mark stands inside: fish takes `\'`, others end the text for it */
function quoted(text: string, mark?: '\\'): string {
  const inside = mark === undefined ? text.replaceAll("'", "'\\''") : text.replaceAll(/['\\]/g, '\\$&');
  return `'${inside}'`;
}
