import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { usage } from './arguments.js';
import type { Command } from './commands.js';

const names = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `counterproof.config.${ending}`);

/**
 * The configuration file of a folder, or of the nearest around it within the project: up to where `.git` is, or else `package.json`.
 * @returns null where there is none
 */
export function findConfiguration(folder: string): string | null {
  const around = [resolve(folder)];
  for (let next = dirname(around[0] ?? ''); next !== around.at(-1); next = dirname(next)) around.push(next);
  const marked = (name: string) => around.findIndex((one) => existsSync(join(one, name)));
  const root = [marked('.git'), marked('package.json'), 0].find((index) => index >= 0);
  const candidates = around.slice(0, (root ?? 0) + 1).flatMap((one) => names.map((name) => join(one, name)));
  return candidates.find((file) => existsSync(file)) ?? null;
}

/**
 * The arguments of a command, with the documents of the configuration where they are left out.
 * @throws CounterproofError USAGE where it names several and the command takes one
 */
export function withDocument(
  positionals: readonly string[],
  name: string,
  { argument, maximum }: Pick<Command, 'argument' | 'maximum'>,
  documents: readonly string[],
): readonly string[] {
  const isLeftOut = argument.startsWith('[document')
    ? positionals.length === 0
    : argument.startsWith('DOCUMENT') && positionals.length === maximum - 1;
  if (!isLeftOut || documents.length === 0) return positionals;
  if (documents.length > 1 && !argument.startsWith('[document…'))
    throw usage(
      name,
      `takes one document, and the configuration has ${documents.join(', ')}: name the one that is meant`,
    );
  return [...documents, ...positionals];
}
