import type { Location, Problem } from '../../errors.js';
import { pointerOf } from '../../text/pointer.js';
import { describe, isObject, type Json } from '../../text/value.js';
import { identify } from './identify.js';
import { jsonPlaces } from './json-places.js';
import { jsonSyntaxProblem, repeatedKeys } from './json-syntax.js';
import { Lines } from './lines.js';
import { type Block, fencedBlocks } from './page.js';
import type { Places } from './places.js';
import { checkParsed, copyPlain, type PlainProblem } from './plain.js';
import { readYaml, type SyntaxProblem } from './yaml.js';
import { yamlPlaces } from './yaml-places.js';

/** One file that has been read, and where its values stand. */
export interface Source {
  readonly name: string;
  /** A tree of its own: nobody else holds its objects. */
  readonly value: Json;
  /** What keeps it from being used, though it could be read. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** The place of these reference tokens, or of their nearest ancestor that exists. */
  locate(segments: readonly string[]): Location;
}

/** Text that cannot be read. `yaml` is the part in which all YAML errors may be looked for. */
export interface UnreadableText {
  readonly problems: readonly Problem[];
  readonly yaml?: { readonly text: string; place(offset: number): Location };
}

/** Reads JSON, YAML, or a Markdown page that holds an OpenAPI document, by content and not by name. */
export function sourceFromText(name: string, original: string): Source | UnreadableText {
  const text = original.startsWith('\uFEFF') ? original.slice(1) : original;
  if (/^\s*[{[]/.test(text)) {
    const value = parseJson(text);
    if (value !== undefined) return source(name, 'JSON', value, text);
  }
  const blocks = fencedBlocks(text);
  const whole: Block = { text, linesBefore: 0, indentation: 0 };
  return blocks.length === 0 ? sourceFromBlock(name, whole) : sourceFromPage(name, whole, blocks);
}

/** An object that was given instead of a file. It has no lines: every place is at 1:1, with its pointer. */
export function sourceFromValue(name: string, value: unknown): Source {
  const locate = (segments: readonly string[]): Location => ({
    file: name,
    line: 1,
    column: 1,
    pointer: pointerOf(...segments),
  });
  const plain = copyPlain(value);
  return { name, value: plain.value, locate, ...sorted(plain.problems, locate) };
}

export function isSource(read: Source | UnreadableText): read is Source {
  return 'value' in read;
}

/** A YAML document may itself have fences in a description, so the whole is tried before its blocks. */
function sourceFromPage(name: string, whole: Block, blocks: readonly Block[]): Source | UnreadableText {
  const asWhole = sourceFromBlock(name, whole);
  if (isSource(asWhole) && isDescription(asWhole.value)) return asWhole;
  const likely = blocks.filter((block) => /^\s*["']?(?:openapi|swagger)["']?\s*:/m.test(block.text));
  const read = likely.map((block) => sourceFromBlock(name, block));
  const usable = read.filter(isSource).filter(({ value }) => 'dialect' in identify(value));
  const chosen = usable.find(({ value }) => isObject(value) && 'paths' in value) ?? usable[0] ?? read[0];
  if (chosen !== undefined) return chosen;
  if (isSource(asWhole) && typeof asWhole.value === 'object') return asWhole;
  return {
    problems: [
      {
        message: 'The page holds no OpenAPI document',
        expected: 'a fenced block with a member "openapi" or "swagger"',
        found: `${blocks.length} fenced ${blocks.length === 1 ? 'block' : 'blocks'} without it`,
        location: { file: name, line: 1, column: 1, pointer: '' },
        remedy: 'Give the page that shows the OpenAPI definition, or the document itself.',
      },
    ],
  };
}

function sourceFromBlock(name: string, block: Block): Source | UnreadableText {
  const { text } = block;
  const looksLikeJson = /^\s*(?:\{\s*["}]|\[)/.test(text);
  const json = looksLikeJson ? parseJson(text) : undefined;
  if (json !== undefined) return source(name, 'JSON', json, text, block);
  const lines = new Lines(text);
  const place = (offset: number): Location => ({ file: name, pointer: '', ...shift(lines.at(offset), block) });
  const whatElse = somethingElse(text);
  if (whatElse !== null) return { problems: [{ ...whatElse, location: place(0) }] };
  const yaml = readYaml(text);
  if ('value' in yaml) {
    const read = source(name, 'YAML', yaml.value, text, block);
    return looksLikeJson ? { ...read, warnings: [...jsonWarnings(text, place), ...read.warnings] } : read;
  }
  const problem = looksLikeJson ? jsonSyntaxProblem(text) : null;
  return problem === null
    ? { problems: [yamlProblem(yaml.problem, text, place)], yaml: { text, place } }
    : { problems: [jsonProblem(problem, place)] };
}

/** What is not JSON but, as YAML, can be read all the same: a trailing comma, a comment. */
function jsonWarnings(text: string, place: (offset: number) => Location): Problem[] {
  const problem = jsonSyntaxProblem(text);
  return problem ? [{ ...jsonProblem(problem, place), remedy: 'It was read as YAML. Mend it for other readers.' }] : [];
}

function source(name: string, language: 'JSON' | 'YAML', parsed: Json, text: string, block?: Block): Source {
  let find: Places | undefined;
  const lines = new Lines(text);
  const locate = (segments: readonly string[]): Location => {
    find ??= language === 'JSON' ? jsonPlaces(text) : yamlPlaces(text);
    const { offset, found } = find(segments);
    return { file: name, pointer: pointerOf(...segments.slice(0, found)), ...shift(lines.at(offset), block) };
  };
  const { value, problems } =
    language === 'JSON' ? { value: parsed, problems: checkParsed(parsed) } : copyPlain(parsed);
  const found = sorted(problems, locate);
  if (language === 'YAML' || found.problems.length > 0 || text.length > editedLength) {
    return { name, value, locate, ...found };
  }
  const place = (offset: number): Location => ({ file: name, pointer: '', ...shift(lines.at(offset), block) });
  return {
    name,
    value,
    locate,
    ...found,
    warnings: repeatedKeys(text).map((repeated) => repeatedKey(repeated, place)),
  };
}

/** Only a text that a person may have written is read a second time, to look for keys that are repeated. */
const editedLength = 1_000_000;

function repeatedKey({ key, offset }: { key: string; offset: number }, place: Placed): Problem {
  return {
    message: `The key ${describe(key)} is there more than once in one object, and the last counts`,
    location: place(offset),
    remedy: 'Remove all but one.',
  };
}

function sorted(found: readonly PlainProblem[], locate: Source['locate']): Pick<Source, 'problems' | 'warnings'> {
  const place = ({ segments, mended: _, ...problem }: PlainProblem): Problem => ({
    ...problem,
    location: locate(segments),
  });
  return {
    problems: found.filter(({ mended }) => !mended).map(place),
    warnings: found.filter(({ mended }) => mended).map(place),
  };
}

/** Text that is neither JSON nor YAML, and known by its first characters. */
function somethingElse(text: string): Problem | null {
  const expected = 'an OpenAPI document in YAML or JSON';
  if (text.trim() === '') return { message: 'The file is empty', expected };
  if (/^\s*<[!?a-z]/i.test(text)) return { message: 'Not an OpenAPI document', expected, found: 'HTML or XML' };
  return null;
}

function shift(position: { line: number; column: number }, block: Block | undefined) {
  return {
    line: position.line + (block?.linesBefore ?? 0),
    column: position.column + (block?.indentation ?? 0),
  };
}

/** An error in YAML, with what stands there. */
export function yamlProblem({ message, offset }: SyntaxProblem, text: string, place: Placed): Problem {
  const rest = text
    .slice(offset, offset + shownLength)
    .split(/[\r\n]/)[0]
    ?.trim();
  return { message: `Not YAML: ${message}`, ...(rest && { found: describe(rest) }), location: place(offset) };
}

/** An error in JSON. Its message says what stands there. */
function jsonProblem({ message, offset }: SyntaxProblem, place: Placed): Problem {
  return { message: `Not JSON: ${message}`, location: place(offset) };
}

type Placed = (offset: number) => Location;

const shownLength = 60;

/** undefined where it is not JSON. */
function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isDescription(value: Json): boolean {
  return isObject(value) && ('openapi' in value || 'swagger' in value);
}
