import type { Reference, Relation, Resource } from './types.js';

/** Where rows say which others they are related to: in a list, or as one; `inside`: where in each its key stands. */
export type Side = Pick<Relation, 'member' | 'isList' | 'inside'>;

/** What two resources say of each other: `members` of a group are users, and `groups` of a user are those that have it as a member. */
export interface Mirror {
  readonly own: Side;
  readonly other: Resource;
  readonly theirs: Side;
}

/**
 * What rows of a resource say that rows of others say too, as far as that is plain: each of the two names the other in one member
 * alone, and at least one of them in a list.
 */
export function mirrorsOf(resource: Resource): readonly Mirror[] {
  const sides = sidesOf(resource);
  return sides.flatMap(({ resource: other, ...own }) => {
    if (other === resource || other.key === null || resource.key === null) return [];
    if (sides.filter((side) => side.resource === other).length > 1) return [];
    const [theirs, ...more] = sidesOf(other).filter((side) => side.resource === resource);
    if (theirs === undefined || more.length > 0 || (!own.isList && !theirs.isList)) return [];
    return [{ own, other, theirs }];
  });
}

function sidesOf({ relations, references, embedded }: Resource): readonly (Side & Pick<Relation, 'resource'>)[] {
  const isIn = (member: readonly string[], around: readonly string[]) =>
    around.every((step, at) => step === member[at]);
  const isRelation = ({ member }: Reference) => relations.some((relation) => isIn(member, relation.member));
  // What a path below the row lists is said there.
  const lists = relations.filter(({ member }) => !embedded.some((list) => isIn(member, list.member)));
  const ones = references.filter((reference) => !reference.isList && !isRelation(reference));
  return [
    ...lists.map(({ member, isList, inside, resource }) => ({ member, isList, inside, resource })),
    ...ones.map(({ member, resource }) => ({ member, isList: false, inside: [], resource })),
  ];
}
