import type { Content } from './types.js';

/** A media type or media range (RFC 9110, 8.3.1 and 12.5.1), taken apart. Everything that is case-insensitive is lower case. */
export interface MediaType {
  readonly type: string;
  readonly subtype: string;
  /** `type/subtype`. */
  readonly essence: string;
  /** By lower-case name, in the order written; the first of two with one name counts. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Whether every parameter follows the grammar. One that does not is left out, as WHATWG's MIME sniffing has it. */
  readonly wellFormed: boolean;
}

/** What is taken for a key of `content`, or a Content-Type, that is no media type. */
export const octets: MediaType = {
  type: 'application',
  subtype: 'octet-stream',
  essence: 'application/octet-stream',
  parameters: new Map(),
  wellFormed: false,
};

const essencePattern = /^[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\/([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*(?=;|$)/;
/** One `; name=value` of RFC 9110, 5.6.6, where the parameter itself may be absent. */
const parameterPattern =
  /;[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\.)*)"|([!#$%&'*+.^_`|~0-9A-Za-z-]+))[ \t]*)?(?=;|$)/y;

/**
 * A field value such as `text/html; charset="utf-8"` taken apart.
 * @returns null where there is no `type/subtype`.
 */
export function parseMediaType(value: string): MediaType | null {
  const essence = essencePattern.exec(value);
  if (!essence?.[1] || !essence[2]) return null;
  const type = essence[1].toLowerCase();
  const subtype = essence[2].toLowerCase();
  return { type, subtype, essence: `${type}/${subtype}`, ...parseParameters(value.slice(essence[0].length)) };
}

/** `; name=value; name="value"` (RFC 9110, 5.6.6), as Content-Type and Content-Disposition have it. */
export function parseParameters(text: string): Pick<MediaType, 'parameters' | 'wellFormed'> {
  const parameters = new Map<string, string>();
  let wellFormed = true;
  let position = 0;
  while (position < text.length) {
    parameterPattern.lastIndex = position;
    const match = parameterPattern.exec(text);
    if (match) {
      const name = match[1]?.toLowerCase();
      if (name !== undefined && !parameters.has(name)) {
        parameters.set(name, match[3] ?? (match[2] ?? '').replace(/\\(.)/g, '$1'));
      }
      position = parameterPattern.lastIndex;
    } else {
      wellFormed = false;
      const next = text.indexOf(';', position + 1);
      position = next < 0 ? text.length : next;
    }
  }
  return { parameters, wellFormed };
}

/** Field values repeat from request to request; the bound keeps hostile ones from filling the memory. */
const remembered = new Map<string, MediaType | null>();
const rememberedLimit = 512;

/** `parseMediaType`, remembered. */
export function mediaTypeOf(value: string): MediaType | null {
  let parsed = remembered.get(value);
  if (parsed === undefined) {
    parsed = parseMediaType(value);
    if (remembered.size >= rememberedLimit) remembered.clear();
    remembered.set(value, parsed);
  }
  return parsed;
}

/** Whether a media type is that of a form: of fields that a schema names. */
export function isForm(mediaType: string): boolean {
  const type = mediaTypeOf(mediaType)?.essence;
  return type === 'application/x-www-form-urlencoded' || type === 'multipart/form-data';
}

/** Whether content of this media type is one JSON text (RFC 8259, RFC 6839 3.1): `application/json`, `text/json`, `…+json`. */
export function isJson(mediaType: string): boolean {
  const parsed = mediaTypeOf(mediaType);
  return (
    parsed !== null &&
    (parsed.subtype.endsWith('+json') || parsed.essence === 'application/json' || parsed.essence === 'text/json')
  );
}

/**
 * How closely a range names a type: 0 not at all, 1 by `∗/∗`, 2 by `type/∗`, 3 by `type/∗+suffix`, 4 by name.
 * Parameters aside.
 */
export function rangeSpecificity(range: MediaType, mediaType: MediaType): 0 | 1 | 2 | 3 | 4 {
  if (range.essence === mediaType.essence) return 4;
  if (range.type === '*') return range.subtype === '*' ? 1 : 0;
  if (range.type !== mediaType.type) return 0;
  if (range.subtype === '*') return 2;
  return range.subtype.startsWith('*+') && mediaType.subtype.endsWith(range.subtype.slice(1)) ? 3 : 0;
}

/** How many parameters the declared type shares with the one sent, or -1 where one that is declared differs. */
function sharedParameters(declared: MediaType, sent: MediaType): number {
  for (const [name, value] of declared.parameters) {
    const other = sent.parameters.get(name);
    if (other === undefined) return -1;
    // RFC 9110, 8.3.2: charset names are case-insensitive; other values need not be.
    if (other !== value && !(name === 'charset' && other.toLowerCase() === value.toLowerCase())) return -1;
  }
  return declared.parameters.size;
}

/**
 * The declared content that a Content-Type falls under (OpenAPI 3.1, 4.8.13 and 4.8.17: the most specific key).
 * The same type with most of the parameters sent comes first, then the same type whatever its parameters (they
 * are only rarely meant), then `type/∗+suffix`, `type/∗`, `∗/∗`.
 */
export function contentFor(contents: readonly Content[], mediaType: string): Content | undefined {
  const sent = mediaTypeOf(mediaType);
  let best: Content | undefined;
  let bestRank = 0;
  for (const content of candidatesFor(contents, sent)) {
    const declared = mediaTypeOf(content.mediaType);
    // A key that is no media type says nothing of which it is.
    const isOpen = declared === null || (sent === null && declared.essence === '*/*');
    const specificity = isOpen ? 1 : sent === null ? 0 : rangeSpecificity(declared, sent);
    if (specificity === 0) continue;
    const rank = specificity * 1000 + (sent === null || declared === null ? 0 : sharedParameters(declared, sent));
    if (rank > bestRank) {
      best = content;
      bestRank = rank;
    }
  }
  return best;
}

/** Of very many the few that a type may fall under. */
interface ContentIndex {
  readonly byEssence: ReadonlyMap<string, readonly Content[]>;
  /** What is for more types than one. */
  readonly ranges: readonly Content[];
}

const indexes = new WeakMap<readonly Content[], ContentIndex>();
/** So many are looked at one after the other. */
const fewContents = 16;

function candidatesFor(contents: readonly Content[], sent: MediaType | null): readonly Content[] {
  if (contents.length <= fewContents) return contents;
  const { byEssence, ranges } = indexes.get(contents) ?? indexed(contents);
  // By name is closer than by any range.
  return [...(byEssence.get(sent?.essence ?? '') ?? []), ...ranges];
}

function indexed(contents: readonly Content[]): ContentIndex {
  const byEssence = new Map<string, Content[]>();
  const ranges: Content[] = [];
  for (const content of contents) {
    const essence = parseMediaType(content.mediaType)?.essence;
    if (essence === undefined || essence.includes('*')) ranges.push(content);
    if (essence === undefined) continue;
    const alike = byEssence.get(essence) ?? [];
    byEssence.set(essence, alike);
    alike.push(content);
  }
  const index = { byEssence, ranges };
  indexes.set(contents, index);
  return index;
}
