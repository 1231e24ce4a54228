import { answeredWord, participlesOf } from '../text/participles.js';
import { phraseOf, remembering } from '../text/words.js';
import type { Shape } from './shape.js';
import { saysState } from './state-word.js';
import type { Counted, Resource, Role } from './types.js';

/** Something that stands under a row, and what one of it looks like. */
export interface Below {
  readonly resource: Resource;
  readonly row: Shape;
  /** The member by which it names the row; null where its paths are below that of the row. */
  readonly by: readonly string[] | null;
  /** How else the things are called, as the row has them. */
  readonly called?: readonly string[];
  /** What shows them, where they are of the row's own kind: they are called as that is, and not as they are. */
  readonly kin?: Counted['kin'];
  /** What stands under it, or names it, in turn. */
  further?(): readonly Below[];
  /** What stands between it and the row. */
  readonly through?: Counted['through'];
}

/**
 * Members of a row that say how many things stand under it, as far as these are listed: by themselves (`comments_count`), among
 * numbers (`stats.comments`, `_count.comments`), as the total of what is called so (`comments.total`), and of those alone that are in
 * a state (`open_issues_count`). What the server says may be described so: `Number of confirmed bookings`. What is under none of these may be
 * under what is: the cards of the columns of a board.
 */
export function countsIn(row: Shape, below: readonly Below[], of: Resource): readonly Counted[] {
  const listed = listedOf(below);
  if (listed.length === 0) return [];
  const counted = nounsByName(listed);
  let next: ReturnType<typeof nounsByName> | undefined;
  const nextBelow = () => {
    const all = listed.flatMap((one) => {
      const { resource, by, further } = one;
      const through = { resource, by };
      return listedOf(further?.() ?? []).map((each) => ({ ...each, through }));
    });
    const others = all.filter(({ resource, kin }) => kin === undefined && resource !== of);
    return nounsByName(others.filter(({ resource }) => listed.every((one) => one.resource !== resource)));
  };
  return [...numbersIn(row)].flatMap(([member, words, described]): Counted[] => {
    const found = countedIn(counted, words) ?? (described && countedIn(counted, described));
    if (found) return [{ member, ...found }];
    const [state = '', count] = words.split(' ');
    const [one, ...more] =
      count !== 'count' ? [] : listed.filter((each) => each.kin === undefined && stateCalled(state, each.row));
    const only = one && more.length === 0 ? stateCalled(state, one.row) : undefined;
    if (one && only) return [{ member, resource: one.resource, only, by: one.by }];
    if (described === undefined && !/\b(?:count|total|num|number)\b/.test(words)) return [];
    next ??= nextBelow();
    const under = countedIn(next, words) ?? (described && countedIn(next, described));
    return under ? [{ member, ...under }] : [];
  });
}

/** What of some things has a list that shows which stand under the row. */
function listedOf(below: readonly Below[]): readonly Below[] {
  return below.flatMap((one): Below[] => {
    const { resource, by, called = [], kin } = one;
    if (kin !== undefined) return [one];
    const saying = resource.roles.filter(({ kind, scope }) => kind === 'list' && says(scope.at(-1)?.member, by));
    const words = saying.map(({ path }) => phraseOf(path.split('/').at(-1) ?? '')).filter((word) => word !== '');
    const isListed = saying.length > 0 || resource.roles.some((role) => isOwnList(role, resource));
    return isListed ? [{ ...one, called: [...new Set([...called, ...words])] }] : [];
  });
}

/** What some words count of things by what these are called. */
function countedIn(counted: ReturnType<typeof nounsByName>, words: string): Omit<Counted, 'member'> | undefined {
  const meant = [words, afterFirst(words), beforeLast(words)].flatMap((each) => counted.get(each) ?? []);
  for (const { noun, below } of meant.sort((one, other) => one.at - other.at)) {
    const only = countedBy(words, noun, below.row);
    const { resource, by, kin, through } = below;
    if (only !== undefined) return { resource, only, by, kin, ...(through && { through }) };
  }
  return undefined;
}

const isOwnList = ({ kind, path }: Role, { collection }: Resource): boolean => kind === 'list' && path === collection;

const says = (member: readonly string[] | null | undefined, by: readonly string[] | null): boolean =>
  by !== null && member?.join('.') === by.join('.');

/** What a thing may be called, by what its number may be called, in the order of the things: there may be very many of them. */
function nounsByName(listed: readonly Below[]): ReadonlyMap<string, { at: number; noun: string; below: Below }[]> {
  const known = new Map<string, { at: number; noun: string; below: Below }[]>();
  let at = 0;
  for (const below of listed) {
    const { resource, called = [], kin } = below;
    const nouns = kin === undefined ? [resource.name.split('.').at(-1) ?? '', ...called] : [kin.word];
    for (const noun of nouns.map(phraseOf)) {
      at += 1;
      for (const name of new Set([noun, ...countNames(noun)])) {
        const others = known.get(name) ?? [];
        others.push({ at, noun, below });
        known.set(name, others);
      }
    }
  }
  return known;
}

const afterFirst = (words: string): string => words.split(' ').slice(1).join(' ');
const beforeLast = (words: string): string => words.split(' ').slice(0, -1).join(' ');

/** What numbers of a row say by their names, with the way to each, and what is said of them. */
function* numbersIn(row: Shape): Generator<readonly [readonly string[], string, string | undefined]> {
  for (const [name, shape] of row.members) {
    const words = phraseOf(name);
    if (mayCount(shape)) yield [[name], words, describedBy(shape, words)];
    else if (/^(?:stats|statistics|counts?|counters|attributes)$/.test(words))
      for (const [inner, inside] of shape.members)
        if (mayCount(inside)) yield [[name, inner], phraseOf(inner), describedBy(inside, phraseOf(inner))];
    if (!shape.isObject) continue;
    for (const [inner, inside] of shape.members)
      if (/^(?:total|count|total count)$/.test(phraseOf(inner)) && mayCount(inside))
        yield [[name, inner], words, undefined];
  }
}

/** What is no count of what there is. */
const boundNames = /\b(?:max|maximum|min|minimum|limit|quota|capacity|per|page|target|goal|threshold)\b/;
const numberOf =
  /^(?:the )?(?:total |current )?(?:number|count) of (?:all )?((?:[a-z-]+ )*?[a-z-]+)(?=$| (?:of|in|on|for|that|which|with|to|at|by|from|currently|there|have|has|are|is|it|this|the)\b)/;
const howMany =
  /^how many ((?:[a-z-]+ )*?[a-z-]+)(?=$| (?:of|in|on|for|that|which|with|to|at|by|from|currently|there|have|has|are|is|it|this|the)\b)/;

/** What a number that a server says counts by its description: `confirmed bookings` of `Number of confirmed bookings of this slot`. */
function describedBy(shape: Shape, words: string): string | undefined {
  const description = shape.keyword('description');
  if (shape.keyword('readOnly') !== true || typeof description !== 'string' || boundNames.test(words)) return undefined;
  const [sentence = ''] = description.toLowerCase().split(/[.;:,(\n]/, 1);
  return (numberOf.exec(sentence.trim()) ?? howMany.exec(sentence.trim()))?.[1];
}

function mayCount({ types }: Shape): boolean {
  return types === null || types.has('integer') || types.has('number');
}

/** Which of the things of a name words count, behind another word or not: null for all of them; undefined where nobody can tell which. */
function countedBy(words: string, noun: string, row: Shape): Counted['only'] | undefined {
  if (noun === words || countNames(noun).includes(words)) return null;
  const all = words.split(' ');
  // `online devices`, and `devices online`.
  if (words.startsWith(`${noun} `)) return stateCalled(all.at(-1) ?? '', row);
  const [first = ''] = all;
  // What a system says among what users say is not theirs.
  if (/^(?:user|all)$/.test(first)) return row.memberNamed('system') === undefined ? null : undefined;
  const only = stateCalled(first, row);
  return only && first === 'changed' && isWayOfChange(only.member, row) ? null : only;
}

/** Whether a state says how something was changed: what was added and what was removed was changed too (`changed_files`). */
function isWayOfChange([name = '']: readonly string[], row: Shape): boolean {
  const listed = row.members.get(name)?.keyword('enum');
  return (
    Array.isArray(listed) && listed.includes('added') && ['removed', 'deleted'].some((one) => listed.includes(one))
  );
}

/**
 * The value of a member that says of a row what a word says: `open` beside `state: [opened, closed]`, `is_open`, and `unread` beside
 * `is_read`.
 */
export function stateCalled(word: string, row: Shape): Counted['only'] | undefined {
  const forms = new Set([word, ...participlesOf(word)]);
  const opposite = /^(?:un|not ?)(.{3,})$/.exec(word)?.[1];
  for (const [name, shape] of row.members) {
    const words = phraseOf(name);
    const listed = shape.keyword('enum');
    if (saysState(name) && Array.isArray(listed)) {
      const value = listed.find((one) => typeof one === 'string' && forms.has(one.toLowerCase()));
      if (value !== undefined) return { member: [name], value };
    }
    if (!shape.is('boolean')) continue;
    if (forms.has(answeredWord(words))) return { member: [name], value: 'true' };
    if (opposite !== undefined && answeredWord(words) === opposite) return { member: [name], value: 'false' };
  }
  return undefined;
}

/** How the number of things is called that a list has, as phrases. */
export const countNames: (list: string) => readonly string[] = remembering((list) => {
  const singular = list
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');
  return [list, singular].flatMap((one) => [
    `${one} count`,
    // A total of what is money is how much it is, and not how many.
    ...(moneyNames.test(singular) ? [] : [`${one} total`, `total ${one}`]),
    `num ${one}`,
    `number of ${one}`,
    `count of ${one}`,
    `${one} size`,
    `n ${one}`,
  ]);
});

const moneyNames =
  /\b(?:tax|duty|discount|fee|tip|charge|surcharge|refund|payment|tender|credit|debit|cost|price|amount|expense|adjustment)$/;

/** Whether a member says of the list beside it how many things there are: `articlesCount` beside `articles`. */
export function countsList(name: string, list: string): boolean {
  return name !== list && countNames(phraseOf(list)).includes(phraseOf(name));
}
