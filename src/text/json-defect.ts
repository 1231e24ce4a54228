/** How much more than JSON.parse, or less, is taken for JSON. */
export interface JsonTolerance {
  /** Levels of nesting beyond which a text is refused; any, where it is not given. */
  readonly maximumDepth?: number;
  /** Members and items, at all levels, beyond which a text is refused; any, where it is not given. */
  readonly maximumMembers?: number;
  /** Whether the value is of no use, and nothing of it is kept: for texts of any depth. */
  readonly discards?: boolean;
  /** Called for a name that its object has already, whose last value then counts. Without it, that is a defect. */
  readonly onDuplicate?: (duplicate: DuplicateName) => void;
  /** `NaN`, `Infinity` and `-Infinity` are numbers. */
  readonly nonFinite?: boolean;
}

/** A name that an object has a second time: where that stands, and in which object (a JSON Pointer). */
export interface DuplicateName {
  readonly name: string;
  readonly offset: number;
  readonly pointer: string;
}

/** What stands where it may not. Offsets are in UTF-16 code units. */
export class JsonDefect extends Error {
  constructor(
    /** What was to come: a value, the name of a member, what stands between, the end; or what a string broke. */
    readonly kind:
      | 'value'
      | 'name'
      | 'colon'
      | 'comma'
      | 'end'
      | 'unclosed'
      | 'control'
      | 'escape'
      | 'duplicate'
      | 'depth'
      | 'members',
    readonly offset: number,
    readonly expected: string,
    readonly found: string,
    /** Where the string begins that is broken. */
    readonly start = offset,
  ) {
    super(expected);
  }
}

export function duplicateDefect(name: string, offset: number): JsonDefect {
  return new JsonDefect('duplicate', offset, 'each member name once', `${shown(JSON.stringify(name))} a second time`);
}

/** A text, cut where it is long. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
