import type { Named } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import type { Thing } from './harvest.js';

/** What the parameters of a path are for a thing that the parameter at `index` names. */
export function pathOf(
  named: readonly Named[],
  { resource, scope, key }: Thing,
  index: number,
): Readonly<Record<string, Json>> {
  const values: Record<string, Json> = {};
  for (const [place, above] of resource.scope.entries()) {
    const isAbove = (one: Named) =>
      above.resource === null ? one.parameter === above.parameter : one.resource === above.resource;
    const parallel = named[index - resource.scope.length + place];
    const found = parallel && isAbove(parallel) ? parallel : named.slice(0, index).find(isAbove);
    const value = scope[above.parameter];
    if (found && value !== undefined) values[found.parameter] = value;
  }
  const own = named[index];
  if (own !== undefined && key !== null) values[own.parameter] = key;
  return values;
}
