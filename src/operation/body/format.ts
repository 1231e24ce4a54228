import type { Document } from '../../document/index.js';
import type { Violation } from '../../schema/index.js';
import { writeJson } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import type { MediaType } from '../media-type.js';
import type { Content } from '../types.js';
import type { BodyBudget } from './limits.js';
import type { Framing, Medium } from './sequence/framing.js';

/** A body that is still a value. */
export interface UnwrittenBody extends Medium {
  readonly value: Json;
}

/** A body as it goes on the wire, and the Content-Type that says so. */
export interface WrittenBody {
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

/** A body as it came. */
export interface UnreadBody {
  readonly bytes: Uint8Array;
  /** As sent; where nothing was, that of the content. */
  readonly type: MediaType;
  readonly content: Content;
  readonly document: Document;
  /** What the reader counts what it finds against. */
  readonly budget: BodyBudget;
  /** Whether more may come behind its end, as of a stream that was not read to its own. */
  readonly isOpen?: boolean;
}

/** A body after decoding. Without `value` where it cannot be decoded. */
export interface BodyReading {
  readonly value?: unknown;
  readonly violations: Violation[];
}

export type FormatName =
  | 'json'
  | 'json lines'
  | 'json sequence'
  | 'events'
  | 'parts'
  | 'urlencoded'
  | 'multipart'
  | 'xml'
  | 'csv'
  | 'html'
  | 'text'
  | 'binary'
  | 'other';

/** How bodies of some media types are written and read. A new one is a file in `formats/`, and a row in `formats.ts`. */
export interface BodyFormat {
  readonly name: FormatName;
  covers(type: MediaType): boolean;
  /** Set for a sequence of items, which are sent one by one. */
  readonly framing?: Framing;
  /** Whether values with a structure are read back and judged, and not only strings. */
  readonly isRead: boolean;
  /** Whether a value has a form in a media type of it. Others are written as well as it goes. */
  fits(value: Json, type: MediaType): boolean;
  write(body: UnwrittenBody): WrittenBody;
  /** Decodes a body and holds it against the schema of its content. */
  read(body: UnreadBody): BodyReading;
}

export function always(): boolean {
  return true;
}

/** A string as it is, and all else as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : writeJson(value);
}
