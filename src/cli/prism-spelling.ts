/** Switches of Prism that are called otherwise here. */
const renamed: Readonly<Record<string, string>> = { '--ignoreExamples': '--ignore-examples' };

/** What is a matter of Prism's own process, and needs nothing here: the log never holds up an answer. */
const idle =
  /^(-m|--multiprocess|--no-multiprocess|--json-schema-faker-fillProperties|--no-json-schema-faker-fillProperties)(=(true|false))?$/;

/**
 * A command line that was written for `prism mock` or `prism proxy`, in the words of ours: a script needs another program
 * and nothing else. `-h` with an address is `--host`, alone it is help; `-v` with a level sets the log; a seed may be
 * any text with `--compat prism`.
 */
export function fromPrism(args: readonly string[]): readonly string[] {
  const spelled: string[] = [];
  const isPrism = args.some((arg) => arg.startsWith('--compat'));
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--') return [...spelled, ...args.slice(index)];
    const [name = '', inline] = arg.split(/=(.*)/s);
    const words = idle.test(arg) ? [] : withValue(name, inline ?? args[index + 1], isPrism);
    const switched = Object.hasOwn(renamed, name) ? `${renamed[name]}${arg.slice(name.length)}` : arg;
    spelled.push(...(words ?? [switched]));
    if (words !== null && inline === undefined && !idle.test(arg)) index++;
  }
  return spelled;
}

/** What stands here for a flag that has a value there; null where it is no such flag. */
function withValue(name: string, value: string | undefined, isPrism: boolean): readonly string[] | null {
  if (value === undefined || value.startsWith('-')) return null;
  if (name === '-h' && looksLikeHost(value)) return ['--host', value];
  if (/^(-v|--verboseLevel)$/.test(name) && levels.has(value)) return quiet.has(value) ? ['--quiet'] : [];
  if (name === '--seed' && isPrism && !/^\d+$/.test(value)) return ['--seed', numberOf(value)];
  return null;
}

const looksLikeHost = (text: string): boolean =>
  /^(localhost|[\w-]+(\.[\w-]+)+|[\da-f:]*:[\da-f:]*)$/i.test(text) && !/\.(ya?ml|json)$/i.test(text);

const levels = new Set(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace', 'success', 'start']);
const quiet = new Set(['silent', 'fatal', 'error', 'warn']);

/** A seed for a text: the same for the same one. */
function numberOf(text: string): string {
  // Nobody else has to wait for this module at the start.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return String(createHash('sha256').update(text).digest().readUInt32BE(0));
}
