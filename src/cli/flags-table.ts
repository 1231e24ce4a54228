import { flagRows } from './help.js';

/** The flags of a command as a Markdown table. */
export function flagsTable(command: string): string {
  const rows = flagRows(command).map(([written = '', explained = '']) => `| \`${written}\` | ${cell(explained)} |`);
  return ['| flag | what it does |', '| --- | --- |', ...rows].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
