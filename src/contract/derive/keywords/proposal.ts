import { breaking } from '../../../schema/breaking.js';
import type { Assertion } from '../../../schema/keywords.js';
import type { Part } from '../../../schema/view.js';
import type { Json } from '../../../text/value.js';
import type { Rank } from '../draft.js';
import type { Place } from '../places.js';
import type { Workbench } from '../workbench.js';

/** Another value for one place. Whether it is valid or not, the whole request is asked before it becomes a case. */
export interface Proposal {
  /** undefined: the member is left out. */
  readonly value: Json | undefined;
  readonly accepted: boolean;
  readonly rank: Rank;
  /** For `varies.keyword`: the JSON Schema keyword, or an own word. */
  readonly keyword: string;
  /** Pointer into the document, keyword included. */
  readonly pointer: string;
  /** In a title, in brackets: `other case than an enum value`. */
  readonly why: string;
  /** The member that is missing, where the place is its object. */
  readonly missing?: string;
  /** One of several attempts at this keyword: of those that turn out right, the first is kept. */
  readonly attempt?: true;
}

export interface Setting {
  readonly bench: Workbench;
  readonly place: Place;
  /** Whether JSON types survive on the wire. In a query, a header, a form all is text. */
  readonly typed: boolean;
}

/** What one keyword of one Schema Object makes of a place. */
export type Family = (view: Part, setting: Setting) => Iterable<Proposal>;

export function accepted(view: Part, keyword: string, value: Json, why: string, rank: Rank = 'accepted'): Proposal {
  return { value, accepted: true, rank, keyword, pointer: `${view.pointer}/${keyword}`, why };
}

export function rejected(
  view: Part,
  keyword: string,
  value: Json | undefined,
  why: string,
  rank: Rank = 'keyword broken',
): Proposal {
  return { value, accepted: false, rank, keyword, pointer: `${view.pointer}/${keyword}`, why };
}

/** A value that keeps a keyword, in the ways in which the table of keywords breaks it. */
export function* broken(view: Part, keyword: Assertion, value: Json, why: string): Iterable<Proposal> {
  for (const other of breaking[keyword](value, view.schema[keyword] ?? null, view.schema)) {
    yield rejected(view, keyword, other, why);
  }
}

/** Of several ways to break a keyword, the first that turns out to. */
export function* brokenSomehow(view: Part, keyword: Assertion, value: Json, why: string): Iterable<Proposal> {
  for (const proposal of broken(view, keyword, value, why)) yield { ...proposal, attempt: true };
}
