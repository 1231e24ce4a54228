import { Random } from '../../fake/index.js';
import { type ItemRole, type Part, type RelationRole, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { valueAt } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { coherent, following } from '../coherence/coherent.js';
import type { Call } from './call.js';
import { withMe, withoutMe } from './tallied-part.js';

type Asked = Pick<Call<never>, 'values'>;

/**
 * A row in whose list one thing was added, changed or taken away, with what its sums and counts say then.
 * @returns null where the list has no such thing
 */
export function parted(
  row: Json,
  part: Part,
  asked: Pick<Call<never>, 'values' | 'completed'>,
  isValid: (row: Json) => boolean,
): Json | null {
  if (!isObject(row)) return null;
  const { member, change } = part;
  const list = listIn(row, part);
  if (part.key === null && (change !== 'add' || part.parameter !== null || part.values !== null)) {
    const next = valued(list, part, asked);
    const changed = next && { ...row, [member]: next };
    return changed && isValid(changed) ? following(row, changed, isValid) : null;
  }
  const { body } = asked.values;
  const sent = isObject(body) ? (body as JsonObject) : {};
  const place = placeIn(list, part, asked);
  // What is put where nothing is, is there from then on (RFC 9110, 9.3.4).
  const isNew = change === 'add' || (change === 'replace' && place < 0);
  if (!isNew && place < 0) return null;
  const named =
    part.key === null || change === 'add' ? {} : { [part.key]: asked.values.path[part.parameter ?? ''] as Json };
  const next = isNew
    ? [...list, { ...sent, ...named }]
    : list.flatMap((one, index) => {
        const other = index !== place ? one : change === 'remove' ? withoutMe(one) : changedItem(one, sent);
        return other === undefined ? [] : [other];
      });
  const whole = asked.completed({ [member]: next }, row) as JsonObject;
  const items = whole[member] as Json;
  // What was put without a word says of itself what it is made to say.
  const last = isNew && change === 'replace' && Array.isArray(items) ? items.at(-1) : undefined;
  const made =
    last === undefined
      ? items
      : [
          ...(items as Json[]).slice(0, -1),
          withMe(
            coherent(last, () => true, new Random(0)),
            true,
          ) as Json,
        ];
  const changed = { ...row, [member]: made };
  return isValid(changed) ? following(row, changed, isValid) : null;
}

/** What an answer shows of a row that shows no row. */
export function insideOf(role: ItemRole | RelationRole, row: Json, asked: Asked): Json | undefined {
  if (role.kind === 'relation') return readAt(row, role.relation.member);
  return role.part ? partIn(row, role.part, asked) : undefined;
}

/** What an answer shows that does not show the row: one thing of its list, or the list of values; undefined where it is not there. */
export function partIn(row: Json, part: Part, asked: Asked): Json | undefined {
  const list = listIn(row, part);
  if (part.key !== null) return list[placeIn(list, part, asked)];
  const isOfThings = part.change === 'add' && part.parameter === null && part.values === null;
  return isOfThings ? list.at(-1) : (list as Json);
}

function listIn(row: Json, { member }: Part): readonly Json[] {
  const held = isObject(row) ? row[member] : undefined;
  return Array.isArray(held) ? held : [];
}

function placeIn(list: readonly Json[], { key, parameter }: Part, { values }: Asked): number {
  if (key === null) return -1;
  const named = scalarText(values.path[parameter ?? '']);
  return list.findIndex((one) => isObject(one) && scalarText(one[key]) === named);
}

/** A list of texts or keys with more, with others or without some; null where what is to be taken away is not there. */
function valued(list: readonly Json[], { change, parameter, values: place }: Part, { values }: Asked): Json[] | null {
  const said = parameter === null ? valueAt(values.body as Json, place ?? []) : (values.path[parameter] as Json);
  const sent = said === undefined ? [] : [said].flat();
  const isSent = (one: Json) => sent.some((other) => scalarText(other) === scalarText(one));
  if (change === 'remove') return parameter !== null && !list.some(isSent) ? null : list.filter((one) => !isSent(one));
  const all = change === 'replace' ? sent : [...list, ...sent];
  const texts = all.map((one) => scalarText(one));
  return all.filter((_, index) => texts.indexOf(texts[index] as string) === index);
}

function changedItem(item: Json, sent: JsonObject): Json {
  if (isObject(item) && Object.keys(sent).length === 0) return withMe(item, false) as Json;
  return isObject(item) ? following(item, { ...item, ...sent }, () => true) : item;
}
