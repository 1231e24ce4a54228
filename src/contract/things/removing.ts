import { readPathKey } from '../../operation/index.js';
import { wordsOf } from '../../text/words.js';

/** What a path calls that which removes things, whatever its method. */
const removing = new Set([
  'delete',
  'remove',
  'destroy',
  'purge',
  'clear',
  'truncate',
  'wipe',
  'flush',
  'erase',
  'prune',
]);

/** Whether a path says by its last segment that things are removed there. */
export function saysRemoval(path: string): boolean {
  const last = readPathKey(path).path.split('/').at(-1) ?? '';
  return wordsOf(last).some((word) => removing.has(word));
}
