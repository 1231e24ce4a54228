import { type FoundResource, FoundRole, type RolePath } from './found.js';
import type { Outline } from './outline.js';
import type { Known } from './scope.js';
import type { RelationRole } from './types.js';

export class FoundRelation extends FoundRole implements RelationRole {
  readonly kind = 'relation';
  readonly answer = null;

  constructor(
    outline: Outline,
    resource: FoundResource,
    path: RolePath,
    known: Known,
    { relation, change, body }: Pick<RelationRole, 'relation' | 'change' | 'body'>,
  ) {
    super(outline, resource, path, known);
    this.relation = relation;
    this.change = change;
    this.body = body;
  }

  readonly relation: RelationRole['relation'];
  readonly change: RelationRole['change'];
  readonly body: RelationRole['body'];
}
