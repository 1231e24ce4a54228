import { bulkSiteOf, madeIn, manyIn } from './bulk.js';
import { changedSiteOf, changesIn, doneSiteOf } from './changes.js';
import { type FoundResource, FoundRole, type RolePath } from './found.js';
import type { Outline } from './outline.js';
import type { PathNode } from './path.js';
import type { Known } from './scope.js';
import type { Site } from './site.js';
import type { AnswerPlace, Beside, ChangesRole, ManyRole } from './types.js';

class FoundMany extends FoundRole implements ManyRole {
  readonly kind = 'create-many';
  readonly many: ManyRole['many'];
  readonly answer: AnswerPlace | null;

  constructor(
    outline: Outline,
    resource: FoundResource,
    path: RolePath,
    known: Known,
    { many, answer }: Pick<ManyRole, 'many' | 'answer'>,
  ) {
    super(outline, resource, path, known);
    this.many = many;
    this.answer = answer;
  }
}

class FoundChanges extends FoundRole implements ChangesRole {
  readonly kind = 'change-many';
  readonly changes: ChangesRole['changes'];
  readonly answer: AnswerPlace | null;

  constructor(
    outline: Outline,
    resource: FoundResource,
    path: RolePath,
    known: Known,
    { changes, answer }: Pick<ChangesRole, 'changes' | 'answer'>,
  ) {
    super(outline, resource, path, known);
    this.changes = changes;
    this.answer = answer;
  }
}

/** What makes or changes several rows of a collection at once; undefined where an operation does neither. */
export function severalOf(
  outline: Outline,
  node: PathNode,
  collections: ReadonlyMap<string, Site>,
  resources: ReadonlyMap<Site, FoundResource>,
  known: Known,
): Beside | undefined {
  const path = { keyParameter: null, steps: node.steps };
  const made = bulkSiteOf(outline, node, collections);
  const many = made ? manyIn(outline, made) : null;
  const maker = made && resources.get(made);
  if (made !== undefined && maker !== undefined && many !== null) {
    const answer = madeIn(outline, made);
    return { as: 'many', role: new FoundMany(outline, maker, path, known, { many, answer }) };
  }
  const done = doneSiteOf(outline, node, collections);
  const acted = done && resources.get(done.site);
  if (done !== undefined && acted !== undefined) {
    const answer = madeIn(outline, done.site);
    return { as: 'changes', role: new FoundChanges(outline, acted, path, known, { changes: done.changes, answer }) };
  }
  const changed = changedSiteOf(outline, node, collections);
  const changes = changed ? changesIn(outline, changed) : null;
  const resource = changed && resources.get(changed);
  if (changed === undefined || resource === undefined || changes === null) return undefined;
  const answer = madeIn(outline, changed);
  return { as: 'changes', role: new FoundChanges(outline, resource, path, known, { changes, answer }) };
}
