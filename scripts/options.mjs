import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * What a script is called with. `--help` prints the comment at its head and ends it; what it does not know ends it with one line.
 * @param {string | URL} url the script: `import.meta.url`
 * @param {import('node:util').ParseArgsConfig} config what it takes; without positionals where nothing says otherwise
 */
export function readOptions(url, config = {}) {
  const file = fileURLToPath(url);
  try {
    const { values, positionals } = parseArgs({
      ...config,
      options: { ...config.options, help: { type: 'boolean', short: 'h' } },
    });
    if (!values.help) return { values, positionals };
  } catch (error) {
    misuse(file, error.message.split('. ')[0]);
  }
  console.log(helpOf(readFileSync(file, 'utf8')));
  process.exit(0);
}

/** Ends a script that was called wrongly: one line, and exit code 2. */
export function misuse(url, message) {
  const name = basename(`${url}`);
  console.error(`${name}: ${message} (see node scripts/${name} --help)`);
  process.exit(2);
}

/** The first comment of a script, without its signs. */
function helpOf(text) {
  const [comment = ''] = /^\/\*\*[\s\S]*?\*\/|^(?:\/\/.*\n)+/m.exec(text) ?? [];
  return comment.replace(/^ *(?:\/\*\*|\*\/|\/\/|\*) ?/gm, '').trim();
}
