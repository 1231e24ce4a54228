import type { Outline } from './outline.js';
import type { Step } from './path.js';
import type { Shape } from './shape.js';
import type { Relation, RelationRole } from './types.js';
import { fold, isSameName } from './words.js';

/** What an operation does with a relation of a row, and where in its body the other things stand. */
export type RelationVerdict = Pick<RelationRole, 'relation' | 'change' | 'body'>;

const changes: Readonly<Record<string, RelationRole['change']>> = {
  POST: 'add',
  PUT: 'replace',
  PATCH: 'replace',
  DELETE: 'remove',
};

/**
 * Below the path of one thing, what its relations are changed by: `/articles/{id}/relationships/tags` (JSON:API 1.1, 9.4), and
 * `/issues/{number}/labels` where it takes keys of labels.
 * @param below the steps behind the thing's own
 * @returns null where it is about something else
 */
export function judgeRelation(
  outline: Outline,
  relations: readonly Relation[],
  below: readonly Step[],
): RelationVerdict | null {
  const words = below.flatMap((step) => ('word' in step ? step.word : []));
  const word = words.at(-1);
  if (word === undefined || words.length !== below.length || words.length > 2) return null;
  const isLinkage = words.length === 2 && fold(words[0] ?? '') === 'relationships';
  if (words.length === 2 && !isLinkage) return null;
  const relation = relations.find(({ name }) => isSameName(name, word));
  if (relation === undefined) return null;
  const { method } = outline.entry;
  // What lists related things is a list of these.
  if (method === 'GET') return isLinkage ? { relation, change: 'read', body: null } : null;
  const change = changes[method];
  const [body] = outline.bodies;
  if (change === undefined || body === undefined) return null;
  const path = pathOfKeys(body.shape, relation, isLinkage);
  return path && { relation, change, body: { mediaType: body.mediaType, path } };
}

/** Where keys of other things, or identifiers of them, stand in a body; null where something else is sent. */
function pathOfKeys(body: Shape, { isList }: Relation, isLinkage: boolean): readonly string[] | null {
  if (isLinkage) return body.members.has('data') ? ['data'] : null;
  if (isList && body.item?.isScalar) return [];
  const lists = [...body.members].filter(([, shape]) => shape.item?.isScalar);
  const [only, ...others] = lists;
  return isList && only !== undefined && others.length === 0 && body.members.size === 1 ? [only[0]] : null;
}
