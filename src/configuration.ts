import type { flags } from './cli/flags/index.js';
import type { FlagKind } from './cli/flags/kinds.js';

type Flags = typeof flags;

/** The name of a flag as that of a member: `api-key` is `apiKey`. */
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** What stands for the value of a flag: as on the command line, or the number that it is. */
type Written<Row> = Row extends { kind: FlagKind<infer Value> }
  ?
      | (Value extends number ? number | string : Value extends string ? Value : string)
      | (Row extends { off: true } ? false : never)
  : boolean;

type Given<Row> = Row extends { many: true } ? Written<Row> | readonly Written<Row>[] : Written<Row>;

/** What is asked for once, and is the same no longer. */
type Momentary = 'help' | 'version' | 'config';

type CommandsOf<Row> = Row extends { commands: readonly (infer Command extends string)[] } ? Command : never;

type Command = Exclude<CommandsOf<Flags[keyof Flags]>, '*'>;

type FlagsOf<Name extends Command> = {
  readonly [Flag in keyof Flags as Flag extends Momentary
    ? never
    : Name extends CommandsOf<Flags[Flag]>
      ? Camel<Flag>
      : never]?: Given<Flags[Flag]>;
};

/** Flags that stand for all commands that take them. */
type Common = 'port' | 'seed' | 'prefix' | 'fixtures' | 'handlers' | 'overlay' | 'root' | 'allow-remote' | 'strict';

/**
 * What `counterproof.config.ts` says: what is always the same of the commands. Names of files are from its folder; flags and variables of
 * the environment outrank it.
 */
export type Configuration = {
  /** The document where a command names none; several for the commands that take several. */
  readonly document?: string | readonly string[];
} & { readonly [Flag in Common as Camel<Flag>]?: Given<Flags[Flag]> } & {
  readonly [Name in Command]?: FlagsOf<Name>;
};

/** The same, with its type known. */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration;
}
