import type { Resource } from '../../resource/index.js';
import type { Thing } from '../things/harvest.js';
import { checkScope } from './apart.js';
import { checkChange } from './changing.js';
import { checkDelete, checkReadAgain } from './deleting.js';
import type { Hands } from './hands.js';
import { Life } from './life.js';
import { checkList } from './lists.js';
import { checkManyMade, isMaking } from './many.js';
import { checkReplace } from './replacing.js';
import { witnessOf } from './witness.js';

/**
 * What can be made with others alone: what one request makes, and what becomes of it.
 * @returns why it cannot be followed; null where it was, or nothing makes it
 */
export async function liveTogether(hands: Hands, resource: Resource): Promise<string | null> {
  const [make] = hands.beside(resource).filter(isMaking);
  if (make === undefined) return null;
  const above = resource.scope.at(-1);
  const parent = above?.resource ? await hands.make(above.resource, `to have ${resource.name} below it`) : null;
  if (typeof parent === 'string') return parent;
  const scope = above && parent ? { ...parent.thing.scope, [above.parameter]: parent.thing.key } : {};
  const open = resource.scope.find(({ parameter }) => scope[parameter] === undefined);
  if (open !== undefined) return `nothing is known that makes what it stands below ({${open.parameter}})`;
  const life = new Life(hands, resource);
  const thing: Thing = { resource, scope, under: scope, key: null, row: null, origin: 'listed', from: resource.name };
  const [first, second = null] = await checkManyMade(life, make.role, { thing });
  if (first === undefined) return null;
  const { list } = life.roles;
  if (list !== undefined) await checkList(hands, { role: list, path: hands.pathTo(list, first.thing) });
  await checkReadAgain(life, first);
  await checkScope(life, first);
  const witness = await witnessOf(life, second);
  const changed = await checkChange(life, first, witness);
  const replaced = await checkReplace(life, changed.made);
  await checkDelete(life, replaced.made, second);
  return null;
}
