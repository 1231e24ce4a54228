import { phraseOf, wordsOf } from '../text/words.js';
import type { Kin } from './list-types.js';
import type { Resource, Role } from './types.js';

/** What those are called to whom something is done, and those who do it, and what they do. */
const pairs: readonly (readonly [done: RegExp, doers: RegExp, verb: string])[] = [
  [/^(?:following|followings|followees|followed)\b/, /^followers$/, 'follow'],
  [/^(?:subscriptions|subscribed)\b/, /^subscribers$/, 'subscribe'],
  [/^(?:blocks|blocked(?! by)|blocking)\b/, /^(?:blockers|blocked by)$/, 'block'],
  [/^(?:dependencies|depends on|requires|prerequisites)$/, /^(?:dependents|required by)$/, 'depend'],
  [/^(?:references|cites|links)$/, /^(?:referenced by|citations|backlinks)$/, 'reference'],
];

/** What two are to each other. */
const mutual =
  /^(?:friends|contacts|connections|related|similar|siblings|neighbou?rs|peers|linked|matches|duplicates)\b/;
const below = /^(?:children|sub\w*|replies|kids|reports|descendants)$/;

/**
 * The lists below one thing that are of others of its kind, where no member of these says which: `/users/{id}/followers`. Two may say one
 * thing from both sides.
 */
export function kinIn(resource: Resource, roles: readonly Role[]): readonly Kin[] {
  return roles.flatMap((role): Kin[] => {
    const last = role.scope.at(-1);
    const word = /\}\/([^{}/]+)\/?$/.exec(role.path)?.[1];
    if (role.kind !== 'list' || last?.resource !== resource || last.member !== null || word === undefined) return [];
    const { parameter } = last;
    return [{ word, path: role.path, parameter, ...relationOf(word) }];
  });
}

function relationOf(word: string): Pick<Kin, 'relation' | 'side'> {
  const phrase = phraseOf(word);
  for (const [done, doers, relation] of pairs) {
    if (done.test(phrase)) return { relation, side: 'done' };
    if (doers.test(phrase)) return { relation, side: 'doers' };
  }
  const [first = ''] = wordsOf(word);
  if (below.test(first)) return { relation: first, side: 'below' };
  return { relation: phrase.replace(/s$/, ''), side: mutual.test(phrase) ? 'both' : 'done' };
}
