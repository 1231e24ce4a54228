import {
  CORE_SCHEMA,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  EVENT_ID,
  type Event,
  mapTag,
  mergeTag,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  YAMLException,
} from 'js-yaml';
import type { Places } from '../../text/json-places.js';
import type { Json } from '../../text/value.js';
import { maximumDepth } from './plain.js';
import { yamlPlaces } from './yaml-places.js';

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

const schema = CORE_SCHEMA.withTags(mergeTag, otherTags);

/** What is wrong with a text, and where. */
export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}

/** A text that has been read as YAML. */
export interface YamlReading {
  readonly value: Json;
  /** Where a closing bracket is indented no deeper than the key of its collection, which YAML forbids. */
  readonly shallowBracket: number | null;
  places(): Places;
}

/**
 * Reads YAML 1.2 with the core schema: no dates, `yes` is a string. Keys are strings as they are written,
 * as OpenAPI demands (3.1, 4.2: "as defined by the YAML Failsafe schema ruleset"), so `200:` is "200" and
 * `1.0:` is "1.0". Merge keys (`<<`) are followed. Aliases share one object. A closing bracket may stand at
 * any indentation, as for most other readers.
 */
export function readYaml(text: string): YamlReading | { readonly problem: SyntaxProblem } {
  const read = parse(text);
  if ('value' in read) return { ...read, shallowBracket: null, places: () => yamlPlaces(text) };
  const { message, offset } = read.problem;
  if (message !== 'deficient indentation' || !/[\]}]/.test(text.charAt(offset))) return read;
  const indented = indentBrackets(text);
  const again = parse(indented.text);
  if ('problem' in again) return { problem: { ...again.problem, offset: indented.original(again.problem.offset) } };
  return {
    value: again.value,
    shallowBracket: offset,
    places() {
      const find = yamlPlaces(indented.text);
      return (segments) => {
        const place = find(segments);
        return { ...place, offset: indented.original(place.offset) };
      };
    },
  };
}

function parse(text: string): { readonly value: Json } | { readonly problem: SyntaxProblem } {
  try {
    const events = parseEvents(text, { maxDepth: maximumDepth });
    keepKeysAsWritten(text, events);
    const values = constructFromEvents(events, {
      source: text,
      schema,
      maxAliases: maximumAliases,
      maxTotalMergeKeys: maximumAliases,
    });
    if (values.length > 1) {
      return { problem: { message: 'the file holds more than one YAML document', offset: secondDocument(text) } };
    }
    if (values.length === 0) return { problem: { message: 'there is nothing in it but comments', offset: 0 } };
    return { value: values[0] as Json };
  } catch (error) {
    if (error instanceof YAMLException) {
      return { problem: { message: error.reason, offset: error.mark?.position ?? 0 } };
    }
    throw error;
  }
}

/**
 * Indents lines that begin with a closing bracket deeper than any line, so that js-yaml takes them. Outside
 * block scalars, whose lines are left alone, the blanks that begin a line carry no content (YAML 1.2.2, 6.7).
 */
function indentBrackets(text: string): { readonly text: string; original(offset: number): number } {
  const lines = text.split('\n');
  const indentations = lines.map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const added =
    Math.min(
      indentations.reduce((most, indentation) => Math.max(most, indentation)),
      maximumDepth,
    ) + 1;
  /** Offsets in the new text at which blanks were added. */
  const places: number[] = [];
  let scalar: number | null = null;
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const indentation = indentations[index] as number;
    if (scalar !== null && line.trim() !== '' && indentation <= scalar) scalar = null;
    if (scalar === null && /^ *[\]}]/.test(line)) {
      places.push(start);
      lines[index] = ' '.repeat(added) + line;
    } else if (scalar === null && blockScalar.test(line)) {
      scalar = indentation;
    }
    start += (lines[index] as string).length + 1;
  }
  return {
    text: lines.join('\n'),
    original(offset) {
      const before = places.findIndex((place) => place + added > offset);
      return offset - (before === -1 ? places.length : before) * added;
    },
  };
}

/** The line that begins a block scalar (YAML 1.2.2, 8.1.1): what is indented deeper than it is text. */
const blockScalar = /(?:^|\s)[|>](?:[+-]?[1-9]?|[1-9][+-])\s*(?:\s#.*)?$/;

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

/** Marks plain keys as quoted, so that no tag is resolved for them. */
function keepKeysAsWritten(text: string, events: readonly Event[]): void {
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
      if (event.type === EVENT_ID.MAPPING) {
        expectsKey.push(true);
      } else if (event.type === EVENT_ID.SEQUENCE) {
        expectsKey.push(null);
      } else if (isKey && event.type === EVENT_ID.SCALAR) {
        quoteKey(text, event);
      }
    }
  }
}

function quoteKey(text: string, event: ScalarEvent): void {
  const isMerge = text.slice(event.valueStart, event.valueEnd) === '<<';
  if (event.style === SCALAR_STYLE.PLAIN && event.fast && event.tagStart < 0 && event.valueStart >= 0 && !isMerge) {
    event.style = SCALAR_STYLE.SINGLE_QUOTED;
  }
}
