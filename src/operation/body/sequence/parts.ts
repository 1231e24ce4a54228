import { writeJson } from '../../../text/integers.js';
import { addAll } from '../../../text/many.js';
import type { Json, JsonObject } from '../../../text/value.js';
import { contentFor, isJson, mediaTypeOf, parseMediaType } from '../../media-type.js';
import { Draft } from '../../parameter/draft.js';
import { binaryString, decodeText } from '../../text.js';
import type { Content, Sequence } from '../../types.js';
import { textOf } from '../format.js';
import type { BodyBudget } from '../limits.js';
import { readSections, type Section } from '../multipart.js';
import { type Cut, type Framing, type Item, plainItem } from './framing.js';

/** A boundary that no text of ours has in it (RFC 2046, 5.1.1). */
const boundary = 'counterproof-part';
/** "Implementations MUST support one level of nesting" (OpenAPI 3.2, 4.15.2). */
const deepest = 4;

/** The parts of `multipart/mixed` and its like, which have no names (OpenAPI 3.2, 4.14.5.2; RFC 2046, 5.1.3). */
export const parts: Framing = {
  frame(item, index, { mediaType, content }) {
    const encoding = encodingAt(content?.sequence, index);
    const { text, contentType } = partOf(item, encoding);
    return `--${boundaryIn(mediaType)}\r\nContent-Type: ${contentType}\r\n\r\n${text}\r\n`;
  },
  contentType(_, { mediaType }) {
    return parseMediaType(mediaType)?.parameters.has('boundary') ? mediaType : `${mediaType}; boundary=${boundary}`;
  },
  end: (contentType) => `--${boundaryIn(contentType)}--\r\n`,
  split: (text) => [text],
  cut: ({ bytes, type, content, budget, isOpen }) =>
    cutParts(bytes, type.parameters.get('boundary'), { ...content.sequence }, budget, isOpen, 0),
};

function boundaryIn(mediaType: string): string {
  return parseMediaType(mediaType)?.parameters.get('boundary') ?? boundary;
}

/** What is said of encoding: of the first parts one by one, and of all behind them. */
type Encodings = Partial<Pick<Sequence, 'prefixEncoding' | 'itemEncoding'>>;

function encodingAt(encodings: Encodings | undefined, index: number): JsonObject {
  return encodings?.prefixEncoding?.[index] ?? encodings?.itemEncoding ?? {};
}

/** By the defaults of the Encoding Object (OpenAPI 3.2, 4.15.1.1): text for scalars, JSON for all else. */
function partOf(item: Json, encoding: JsonObject): { readonly text: string; readonly contentType: string } {
  const [named = ''] = typeof encoding.contentType === 'string' ? encoding.contentType.split(',', 1) : [];
  const usual = typeof item === 'object' ? 'application/json' : 'text/plain';
  const contentType = named.trim() === '' ? usual : named.trim().replace(/\/\*$/, '/png');
  if (Array.isArray(item) && /^multipart\//i.test(contentType)) {
    const inner = `${boundary}-inner`;
    const encodings = encodingsIn(encoding);
    const written = item.map((each, index) => {
      const part = partOf(each, encodingAt(encodings, index));
      return `--${inner}\r\nContent-Type: ${part.contentType}\r\n\r\n${part.text}\r\n`;
    });
    return { text: `${written.join('')}--${inner}--`, contentType: `${contentType}; boundary=${inner}` };
  }
  return { text: isJson(contentType) ? writeJson(item) : textOf(item), contentType };
}

function encodingsIn({ prefixEncoding, itemEncoding }: JsonObject): Encodings {
  return {
    ...(Array.isArray(prefixEncoding) && { prefixEncoding: prefixEncoding as JsonObject[] }),
    ...(itemEncoding !== undefined && { itemEncoding: itemEncoding as JsonObject }),
  };
}

function cutParts(
  bytes: Uint8Array,
  named: string | undefined,
  encodings: Encodings,
  budget: BodyBudget,
  isOpen: boolean,
  depth: number,
): Cut {
  const read = readSections(bytes, named, budget, isOpen);
  if (!read.ok) {
    return {
      items: [],
      faults: [
        {
          index: 0,
          message: `body is not multipart: expected ${read.expected}, found ${read.found}`,
          expected: read.expected,
        },
      ],
    };
  }
  const items: Item[] = [];
  const faults: { index: number; message: string; expected: string }[] = [];
  for (const [index, section] of read.sections.entries()) {
    const encoding = encodingAt(encodings, index);
    addAll(faults, misfits(section, encoding, index));
    const item = depth < deepest ? itemOf(section, encoding, budget, depth) : plainItem(binaryString(section.bytes));
    if ('faults' in item)
      addAll(
        faults,
        item.faults.map((fault) => ({ ...fault, index })),
      );
    else items.push(item);
  }
  return { items, faults };
}

/** In which ways the fields of a part differ from what its Encoding Object says. */
function misfits({ fields }: Section, { contentType, headers }: JsonObject, index: number) {
  const sent = fields.get('content-type') ?? 'text/plain';
  const declared = typeof contentType === 'string' ? contentType.split(',').map((range) => range.trim()) : [];
  const isListed =
    declared.length === 0 ||
    contentFor(
      declared.map((mediaType) => ({ mediaType }) as Content),
      sent,
    );
  const required = Object.entries(headers ?? {}).filter(
    ([, header]) => (header as JsonObject | null)?.required === true,
  );
  const missing = required.filter(([name]) => !fields.has(name.toLowerCase()));
  return [
    ...(isListed
      ? []
      : [{ index, message: `media type of part ${index} is ${sent}`, expected: declared.join(' or ') }]),
    ...missing.map(([name]) => ({ index, message: `head of part ${index} has no field ${name}`, expected: name })),
  ];
}

function itemOf(
  { fields, bytes }: Section,
  encoding: JsonObject,
  budget: BodyBudget,
  depth: number,
): Item | { readonly faults: Cut['faults'] } {
  const mediaType = fields.get('content-type') ?? 'text/plain';
  const type = mediaTypeOf(mediaType);
  if (type?.type === 'multipart') {
    const inner = cutParts(bytes, type.parameters.get('boundary'), encodingsIn(encoding), budget, false, depth + 1);
    return inner.faults.length > 0 ? inner : plainItem(inner.items.map(([draft]) => draft?.value));
  }
  if (type?.type !== 'text' && !isJson(mediaType)) return plainItem(binaryString(bytes));
  const text = decodeText(bytes, type?.parameters.get('charset'));
  if (!text.ok) return plainItem(binaryString(bytes));
  const json = budget.readJson(text.text);
  if (!isJson(mediaType))
    return [Draft.of(json.ok && typeof json.value !== 'object' ? [text.text, json.value] : [text.text])];
  if (json.ok) return plainItem(json.value);
  const { expected, found } = json.fault;
  return {
    faults: [{ index: 0, message: `content of a part is not JSON: expected ${expected}, found ${found}`, expected }],
  };
}
