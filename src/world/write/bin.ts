import type { ListRole, Resource } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, wordsOf } from '../../text/words.js';
import { unended } from '../coherence/age.js';
import { datesAt } from '../coherence/states.js';
import type { Ground } from '../ground.js';
import { rowSchemaOf, shapesOf } from '../shape.js';

const binWords = /^(?:trash|trashed|bin|recycle bin|trash bin|deleted|recently deleted)$/;

/** Whether a list shows what was deleted (`/tickets/trash`), and nothing else. */
export const isBin = ({ entry: { path } }: Pick<ListRole, 'entry'>): boolean =>
  binWords.test(wordsOf(path.split('/').at(-1) ?? '').join(' '));

const dateNames = /^(?:deleted|removed|trashed) (?:at|on|date|time)$|^(?:date deleted|deletion (?:date|time))$/;
const flagNames = /^(?:is |in )?(?:deleted|removed|trashed|trash)$/;

/** What was deleted, with when that was, as far as rows say so. */
export function binned(row: Json, resource: Resource, ground: Ground, time: number): Json {
  if (!isObject(row)) return row;
  const schema = rowSchemaOf(resource, ground);
  let was: JsonObject = row;
  for (const name of new Set([...Object.keys(row), ...(shapesOf(resource, ground)[0]?.names ?? [])])) {
    const words = phraseOf(name);
    const values: readonly Json[] = dateNames.test(words) ? datesAt(time) : flagNames.test(words) ? [true] : [];
    was = values.map((value) => ({ ...was, [name]: value })).find((one) => fits(schema, one)) ?? was;
  }
  return was;
}

/** The same as it was before. */
export function unbinned(was: Json, resource: Resource, ground: Ground): Json {
  const schema = rowSchemaOf(resource, ground);
  const isAny = () => true;
  return unended(was, false, isAny, (row) => fits(schema, row));
}
