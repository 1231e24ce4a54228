import { wrapped } from '../text/wrapped.js';
import { type Command, commands } from './commands.js';
import { type Flag, flagsOf } from './flags/index.js';

const widest = 100;

/**
 * What `counterproof --help` prints.
 * @param columns how wide the terminal is
 */
export function overview(columns = widest): string {
  const rows = Object.entries<Command>(commands).map(([name, { argument, summary }]) => [
    `${name} ${argument}`.trim(),
    summary,
  ]);
  return [
    ...wrapped(
      'One OpenAPI document, two prints: a mock that answers as the server would, and a contract suite that proves any ' +
        'implementation against it.',
      Math.min(widest, columns),
    ),
    '',
    'Usage: counterproof COMMAND [flags]',
    '',
    'Commands:',
    ...table(rows, Math.min(widest, columns)),
    '',
    'counterproof COMMAND --help tells more of each.',
  ].join('\n');
}

/** What `counterproof COMMAND --help` prints. */
export function commandHelp(name: string, columns = widest): string {
  const width = Math.min(widest, columns);
  const { argument, description, examples }: Command = commands[name as keyof typeof commands];
  return [
    `Usage: counterproof ${name} ${argument} [flags]`,
    '',
    ...wrapped(description, width),
    '',
    'Flags:',
    ...table(flagRows(name), width),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n');
}

/** The flags of a command as rows of `[how it is written, what it does]`. */
function flagRows(command: string): string[][] {
  return [...flagsOf(command)].map(([name, flag]) => [written(name, flag), explained(flag, command)]);
}

/** The same as a table in Markdown. */
export function flagsTable(command: string): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
  const rows = flagRows(command).map(([flag = '', explanation = '']) => `| \`${flag}\` | ${cell(explanation)} |`);
  return ['| flag | what it does |', '| --- | --- |', ...rows].join('\n');
}

/** A switch that is on by default is shown as what turns it off. */
function written(name: string, { kind, value, short, off, default: standard }: Flag): string {
  const prefix = short === undefined ? '' : `-${short}, `;
  if (kind !== undefined) return `${prefix}--${name} ${value}${off ? `, --no-${name}` : ''}`;
  if (standard === undefined) return `${prefix}--[no-]${name}`;
  return `${prefix}--${standard === true ? 'no-' : ''}${name}`;
}

function explained({ help: usual, helpOf, otherwise, default: standard, env }: Flag, command: string): string {
  const help = helpOf?.[command] ?? usual;
  const fallback = typeof standard === 'boolean' ? undefined : (otherwise ?? standard);
  const notes = [env && `or $${env}`, fallback !== undefined && `default: ${fallback}`].filter(Boolean);
  return notes.length === 0 ? help : `${help} (${notes.join('; ')})`;
}

function table(rows: readonly (readonly string[])[], width: number): string[] {
  const left = Math.max(...rows.map(([first = '']) => first.length)) + 4;
  return rows.flatMap(([first = '', second = '']) =>
    wrapped(second, Math.max(24, width - left)).map(
      (line, index) => (index === 0 ? `  ${first}` : '').padEnd(left) + line,
    ),
  );
}
