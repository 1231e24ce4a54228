import type { Shapes } from './shapes.js';
import type { Reference, Resource } from './types.js';
import { afterNoun, fold, isSameNoun, wordsOf } from './words.js';

/** A resource that members may name a thing of, with what its things are called. */
export interface Referable {
  readonly resource: Resource;
  readonly noun: string;
}

/**
 * The members of a row that name a thing of a resource: by name (`authorId`, `tagIds`, `owner_user_id`, `author`), or as an
 * object of its schema (`author.id`).
 * @param row where the schema of the row stands
 * @param own the members that are the key
 */
export function referencesOf(
  shapes: Shapes,
  row: string,
  own: readonly string[],
  candidates: readonly Referable[],
): Reference[] {
  const found: Reference[] = [];
  for (const [name, at] of shapes.members(row)) {
    if (own[0] === name && own.length === 1) continue;
    const item = shapes.item(at);
    if (item !== undefined) {
      const target = shapes.isScalar(item) ? keyed(name, candidates, shapes, item) : undefined;
      if (target) found.push({ member: [name], resource: target, isList: true });
      continue;
    }
    if (shapes.isScalar(at)) {
      const target = keyed(name, candidates, shapes, at);
      if (target) found.push({ member: [name], resource: target, isList: false });
      continue;
    }
    const target = objectOf(name, at, candidates, shapes);
    if (target?.key) found.push({ member: [name, ...target.key.member], resource: target, isList: false });
  }
  return found;
}

/** `authorId` names one of `authors`; so does `author` where it is of the key's type and format. */
function keyed(
  name: string,
  candidates: readonly Referable[],
  shapes: Shapes,
  at: Parameters<Shapes['types']>[0],
): Resource | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const isId = /^(?:ids?|uuids?|guids?|keys?)$/.test(last);
  const stem = isId ? words.slice(0, -1) : words;
  if (stem.length === 0) return undefined;
  const matching = candidates.filter(({ resource, noun }) => {
    if (resource.key === null || resource.isSingleton) return false;
    const rest = afterNoun(name, noun);
    const keyName = fold(resource.key.member.join(''));
    if (rest !== null && rest !== '' && (rest === keyName || /^(?:ids?|uuids?|guids?)$/.test(rest))) return true;
    // `created_by_user_id` ends in the noun; `user` is the noun.
    const ends = isSameNoun(stem.slice(-wordsOf(noun).length).join(''), wordsOf(noun).join(''));
    return ends && (isId || (rest === '' && isLikeKey(shapes, at, resource)));
  });
  return nearest(matching);
}

function isLikeKey(shapes: Shapes, at: Parameters<Shapes['types']>[0], { key, schema }: Resource): boolean {
  const other = key && shapes.at(schema, key.member);
  if (!other) return false;
  if (shapes.core(at) === shapes.core(other)) return true;
  const format = shapes.keyword(at, 'format');
  const types = shapes.types(at);
  if (shapes.keyword(at, 'enum') !== undefined || format !== shapes.keyword(other, 'format')) return false;
  // A plain text may be anything that is called so.
  return Boolean(types?.has('integer') && shapes.types(other)?.has('integer')) || format !== undefined;
}

/** An object of the schema of a resource, or one that is called like it and has its key. */
function objectOf(
  name: string,
  at: Parameters<Shapes['types']>[0],
  candidates: readonly Referable[],
  shapes: Shapes,
): Resource | undefined {
  const keyedOnes = candidates.filter(
    ({ resource }) => resource.key !== null && shapes.isScalar(shapes.at(at, resource.key.member) ?? at),
  );
  const same = keyedOnes.filter(({ resource }) => shapes.areOne(at, resource.schema));
  const called = (one: Referable) => afterNoun(name, one.noun) === '';
  const best = same.filter(called);
  if (best.length > 0 || same.length > 0) return nearest(best.length > 0 ? best : same);
  return nearest(keyedOnes.filter((one) => called(one) && shapes.likeness(at, one.resource.schema) >= 0.75));
}

/** Of several the one that stands under the fewest others. */
function nearest(candidates: readonly Referable[]): Resource | undefined {
  return candidates.toSorted((a, b) => a.resource.scope.length - b.resource.scope.length)[0]?.resource;
}
