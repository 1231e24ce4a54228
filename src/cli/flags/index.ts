import type { Flag } from './flag.js';
import type { FlagValue } from './kinds.js';
import { outputFlags } from './output.js';
import { serveFlags } from './serve.js';
import { subjectFlags } from './subject.js';
import { suiteFlags } from './suite.js';

export type { Flag } from './flag.js';

/** All flags of all commands, in the order in which help lists them. */
export const flags = { ...serveFlags, ...suiteFlags, ...subjectFlags, ...outputFlags };

type Flags = typeof flags;

/** The flags of a command, parsed: what has a default is always there. */
export type FlagsOf<Command extends string> = {
  readonly [Name in keyof Flags as Extract<Flags[Name]['commands'][number], Command | '*'> extends never
    ? never
    : Name]: FlagValue<RowIn<Flags[Name], Command>>;
};

/** A row as it is for one command. */
type RowIn<Row, Command extends string> = Row extends { kindIn: { readonly [Name in Command]: infer Kind } }
  ? Omit<Row, 'kind'> & { readonly kind: Kind }
  : Row;

/** The rows that a command takes, by name. */
export function flagsOf(command: string): Map<string, Flag> {
  const rows = Object.entries<Flag>(flags);
  const taken = rows.filter(([, flag]) => flag.commands.includes(command) || flag.commands.includes('*'));
  return new Map(
    taken.map(([name, flag]) => {
      const { kind = flag.kind, value = flag.value } = { kind: flag.kindIn?.[command], value: flag.valueIn?.[command] };
      return [name, { ...flag, ...(kind && { kind }), ...(value !== undefined && { value }) }];
    }),
  );
}
