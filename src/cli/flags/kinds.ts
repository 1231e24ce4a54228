/** How the text of a flag becomes a value. */
export interface FlagKind<Value> {
  /** Completes "expects …". */
  readonly expected: string;
  /** undefined where the text is none of these. */
  readonly parse: (text: string) => Value | undefined;
  /** All that it may be, where these are few. */
  readonly values?: readonly string[];
}

export const text: FlagKind<string> = {
  expected: 'a text that is not empty',
  parse: (given) => (given === '' ? undefined : given),
};

/** A host, with a port or for any. */
export const host: FlagKind<string> = {
  expected: 'a host, such as localhost:9000 or example.com',
  parse: (given) => (/^(?:\[[\da-f:.]+\]|[^\s/:@?#[\]]+)(?::\d+)?$/i.test(given) ? given : undefined),
};

/** Where a document is served: a path, for one of several with the name of its file. */
export const documentPrefix: FlagKind<{ readonly document: string | null; readonly path: string }> = {
  expected: 'a document and a path, such as users.yaml=/users, or a path for all',
  parse(given) {
    const [, document, path] = /^(?:([^=]+)=)?(\/[^?#{}\s=]*)$/.exec(given) ?? [];
    return path === undefined ? undefined : { document: document ?? null, path };
  },
};

export const oneOf = <Value extends string>(values: readonly Value[]): FlagKind<Value> => ({
  expected: values.join(', ').replace(/, (?=[^,]*$)/, ' or '),
  parse: (given) => values.find((value) => value === given),
  values,
});

export const fromZeroTo = (maximum: number): FlagKind<number> => ({
  expected: `a whole number from 0 to ${maximum}`,
  parse(given) {
    const number = Number(given);
    return /^\d+$/.test(given) && number <= maximum ? number : undefined;
  },
});

/** A whole number from 1 on. */
export const fromOneTo = (maximum: number): FlagKind<number> => ({
  expected: `a whole number from 1 to ${maximum}`,
  parse(given) {
    const number = Number(given);
    return /^\d+$/.test(given) && number >= 1 && number <= maximum ? number : undefined;
  },
});

/** A number above zero, whole or not. */
export const aboveZero: FlagKind<number> = {
  expected: 'a number above 0',
  parse: (given) => (/^\d+(\.\d+)?$/.test(given) && Number(given) > 0 ? Number(given) : undefined),
};

/** A share, both ends included. */
export const share: FlagKind<number> = {
  expected: 'a number from 0 to 1, such as 0.5',
  parse: (given) => (/^(0|1|[01]?\.\d+|1\.0*)$/.test(given) && Number(given) <= 1 ? Number(given) : undefined),
};

/** A moment or a day (RFC 3339), in UTC where no offset is said. */
export const moment: FlagKind<Date> = {
  expected: 'a moment or a day, such as 2026-01-01T00:00:00Z or 2026-01-01',
  parse(given) {
    const [, hasOffset] = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[-+]\d\d:\d\d)?)?$/i.exec(given) ?? [
      null,
    ];
    const date = new Date(hasOffset || !given.includes('T') ? given : `${given}Z`);
    return hasOffset === null || Number.isNaN(date.getTime()) ? undefined : date;
  },
};

const unitsInMilliseconds = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * How long: `500ms`, `10s`, `2m`, `24h`. A number alone is seconds below 100 and milliseconds from there on, as it is
 * meant wherever people write it. The value is in milliseconds.
 */
export const duration: FlagKind<number> = {
  expected: 'a duration, such as 500ms or 10s',
  parse(given) {
    const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(given) ?? [];
    const factor = unitsInMilliseconds[(unit ?? (Number(number) < 100 ? 's' : 'ms')) as 'ms' | 's' | 'm' | 'h'];
    const milliseconds = Number(number) * factor;
    return milliseconds >= 1 && milliseconds <= 86_400_000 ? Math.round(milliseconds) : undefined;
  },
};

const unitsInBytes = { '': 1, B: 1, KB: 1000, MB: 1000 ** 2, GB: 1000 ** 3, KIB: 1024, MIB: 1024 ** 2, GIB: 1024 ** 3 };

/** How much: `8MB`, `64KiB`, or a number of bytes. The value is in bytes. */
export const size: FlagKind<number> = {
  expected: 'a number of bytes, such as 8MB, 64KiB or 1000',
  parse(given) {
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmg]?i?b)?$/i.exec(given) ?? [];
    const bytes = Math.round(
      Number(number) * (unitsInBytes[unit.toUpperCase() as keyof typeof unitsInBytes] ?? Number.NaN),
    );
    return bytes >= 1 && bytes <= 2 ** 40 ? bytes : undefined;
  },
};

/** What a run may cost: a duration (`2s`), or a number of requests. */
export const budget: FlagKind<{ readonly duration: number } | { readonly requests: number }> = {
  expected: 'a duration with its unit, such as 2s, or a number of requests',
  parse(given) {
    if (/^[1-9]\d{0,8}$/.test(given)) return { requests: Number(given) };
    const milliseconds = duration.parse(given);
    return milliseconds === undefined ? undefined : { duration: milliseconds };
  },
};

/** `NAME=VALUE`, split at the first equals sign. `expected` says what the two are. */
export const pair = (expected: string): FlagKind<readonly [name: string, value: string]> => ({
  expected,
  parse(given) {
    const at = given.indexOf('=');
    return at < 1 || at === given.length - 1 ? undefined : [given.slice(0, at), given.slice(at + 1)];
  },
});

/** `ID` or `ID:PROBABILITY`; without one it is 1. */
export const faultWithProbability: FlagKind<{ readonly fault: string; readonly probability: number }> = {
  expected: 'the id of a fault, and after a colon a probability above 0 and up to 1, such as reset:0.2',
  parse(given) {
    const [, fault = '', written = '1'] = /^([^:]+)(?::([^:/]*))?$/.exec(given) ?? /^(.+@.*)$/.exec(given) ?? [];
    const probability = /^(\d+(\.\d+)?|\.\d+)$/.test(written) ? Number(written) : 0;
    return fault !== '' && probability > 0 && probability <= 1 ? { fault, probability } : undefined;
  },
};

/** `2/5`: the second of five parts. */
export const shard: FlagKind<{ readonly index: number; readonly count: number }> = {
  expected: 'a part and the number of parts, such as 1/4',
  parse(given) {
    const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(given)?.map(Number) ?? [];
    if (index === undefined || count === undefined || index < 1 || index > count) return undefined;
    return { index, count };
  },
};

/** `FORMAT=FILE`, with one of these formats. */
export function fileIn<Format extends string>(
  formats: readonly Format[],
): FlagKind<{ readonly format: Format; readonly file: string }> {
  return {
    expected: `FORMAT=FILE, with ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)} as format`,
    parse(given) {
      const [name, file] = pair('').parse(given) ?? [];
      const format = formats.find((known) => known === name);
      return format === undefined || file === undefined ? undefined : { format, file };
    },
  };
}

/** The type of a flag's value, from its row in the table. */
export type FlagValue<Row> = Row extends { kind: FlagKind<infer Value> }
  ? Row extends { many: true }
    ? readonly Value[]
    : Row extends { default: unknown }
      ? Value
      : Value | undefined | (Row extends { off: true } ? false : never)
  : Row extends { default: boolean }
    ? boolean
    : boolean | undefined;
