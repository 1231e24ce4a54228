import type { Problem } from '../../errors.js';
import { resultInSlices } from '../../text/slices.js';
import { decodingText } from '../../text/utf8.js';
import type { Part } from './part.js';
import { isSource, readingSource, type Source, type UnreadableText, yamlProblem } from './source.js';

/** A file beside the document, from its bytes. One that cannot be read is one with problems and without a value. */
export async function readBytes(name: string, bytes: Uint8Array): Promise<Source> {
  const decoded = await resultInSlices(decodingText(name, bytes));
  return 'problem' in decoded ? unreadable(name, [decoded.problem]) : readText(name, decoded.text);
}

/** As `readBytes`, from text. */
export async function readText(name: string, text: string): Promise<Source> {
  const read = await resultInSlices(readingSource(name, text));
  return isSource(read) ? read : unreadable(name, await allProblems(read));
}

function unreadable(name: string, problems: readonly Problem[]): Source {
  return {
    name,
    value: null,
    problems,
    warnings: [],
    locate: () => ({ file: name, line: 1, column: 1, pointer: '' }),
  };
}

/**
 * All errors of a text that is not YAML. js-yaml, which is faster, stops at the first; `yaml` goes on, and is
 * loaded for this alone.
 */
async function allProblems({ problems, yaml: part }: UnreadableText): Promise<readonly Problem[]> {
  if (part === undefined) return problems;
  const { parseDocument } = await import('yaml');
  try {
    const { errors } = parseDocument(part.text, { prettyErrors: false, logLevel: 'silent' });
    const all = causes(errors, part).map(({ message, pos }) =>
      yamlProblem({ message: plainWords[message] ?? message, offset: pos[0] }, part),
    );
    return all.length > 0 ? all : problems;
  } catch (error) {
    // It reads by recursion, and so has nothing to say of text that is nested too deep for js-yaml.
    if (error instanceof RangeError) return problems;
    throw error;
  }
}

/** What a person did, where `yaml` says what came of it. */
const plainWords: Readonly<Record<string, string>> = {
  'Nested mappings are not allowed in compact mappings':
    'a value that has ": " in it needs quotes, and a line below a value must not be indented deeper than its key',
};

/** Nobody reads more than these. */
const maximumErrors = 50;

/**
 * One slip makes errors on every line behind it. So of each kind the first is taken, of a line one, and none after
 * the document has ended too early. Only a key that is there twice has no consequences.
 */
function causes<E extends { readonly code: string; readonly pos: readonly [number, number] }>(
  errors: readonly E[],
  part: Part,
): E[] {
  const found: E[] = [];
  const kinds = new Set<string>();
  const lines = new Set<number>();
  for (const error of errors) {
    const kind = error.code.replace(/^.*IMPLICIT_KEY$/, 'IMPLICIT_KEY');
    const { line } = part.at(error.pos[0]);
    if (lines.has(line) || (kinds.has(kind) && kind !== 'DUPLICATE_KEY')) continue;
    found.push(error);
    kinds.add(kind);
    lines.add(line);
    if (kind === 'UNEXPECTED_TOKEN' || found.length === maximumErrors) break;
  }
  return found;
}
