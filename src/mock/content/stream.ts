import type { Faker } from '../../fake/index.js';
import {
  type Content,
  contentSchemasOf,
  type Framing,
  itemNamesOf,
  itemSchemaOf,
  type Medium,
  type WireEffect,
} from '../../operation/index.js';
import { isObject, type Json } from '../../text/value.js';

/** A body as it is sent item by item. Each frame follows from its index alone, so that a stream may go on for ever. */
export interface Stream {
  readonly frames: readonly string[];
  /** Those that would come behind. */
  more(index: number): string;
  readonly end: string;
  readonly contentType: string;
}

export function bodyOf({ frames, end }: Pick<Stream, 'frames' | 'end'>): string {
  return frames.join('') + end;
}

/** Items that the document shows, over and over. */
export function streamOfItems(framing: Framing, items: readonly Json[], medium: Medium): Stream {
  const contentType = framing.contentType(items, medium);
  const frame = (item: Json, index: number) => framing.frame(item, index, { ...medium, mediaType: contentType });
  return repeated(items.map(frame), framing.end(contentType), contentType);
}

/** A text that the document shows, in its frames. */
export function streamOfText(framing: Framing, text: string, contentType: string): Stream {
  return repeated(framing.split(text), '', contentType);
}

function repeated(frames: readonly string[], end: string, contentType: string): Stream {
  return { frames, more: (index) => frames[index % frames.length] ?? '', end, contentType };
}

interface StreamWish {
  readonly content: Content;
  readonly seed: number;
  readonly salt: string;
}

/** How many items there are where nobody says. */
const usualItems = 3;

/**
 * Items made from their schema, each for itself. null where none can be made, and where so many do not make a list that
 * the document allows.
 * @param count how many are asked for; null where the document decides
 */
export function madeStream(
  framing: Framing,
  medium: Medium,
  { content, seed, salt }: StreamWish,
  faker: Faker,
  count: number | null,
): Stream | null {
  const schema = itemSchemaOf(content);
  if (schema === null || schema.problem !== null) return null;
  const items: Json[] = [];
  for (let index = 0; index < (count ?? usualItems); index++) {
    const item = made(index);
    if (item === undefined) return null;
    items.push(item);
  }
  const list = content.schema?.problem === null ? content.schema : null;
  const isItem = list === schema;
  if (count === null && list !== null && !isItem && !list.accepts(items)) return null;
  const contentType = framing.contentType(items, medium);
  const written = { ...medium, mediaType: contentType };
  return {
    frames: items.map((item, index) => framing.frame(item, index, written)),
    more: (index) => framing.frame(made(index) ?? items[index % items.length] ?? null, index, written),
    end: framing.end(contentType),
    contentType,
  };

  function made(index: number): Json | undefined {
    if (schema === null) return undefined;
    const generated = faker.generate(schema, { seed, salt: `${salt} item ${index}` });
    if (!generated.ok) return undefined;
    if (!isEventStream(medium) || !isObject(generated.value)) return generated.value;
    let event: Json = generated.value;
    const names = itemNamesOf(content);
    // Ids in order, so that a client that comes back is sent what it has not seen; and a pause that a person can await.
    const usual = { ...(names.includes('id') && { id: String(index + 1) }), ...('retry' in event && { retry: 3000 }) };
    for (const [name, value] of Object.entries(usual)) {
      const changed: Json = { ...(event as { [name: string]: Json }), [name]: value };
      if (schema.accepts(changed)) event = changed;
    }
    const [described] = contentSchemasOf(schema, medium.schemas, event);
    const data = described && faker.generate(described, { seed, salt: `${salt} data ${index}` });
    return data?.ok ? { ...(event as { [name: string]: Json }), data: JSON.stringify(data.value) } : event;
  }
}

export function isEventStream({ mediaType }: Pick<Medium, 'mediaType'>): boolean {
  return /^text\/event-stream\b/i.test(mediaType);
}

/**
 * A stream from the frame on that comes behind the last one that a client has seen (`Last-Event-ID`; HTML, 9.2.4), as
 * what a host has to send.
 */
export function sentStream(
  { frames, more, end }: Stream,
  lastEventId: string | undefined,
): { readonly body: string; readonly effect: WireEffect } {
  const start = lastEventId === undefined ? 0 : behind(lastEventId, frames, more);
  const left = frames.slice(start);
  return {
    body: bodyOf({ frames: left, end }),
    effect: { kind: 'stream', frames: left, more: (index) => more(start + index), end },
  };
}

function behind(id: string, frames: readonly string[], more: (index: number) => string): number {
  const isNamed = (frame: string) => /^id: ?(.*)$/m.exec(frame)?.[1] === id;
  const seen = frames.findLastIndex(isNamed);
  if (seen !== -1) return seen + 1;
  const number = /^[1-9]\d{0,8}$/.test(id) ? Number(id) : 0;
  return number > frames.length && isNamed(more(number - 1)) ? number : 0;
}
