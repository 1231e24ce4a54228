import { type ItemRole, keyOf } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { Change } from '../kept-row.js';
import { Listing } from '../list/listing.js';
import type { Call, ItemOutcome } from './call.js';
import { described } from './described.js';
import { deletionOf } from './restore.js';

/**
 * Rows that the body or a list of keys in the query names; else those that the query describes; else all. What is said of them
 * and cannot be read names none: to take away too little is mended more easily than to take away all.
 */
export function deleteMany(call: Call<ItemRole>): ItemOutcome {
  const { role, base, state, values } = call;
  const body = values.body as Json | undefined;
  const inQuery = Object.entries(values.query).filter(([name]) => isKeyList(name));
  const named =
    isObject(body) || Array.isArray(body) || inQuery.length > 0
      ? new Set([...keysIn(body, role), ...inQuery.flatMap(([, value]) => [value].flat().flatMap(parted))])
      : null;
  const listing = new Listing(base, state);
  const isMeant = described(role.resource, values.query);
  const changes: Change[] = [];
  for (let index = 0; index < listing.size; index++) {
    const value = listing.at(index);
    if (value === undefined) continue;
    // What no member of a row says, its path says.
    const key = role.resource.key === null ? listing.keyAt(index) : keyOf(role.resource, value);
    if (key === undefined) continue;
    if (named === null ? isMeant(value) : named.has(key)) changes.push(deletionOf(call, key, { value }));
  }
  return { kind: 'done', row: null, changes, isCreated: false, tag: null };
}

/** Keys in a list, or in a list that a member holds, as they are or as members of things. */
function keysIn(body: Json | undefined, { resource }: ItemRole): string[] {
  const lists = Array.isArray(body) ? [body] : isObject(body) ? Object.values(body).filter(Array.isArray) : [];
  return lists.flat().flatMap((one) => {
    if (typeof one === 'string' || typeof one === 'number') return [scalarText(one)];
    const key = isObject(one) ? keyOf(resource, one) : undefined;
    return key === undefined ? [] : [key];
  });
}

const isKeyList = (name: string): boolean => /^(ids|keys)$| ids$/.test(phraseOf(name));

const parted = (value: unknown): string[] => scalarText(value).split(',');
