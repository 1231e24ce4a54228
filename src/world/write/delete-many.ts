import { type ItemRole, keyOf } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { Change } from '../kept-row.js';
import { Listing } from '../list/listing.js';
import { memberCalled } from '../list/values.js';
import { type Call, changeOf, type ItemOutcome } from './call.js';

/** Rows that a list of keys names, in the body or the query; else those that the query describes; else all. */
export function deleteMany(call: Call<ItemRole>): ItemOutcome {
  const { role, base, state, values } = call;
  const named = new Set([...keysIn(values.body as Json | undefined), ...queriedKeys(call)]);
  const listing = new Listing(base, state);
  const changes: Change[] = [];
  for (const { value } of listing.rows(0, listing.size)) {
    const key = keyOf(role.resource, value);
    if (key === undefined) continue;
    if (named.size > 0 ? named.has(key) : isDescribed(value, values.query)) changes.push(changeOf(call, key, null));
  }
  return { kind: 'done', row: null, changes, isCreated: false, tag: null };
}

function keysIn(body: Json | undefined): string[] {
  const lists = Array.isArray(body) ? [body] : isObject(body) ? Object.values(body).filter(Array.isArray) : [];
  return lists.flat().flatMap((one) => (typeof one === 'string' || typeof one === 'number' ? [String(one)] : []));
}

const isKeyList = (name: string): boolean => /^(ids|keys)$| ids$/.test(phraseOf(name));

function queriedKeys({ values }: Call<ItemRole>): string[] {
  return Object.entries(values.query)
    .filter(([name]) => isKeyList(name))
    .flatMap(([, value]) => [value].flat())
    .flatMap((one) => String(one).split(','));
}

function isDescribed(row: Json, query: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(query).every(([name, value]) => {
    const member = memberCalled(row, name);
    return member === undefined || [value].flat().some((one) => String(one) === String((row as JsonObject)[member]));
  });
}
