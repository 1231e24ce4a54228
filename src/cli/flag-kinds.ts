/** How the text of a flag becomes a value. */
export interface FlagKind<Value> {
  /** Completes "expects …". */
  readonly expected: string;
  /** undefined where the text is none of these. */
  readonly parse: (text: string) => Value | undefined;
}

export const text: FlagKind<string> = {
  expected: 'a text that is not empty',
  parse: (given) => (given === '' ? undefined : given),
};

export const fromZeroTo = (maximum: number): FlagKind<number> => ({
  expected: `a whole number from 0 to ${maximum}`,
  parse(given) {
    const number = Number(given);
    return /^\d+$/.test(given) && number <= maximum ? number : undefined;
  },
});

/** The type of a flag's value, from its row in the table. */
export type FlagValue<Row> = Row extends { kind: FlagKind<infer Value> }
  ? Row extends { many: true }
    ? readonly Value[]
    : Row extends { default: unknown }
      ? Value
      : Value | undefined
  : Row extends { default: boolean }
    ? boolean
    : boolean | undefined;
