import type { ScopeParameter } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import type { BaseWorld } from './base.js';
import type { WorldAnswer, WorldRequest } from './exchange.js';
import { type Ground, isNamedByPath } from './ground.js';

/**
 * The refusal where something that the rows belong to was deleted, or does not exist: then there are none.
 * @param parents what the path of the operation names, outermost first
 */
export function missingParent(
  parents: readonly ScopeParameter[],
  { state, seed, operation, values }: WorldRequest,
  ground: Ground,
  rows: BaseWorld,
): WorldAnswer | null {
  const keys = parents.map(({ parameter }) => scalarText(values.path[parameter]));
  for (const [index, { resource }] of parents.entries()) {
    if (resource === null || resource.isSingleton) continue;
    if (resource.key === null && !isNamedByPath(resource)) continue;
    if (resource.scope.length > index) continue;
    const base = rows.now(resource, keys.slice(index - resource.scope.length, index), { state, seed });
    const key = keys[index] as string;
    const kept = state.collection(base.name)?.row(key);
    const isUnknown = ground.isClosed && kept === undefined && base.indexOf(key) === undefined;
    if (kept !== null && !isUnknown) continue;
    const status = kept === null && operation.responses.some(({ key: one }) => one === '410') ? 410 : 404;
    const why = kept === null ? ': it was deleted' : '';
    return {
      kind: 'refused',
      status,
      detail: `There is no row of ${resource.name} with the key ${JSON.stringify(key)}${why}`,
    };
  }
  return null;
}
