import { type Resource, readAt } from '../resource/index.js';
import { viewOf } from '../schema/view.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { Ground } from './ground.js';

/** What a thing is called together with what it stands under: `full_name`, `path_with_namespace`, `nameWithOwner`. */
const pathNames = /^(?:full (?:name|path|slug)|(?:name|path|slug) with (?:owner|namespace))$/;
/** How the author shows such a name: `octocat/Hello-World`. */
const shown = /^[^/\s]+\/[^/]+$/;

const known = new WeakMap<Resource, readonly string[]>();

function pathNamesOf(resource: Resource, { operations }: Ground): readonly string[] {
  const found = known.get(resource);
  if (found !== undefined) return found;
  const view = viewOf(operations.document);
  const names = [...view.members(view.certain(resource.schema))].flatMap(([name, edges]) => {
    const examples = view.certain(...edges.map(({ to }) => to)).map(({ schema }) => schema.example);
    return pathNames.test(phraseOf(name)) && examples.some((one) => shown.test(String(one))) ? [name] : [];
  });
  known.set(resource, names);
  return names;
}

interface Naming {
  readonly resource: Resource;
  readonly scope: readonly string[];
  readonly ground: Ground;
  isOurs(name: string): boolean;
  isValid(row: Json): boolean;
}

/** A row whose name together with that of its owner is of both, as they are, where the author shows it so. */
export function withPathName(row: Json, { resource, scope, ground, isOurs, isValid }: Naming, key: string): Json {
  const owner = resource.scope.at(-1);
  const names = owner === undefined ? [] : pathNamesOf(resource, ground);
  if (!isObject(row) || owner === undefined || names.length === 0) return row;
  const said = owner.member === null ? undefined : readAt(row, owner.member);
  const above = typeof said === 'string' || typeof said === 'number' ? scalarText(said) : scope.at(-1);
  return names.reduce<Json>((whole, name) => {
    if (typeof row[name] !== 'string' || !isOurs(name) || above === undefined) return whole;
    const changed = { ...(whole as typeof row), [name]: `${above}/${key}` };
    return row[name] !== changed[name] && isValid(changed) ? changed : whole;
  }, row);
}
