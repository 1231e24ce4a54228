import type { Part } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { following } from '../coherence/coherent.js';
import type { Call } from './call.js';

/**
 * A row in whose list one thing was added, changed or taken away, with what its sums and counts say then.
 * @returns null where the list has no such thing
 */
export function parted(
  row: Json,
  { member, change, parameter, key }: Part,
  { values, completed }: Pick<Call<never>, 'values' | 'completed'>,
  isValid: (row: Json) => boolean,
): Json | null {
  if (!isObject(row)) return null;
  const held = row[member];
  const list = Array.isArray(held) ? held : [];
  const { body } = values;
  const sent = isObject(body) ? (body as JsonObject) : {};
  const place =
    key === null
      ? -1
      : list.findIndex((one) => isObject(one) && scalarText(one[key]) === scalarText(values.path[parameter ?? '']));
  if (change !== 'add' && place < 0) return null;
  const next =
    change === 'add'
      ? [...list, sent]
      : list.flatMap((one, index) => (index !== place ? [one] : change === 'remove' ? [] : [changedItem(one, sent)]));
  const whole = completed({ [member]: next }, row) as JsonObject;
  const changed = { ...row, [member]: whole[member] as Json };
  return isValid(changed) ? following(row, changed, isValid) : null;
}

function changedItem(item: Json, sent: JsonObject): Json {
  return isObject(item) ? following(item, { ...item, ...sent }, () => true) : item;
}
