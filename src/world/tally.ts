import type { RequestValues } from '../operation/index.js';
import type { Schema } from '../schema/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';

/** How many things something was done to: `deleted`, `updated_count`, `affectedRows`. */
const done =
  /^(?:n |num |number of |total )?(?:deleted|removed|updated|changed|modified|created|added|inserted|imported|archived|restored|moved|copied|affected|processed|succeeded|successful|success|accepted|queued|sent|assigned)(?: (?:count|total|rows|items|records))?$/;
const failed =
  /^(?:n |num |number of |total )?(?:failed|failures?|errors?|skipped|rejected|invalid|missing|not found)(?: (?:count|total|rows|items|records|ids))?$/;

/** What an answer says how it went in. */
const summaries = /^(?:data|results?|summary|stats|statistics|meta|counts)$/;

/**
 * An answer to what is asked for several things at once that says how many these were: as many as the body of the request, or else its
 * query, has in the one list that it holds, and of none that it failed.
 */
export function tallied(value: Json, { body, query }: Pick<RequestValues, 'body' | 'query'>, schema: Schema): Json {
  const count = countIn(body as Json | undefined) ?? countIn(query as Json);
  if (count === undefined || !isObject(value)) return value;
  let whole = inObject(value, count, (changed) => schema.accepts(changed));
  for (const name of Object.keys(whole).filter((one) => summaries.test(phraseOf(one)))) {
    const [before, inner] = [whole, whole[name]];
    if (!isObject(inner)) continue;
    whole = { ...before, [name]: inObject(inner, count, (told) => schema.accepts({ ...before, [name]: told })) };
  }
  return whole;
}

function countIn(body: Json | undefined): number | undefined {
  if (Array.isArray(body)) return body.length;
  const [only, ...others] = isObject(body) ? Object.values(body).filter(Array.isArray) : [];
  return others.length === 0 ? only?.length : undefined;
}

function inObject(object: JsonObject, count: number, isValid: (changed: JsonObject) => boolean): JsonObject {
  let whole = object;
  for (const [name, value] of Object.entries(object)) {
    const told = countFor(phraseOf(name), value, count);
    if (told === undefined) continue;
    const changed = { ...whole, [name]: told };
    if (isValid(changed)) whole = changed;
  }
  return whole;
}

function countFor(words: string, value: Json, count: number): Json | undefined {
  if (failed.test(words)) return typeof value === 'number' ? 0 : Array.isArray(value) ? [] : undefined;
  return done.test(words) && Number.isInteger(value) ? count : undefined;
}
