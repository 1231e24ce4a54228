import type { FlagKind } from './kinds.js';

/** One flag: everything that parsing, help and the README say of it comes from its row here. */
export interface Flag {
  /** The commands that take it; `'*'` for all. */
  readonly commands: readonly string[];
  /** One letter, for `-p`. */
  readonly short?: string;
  /** What its value is. Absent for a switch. */
  readonly kind?: FlagKind<unknown>;
  /** What it is instead, by command. */
  readonly kindIn?: Readonly<Record<string, FlagKind<unknown>>>;
  /** What stands for the value in help. */
  readonly value?: string;
  /** What stands for it instead, by command. */
  readonly valueIn?: Readonly<Record<string, string>>;
  /** Whether `--no-NAME` turns off what it has a value for: its value is then false. */
  readonly off?: true;
  /** May be given more than once; then its value is a list. */
  readonly many?: true;
  readonly default?: string | number | boolean;
  /** What help says of a default that is worked out, or that a person writes otherwise. */
  readonly otherwise?: string;
  /** The environment variable that is read where the flag is not given. */
  readonly env?: string;
  readonly help: string;
  /** What help says instead, by command. */
  readonly helpOf?: Readonly<Record<string, string>>;
}
