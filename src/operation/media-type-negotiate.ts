import { isJson, type MediaType, mediaTypeOf, octets, parseMediaType, rangeSpecificity } from './media-type.js';
import type { Content } from './types.js';

interface AcceptedRange {
  readonly range: MediaType;
  readonly quality: number;
}

const qualityPattern = /^(?:0?(?:\.\d*)?|1(?:\.0*)?)$/;

/** Splits at the commas that are not within a quoted string (RFC 9110, 5.6.1). */
function listElements(value: string): string[] {
  if (!value.includes('"')) return value.split(',');
  const elements: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < value.length; index++) {
    const character = value[index];
    if (quoted && character === '\\') index++;
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      elements.push(value.slice(start, index));
      start = index + 1;
    }
  }
  elements.push(value.slice(start));
  return elements;
}

/**
 * The ranges of an Accept field (RFC 9110, 12.5.1).
 * @returns null where it is absent, empty or broken: then it says nothing about what is accepted.
 */
export function parseAccept(accept: string | undefined): readonly AcceptedRange[] | null {
  if (accept === undefined) return null;
  const ranges: AcceptedRange[] = [];
  for (const element of listElements(accept)) {
    const text = element.trim();
    if (text === '') continue;
    // `*` alone is what java.net.HttpURLConnection sends for `*/*`.
    const range = parseMediaType(text.replace(/^\*(?=[ \t]*(;|$))/, '*/*'));
    if (!range?.wellFormed) return null;
    const parameters = new Map<string, string>();
    let quality = 1;
    for (const [name, value] of range.parameters) {
      if (name === 'q') {
        if (!qualityPattern.test(value) || value === '' || value === '.') return null;
        quality = Number(value);
        break; // What follows the weight are extensions (RFC 7231, 5.3.2), not parameters of the type.
      }
      parameters.set(name, value);
    }
    ranges.push({ range: { ...range, parameters }, quality });
  }
  return ranges.length > 0 ? ranges : null;
}

interface Rating {
  readonly quality: number;
  readonly specificity: number;
}

/** What the most specific range that covers a declared type says of it. */
function rate(ranges: readonly AcceptedRange[], declared: MediaType, withParameters: boolean): Rating | null {
  let best: Rating | null = null;
  for (const { range, quality } of ranges) {
    let specificity: number = rangeSpecificity(range, declared) * 100;
    // A declared range (`text/*`) can be answered with any type in it.
    if (specificity === 0 && rangeSpecificity(declared, range) > 0 && quality > 0) specificity = 400;
    if (specificity === 0) continue;
    if (withParameters) {
      const matches = [...range.parameters].every(
        ([name, value]) => declared.parameters.get(name)?.toLowerCase() === value.toLowerCase(),
      );
      if (!matches) continue;
      specificity += range.parameters.size;
    }
    if (best === null || specificity > best.specificity) best = { quality, specificity };
  }
  return best;
}

/** JSON before all others, and of that what is named before a range of media types. */
function rankOf({ mediaType }: Content): number {
  if (!isJson(mediaType)) return 0;
  return mediaType.includes('*') ? 1 : 2;
}

function choose(contents: readonly Content[], ranges: readonly AcceptedRange[], withParameters: boolean) {
  let best: { content: Content; rating: Rating; rank: number } | undefined;
  for (const content of contents) {
    const rating = rate(ranges, mediaTypeOf(content.mediaType) ?? octets, withParameters);
    if (!rating || rating.quality === 0) continue;
    const rank = rankOf(content);
    const order = best
      ? rating.quality - best.rating.quality || rating.specificity - best.rating.specificity || rank - best.rank
      : 1;
    if (order > 0) best = { content, rating, rank };
  }
  return best?.content;
}

/**
 * What nothing else accepts, as the syntax that a range is made of (RFC 6839, 3): who takes `application/vnd.github.v3+json` reads
 * JSON, and the servers that such clients are written for give it as `application/json`.
 */
function chooseBySuffix(contents: readonly Content[], ranges: readonly AcceptedRange[]) {
  const plain = ranges.flatMap(({ range, quality }): AcceptedRange[] => {
    const suffix = /^vnd\.[^+]+\+(json|xml)$/.exec(range.subtype)?.[1];
    const plainer = suffix === undefined ? null : parseMediaType(`application/${suffix}`);
    return plainer === null ? [] : [{ range: plainer, quality }];
  });
  const open = contents.filter(({ mediaType }) => rate(ranges, mediaTypeOf(mediaType) ?? octets, false) === null);
  return plain.length === 0 ? undefined : choose(open, plain, false);
}

const remembered = new WeakMap<readonly Content[], Map<string, Content | undefined>>();
const rememberedLimit = 64;

/**
 * The declared content that a client would rather have (RFC 9110, 12.5.1): the highest weight; among equals the one
 * that is named rather than covered by a wildcard, then JSON, then the first in the document. An Accept that is
 * absent or broken accepts everything. Where parameters in Accept fit nothing that is declared they are left aside
 * (`application/json; charset=utf-8`), and where nothing else fits, the syntax of `application/vnd.github.v3+json` does.
 * @returns undefined where nothing declared is acceptable (406), or nothing is declared.
 */
export function negotiate(contents: readonly Content[], accept: string | undefined): Content | undefined {
  if (contents.length === 0) return undefined;
  if (accept === undefined || accept === '*/*') {
    return contents.reduce((best, content) => (rankOf(content) > rankOf(best) ? content : best));
  }
  let answers = remembered.get(contents);
  if (!answers) {
    answers = new Map();
    remembered.set(contents, answers);
  }
  if (answers.has(accept)) return answers.get(accept);
  const ranges = parseAccept(accept);
  const chosen = ranges
    ? (choose(contents, ranges, true) ?? choose(contents, ranges, false) ?? chooseBySuffix(contents, ranges))
    : negotiate(contents, undefined);
  if (answers.size >= rememberedLimit) answers.clear();
  answers.set(accept, chosen);
  return chosen;
}
