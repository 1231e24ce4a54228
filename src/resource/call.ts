import { wordsOf } from '../text/words.js';
import type { Outline } from './outline.js';
import type { PathNode, Step } from './path.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { ItemRole, Key, Naming } from './types.js';
import { fold, nounForms } from './words.js';

/** What is done with things where paths say that, and not which thing is meant: `/users.create`, `/users/list`. */
export type Verb = 'list' | Extract<ItemRole['kind'], 'read' | 'create' | 'merge' | 'delete'>;

const verbs: ReadonlyMap<string, Verb> = new Map(
  (
    [
      ['list', 'list search query find index all'],
      ['read', 'get info read show describe fetch retrieve view details'],
      ['create', 'create add new insert register'],
      ['merge', 'update edit modify change patch set rename'],
      ['delete', 'delete remove destroy'],
    ] as const
  ).flatMap(([verb, words]) => words.split(' ').map((word) => [word, verb] as const)),
);

/** The verb that a path ends in, behind the word of what it is done with; undefined where it does not. */
export function verbOf({ steps }: Pick<PathNode, 'steps'>): Verb | undefined {
  const [noun, last] = steps.slice(-2);
  if (!noun || !last || !('word' in noun) || !('word' in last)) return undefined;
  const [word, ...others] = wordsOf(last.word);
  return others.length === 0 ? verbs.get(word ?? '') : undefined;
}

/** The steps of what it is done with. */
export const stepsCalled = ({ steps }: Pick<PathNode, 'steps'>): readonly Step[] => steps.slice(0, -1);

/** What says which thing a call is about, as its path calls such things, or the list of them; null where nothing does. */
export function namingOf(outline: Outline, { key, noun, lists }: Pick<Site, 'key' | 'noun' | 'lists'>): Naming | null {
  const listed = lists[0]?.path.at(-1);
  if (key === null) return null;
  return namingIn(outline, key, noun) ?? (listed === undefined ? null : namingIn(outline, key, listed));
}

/** The member of a body, or the parameter of a query, that says it; null where none does. */
function namingIn({ bodies, query }: Outline, key: Key, noun: string): Naming | null {
  const member = fold(key.member.at(-1) ?? '');
  const forms = nounForms(noun);
  const names = [member, ...forms.map((form) => form + member), ...forms, 'id', 'key'];
  const called = <T>(all: Iterable<readonly [string, T]>): string | undefined => {
    const byName = new Map(Array.from(all, ([name]) => [fold(name), name]));
    return names.map((name) => byName.get(name)).find((name) => name !== undefined);
  };
  const [body] = bodies;
  const inBody = body && called(scalarsIn(body.shape));
  if (inBody !== undefined) return { in: 'body', name: inBody };
  const inQuery = called(query.map(({ name }) => [name, name] as const));
  return inQuery === undefined ? null : { in: 'query', name: inQuery };
}

function scalarsIn(shape: Shape): readonly (readonly [string, Shape])[] {
  return [...shape.members].filter(([, member]) => member.isScalar);
}
