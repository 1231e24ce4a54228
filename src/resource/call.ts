import { wordsOf } from '../text/words.js';
import type { Outline } from './outline.js';
import { type PathNode, type Step, stepsOf } from './path.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { ItemRole, Key, Named, Naming, Role } from './types.js';
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

/**
 * The verb that a path ends in, behind the word of what it is done with, or before it in one word (`ListContacts`); undefined where it ends
 * in none.
 */
export function verbOf({ steps }: Pick<PathNode, 'steps'>): Verb | undefined {
  const [before, last] = [steps.at(-2), steps.at(-1)];
  if (!last || !('word' in last) || (before && !('word' in before))) return undefined;
  const [word = '', ...noun] = wordsOf(last.word);
  return before !== undefined || noun.length > 0 ? verbs.get(word) : undefined;
}

/** Whether a path says by its verb that it shows one thing, though it may be shown in a list: `/conversations.info`. */
export function readsOne(path: string): boolean {
  return verbOf({ steps: stepsOf(path) }) === 'read';
}

/** The steps of what it is done with. */
export function stepsCalled({ steps }: Pick<PathNode, 'steps'>): readonly Step[] {
  const last = steps.at(-1);
  const [verb = '', ...noun] = last !== undefined && 'word' in last ? wordsOf(last.word) : [];
  const above = steps.slice(0, -1);
  return noun.length > 0 && verbs.has(verb) ? [...above, { word: noun.join('-') }] : above;
}

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
  if (inBody !== undefined) return { in: 'body', member: [inBody] };
  const inQuery = called(query.map(({ name }) => [name, name] as const));
  if (inQuery !== undefined) return { in: 'query', member: [inQuery] };
  // What is sent of the thing may stand in a member that is called so: `{ "contact": { "id": 7, "name": "Ada" } }`.
  const holder = [...(body?.shape.members ?? [])].find(([name]) => forms.includes(fold(name)));
  const inside = holder && called(scalarsIn(holder[1]));
  return holder === undefined || inside === undefined ? null : { in: 'body', member: [holder[0], inside] };
}

function scalarsIn(shape: Shape): readonly (readonly [string, Shape])[] {
  return [...shape.members].filter(([, member]) => member.isScalar);
}

/** Whether a path says what is done, and of what. */
export const isCall = (path: string): boolean => verbOf({ steps: stepsOf(path) }) !== undefined;

/** What a call names, by what it is called in its query or body; none for what is no call, or names nothing. */
export function namedByCall(role: Role | undefined): Named[] {
  if (role === undefined || role.kind === 'list' || role.naming === null) return [];
  const { naming, resource } = role;
  return [{ parameter: naming.member.join('.'), resource, naming }];
}
