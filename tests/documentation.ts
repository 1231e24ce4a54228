import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './command.js';

/** One fenced block of a page. */
export interface Block {
  readonly page: string;
  /** The line of its fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What stands after the language: `run`, `fixtures`, `workflow`. */
  readonly purpose: string;
  readonly text: string;
  /** The block after it on the page. */
  readonly next: { readonly language: string; readonly text: string } | null;
}

/** README.md and docs/*.md. */
export const pages: readonly { name: string; text: string }[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

export const blocks: readonly Block[] = pages.flatMap(({ name, text }) => {
  const found = [...text.matchAll(/^```(\w+)(?: (\w+))?\n(.*?)^```$/gms)].map((match) => ({
    page: name,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1] ?? '',
    purpose: match[2] ?? '',
    text: match[3] ?? '',
  }));
  return found.map((block, index) => ({ ...block, next: found[index + 1] ?? null }));
});

/** The commands of a block: a line each, unless it goes on after a backslash; without comments. */
export function commandsOf(text: string): string[] {
  return text
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) =>
      line
        .replace(/\s+#.*$/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Not run from a page: they install something, need a Redis or a target that fails, or are tests that have a test of their own. */
export const elsewhere =
  /^(npm (ci|install)\b|k6 run|npx playwright install|.* --state redis:|.* --replay |(TARGET_URL=\S+ )?npm run \w+$|npm run )/;
