import type { Operation } from '../operation/index.js';
import { type Named, type Resource, type Role, readAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import type { BaseWorld } from './base.js';
import type { WorldAnswer, WorldRequest } from './exchange.js';
import { type Ground, isNamedByPath } from './ground.js';
import { forbiddenBelow } from './write/forbidden.js';

/**
 * The refusal where something that the rows belong to was deleted, or does not exist: then there are none. Or it is in a state in which the
 * document says that nothing is done below it.
 */
export function missingParent(
  role: Pick<Role, 'keyParameter' | 'resource'> & { readonly kind: string; readonly scope: readonly Named[] },
  asked: WorldRequest,
  ground: Ground,
  rows: BaseWorld,
): WorldAnswer | null {
  const { state, seed, operation, values } = asked;
  const parents = role.scope;
  const gone = goneAbove(role, asked, rows);
  if (gone !== null || parents.length === 0) return gone;
  const keys = parents.map(({ parameter }) => scalarText(values.path[parameter]));
  for (const [index, { resource }] of parents.entries()) {
    if (resource === null || resource.isSingleton) continue;
    if (resource.key === null && !isNamedByPath(resource)) continue;
    if (resource.scope.length > index) continue;
    const base = rows.now(resource, keys.slice(index - resource.scope.length, index), { state, seed });
    const key = keys[index] as string;
    const kept = state.collection(base.name)?.row(key);
    const isUnknown = ground.isClosed && kept === undefined && base.indexOf(key) === undefined;
    if (kept === null || isUnknown) return refused(operation, resource, key, kept === null);
    const listed = kept === undefined ? base.indexOf(key) : undefined;
    const above = kept?.value ?? (listed === undefined ? undefined : base.row(listed));
    const forbidden =
      above && writing.has(role.kind)
        ? forbiddenBelow(operation, { resource, row: above }, role.resource, ground)
        : null;
    if (forbidden !== null) return forbidden;
  }
  return null;
}

/** The same of what a path names of which the rows do not tell: a picture that is made of something that was deleted. */
export function missingNamed(asked: WorldRequest, ground: Ground, rows: BaseWorld): WorldAnswer | null {
  const named = ground.resources.named(asked.operation).filter(({ naming }) => naming === undefined);
  const [{ resource } = {}] = named.slice(-1);
  if (asked.overlooksParents || resource == null) return null;
  return missingParent({ kind: 'read', scope: named, keyParameter: null, resource }, asked, ground, rows);
}

const writing: ReadonlySet<string> = new Set(['create', 'upsert', 'replace', 'merge', 'patch', 'delete', 'action']);

function refused({ responses }: Operation, { name }: Resource, key: string, isDeleted: boolean): WorldAnswer {
  const status = isDeleted && responses.some(({ key: one }) => one === '410') ? 410 : 404;
  const why = isDeleted ? ': it was deleted' : '';
  return { kind: 'refused', status, detail: `There is no row of ${name} with the key ${JSON.stringify(key)}${why}` };
}

/**
 * The same of what is listed, and made, below another thing alone (`/projects/{id}/tasks`), and has a path of its own (`/tasks/{id}`): it goes with
 * what it says that it stands below.
 */
function goneAbove(
  { keyParameter, resource }: Pick<Role, 'keyParameter' | 'resource'>,
  { state, seed, operation, values }: WorldRequest,
  rows: BaseWorld,
): WorldAnswer | null {
  const above = keyParameter === null ? null : aboveOf(resource);
  const known = above === null ? undefined : state.collection(above.resource.name);
  if (keyParameter === null || above === null || known === undefined) return null;
  const base = rows.now(resource, [], { state, seed });
  const key = scalarText(values.path[keyParameter]);
  const kept = state.collection(base.name)?.row(key);
  const index = kept === undefined ? base.indexOf(key) : undefined;
  const value = kept?.value ?? (index === undefined ? undefined : base.row(index));
  const said = value === undefined ? undefined : readAt(value, above.member);
  if (typeof said !== 'string' && typeof said !== 'number') return null;
  return known.row(scalarText(said)) === null ? refused(operation, resource, key, true) : null;
}

/** The thing below which alone things are listed and made, and by which member they say so. */
interface Above {
  readonly resource: Resource;
  readonly member: readonly string[];
}

const aboves = new WeakMap<Resource, Above | null>();

function aboveOf(resource: Resource): Above | null {
  const known = aboves.get(resource);
  if (known !== undefined) return known;
  const found = findAbove(resource);
  aboves.set(resource, found);
  return found;
}

function findAbove(resource: Resource): Above | null {
  const { scope, roles } = resource;
  if (scope.length > 0) return null;
  const made = roles.filter(({ kind }) => kind === 'create');
  const lists = roles.filter(({ kind }) => kind === 'list');
  const own = lists.find(({ path }) => made.length > 0 && made.every((one) => one.path === path));
  if (lists.some((list) => list.scope.length === 0)) return null;
  const { resource: above, member } = own?.scope.at(-1) ?? {};
  const isOther = above != null && above !== resource && above.scope.length === 0;
  return isOther && member ? { resource: above, member } : null;
}
