import { wordsOf } from '../text/words.js';
import type { Reference, Resource } from './types.js';
import { isSameName, singularsOf } from './words.js';

/**
 * The member of the thing above that says which one of others a path below it shows: `author_id` of a book for
 * `/books/{id}/author`. Only where that shows what those others look like, and nothing but shows it.
 */
export function throughOf({ isSingleton, parent, item, roles, schema }: Resource): Reference | null {
  if (!isSingleton || parent === null || item === null || roles.some(({ kind }) => !/^(?:read|exists)$/.test(kind)))
    return null;
  const word = item.split('/').filter(Boolean).at(-1) ?? '';
  const alike = parent.references.filter(({ isList, resource }) => !isList && resource.schema === schema);
  const called = alike.filter(({ member }) => member.some((step) => isSameName(withoutKeyWord(step), word)));
  if (called.length > 0) return called.length === 1 ? (called[0] as Reference) : null;
  const [only, ...others] = alike.filter(({ resource: { name } }) =>
    singularsOf(name.split('.').at(-1) ?? '').some((noun) => isSameName(noun, word)),
  );
  return only !== undefined && others.length === 0 ? only : null;
}

/** `author` of `author_id`, and of `authorCode`. */
function withoutKeyWord(member: string): string {
  const words = wordsOf(member);
  return /^(?:ids?|uuid|guid|key|code|slug|name)$/.test(words.at(-1) ?? '') ? words.slice(0, -1).join('') : member;
}
