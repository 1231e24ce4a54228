import { phraseOf, wordsOf } from '../text/words.js';
import { namedOtherwise } from './own-roles.js';
import type { PathNode, Step } from './path.js';
import { keyOfSteps, stepsOf } from './path.js';
import type { References } from './references.js';
import type { Shape } from './shape.js';
import type { Named, Resource, ScopeParameter } from './types.js';
import { fold, isListOf, nounForms, shortFormsOf } from './words.js';

/** What is known of all resources when a path is read. */
export interface Known {
  /** By the key of the item's path. */
  readonly byItem: ReadonlyMap<string, Resource>;
  readonly nouns: ReadonlyMap<Resource, string>;
  readonly references: References;
}

/**
 * What the parameters of a path stand for: each the key of a thing that the path is nested under, or a member of the rows.
 * @param steps those of the path, without the parameter that is the rows' own key
 * @param row where the schema of a row stands
 */
export function scopeOf(steps: readonly Step[], row: Shape, known: Known, own: Resource | null): ScopeParameter[] {
  return steps.flatMap((step, index): ScopeParameter[] => {
    if (!('parameter' in step)) return [];
    const { parameter } = step;
    const resource = resourceAt(steps, index, parameter, known);
    let member: readonly string[] | null | undefined;
    const find = () => {
      const before = steps[index - 1];
      const noun = before !== undefined && 'word' in before ? before.word : '';
      if (resource === null)
        return plain(row, parameter, own) ?? listed(row, [parameter, noun], index < steps.length - 1);
      if (resource !== own)
        return (
          repeats(row, parameter, resource, known.nouns.get(resource) ?? '') ??
          insideHolder(row, fold(parameter)) ??
          linked(resource, own) ??
          ownedBy(resource, own) ??
          (ownerWords.has(fold(parameter)) ? namedInside(row, fold(parameter)) : null) ??
          (own?.relations.some((one) => one.resource === resource) ? null : listed(row, [noun], true))
        );
      // What ends in the key shows that row; what goes on shows others (`/pets/{id}/similar`).
      return index === steps.length - 1 ? (own.key?.member ?? null) : below(steps.slice(index + 1), own);
    };
    return [
      {
        parameter,
        resource,
        get member() {
          if (member === undefined) {
            member = find();
            // What a thing is known by names nothing else.
            if (resource !== own && own?.key && member?.join('.') === own.key.member.join('.')) member = null;
          }
          return member;
        },
      },
    ];
  });
}

/** The resource that each parameter of a path names a thing of. */
export function namedIn(steps: readonly Step[], known: Known): Named[] {
  return steps.flatMap((step, index) =>
    'parameter' in step ? { parameter: step.parameter, resource: resourceAt(steps, index, step.parameter, known) } : [],
  );
}

/** By the path that ends there, and else by the name of the parameter. */
function resourceAt(steps: readonly Step[], index: number, parameter: string, known: Known): Resource | null {
  const prefix = keyOfSteps(steps.slice(0, index + 1));
  const under = known.byItem.get(prefix);
  if (under !== undefined) return under;
  const called = known.references.byParameter(parameter);
  // Things that stand below a parameter are not what it names one of: `{kind}` of `/widgets/{kind}/{id}`.
  return called?.item && keyOfSteps(stepsOf(called.item)).startsWith(`${prefix}/`) ? null : (called ?? null);
}

/** What a row of JSON:API says it is related to, where it does so once: `relationships.author.data.id` under `/authors/{id}`. */
function linked(resource: Resource, own: Resource | null): readonly string[] | null {
  const found = own?.references.filter((one) => one.member[0] === 'relationships' && one.resource === resource) ?? [];
  return found.length === 1 ? (found[0]?.member ?? null) : null;
}

/** What a thing is to those that are its. */
const owning = [
  /^(?:owner|author|creator|poster|created by|posted by|owned by|written by)\b/,
  /^(?:user|customer|client|member|parent|assignee|assigned to|uploader|uploaded by|organizer|host|instructor|teacher)\b/,
];

/** The member by which a thing says whose it is: `author_id` of the posts of `/users/{id}/posts`. */
function ownedBy(resource: Resource, own: Resource | null): readonly string[] | null {
  const named = own?.references.filter((one) => one.resource === resource && !one.isList) ?? [];
  for (const words of owning) {
    const [only, ...others] = named.filter(({ member }) => words.test(phraseOf(member[0] ?? '')));
    if (only !== undefined) return others.length === 0 ? only.member : null;
  }
  return null;
}

const aboveWords = /^(?:parent|(?:in )?reply|thread)/;

const belowWords: readonly (readonly [below: RegExp, above: RegExp])[] = [
  [/^(?:children|sub\w*|replies|kids)$/, aboveWords],
  [/^(?:reports|reportees|subordinates|direct|team)$/, /^(?:manager|supervisor|reports to)/],
];

/** By which member those name one of their kind that stand below it: `parent_id` for `/groups/{id}/children`. */
function below([step, ...others]: readonly Step[], own: Resource): readonly string[] | null {
  if (step === undefined || others.length > 0 || !('word' in step)) return null;
  const [first = ''] = wordsOf(step.word);
  const [, above] = belowWords.find(([words]) => words.test(first)) ?? [];
  const found = own.references.filter(
    ({ resource, isList, member }) => resource === own && !isList && above?.test(phraseOf(member[0] ?? '')),
  );
  return found.length === 1 ? (found[0]?.member ?? null) : null;
}

/** A list of texts that has what a path calls one of: `hashtags` of a post below `/hashtags/{tag}`. */
function listed(row: Shape, names: readonly string[], isAbove: boolean): readonly string[] | null {
  const wanted = names.map(fold).filter((name) => name !== '' && !ownNames.test(name));
  for (const [member, { item }] of isAbove ? row.members : []) {
    if (item?.is('string') && wanted.some((name) => isListOf(member, name))) return [member];
  }
  return null;
}

/** What a thing calls its own key. */
const ownNames = /^(?:id|uuid|guid|key|name)$/;

/**
 * A member that is called like a parameter: `status` of `/pets/by-status/{status}`, `metadata.namespace`, and `owner.login`
 * where `owner` names one of a resource.
 */
function plain(row: Shape, parameter: string, own: Resource | null): readonly string[] | null {
  const wanted = fold(parameter);
  if (ownNames.test(wanted)) return null;
  const member = scalarNamed(row, wanted);
  if (member !== undefined) return [member];
  const reference = () => own?.references.find((each) => fold(each.member[0] ?? '') === wanted)?.member;
  return insideHolder(row, wanted) ?? reference() ?? inBoth(row, wanted) ?? namedInside(row, wanted);
}

/** `metadata.namespace` where the path has `{namespace}`. */
function insideHolder(row: Shape, wanted: string): readonly string[] | null {
  if (ownNames.test(wanted)) return null;
  for (const [holder, inner] of row.members) {
    const inside = /^(?:metadata|attributes|properties)$/.test(holder) ? scalarNamed(inner, wanted) : undefined;
    if (inside !== undefined) return [holder, inside];
  }
  return null;
}

/** `owner.name` where the path has `{owner_name}`. */
function inBoth(row: Shape, wanted: string): readonly string[] | undefined {
  for (const [holder, inner] of row.members) {
    const word = fold(holder);
    const inside = wanted.startsWith(word) ? scalarNamed(inner, wanted.slice(word.length)) : undefined;
    if (inside !== undefined) return [holder, inside];
  }
  return undefined;
}

const ownerWords = new Set(['org', 'organization', 'owner', 'user', 'account', 'workspace', 'namespace']);
const namingWords = ['login', 'slug', 'username', 'handle', 'key', 'code', 'id', 'name'];

/** `org.slug` where the path has `{org}`, and `owner.login` where it says whose a thing is. */
function namedInside(row: Shape, wanted: string): readonly string[] | null {
  const holder = row.memberNamed(wanted) ?? (ownerWords.has(wanted) ? row.memberNamed('owner') : undefined);
  const inner = holder === undefined ? undefined : row.members.get(holder);
  const name = inner?.isObject ? namingWords.map((each) => scalarNamed(inner, each)).find((each) => each) : undefined;
  return holder === undefined || name === undefined ? null : [holder, name];
}

function scalarNamed(row: Shape, folded: string): string | undefined {
  const member = row.memberNamed(folded);
  return member !== undefined && row.members.get(member)?.isScalar ? member : undefined;
}

/** The member of a row that names the thing that it stands under: `ownerId`, `owner_id`, `owner.id`, `owner`. */
function repeats(row: Shape, parameter: string, resource: Resource, noun: string): readonly string[] | null {
  const { key } = resource;
  const keyName = key === null ? 'id' : fold(key.member.at(-1) ?? '');
  const own = fold(parameter);
  const nouns = [...nounForms(noun), ...shortFormsOf(noun)];
  const names = [
    ...(/^(?:id|key|name|slug)$/.test(own) ? [] : [own]),
    ...nouns.flatMap((form) => [...new Set([form + keyName, `${form}id`])]),
  ];
  const named = names.map((name) => scalarNamed(row, name)).find((member) => member !== undefined);
  const bare = nouns.map((form) => scalarNamed(row, form)).find((member) => member !== undefined);
  // Beside an id that the path does not have, `project` is what the path says: its key.
  const isOther = named !== undefined && bare !== undefined && namedOtherwise([named], resource) !== null;
  if (named !== undefined) return [isOther ? bare : named];
  const holders = [own, ...nouns].flatMap((form) => row.memberNamed(form) ?? []);
  const isList = (name: string) => row.members.get(name)?.item !== undefined;
  // The one that it stands under is one: a list beside it may be of others, or of all.
  for (const member of holders.toSorted((one, other) => Number(isList(one)) - Number(isList(other)))) {
    if (key !== null && row.members.get(member)?.at(key.member)) return [member, ...key.member];
  }
  return bare === undefined ? null : [bare];
}

/** What a resource is called: the last word of its path under the name of its parent, and more words where that is taken. */
export function nameOf(words: readonly string[], parent: Resource | null, taken: ReadonlySet<string>): string {
  const prefix = parent === null ? '' : `${parent.name}.`;
  for (let length = 1; length <= words.length; length++) {
    const name = prefix + words.slice(-length).join('-');
    if (!taken.has(name)) return name;
  }
  let number = 2;
  const name = prefix + (words.at(-1) ?? 'things');
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** The words of a path, in order. */
export function wordsOfNode({ steps }: Pick<PathNode, 'steps'>): string[] {
  return steps.flatMap((step) => ('word' in step && wordsOf(step.word).length > 0 ? step.word : []));
}
