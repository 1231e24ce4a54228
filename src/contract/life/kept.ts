import { keptWhile, type Resource } from '../../resource/index.js';
import { isSuccess } from './answers.js';
import { rowOf } from './attributes.js';
import type { Made } from './hands.js';
import { broken, isMissing, kept, Life, told } from './life.js';
import { takenBy } from './members.js';

/** Whether the document says of a thing, and calls these by their name, that it is refused to delete it as long as there are such. */
function isSaid(above: Life, child: Resource): boolean {
  const { remove } = above.roles;
  const said = remove && keptWhile(above.operation(remove), above.resource, [child]);
  return said?.isNamed === true;
}

/** What the document says is kept as long as something stands below it, or names it, is not deleted while it is there. */
export async function checkKept(life: Life, first: Made): Promise<void> {
  const { hands, resource } = life;
  const place = resource.scope.at(-1);
  const named = resource.references.find(
    (one) => !one.isList && one.resource.scope.length === 0 && isSaid(new Life(hands, one.resource), resource),
  );
  // It may be made below what it belongs to, and stand elsewhere.
  const home = place ?? life.roles.create?.scope.at(-1);
  const parentKind = place?.resource ?? named?.resource ?? home?.resource;
  if (!parentKind || parentKind === resource || !hands.isWanted('deleted-gone')) return;
  const above = new Life(hands, parentKind);
  const { remove } = above.roles;
  if (!remove || !isSaid(above, resource)) return;
  const parent = await hands.make(parentKind, 'to be kept while something depends on it');
  if (typeof parent === 'string') return;
  const child = home?.resource === parentKind ? await below() : await naming();
  if (child === null) return;
  const before = await life.read(child.thing, 'read what another one is kept for');
  if (before === undefined ? !isSuccess(child.exchange) : isMissing(before.status) !== false) return;
  const deleting = await above.ask(remove, parent.thing, 'delete what another depends on', { mayBeRefused: true });
  if (deleting === null || deleting.received.status === 202) return;
  await hands.hold('deleted-gone', async () =>
    isSuccess(deleting)
      ? broken(deleting, {
          message: `What the document says is kept while others depend on it was deleted: ${told(child.exchange)}, and then ${told(deleting)}`,
          expected: 'a refusal, as the document says',
          received: `status ${deleting.received.status}`,
          cause: 'deleted with what depends on it',
        })
      : kept(deleting),
  );

  /** One that stands below it. */
  async function below(): Promise<Made | null> {
    if (typeof parent === 'string' || !home) return null;
    const under = { ...parent.thing.scope, [home.parameter]: parent.thing.key };
    const standing = { ...parent.thing, resource, scope: under, under, key: null, row: null };
    const scope = place === undefined ? under : life.besides(standing);
    const made = await hands.make(resource, 'for which another one is kept', scope);
    return typeof made === 'string' ? null : made;
  }

  /** One that names it. */
  async function naming(): Promise<Made | null> {
    const { create } = life.roles;
    const [member = '', ...inner] = named?.member ?? [];
    if (typeof parent === 'string' || create?.kind !== 'create' || inner.length > 0) return null;
    if (!takenBy(life.operation(create), create).some(({ name }) => name === member)) return null;
    const drawn = await hands.fresh(create, first.thing);
    const row = rowOf(create, drawn);
    if (drawn === null || !row) return null;
    const body = life.bodyWith(create, { ...row, [member]: parent.thing.key }, drawn);
    const path = hands.pathTo(create, first.thing);
    const title = 'create what names another one';
    const exchange = await hands.send({ entry: create.entry, path, body, title, mayBeRefused: true });
    return exchange && isSuccess(exchange) ? hands.madeBy(exchange, create) : null;
  }
}
