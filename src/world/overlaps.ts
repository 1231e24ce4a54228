import { type ItemRole, type Reference, readAt, saysState } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import { readInstant } from './coherence/instant.js';
import { Listing } from './list/listing.js';
import type { CollectionReader } from './state.js';
import type { Call, Refused } from './write/call.js';

/** What a refusal says of a time at which something is taken. */
const ofTimes =
  /\b(?:overlap\w*|double[- ]book\w*|(?:not|no longer|un) ?available (?:on|for|at|in|during|between)\b|already (?:booked|reserved|taken) (?:on|for|at|in|during|between|then)\b|(?:dates?|times?|period|slot)s? (?:is|are) (?:not available|unavailable|taken|already (?:booked|taken|reserved)))/i;
const starts =
  /^(?:check in|arrival|(?:start|starts|begin|begins|from|pickup|pick up)(?: (?:at|on|date|time))?|date from|valid from)$/;
const finishes =
  /^(?:check out|departure|(?:end|ends|until|to|return|drop off)(?: (?:at|on|date|time))?|date to|valid to)$/;
/** Who books, and what is booked by many at a time. */
const people =
  /\b(?:guest|user|customer|member|client|tenant|patient|person|employee|owner|creator|author|organizer)\b/;
/** More of them nobody looks through. */
const mostLooked = 500;

/** The refusal of what takes a thing for a time at which another one has it, where the document says so with 409; null: none has. */
export function overlapping(
  { role, base, operation }: Pick<Call<ItemRole>, 'role' | 'base' | 'operation'>,
  { key, row }: { readonly key: string; readonly row: Json | null },
  state: CollectionReader | undefined,
  named: readonly Reference[],
  isOver: (status: string) => boolean,
): Refused | null {
  const said = operation.responses.find((one) => one.key === '409')?.description ?? '';
  const taken = named.filter(({ member }) => !people.test(phraseOf(member.join(' '))));
  const span = ofTimes.test(said) ? spanIn(row) : null;
  const listing = span && taken.length > 0 ? new Listing(base, state) : null;
  if (span === null || listing === null || listing.size > mostLooked) return null;
  const keyIn = (one: Json, { member }: Reference) => scalarText(readAt(one, member) ?? null);
  for (const [index, { value }] of listing.rows(0, listing.size).entries()) {
    const other = listing.keyAt(index) === key || hasEnded(value, isOver) ? null : spanIn(value);
    const isSame = () => taken.every((one) => keyIn(value, one) === keyIn(row, one));
    if (other !== null && other.from < span.to && span.from < other.to && isSame())
      return { kind: 'refused', status: 409, detail: `One of ${role.resource.name} has it at that time already` };
  }
  return null;
}

function hasEnded(row: Json, isOver: (status: string) => boolean): boolean {
  return isObject(row) && Object.entries(row).some(([name, value]) => saysState(name) && isOver(String(value)));
}

function spanIn(row: Json | null): { readonly from: number; readonly to: number } | null {
  if (row === null || !isObject(row)) return null;
  const [from, to] = [timeAt(row, starts), timeAt(row, finishes)];
  return from === undefined || to === undefined ? null : { from, to };
}

function timeAt(row: JsonObject, names: RegExp): number | undefined {
  const name = Object.keys(row).find((one) => names.test(phraseOf(one)));
  return name === undefined ? undefined : readInstant(name, row[name])?.time;
}
