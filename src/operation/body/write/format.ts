import type { Schemas } from '../../../schema/index.js';
import type { Json } from '../../../text/value.js';
import type { MediaType } from '../../media-type.js';
import type { Content } from '../../types.js';

/** A body that is still a value. */
export interface UnwrittenBody {
  readonly value: Json;
  /** As it is sent: no range. */
  readonly mediaType: string;
  /** What it is declared as; null where nothing is. */
  readonly content: Pick<Content, 'schema' | 'encoding'> | null;
  readonly schemas: Schemas;
}

/** A body as it goes on the wire, and the Content-Type that says so. */
export interface WrittenBody {
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

/** How bodies of some media types are written. A new one is a file beside this one, and a row in `write.ts`. */
export interface BodyFormat {
  readonly name: 'json' | 'json lines' | 'events' | 'urlencoded' | 'multipart' | 'xml' | 'text' | 'binary' | 'other';
  covers(type: MediaType): boolean;
  /** Whether `readBody` reads the value back, and so can judge what an implementation is sent. */
  readonly isRead: boolean;
  /** Whether a value has a form in it. Others are written as well as it goes. */
  fits(value: Json): boolean;
  write(body: UnwrittenBody): WrittenBody;
}

export function always(): boolean {
  return true;
}

/** A string as it is, and all else as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
