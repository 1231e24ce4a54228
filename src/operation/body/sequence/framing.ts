import type { Schemas } from '../../../schema/index.js';
import type { Json } from '../../../text/value.js';
import type { MediaType } from '../../media-type.js';
import { Draft } from '../../parameter/draft.js';
import type { Content } from '../../types.js';
import type { BodyBudget } from '../limits.js';

/** What a body is written as. */
export interface Medium {
  /** As it is sent: no range. */
  readonly mediaType: string;
  /** What it is declared as; null where nothing is. */
  readonly content: Pick<Content, 'schema' | 'encoding' | 'sequence'> | null;
  readonly schemas: Schemas;
}

/** One item as it was read: what its text can stand for, the likelier first. */
export type Item = readonly Draft[];

/** What a body was cut into. What is no item is told with the number that it would have had. */
export interface Cut {
  readonly items: readonly Item[];
  readonly faults: readonly { readonly index: number; readonly message: string; readonly expected: string }[];
}

export interface Cutting {
  readonly bytes: Uint8Array;
  readonly type: MediaType;
  readonly content: Content;
  readonly budget: BodyBudget;
  /** Whether the body may go on where it ends here: what is not ended yet is no item, and no fault. */
  readonly isOpen: boolean;
}

/** How the items of a sequential media type (OpenAPI 3.2, 4.14.3.1) stand one after the other. */
export interface Framing {
  /** What an item is between those before and behind it. */
  frame(item: Json, index: number, body: Medium): string;
  /** The Content-Type that says how the items are framed. */
  contentType(items: readonly Json[], body: Medium): string;
  /** What stands behind the last item. */
  end(contentType: string): string;
  /** The frames of a text that an author has written. */
  split(text: string): readonly string[];
  cut(body: Cutting): Cut;
}

/** More than anybody reads: what comes behind so many faults is not looked at. */
export const maximumFaults = 100;

/** What stands between separators, one by one, so that whoever has enough can leave off. */
export function* piecesOf(text: string, separator: string): Generator<string> {
  let start = 0;
  for (let end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
    yield text.slice(start, end);
    start = end + separator.length;
  }
  yield text.slice(start);
}

/** An item that stands for one value and no other. */
export function plainItem(value: unknown): Item {
  return [Draft.of([value])];
}
