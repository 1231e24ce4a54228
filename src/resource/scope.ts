import type { PathNode, Step } from './path.js';
import { keyOfSteps } from './path.js';
import type { Shape } from './shape.js';
import type { Resource, ScopeParameter } from './types.js';
import { afterNoun, fold, wordsOf } from './words.js';

/** What is known of all resources when a path is read. */
export interface Known {
  /** By the key of the item's path. */
  readonly byItem: Map<string, Resource>;
  readonly all: { readonly resource: Resource; readonly noun: string }[];
}

/**
 * What the parameters of a path stand for: each the key of a thing that the path is nested under, or a member of the rows.
 * @param steps those of the path, without the parameter that is the rows' own key
 * @param row where the schema of a row stands
 */
export function scopeOf(steps: readonly Step[], row: Shape, known: Known, own: Resource | null): ScopeParameter[] {
  return steps.flatMap((step, index): ScopeParameter[] => {
    if (!('parameter' in step)) return [];
    const under = known.byItem.get(keyOfSteps(steps.slice(0, index + 1)));
    const resource = under ?? named(step.parameter, known) ?? null;
    const { parameter } = step;
    if (resource === null) return [{ parameter, resource, member: plain(row, parameter) }];
    if (resource === own) {
      // What ends in the key shows that row; what goes on shows others (`/pets/{id}/similar`).
      const member = index === steps.length - 1 ? (own.key?.member ?? null) : null;
      return [{ parameter, resource, member }];
    }
    const noun = known.all.find((each) => each.resource === resource)?.noun ?? '';
    return [{ parameter: step.parameter, resource, member: repeats(row, step.parameter, resource, noun) }];
  });
}

/** `{ownerId}` names one of `owners`, wherever these are. */
function named(parameter: string, { all }: Known): Resource | undefined {
  const found = all.filter(({ resource, noun }) => {
    const rest = resource.isSingleton || resource.key === null ? null : afterNoun(parameter, noun);
    return rest !== null && (rest === '' || /^(?:id|uuid|guid|key|slug|name|code)$/.test(rest));
  });
  return found.toSorted((a, b) => (a.resource.item?.length ?? 0) - (b.resource.item?.length ?? 0))[0]?.resource;
}

/** A member that is called like a parameter: `status` of `/pets/by-status/{status}`. */
function plain(row: Shape, parameter: string): readonly string[] | null {
  if (/^(?:id|uuid|guid|key)$/.test(fold(parameter))) return null;
  const member = [...row.members].find(([name, shape]) => fold(name) === fold(parameter) && shape.isScalar);
  return member ? [member[0]] : null;
}

/** The member of a row that names the thing that it stands under: `ownerId`, `owner_id`, `owner.id`, `owner`. */
function repeats(row: Shape, parameter: string, { key }: Resource, noun: string): readonly string[] | null {
  const keyName = key === null ? 'id' : fold(key.member.at(-1) ?? '');
  const members = [...row.members];
  const isNoun = (name: string) => afterNoun(name, noun) === '' || fold(name) === fold(parameter);
  const scalars = members.filter(([, shape]) => shape.isScalar);
  const byParameter = scalars.find(
    ([name]) => fold(name) === fold(parameter) && !/^(?:id|key|name|slug)$/.test(fold(name)),
  );
  if (byParameter) return [byParameter[0]];
  const byNoun = scalars.find(([name]) => {
    const rest = afterNoun(name, noun);
    return rest !== null && rest !== '' && (rest === keyName || rest === 'id');
  });
  if (byNoun) return [byNoun[0]];
  for (const [name, shape] of members) {
    if (key !== null && isNoun(name) && shape.at(key.member) !== undefined) return [name, ...key.member];
  }
  const bare = scalars.find(([name]) => isNoun(name));
  return bare ? [bare[0]] : null;
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
