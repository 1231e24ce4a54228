import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Document } from 'yaml';
import type { RunResult } from '../contract/index.js';
import { usage } from './arguments.js';

type Learnt = NonNullable<RunResult['learnt']>;

/**
 * Where `--learn` is to write what a run learns. What a file holds already stays: a person may have written it.
 * @throws CounterproofError USAGE where there is a file that is no fixture file
 */
export async function learntFile(file: string): Promise<(result: RunResult) => string> {
  const textOf = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const withLearnt = await merger();
  if (withLearnt(textOf(), {}, '') === null) {
    throw usage('check', `--learn ${file}: there is a file already, and it is no fixture file; name another one`);
  }
  return (result) => {
    const { learnt = {}, target } = result;
    const count = Object.keys(learnt).length;
    if (count === 0) return `Nothing was learnt that a fixture file could hold, so ${file} is not written`;
    const text = withLearnt(textOf(), learnt, target);
    if (text === null) return `${file} is no fixture file any more, so what was learnt is not written`;
    writeFileSync(file, text);
    return `Learnt for ${count} ${count === 1 ? 'operation' : 'operations'}: ${file}, for --fixtures`;
  };
}

/**
 * Puts what was learnt into the text of a fixture file, which keeps its comments and all that it says; null where that is not
 * such a file. The package that can do so is loaded for this alone.
 */
export async function merger(): Promise<(text: string, learnt: Learnt, target: string) => string | null> {
  const { isMap, parseDocument } = await import('yaml');

  /** Whether something can be put at a place: each place on the way to it is a mapping, or nothing. */
  function isOpen(document: Document, path: readonly string[]): boolean {
    return path.every((_, depth) => {
      const around = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      return around === undefined || around === null || isMap(around);
    });
  }

  return (text, learnt, target) => {
    const document: Document = parseDocument(text);
    if (document.errors.length > 0 || !isOpen(document, ['operations', ''])) return null;
    if (document.contents === null) {
      document.commentBefore = ` What ${target} took, as "counterproof check --learn" has learnt it.`;
    }
    for (const [id, { parameters = {}, body }] of Object.entries(learnt)) {
      const at = ['operations', id, 'contract'];
      const given = Object.entries(parameters).map(([name, value]) => [[...at, 'parameters', name], value] as const);
      for (const [path, value] of [...given, [[...at, 'body'], body] as const]) {
        if (value === undefined || document.hasIn(path) || !isOpen(document, path)) continue;
        document.setIn(path, document.createNode(value));
      }
    }
    return document.toString();
  };
}
