import { headerOf, retryKeyOf } from '../../operation/index.js';
import { type ItemRole, keyOf } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { scalarText } from '../../text/integers.js';
import { child } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import type { Change } from '../kept-row.js';
import { withOwnKey } from '../own-key.js';
import { rowOf } from '../row.js';
import { rowSchemaOf } from '../shape.js';
import { bodyOf, type Call, declares, type ItemOutcome, type Refused, sentIn, underOf } from './call.js';
import { maySend } from './fresh.js';
import { holderOf } from './holder.js';
import { hasTags, tagOf } from './tag.js';
import { memberOfText, uniqueTexts } from './unique.js';

/** What comes of a row that is written: a conflict where it has what only another one may have. */
export function written(call: Call<ItemRole>, key: string, changed: Json, isCreated: boolean): ItemOutcome {
  const { role, ground, state, base } = call;
  const owning = withOwnKey(changed, role.resource, bodyOf(call), state?.row(key)?.value);
  const fitting = owning !== changed && fits(rowSchemaOf(role.resource, ground), owning) ? owning : changed;
  // A body may say something else of where it stands: the path is what is asked for.
  const row = base.scoped(fitting);
  const unique = uniqueTexts(role.resource, row, ground);
  const sent = sentIn(call);
  const holder = holderOf(role.resource, ground)?.name ?? '';
  const saidOf = (whole: Json, member: string) => child(whole, member) ?? child(child(whole, holder), member);
  const isSaid = (members: string): boolean => {
    const names = members.split('+');
    // What a client cannot say is whoever asks, and what the path says.
    const isOurs = names.length > 1 && !names.some((name) => maySend(role, name, ground));
    return isOurs || names.some((name) => saidOf(sent, name) !== undefined && saidOf(sent, name) === saidOf(row, name));
  };
  for (const text of unique) {
    // What nobody has sent is no reason to refuse what was.
    const member = memberOfText(text);
    if (isCreated && !isSaid(member)) continue;
    const other = state?.holderOf(text) ?? baseHolder(call, text);
    const status =
      other === undefined || other === key ? undefined : refusals.find((one) => declares(call, scalarText(one)));
    if (status !== undefined) return conflict(member, text.slice(member.length + 1), status);
  }
  const own = keyOf(role.resource, row) ?? key;
  const held = rowOf(base.addressed(row, own, (name) => !Object.hasOwn(sent, name)));
  held.key ??= key;
  const tag = hasTags(role.resource, ground) ? tagOf(held) : null;
  // What was written before and is written again as it stands changes nothing: what was answered since holds on.
  const before = isCreated ? undefined : state?.row(key);
  if (before?.text === held.text) return { kind: 'done', row: before, key, changes: [], isCreated, tag };
  const retry = isCreated ? retryText(call) : null;
  const texts = retry === null ? unique : [...unique, retry];
  const change = {
    collection: base.name,
    key,
    row: held.value,
    isBase: base.indexOf(key) !== undefined,
    unique: texts,
  };
  const changes = [isCreated ? asNew(change, underOf(call.around)) : change];
  return { kind: 'done', row: held, key, changes, isCreated, tag };
}

/** The change by which there is a row that was not there before. */
function asNew({ collection, key, row, isBase, unique }: Change, under: readonly string[]): Change {
  if (under.length === 0) return { collection, key, row, isBase, unique, isNew: true };
  return { collection, key, row, isBase, unique, under, isNew: true };
}

/**
 * By what a create is known again that is sent twice (`Idempotency-Key`); null where it says nothing of that. The row has it until
 * it is written again.
 */
export function retryText({ operation, request }: Call<ItemRole>): string | null {
  const parameter = retryKeyOf(operation);
  const value = parameter && headerOf(request, parameter.name.toLowerCase());
  return value === undefined || value === '' ? null : `request ${value}`;
}

/** With what a second one of its kind is refused, the best first: 400 is what many have for all that is not so. */
const refusals = [409, 422, 400] as const;

export function conflict(member: string, value: string, status = 409): Refused {
  return { kind: 'refused', status, detail: `There is one already with the ${member} ${JSON.stringify(value)}` };
}

/** The key of the row of the base world that has a text which only one may have. */
function baseHolder({ role, base, state, ground }: Call<ItemRole>, text: string): string | undefined {
  for (let index = 0; index < base.size; index++) {
    const key = base.keyAt(index);
    const row = state?.row(key) === undefined ? base.row(index) : undefined;
    if (row !== undefined && uniqueTexts(role.resource, row, ground).includes(text)) return key;
  }
  return undefined;
}
