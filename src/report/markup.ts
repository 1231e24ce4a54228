import { visible } from '../text/visible.js';

/** HTML or XML that is safe to write: only `markup` makes it. */
class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export type { Markup };

type Part = string | number | Markup | readonly Part[];

/**
 * Tags a template of HTML or XML. What is put in becomes text, in content and in quoted attributes, whatever it
 * holds, unless it was made by this tag itself. What XML 1.0 forbids (2.2) is made visible first.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((string, index) => string + written(parts[index] ?? '')).join(''));
}

/** Parts, or the lines of a text, each on a line of its own. */
export function lines(parts: string | readonly Part[]): Markup {
  return new Markup((typeof parts === 'string' ? parts.split('\n') : parts).map(written).join('\n'));
}

function written(part: Part): string {
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'object') return part.map(written).join('');
  return visible(String(part))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
