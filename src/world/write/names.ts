import type { Resource } from '../../resource/index.js';
import { isObject, type Json } from '../../text/value.js';
import type { Ground } from '../ground.js';
import { shapesOf } from '../shape.js';

/** What may name a row in a path, or for another one, besides its key. */
export const otherNames = ['slug', 'name', 'login', 'username', 'handle', 'code', 'key'];

/** Whether a row is called so, by what is not its key. */
export function isCalled(row: Json, text: string): boolean {
  if (!isObject(row)) return false;
  return otherNames.some((name) => row[name] === text) || (typeof row.id === 'number' && String(row.id) === text);
}

/** Whether rows have a member that may name them: else nobody need make them all to look for it. */
export function haveNames(resource: Resource, ground: Ground): boolean {
  return shapesOf(resource, ground).some(({ names }) => names === null || otherNames.some((name) => names.has(name)));
}
