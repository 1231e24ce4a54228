import { copying, type ItemRole, type Resource } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { Ground } from '../ground.js';
import type { Call } from './call.js';
import { membersOf } from './members.js';

/** What says of each thing by itself which it is, and how it is doing. */
const ownMembers =
  /^(?:_?id|uuid|key|code|slug|number|name|title|type|kind|url|href|version|status|state|links|metadata)$|\b(?:at|on|date|time|id)$/;

/** What says of a thing when it was made and changed, where it is, and how often it was written. */
const ofItself = /^(?:version|revision|url|href|self|links)$|\b(?:at|on|date|time|url)$/;

/** Whether a path makes another thing like the one that it names: `POST /files/{id}/copy`. */
export function isCopying({ path, scope, resource }: Pick<ItemRole, 'path' | 'scope' | 'resource'>): boolean {
  const [, word = ''] = /[/:-]([a-z]+)\/?$/i.exec(path) ?? [];
  return scope.at(-1)?.resource === resource && copying.has(word.toLowerCase());
}

/** What a new row has of the thing that it is made of: an order has the items of its cart, and a reply stands where its message does. */
export function takenFrom({ source, role, ground }: Call<ItemRole>, made: Json): JsonObject {
  if (!isObject(source) || !isObject(made)) return {};
  const key = role.resource.key?.member[0];
  const isTaken = takenBy(role, made, ground);
  return Object.fromEntries(Object.entries(source).filter(([name, value]) => name !== key && isTaken(name, value)));
}

/** Which members a new row has of the thing that it is made of. */
function takenBy(role: ItemRole, made: JsonObject, ground: Ground): (name: string, value: Json) => boolean {
  const { resource, scope } = role;
  if (isCopying(role)) return (name, value) => value !== null && !ofItself.test(phraseOf(name));
  if (scope.at(-1)?.resource === resource) {
    const places = new Set(resource.roles.flatMap((one) => one.scope.flatMap((each) => placeIn(each, resource))));
    return (name) => places.has(name);
  }
  // What is documented for what nobody sends is no other thing's.
  const usual = new Map(membersOf(role, ground).usual);
  // What it comes to follows from its own lines, where it has such.
  const own = Object.values(made).some((value) => Array.isArray(value)) ? /\btotal$/ : /^$/;
  const isOwn = (words: string) => ownMembers.test(words) || own.test(words);
  return (name, value) => Object.hasOwn(made, name) && value !== null && !usual.has(name) && !isOwn(phraseOf(name));
}

/** The member by which things say below what of another kind they stand. */
function placeIn({ resource, member }: ItemRole['scope'][number], own: Resource): readonly string[] {
  return resource === own || member?.length !== 1 ? [] : member;
}
