import { childrenOf } from '../schema/discriminator.js';
import { typeMetaAt } from '../schema/kubernetes.js';
import { type At, type Part, viewOf } from '../schema/view.js';
import { child } from '../text/pointer.js';
import type { Ground } from './ground.js';

/**
 * The schemas that hold for some row: those of the places, and of the kinds that extend one with a discriminator
 * (OpenAPI 3.1, 4.8.25), unless the places are those of one kind.
 */
export function schemasOfRows(ats: readonly At[], { operations: { schemas } }: Ground): readonly Part[] {
  const view = viewOf(schemas.document);
  const parts = view.possible(...ats);
  const own = new Set(parts.map(({ pointer }) => pointer));
  const kinds = parts.flatMap(({ schema, pointer }) => {
    const children = childrenOf(schemas.document.root, schema, pointer).map((kind) => kind.pointer);
    return children.some((kind) => own.has(kind)) ? [] : children;
  });
  return kinds.length === 0 ? parts : view.possible(...ats, ...kinds);
}

/** The members whose values say of which kind a row is. */
export function kindMembers(parts: readonly Part[]): ReadonlySet<string> {
  const names = parts.map(({ schema }) => child(schema.discriminator, 'propertyName'));
  const ofKubernetes = ['kind', 'apiVersion'].filter((name) => typeMetaAt(parts, name) !== undefined);
  return new Set([...names.filter((name) => typeof name === 'string'), ...ofKubernetes]);
}
