import { isForm, isJson, type OperationEntry, type Work } from '../operation/index.js';
import { namedByCall } from './call.js';
import { FoundResource } from './found.js';
import type { Outline } from './outline.js';
import type { Outlines } from './outlines.js';
import type { References } from './references.js';
import type { Reference, Resource, Role } from './types.js';
import { afterNoun, fold } from './words.js';

/** Members of what operations are sent that name things of others, looked for when somebody asks. */
export class Sent {
  readonly #outlines: Outlines;
  readonly #references: References;
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #nouns: ReadonlyMap<Resource, string>;
  readonly #found = new Map<OperationEntry, readonly Reference[]>();

  /**
   * @param roles by the operation
   * @param nouns what the things of each resource are called
   */
  constructor(
    outlines: Outlines,
    references: References,
    roles: ReadonlyMap<string, Role>,
    nouns: ReadonlyMap<Resource, string>,
  ) {
    this.#outlines = outlines;
    this.#references = references;
    this.#roles = roles;
    this.#nouns = nouns;
  }

  *by(entry: OperationEntry): Work<readonly Reference[]> {
    const role = this.#roles.get(entry.id);
    const noun = role && this.#nouns.get(role.resource);
    const known = this.#found.get(entry);
    const found = known ?? (yield* sentBy(this.#outlines.of(entry), role, noun, this.#references));
    this.#found.set(entry, found);
    return found;
  }
}

/**
 * Members of what an operation is sent that name things of others: not those that say which thing it is about itself.
 * @param noun what the things of its role are called
 */
function* sentBy(
  { bodies }: Outline,
  role: Role | undefined,
  noun: string | undefined,
  references: References,
): Work<readonly Reference[]> {
  const body = bodies.find(({ mediaType }) => isJson(mediaType)) ?? bodies.find(({ mediaType }) => isForm(mediaType));
  if (body === undefined) return [];
  const path = role?.kind === 'list' ? [] : (role?.body?.path ?? []);
  const key = [...path, ...(role?.resource.key?.member ?? [])].join('.');
  const own = role?.kind === 'create' && role.resource instanceof FoundResource ? role.resource.asReferable : undefined;
  const found = yield* references.sentIn(body.shape.item ?? body.shape, [], own);
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
