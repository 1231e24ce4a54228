import {
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  EVENT_ID,
  type Event,
  intCoreTag,
  mapTag,
  mergeTag,
  parseEvents,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import { doubleOf } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { Places } from './json-places.js';
import { maximumDepth } from './plain.js';
import { type RepeatedKey, repeatedKeys, yamlPlaces } from './yaml-places.js';
import { keepTextsAsWritten, quote } from './yaml-texts.js';

/** Aliases (`*name`) beyond this are refused before they are followed. */
const maximumAliases = 100_000;

/** Tags that no reader of JSON knows (`!Sub`, `!!binary`) change nothing: what stands there is text, list or map. */
const otherTags = ['!', 'tag:'].flatMap((prefix) => [
  defineScalarTag(prefix, { matchByTagPrefix: true, resolve: (source) => source, identify: () => false }),
  defineSequenceTag(prefix, {
    matchByTagPrefix: true,
    create: (): unknown[] => [],
    addItem: (list, item) => {
      list.push(item);
    },
    identify: () => false,
  }),
  defineMappingTag(prefix, {
    matchByTagPrefix: true,
    create: mapTag.create,
    addPair: mapTag.addPair,
    has: mapTag.has,
    keys: mapTag.keys,
    get: mapTag.get,
    identify: () => false,
  }),
]);

/** As any integer, but that those beyond 2^53 are told apart. */
const integerTag = {
  ...intCoreTag,
  resolve: (source: string, ...others: [isExplicit: boolean, tagName: string]) =>
    source.length < 16 || !/^[-+]?\d+$/.test(source) ? intCoreTag.resolve(source, ...others) : doubleOf(source),
};

const schema = CORE_SCHEMA.withTags(mergeTag, integerTag, otherTags);

/** What is wrong with a text, and where. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}

/** A text that has been read as YAML. */
export interface YamlReading {
  readonly value: Json;
  /** The first place within brackets or quotes that is indented no deeper than its key, which YAML forbids. */
  readonly shallow: number | null;
  /** The first `#` of a comment that follows a quote without a blank, which YAML forbids. */
  readonly crowded: number | null;
  /** The first `: ` within a text that has no quotes, which YAML forbids. */
  readonly unquoted: number | null;
  /** Keys that their map has already, of which the last counts, as in JSON. */
  readonly repeated: readonly RepeatedKey[];
  places(): Places;
}

/** What is said of a text that is nested too deep: whoever explains it reads no further. */
export const tooDeep = `nested more than ${maximumDepth} levels deep`;

/** A text is read again, for lines that are not indented enough, until so many characters were read. */
const maximumReadAgain = 20_000_000;

/**
 * Reads YAML 1.2 with the core schema: no dates, `yes` is a string. Keys are strings as they are written,
 * as OpenAPI demands (3.1, 4.2: "as defined by the YAML Failsafe schema ruleset"), so `200:` is "200" and
 * `1.0:` is "1.0". Merge keys (`<<`) are followed. Aliases share one object. Closing brackets, and text that goes
 * on within brackets or quotes, may stand at any indentation, as for most other readers, and a key may be repeated.
 */
export function readYaml(text: string): YamlReading | { readonly problem: SyntaxProblem } {
  const lines = new Set<number>();
  let shallow: number | null = null;
  let crowded: number | null = null;
  let unquoted: number | null = null;
  /** What is read and what values are made of: they are as long, and differ in colons alone. */
  let source = text;
  let written = text;
  for (let read = text.length; ; read += text.length) {
    const indented = indent(source, lines);
    const result = parse(indented.text, written === source ? indented.text : indent(written, lines).text);
    if ('value' in result) {
      const places = (): Places => {
        const find = yamlPlaces(indented.text);
        return (segments) => {
          const place = find(segments);
          return { ...place, offset: indented.original(place.offset) };
        };
      };
      const repeated = result.hasRepeatedKeys ? repeatedKeys(indented.text) : [];
      return {
        value: result.value,
        shallow,
        crowded,
        unquoted,
        repeated: repeated.map(({ name, offset }) => ({ name, offset: indented.original(offset) })),
        places,
      };
    }
    const problem = { ...result.problem, offset: indented.original(result.problem.offset) };
    const uncommented = read > maximumReadAgain ? null : withoutComment(source, problem.offset);
    if (uncommented !== null) {
      crowded ??= problem.offset;
      source = uncommented;
      written = withoutComment(written, problem.offset) ?? written;
      continue;
    }
    if (read <= maximumReadAgain && isColonOfText(source, problem)) {
      unquoted ??= problem.offset;
      source = `${source.slice(0, problem.offset)}.${source.slice(problem.offset + 1)}`;
      continue;
    }
    const before = lines.size;
    for (const line of shallowLines(text, problem)) lines.add(line);
    if (lines.size === before || read > maximumReadAgain) return { problem };
    shallow ??= problem.offset;
  }
}

type Parsed = { readonly value: Json; readonly hasRepeatedKeys: boolean } | { readonly problem: SyntaxProblem };

/**
 * @param written what values are made of, as long as the text
 * @param hasRepeatedKeys whether keys are known to be repeated, and are taken
 */
function parse(text: string, written: string, hasRepeatedKeys = false): Parsed {
  try {
    const events = parseEvents(text, { maxDepth: maximumDepth });
    const offset = keepKeysAsWritten(text, events);
    if (offset !== null) {
      return {
        problem: { message: 'a key is a list or a map instead of text; if it is text, it needs quotes', offset },
      };
    }
    keepTextsAsWritten(text, events);
    const values = constructFromEvents(events, {
      source: written,
      schema,
      maxAliases: maximumAliases,
      maxTotalMergeKeys: maximumAliases,
      json: hasRepeatedKeys,
    });
    if (values.length > 1) {
      return { problem: { message: 'the file holds more than one YAML document', offset: secondDocument(text) } };
    }
    if (values.length === 0) return { problem: { message: 'there is nothing in it but comments', offset: 0 } };
    return { value: values[0] as Json, hasRepeatedKeys };
  } catch (error) {
    if (error instanceof YAMLException) {
      if (error.reason === 'duplicated mapping key') return parse(text, written, true);
      const message = error.reason.startsWith('nesting exceeded') ? tooDeep : error.reason;
      return { problem: { message, offset: error.mark?.position ?? 0 } };
    }
    throw error;
  }
}

/** Whether a colon stands in a text without quotes behind a key, `message: Not found: the pet`, or in a line that goes on with it. */
function isColonOfText(text: string, { message, offset }: SyntaxProblem): boolean {
  if (message !== 'bad indentation of a mapping entry' || text.charAt(offset) !== ':') return false;
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
  const isBehindKey = /^\s*(?:- +)*["']?[\w$./{}-]+["']?\s*:\s+[^\s"'{}[\]&*!|>%@`#]/.test(line);
  return isBehindKey || /^\s+[^\s"'{}[\]&*!|>%@`#:-][^\s:]* +\S/.test(line);
}

/** A copy of the same length without the comment at a place that follows a quote at once; null where there is none. */
function withoutComment(text: string, offset: number): string | null {
  if (!/^["']#$/.test(text.slice(offset - 1, offset + 1))) return null;
  const [comment = ''] = text.slice(offset).split('\n', 1);
  return text.slice(0, offset) + ' '.repeat(comment.length) + text.slice(offset + comment.length);
}

/**
 * The lines to indent where js-yaml wants more indentation: that of the problem; and where it begins with a closing
 * bracket, all that do. A line that looks like an entry is none: a quote or bracket before it was not closed.
 */
function shallowLines(text: string, { message, offset }: SyntaxProblem): number[] {
  if (message !== 'deficient indentation') return [];
  if (/[\]}]/.test(text.charAt(offset))) return bracketLines(text);
  const line = text.slice(offset).split('\n', 1)[0] as string;
  return /^(?:- |["']?[\w$./{}-]+["']?\s*:(?:\s|$))/.test(line) ? [] : [text.slice(0, offset).split('\n').length - 1];
}

/** Lines that begin with a closing bracket, but for those of block scalars, which are text. */
function bracketLines(text: string): number[] {
  const found: number[] = [];
  let scalar: number | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const indentation = /^ */.exec(line)?.[0].length ?? 0;
    if (scalar !== null && line.trim() !== '' && indentation <= scalar) scalar = null;
    if (scalar === null && /^ *[\]}]/.test(line)) found.push(index);
    if (scalar === null && blockScalar.test(line)) scalar = indentation;
  }
  return found;
}

/** The line that begins a block scalar (YAML 1.2.2, 8.1.1): what is indented deeper than it is text. */
const blockScalar = /(?:^|\s)[|>](?:[+-]?[1-9]?|[1-9][+-])\s*(?:\s#.*)?$/;

/**
 * A copy with some lines indented deeper than any other. Outside block scalars, the blanks that begin a line carry no
 * content (YAML 1.2.2, 6.7).
 */
function indent(
  text: string,
  indices: ReadonlySet<number>,
): { readonly text: string; original(offset: number): number } {
  if (indices.size === 0) return { text, original: (offset) => offset };
  const lines = text.split('\n');
  const deepest = lines.reduce((most, line) => Math.max(most, /^ */.exec(line)?.[0].length ?? 0), 0);
  const blanks = ' '.repeat(Math.min(deepest, maximumDepth) + 1);
  /** Offsets in the copy at which blanks were added. */
  const places: number[] = [];
  let start = 0;
  for (const [index, line] of lines.entries()) {
    if (indices.has(index)) {
      places.push(start);
      lines[index] = blanks + line;
    }
    start += (lines[index] as string).length + 1;
  }
  return {
    text: lines.join('\n'),
    original(offset) {
      const before = places.findIndex((place) => place + blanks.length > offset);
      return offset - (before === -1 ? places.length : before) * blanks.length;
    },
  };
}

function secondDocument(text: string): number {
  const marks = [...text.matchAll(/^---(?=\s|$)/gm)];
  return (
    (text
      .slice(0, marks[0]?.index)
      .replaceAll(/^(?:%|\s*#).*$/gm, '')
      .trim() === ''
      ? marks[1]
      : marks[0]
    )?.index ?? 0
  );
}

/** Marks plain keys as quoted, so that no tag is resolved for them. Gives where the first key stands that is a list or a map. */
function keepKeysAsWritten(text: string, events: readonly Event[]): number | null {
  const expectsKey: (boolean | null)[] = [];
  const turn = (): boolean => {
    const last = expectsKey.length - 1;
    const expects = expectsKey[last];
    if (typeof expects === 'boolean') expectsKey[last] = !expects;
    return expects === true;
  };
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      expectsKey.pop();
    } else if (event.type === EVENT_ID.DOCUMENT) {
      expectsKey.push(null);
    } else {
      const isKey = turn();
      if (isKey && (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE)) return event.start;
      if (event.type === EVENT_ID.MAPPING) {
        expectsKey.push(true);
      } else if (event.type === EVENT_ID.SEQUENCE) {
        expectsKey.push(null);
      } else if (isKey && event.type === EVENT_ID.SCALAR) {
        quoteKey(text, event);
      }
    }
  }
  return null;
}

function quoteKey(text: string, event: ScalarEvent): void {
  if (text.slice(event.valueStart, event.valueEnd) !== '<<') quote(event);
}
