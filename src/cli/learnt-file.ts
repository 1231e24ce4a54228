import { existsSync, writeFileSync } from 'node:fs';
import type { RunResult } from '../contract/index.js';
import { usage } from './arguments.js';

/**
 * Where `--learn` is to write what a run learns.
 * @throws CounterproofError USAGE where something is there: a person may have written it
 */
export function learntFile(file: string): (result: RunResult) => string {
  if (existsSync(file)) {
    throw usage('check', `--learn ${file}: there is a file already, and it stays as it is; name a new one`);
  }
  return (result) => {
    const { learnt = {}, target } = result;
    const count = Object.keys(learnt).length;
    if (count === 0) return `Nothing was learnt that a fixture file could hold, so ${file} is not written`;
    writeFileSync(file, learntText(learnt, target));
    return `Learnt for ${count} ${count === 1 ? 'operation' : 'operations'}: ${file}, for --fixtures`;
  };
}

/** A fixture file in YAML, of which each value is JSON. */
export function learntText(learnt: NonNullable<RunResult['learnt']>, target: string): string {
  const lines = [`# What ${target} took, as "counterproof check --learn" has learnt it.`, 'operations:'];
  for (const [id, { parameters, body }] of Object.entries(learnt)) {
    lines.push(`  ${JSON.stringify(id)}:`, '    contract:');
    if (parameters !== undefined) lines.push(`      parameters: ${JSON.stringify(parameters)}`);
    if (body !== undefined) lines.push(`      body: ${JSON.stringify(body)}`);
  }
  return `${lines.join('\n')}\n`;
}
