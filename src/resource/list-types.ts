import type { Step } from './path.js';

interface QueryRoleOf {
  /** The parameter's name in the document. */
  readonly parameter: string;
  /** Where inside of its value, for an object (`style: deepObject`): `filter[status]` is `filter` and `['status']`. */
  readonly within: readonly string[];
}

/** What a query parameter, or one member of it, does to a list. */
export type QueryRole =
  | (QueryRoleOf & {
      readonly role: 'size';
      readonly default: number | null;
      /** The default as the description alone says it: enough to go by, and not to judge by. */
      readonly described: number | null;
      readonly maximum: number | null;
    })
  /** How many of the last rows: `last` beside `first`. */
  | (QueryRoleOf & { readonly role: 'last' })
  /** `page` counts pages from `first` (0 or 1), `offset` rows from `first`, `cursor` is opaque, `after` and `before` are keys. */
  | (QueryRoleOf & { readonly role: 'page' | 'offset' | 'cursor' | 'after' | 'before'; readonly first: number })
  /** By which member it is sorted: `name`, `-name`, `name:desc`. `direction` is its own parameter, if there is one. */
  | (QueryRoleOf & { readonly role: 'order'; readonly direction: string | null })
  | (QueryRoleOf & { readonly role: 'direction' })
  | (QueryRoleOf & { readonly role: 'search' })
  /** An expression that says which rows are meant: OData's `$filter`, the `filter` of SCIM and AIP-160. */
  | (QueryRoleOf & { readonly role: 'expression' })
  | (QueryRoleOf & {
      readonly role: 'filter';
      /** A path through a list means any of its items: `['tags', 'name']`. */
      readonly member: readonly string[];
      /**
       * `in`: any of a list of values. `contains`: the member is a list that holds the value, or a text that has it. `starts`: it is a
       * text that begins so. `absent`: whether there is nothing, or null.
       */
      readonly operator: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'contains' | 'starts' | 'absent';
      /** Values of the parameter that filter nothing (`all`). */
      readonly neutral: readonly string[];
      /** Whether it is said not to tell capitals from small letters. */
      readonly isCaseless?: boolean;
      /** Whether a bound is said to be within. */
      readonly isInclusive?: boolean;
      /** Whether it is said not to be. */
      readonly isExclusive?: boolean;
    });

/** What a member of the answer beside the rows says, or a header. */
export interface EnvelopeRole {
  readonly role:
    | 'total'
    | 'count'
    | 'size'
    | 'page'
    | 'pages'
    | 'offset'
    | 'remaining'
    | 'from'
    | 'to'
    | 'has-more'
    | 'has-previous'
    | 'is-empty'
    | 'is-first'
    | 'is-last'
    | 'is-paged'
    | 'is-unpaged'
    | 'is-sorted'
    | 'is-unsorted'
    | 'next-page'
    | 'previous-page'
    | 'next-cursor'
    | 'previous-cursor'
    | 'self-url'
    | 'next-url'
    | 'previous-url'
    | 'first-url'
    | 'last-url'
    | 'link-header'
    | 'link-list'
    | 'content-range';
  /** A member by its path, or a header by its name. */
  readonly at: { readonly member: readonly string[] } | { readonly header: string };
  /** The query parameter that asks for it (OData's `$count`): where it does not, it need not be there. */
  readonly askedBy?: string;
  /** What each link of a list of them calls its relation and its address: `{ "rel": "next", "href": … }`. */
  readonly link?: { readonly relation: string; readonly address: string };
}

/** A list below one thing that shows others of its kind, and no member of theirs says which: `/users/{id}/followers`. */
export interface Kin {
  /** The last one of its path. */
  readonly word: string;
  readonly path: string;
  /** The path parameter that names the one thing. */
  readonly parameter: string;
  /** What they are to each other, by a word that both lists have which say so from either side. */
  readonly relation: string;
  /** Whether it shows those to whom the thing is that, those that are that to it, both, or those that stand below it as in a tree. */
  readonly side: 'done' | 'doers' | 'both' | 'below';
}

export interface Key {
  /** The member of a row (a path, since it may stand inside: `['metadata', 'name']`). */
  readonly member: readonly string[];
  /** The path parameter that equals it; null where there is no item path. */
  readonly parameter: string | null;
  readonly by: 'fixture' | 'link' | 'name' | 'schema';
  /**
   * What stands before the key in the member, where that is a resource name (AIP-122): the steps of the item's path
   * `projects/{project}/things` in `projects/7/things/9`.
   */
  readonly stem?: readonly Step[];
}
