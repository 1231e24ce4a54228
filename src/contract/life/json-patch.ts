import { pointerOf } from '../../text/pointer.js';
import type { Exchange } from '../types.js';
import { isSuccess } from './answers.js';
import { changesOf, hardest } from './candidates.js';
import { type Changed, checkChanged, checkOthers, checkRename } from './changed.js';
import type { Made } from './hands.js';
import type { Life } from './life.js';
import type { Member } from './members.js';
import { matching } from './validators.js';

/** So many members are tried until one step is taken. */
const mostTried = 3;

/**
 * Where a change may be told in two ways, what a JSON Patch replaces is replaced as well, and nothing else is (RFC 6902, 4.3).
 * @param taken the members that the other way takes: a schema of steps says nothing of them
 */
export async function checkJsonPatch(life: Life, made: Made, taken: readonly Member[]): Promise<Changed> {
  const { change } = life.roles;
  const unchanged = { made, last: null };
  if (change === undefined || change.kind === 'patch') return unchanged;
  const operation = life.operation(change);
  const content = operation.requestBody?.content.find(({ mediaType }) => isJsonPatch.test(mediaType));
  if (content === undefined) return unchanged;
  const before = await life.read(made.thing, 'read what will be changed by a JSON patch');
  if (!before?.row) return unchanged;
  const candidates = changesOf(life, operation, taken, before.row, {}).filter(({ ease }) => ease < hardest);
  for (const { member, value } of candidates.slice(0, mostTried)) {
    const { name } = member;
    const exchange: Exchange | null = await life.ask(change, made.thing, `replace "${name}" by a JSON patch`, {
      body: [{ op: 'replace', path: pointerOf(name), value }],
      mediaType: content.mediaType,
      mayBeRefused: true,
      ...matching(life, before.exchange, change),
    });
    if (exchange === null || !isSuccess(exchange)) continue;
    const renamed = await checkRename(life, made, exchange, { [name]: value });
    if (renamed !== null) return { made: renamed, last: exchange };
    const after = await checkChanged(life, made, exchange, { [name]: value }, taken);
    if (after?.row) await checkOthers(life, made, exchange, before, { [name]: value }, taken);
    return { made, last: exchange };
  }
  return unchanged;
}

const isJsonPatch = /^application\/json-patch\+json\b/i;
