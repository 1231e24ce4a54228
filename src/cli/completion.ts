import { checkTable } from '../contract/index.js';
import { exportFormats } from '../export/index.js';
import { faults, harmlessVariants } from '../prove/index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { type Arguments, usage } from './arguments.js';
import type { Command, Program } from './command.js';
import { type Flag, flagsOf } from './flags/index.js';
import { operationFlags, operationWords } from './operation-words.js';
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

/**
 * `counterproof completion`: what lets a shell complete commands, flags and their values. What it prints asks for operations with
 * `counterproof completion operations -- WORDS`.
 */
export async function run(
  { positionals }: Arguments<'completion'>,
  { out }: Terminal,
  program: Program,
): Promise<number> {
  const [shell = '', ...words] = positionals;
  if (shell === 'operations') {
    for (const line of await operationWords(words, program)) out(line);
    return 0;
  }
  if (!Object.hasOwn(shells, shell)) {
    const found = shell === '' ? '' : `, found "${shell}"${didYouMeanClause(nearest(shell, Object.keys(shells), 1))}`;
    throw usage('completion', `expects ${Object.keys(shells).join(', ')}${found}`);
  }
  if (words[0] !== undefined) throw usage('completion', `takes one argument, and not "${words[0]}" too`);
  out(shells[shell as keyof typeof shells](program.commands).trimEnd());
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
  /** Whether it names operations: these the document has, and no table. */
  readonly isOperation: boolean;
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
    isOperation: operationFlags.includes(name),
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
    spellingsOf(command).flatMap(({ word, values, isOperation }) => {
      const place = quoted(`${command} --${word}`);
      if (isOperation) return [`    ${place}) _counterproof_operations; return ;;`];
      return values.length === 0 ? [] : [`    ${place}) words=${quoted(values.join(' '))} value=1 ;;`];
    }),
  );
  return `# For ~/.bashrc: eval "$(counterproof completion bash)"
_counterproof_operations() {
  local name place
  while IFS=$'\\t' read -r name place; do
    name=$(printf %q "$name")
    case $name in "$current"*) COMPREPLY+=("$name") ;; esac
  done < <(counterproof completion operations -- "\${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
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
_counterproof_operations() {
  local -a names=() told=()
  local name place
  while IFS=$'\\t' read -r name place; do
    names+=("$name")
    told+=("$name  $place")
  done < <(counterproof completion operations -- "\${(@Q)words[2,CURRENT-1]}" 2>/dev/null)
  compadd -l -d told -a names
}
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

function zshSpec({ word, help, value, values, isOperation, isRepeated }: Spelling): string {
  const told = help.replaceAll(/[[\]:\\]/g, '\\$&');
  const few = values.length > 0 ? `(${values.join(' ')})` : isFile(value) ? '_files' : '';
  const action = isOperation ? '_counterproof_operations' : few;
  const taken = value === undefined ? '' : `:${value.replaceAll(/[[\]:\\]/g, '\\$&')}:${action}`;
  return `${isRepeated ? '*' : ''}--${word}[${told}]${taken}`;
}

function fish(commands: Commands): string {
  const begin = Object.entries(commands).map(
    ([name, { summary }]) =>
      `complete -c counterproof -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary, '\\')}`,
  );
  const flags = Object.keys(commands).flatMap((command) =>
    spellingsOf(command).map(({ word, short, help, value, values, isOperation }) => {
      const few = values.length > 0 ? ` -x -a ${quoted(values.join(' '), '\\')}` : value === undefined ? '' : ' -r';
      const takes = isOperation ? ` -x -a ${quoted(fishOperations)}` : few;
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

const fishOperations = '(counterproof completion operations -- (commandline -opc)[2..] 2>/dev/null)';

const isFile = (value = ''): boolean => /FILE|PATH|FOLDER/.test(value);

/** @param mark how a quotation mark stands inside: fish takes `\'`, others end the text for it */
function quoted(text: string, mark?: '\\'): string {
  const inside = mark === undefined ? text.replaceAll("'", "'\\''") : text.replaceAll(/['\\]/g, '\\$&');
  return `'${inside}'`;
}
