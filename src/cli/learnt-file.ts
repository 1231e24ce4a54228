import { statSync } from 'node:fs';
import type { RunResult } from '../contract/index.js';
import { changeable } from '../fixture/index.js';
import { whyUnread, whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { readUserFile } from '../text/user-file.js';
import { usage } from './arguments.js';

type Learnt = NonNullable<RunResult['learnt']>;

/**
 * Where `--learn` is to write what a run learns. What a file holds already stays: a person may have written it.
 * @throws CounterproofError USAGE where there is something already that is no fixture file; so does what is returned, and where
 *   the file cannot be written
 */
export async function learntFile(file: string): Promise<(result: RunResult) => Promise<string>> {
  await withLearnt(textOf(file), {}, '').catch((error: unknown) => {
    throw refusal(file, error, '; name another one');
  });
  return async (result) => {
    const { learnt = {}, target } = result;
    const count = Object.keys(learnt).length;
    if (count === 0) return `Nothing was learnt that a fixture file could hold, so ${file} is not written`;
    const text = await withLearnt(textOf(file), learnt, target).catch((error: unknown) => {
      throw refusal(file, error, ', so what was learnt is not written');
    });
    try {
      replaceFileSync(file, text);
    } catch (error) {
      throw usage('check', `--learn ${file} cannot be written: ${whyUnwritten(error)}`);
    }
    return `Learnt for ${count} ${count === 1 ? 'operation' : 'operations'}: ${file}, for --fixtures`;
  };
}

/** What a file says that is to be added to; nothing where there is none. */
function textOf(file: string): string {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return '';
    // What would be read of a pipe or a device is not what would be written into it.
    if (!found.isFile() && !found.isDirectory()) throw new Error('it is no file that something can be added to');
    return readUserFile(file);
  } catch (error) {
    throw usage('check', `--learn ${file} cannot be read: ${whyUnread(error)}`);
  }
}

function refusal(file: string, error: unknown, rest: string): unknown {
  if (!(error instanceof TypeError)) return error;
  const { message } = error;
  const reason = `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  return usage('check', `--learn ${file}: nothing can be added to the file that is there${rest} (${reason})`);
}

/**
 * Puts what was learnt into the text of a fixture file, which keeps its comments and all that it says.
 * @throws TypeError where that is not such a file; a sentence without a final period
 */
export async function withLearnt(text: string, learnt: Learnt, target: string): Promise<string> {
  const document = await changeable(text);
  const { isMap } = await import('yaml');

  /** Whether something can be put at a place: each place on the way to it is a mapping, or nothing. */
  function isOpen(path: readonly string[]): boolean {
    return path.every((_, depth) => {
      const around = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      return around === undefined || around === null || isMap(around);
    });
  }

  if (!isOpen(['operations', ''])) throw new TypeError('It is no fixture file');
  if (document.contents === null) {
    document.commentBefore = ` What ${target} took, as "counterproof check --learn" has learnt it.`;
  }
  for (const [id, { parameters = {}, body }] of Object.entries(learnt)) {
    const at = ['operations', id, 'contract'];
    const given = Object.entries(parameters).map(([name, value]) => [[...at, 'parameters', name], value] as const);
    for (const [path, value] of [...given, [[...at, 'body'], body] as const]) {
      if (value === undefined || document.hasIn(path) || !isOpen(path)) continue;
      document.setIn(path, document.createNode(value));
    }
  }
  return document.toString();
}
