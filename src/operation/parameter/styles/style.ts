import type { ParameterIn } from '../../../schema/index.js';
import type { Draft } from '../draft.js';
import type { Decode, Pairs } from '../pairs.js';
import type { Shape } from '../shape.js';

/**
 * How values stand on the wire (OpenAPI 3.1, 4.8.12: Style Values; RFC 6570): what is written is read as the same value.
 * A new style is a file beside this one, and a row in `table.ts`.
 */
export interface Style {
  readonly name: string;
  /** Where OpenAPI allows it (4.8.12.2.1). */
  readonly places: readonly ParameterIn[];
  /** The default of `explode`. */
  readonly explodes: boolean;
  /** Whether it is for single values, too, and not only for arrays and objects. */
  readonly takesOne: boolean;
  /** Whether a single value stands as it is, with nothing before it. */
  readonly bare: boolean;
  /** Whether the items of an exploded array are strings of their own. */
  readonly repeats: boolean;
  /** Whether the members of an exploded object stand under names of their own. */
  readonly spreads?: true;
  /** false where what looks percent-encoded stands for itself. */
  readonly decodes?: false;
  /** Set where a value is spread over names that begin with its own. */
  readonly names?: {
    /** Whether a name of the query belongs to a parameter. */
    claims(name: string, key: string): boolean;
    /** undefined where the query has no name of the parameter. */
    draft(name: string, shape: Shape, pairs: Pairs): Draft | Defect | undefined;
  };
  /** The one string of a value that is not cut, without its prefix. */
  one(layout: Layout, raw: string): Cut<string>;
  /** The items of an array. @param raws All occurrences of the name, in order; the last counts where one does. */
  items(layout: Layout, raws: readonly string[]): Cut<string>;
  /** The members of an object that is one string. */
  members(layout: Layout, raw: string): Cut<Pair>;
  /**
   * A value with its name, where the place has names. null where the style does not say how (an array in an array, null,
   * an empty array), or where reading again would give something else.
   */
  write(field: Field, value: unknown): string | null;
}

/** How a value is read. */
export interface Layout {
  readonly name: string;
  readonly style: Style;
  readonly explode: boolean;
  readonly decode: Decode;
  /** Header values may have blanks around their commas (RFC 9110, 5.6.1). */
  readonly trim: boolean;
}

/** What a value is written for. */
export interface Field {
  readonly name: string;
  readonly in: ParameterIn;
  readonly explode: boolean;
}

export type Pair = readonly [name: string, value: string];

/** Strings cut apart at the delimiters of a style; null where they do not follow it. */
export type Cut<Piece> = readonly Piece[] | null;

/** Why strings from the wire stand for no value: a keyword of `ownKeywords`. */
export type Defect = 'style' | 'encoding';
