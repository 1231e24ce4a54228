import type { Location, Problem } from '../../errors.js';
import { findJsonDefect } from '../../text/json.js';
import type { DuplicateName, JsonDefect } from '../../text/json-defect.js';
import { jsonFault } from '../../text/json-fault.js';
import { type LongContainers, parsingJson } from '../../text/json-parts.js';
import { pointerOf } from '../../text/pointer.js';
import { resultOf, type Work } from '../../text/slices.js';
import { describe, isObject, type Json } from '../../text/value.js';
import type { ProblemId } from '../problems.js';
import { identify } from './identify.js';
import { jsonPlaces } from './json-places.js';
import { type Block, fencedBlocks, Part } from './part.js';
import { checkingParsed, copyPlain, maximumDepth, type PlainProblem } from './plain.js';
import { readYaml, type SyntaxProblem, tooDeep } from './yaml.js';

/** One file that has been read, and where its values stand. */
export interface Source {
  readonly name: string;
  /** A tree of its own: nobody else holds its objects. */
  readonly value: Json;
  /** What keeps it from being used, though it could be read. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  /** The place of these reference tokens, or of their nearest ancestor that exists. */
  locate(segments: readonly string[]): Location;
}

/** What is odd in a file; without an id, in its text. */
export interface Warning extends Problem {
  readonly id?: ProblemId;
}

/** A file that was asked for. */
export interface Supply {
  /** Its name in the finished tree. */
  readonly key: string;
  /** What its relative references are resolved against, where redirects led elsewhere (RFC 3986, 5.1.3). */
  readonly base?: string;
  readonly source: Source;
}

/** Text that cannot be read. `yaml` is the part in which all YAML errors may be looked for. */
export interface UnreadableText {
  readonly problems: readonly Problem[];
  readonly yaml?: Part;
}

/** Reads JSON, YAML, or a Markdown page that holds an OpenAPI document, by content and not by name. */
export function sourceFromText(name: string, text: string): Source | UnreadableText {
  return resultOf(readingSource(name, text));
}

/** As `sourceFromText`, piece by piece. */
export function* readingSource(name: string, original: string): Work<Source | UnreadableText> {
  const text = original.startsWith('\uFEFF') ? original.slice(1) : original;
  const whole = new Part(name, { text, linesBefore: 0, indentation: 0 });
  if (/^\s*[{[/]/.test(text)) {
    const read = yield* parsing(text);
    if (read !== undefined) return yield* sourceFromJson(whole, read);
    const bare = withoutComments(text);
    if (bare.comment !== null && looksLikeJson(bare.text)) {
      const source = yield* sourceFromPart(new Part(name, { text: bare.text, linesBefore: 0, indentation: 0 }));
      const comment = { ...commented, location: whole.at(bare.comment) };
      return isSource(source) ? { ...source, warnings: [comment, ...source.warnings] } : source;
    }
  }
  const blocks = fencedBlocks(text);
  return yield* blocks.length === 0 ? sourceFromPart(whole) : sourceFromPage(whole, blocks);
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

/** Whether it is a text and no name of a file: that has no line break, and does not begin as JSON does. */
export function isText(text: string): boolean {
  return text.includes('\n') || /^\s*\{/.test(text);
}

export function isSource(read: Source | UnreadableText): read is Source {
  return 'value' in read;
}

/**
 * A YAML document may itself have fences in a description, so the whole is tried before its blocks; and where the
 * version of OpenAPI stands outside of all of them, the whole is meant, whatever is wrong with it.
 */
function* sourceFromPage(page: Part, blocks: readonly Block[]): Work<Source | UnreadableText> {
  const whole = yield* sourceFromPart(page);
  const isWhole = isSource(whole) ? isDescription(whole.value) : declaresVersion(page.text, blocks);
  if (isWhole) return whole;
  const likely = blocks.filter((block) => /^\s*["']?(?:openapi|swagger)["']?\s*:/m.test(block.text));
  const read: (Source | UnreadableText)[] = [];
  for (const block of likely) read.push(yield* sourceFromPart(new Part(page.name, block)));
  const usable = read.filter(isSource).filter(({ value }) => 'dialect' in identify(value));
  const chosen = usable.find(({ value }) => isObject(value) && 'paths' in value) ?? usable[0] ?? read[0];
  if (chosen !== undefined) return chosen;
  if (isSource(whole) && typeof whole.value === 'object') return whole;
  return {
    problems: [
      {
        message: 'The page holds no OpenAPI document',
        expected: 'a fenced block with a member "openapi" or "swagger"',
        found: `${blocks.length} fenced ${blocks.length === 1 ? 'block' : 'blocks'} without it`,
        location: { file: page.name, line: 1, column: 1, pointer: '' },
        remedy: 'Give the page that shows the OpenAPI definition, or the document itself.',
      },
    ],
  };
}

/** Whether a line outside of the blocks is the member that says which version of OpenAPI a document follows. */
function declaresVersion(page: string, blocks: readonly Block[]): boolean {
  return page.split('\n').some((line, index) => {
    const isInside = blocks.some(
      ({ text, linesBefore }) => index >= linesBefore && index < linesBefore + text.split('\n').length,
    );
    return !isInside && /^["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/.test(line);
  });
}

function* sourceFromPart(part: Part): Work<Source | UnreadableText> {
  const { text } = part;
  const isLikeJson = looksLikeJson(text);
  const json = isLikeJson ? yield* parsing(text) : undefined;
  if (json !== undefined) return yield* sourceFromJson(part, json);
  const whatElse = somethingElse(text);
  if (whatElse !== null) return { problems: [{ ...whatElse, location: part.at(0) }] };
  const yaml = readYaml(text);
  const defect = isLikeJson ? findJsonDefect(text, { maximumDepth, onDuplicate: () => {} }) : null;
  if ('problem' in yaml) {
    return defect
      ? { problems: [jsonProblem(defect, part)] }
      : { problems: [yamlProblem(yaml.problem, part)], ...(yaml.problem.message !== tooDeep && { yaml: part }) };
  }
  const locate = part.locator(yaml.places);
  const { value, problems } = copyPlain(yaml.value);
  const found = sorted(problems, locate);
  return {
    name: part.name,
    value,
    locate,
    problems: found.problems,
    warnings: [
      ...(defect ? [{ ...jsonProblem(defect, part), remedy: 'It was read as YAML. Mend it for other readers.' }] : []),
      ...yaml.repeated.map((key) => repeatedKey(key, part)),
      ...(yaml.shallow === null ? [] : [shallow(part.at(yaml.shallow))]),
      ...(yaml.crowded === null ? [] : [crowded(part.at(yaml.crowded))]),
      ...(yaml.unquoted === null ? [] : [unquoted(part.at(yaml.unquoted))]),
      ...found.warnings,
    ],
  };
}

/** Only a text that a person may have written is read a second time, to look for keys that are repeated. */
const editedLength = 1_000_000;

function* sourceFromJson(part: Part, { value, long }: JsonRead): Work<Source> {
  const { name, text } = part;
  const locate = part.locator(() => jsonPlaces(text, long));
  const found = sorted(yield* checkingParsed(value), locate);
  const repeated: DuplicateName[] = [];
  if (found.problems.length === 0 && text.length <= editedLength) {
    findJsonDefect(text, { onDuplicate: (duplicate) => repeated.push(duplicate) });
  }
  const warnings = repeated.map((duplicate) => repeatedKey(duplicate, part));
  return { name, value, locate, problems: found.problems, warnings: [...found.warnings, ...warnings] };
}

function repeatedKey({ name, offset }: Omit<DuplicateName, 'pointer'>, part: Part): Problem {
  return {
    message: `The key ${describe(name)} is there more than once in one object, and the last counts`,
    location: part.at(offset),
    remedy: 'Remove all but one.',
  };
}

function shallow(location: Location): Problem {
  return {
    message:
      'A line within brackets or quotes is indented no deeper than their key, which YAML forbids; it was read all the same',
    location,
    remedy: 'Indent it by one more column, here and wherever else it is so.',
  };
}

function crowded(location: Location): Problem {
  return {
    message: 'A comment follows a quote at once, which YAML forbids; it was read all the same',
    location,
    remedy: 'Put a blank before the #, here and wherever else it is so.',
  };
}

function unquoted(location: Location): Problem {
  return {
    message: 'A text has ": " in it and no quotes, which YAML forbids; it was read all the same',
    location,
    remedy: 'Put it in quotes, here and wherever else it is so.',
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
  if (/^\s*<[!?a-z]/i.test(text)) {
    const remedy = 'Give what a page about an API is made from: its source names it, such as /openapi.json.';
    return { message: 'Not an OpenAPI document', expected, found: 'HTML or XML', remedy };
  }
  return null;
}

/** An error in YAML, with what stands there. */
export function yamlProblem({ message, offset }: SyntaxProblem, part: Part): Problem {
  const rest = part.text
    .slice(offset, offset + shownLength)
    .split(/[\r\n]/)[0]
    ?.trim();
  return { message: `Not YAML: ${message}`, ...(rest && { found: describe(rest) }), location: part.at(offset) };
}

/** An error in JSON. Its message says what stands there. */
export function jsonProblem(defect: JsonDefect, part: Part): Problem {
  const { message, offset } =
    defect.kind === 'depth'
      ? { message: `nested more than ${maximumDepth} levels deep`, offset: defect.start }
      : jsonFault(defect, part.text);
  return { message: `Not JSON: ${message}`, location: part.at(offset) };
}

const shownLength = 60;

const looksLikeJson = (text: string): boolean => /^\s*(?:\{\s*["}]|\[)/.test(text);

const commented: Problem = {
  message: 'JSON has no comments; it was read without them',
  remedy: 'Take them out for other readers.',
};

/**
 * JSON as some editors write it, with blanks in the place of comments, so that all else stays where it stands.
 * @returns the text, and where its first comment begins; null where it has none
 */
function withoutComments(text: string): { readonly text: string; readonly comment: number | null } {
  // Most have none, and of a long text to look at each string takes much memory.
  if (!/\/[/*]/.test(text)) return { text, comment: null };
  let comment: number | null = null;
  // After a colon two slashes are of an address: that is YAML.
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|(?<!:)\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found, offset: number) => {
    if (found.startsWith('"')) return found;
    comment ??= offset;
    return found.replace(/[^\n]/g, ' ');
  });
  return { text: bare, comment };
}

interface JsonRead {
  readonly value: Json;
  readonly long: LongContainers;
}

/** undefined where it is not JSON. */
function* parsing(text: string): Work<JsonRead | undefined> {
  const long: LongContainers = new Map();
  try {
    return { value: (yield* parsingJson(text, undefined, long)) as Json, long };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isDescription(value: Json): boolean {
  return isObject(value) && ('openapi' in value || 'swagger' in value || 'overlay' in value);
}
