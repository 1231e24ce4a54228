import type { ListRole, Resource } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, wordsOf } from '../../text/words.js';
import { unended } from '../coherence/age.js';
import { datesAt } from '../coherence/states.js';
import type { Ground } from '../ground.js';
import { rowSchemaOf, shapesOf } from '../shape.js';

const binWords = /^(?:trash|trashed|bin|recycle bin|trash bin|deleted|recently deleted)$/;

const isOfBin = (path: string): boolean => binWords.test(wordsOf(path.split('/').at(-1) ?? '').join(' '));

/** Whether a list shows what was deleted of its own things (`/tickets/trash`), and nothing else. */
export const isBin = ({ entry: { path }, resource }: Pick<ListRole, 'entry' | 'resource'>): boolean =>
  isOfBin(path) && !isTrash(resource);

/** Whether things are what was deleted of others, of several kinds (`/trash`, `/trash/{id}`). */
export const isTrash = ({ collection, item, scope, key }: Resource): boolean =>
  collection !== null && item !== null && key !== null && scope.length === 0 && isOfBin(collection);

const trashes = new WeakMap<Resource, Resource | null>();

/** In what a thing is when it was deleted, where the document says that it goes there, or that such are there; null for nothing. */
export function trashOf(resource: Resource, { resources, operations }: Ground): Resource | null {
  const known = trashes.get(resource);
  if (known !== undefined) return known;
  const remove = resource.roles.find(({ kind }) => kind === 'delete');
  const trash =
    remove && resource.scope.length === 0 && !isTrash(resource) ? (resources.all.find(isTrash) ?? null) : null;
  const { summary, description } = remove ? operations.compile(remove.entry) : {};
  const isSaid = /\b(?:trash|bin)\b/i.test(`${summary} ${description}`);
  const noun = phraseOf(resource.name);
  const isListed = trash?.listed(['type']).some((value) => typeof value === 'string' && noun === `${phraseOf(value)}s`);
  const found = trash && (isSaid || isListed) ? trash : null;
  trashes.set(resource, found);
  return found;
}

const dateNames = /^(?:deleted|removed|trashed) (?:at|on|date|time)$|^(?:date deleted|deletion (?:date|time))$/;
const flagNames = /^(?:is |in )?(?:deleted|removed|trashed|trash)$/;

/** Whether a member says when a thing was deleted. */
export const saysDeletion = (name: string): boolean => dateNames.test(phraseOf(name));

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
