import { readAt, setAt } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

const maskNames = /^(?:update|field) mask$/;

/**
 * Of what is sent what a mask in the query names (AIP-161): members by their paths, in camel or snake case, `*` for all. What it names
 * and is not sent is taken away.
 */
export function masked(sent: JsonObject, query: Readonly<Record<string, unknown>>): JsonObject {
  const mask = Object.entries(query).find(([name]) => maskNames.test(phraseOf(name)))?.[1];
  const paths = [mask].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : []));
  const named = paths.map((path) => path.trim()).filter((path) => path !== '');
  if (named.length === 0 || named.includes('*')) return sent;
  return named.reduce<JsonObject>((whole, path) => {
    const member: string[] = [];
    for (const step of path.split('.')) member.push(calledIn(readAt(sent, member), step));
    return setAt(whole, member, readAt(sent, member) ?? null) as JsonObject;
  }, {});
}

/** The member that is meant by a name in whichever case. */
function calledIn(object: Json | undefined, name: string): string {
  if (!isObject(object) || Object.hasOwn(object, name)) return name;
  return Object.keys(object).find((one) => phraseOf(one) === phraseOf(name)) ?? name;
}
