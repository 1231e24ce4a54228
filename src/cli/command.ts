import type { Arguments } from './arguments.js';
import type { Terminal } from './terminal.js';

/** One command. Its flags are those rows of `flags` that name it. */
export interface Command {
  readonly summary: string;
  /** What it takes besides flags, as help shows it. */
  readonly argument: string;
  /** How many of them at most. */
  readonly maximum: number;
  /**
   * What it does that is given no document, where it could be: it tells by itself which one it takes, shows on the one that is
   * built in what it does, or needs none. Absent: it takes the one of the folder, and is refused where there is none.
   */
  readonly unnamed?: 'tells' | 'built-in' | 'none';
  /** A paragraph for its own help. */
  readonly description: string;
  readonly examples: readonly string[];
  /** Its code is read only when it is run. The promise is of its exit code. */
  readonly load: () => Promise<{
    run: (args: never, terminal: Terminal, program: Program) => Promise<number>;
  }>;
}

/** What a command may know of the program that it is a part of. */
export interface Program {
  readonly commands: Readonly<Record<string, Command>>;
  /**
   * Reads the command line of one of them, with what the configuration file says where it says nothing.
   * @throws CounterproofError USAGE where it cannot be meant
   */
  readonly read: (command: string, args: readonly string[]) => Promise<Arguments<'prove'>>;
}
