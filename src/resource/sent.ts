import { isForm, isJson } from '../operation/index.js';
import { namedByCall } from './call.js';
import { FoundResource } from './found.js';
import type { Outline } from './outline.js';
import type { References } from './references.js';
import type { Reference, Role } from './types.js';
import { afterNoun, fold } from './words.js';

/**
 * Members of what an operation is sent that name things of others: not those that say which thing it is about itself.
 * @param noun what the things of its role are called
 */
export function sentBy(
  { bodies }: Outline,
  role: Role | undefined,
  noun: string | undefined,
  references: References,
): readonly Reference[] {
  const body = bodies.find(({ mediaType }) => isJson(mediaType)) ?? bodies.find(({ mediaType }) => isForm(mediaType));
  if (body === undefined) return [];
  const path = role?.kind === 'list' ? [] : (role?.body?.path ?? []);
  const key = [...path, ...(role?.resource.key?.member ?? [])].join('.');
  const own = role?.kind === 'create' && role.resource instanceof FoundResource ? role.resource.asReferable : undefined;
  const found = references.sentIn(body.shape.item ?? body.shape, [], own);
  const named = role?.resource.key?.member.at(-1);
  // What makes a conversation says by `conversation_id` which one it is to be.
  const isOwn = ({ member, resource }: Reference): boolean =>
    role?.kind === 'create' &&
    resource === role.resource &&
    member.length === path.length + 1 &&
    fold(afterNoun(member.at(-1) ?? '', noun ?? '') ?? '') === fold(named ?? '');
  // What is uploaded as a `file` is the contents of the file that is made.
  const isContents = ({ member, resource }: Reference): boolean =>
    role?.kind === 'create' &&
    resource === role.resource &&
    /^multipart\//i.test(body.mediaType) &&
    afterNoun(member.join('.'), noun ?? '') === '';
  const [naming] = namedByCall(role).map(({ parameter }) => parameter);
  return found.filter((each) => ![key, naming].includes(each.member.join('.')) && !isOwn(each) && !isContents(each));
}
