import type { Operation } from '../../operation/index.js';
import { requiredNames, viewOf } from '../../schema/view.js';

/** Whether a list has to be told what is asked for. */
export function asksForPart({ parameters, requestBody, document }: Operation): boolean {
  const view = viewOf(document);
  const bodies = requestBody?.content.flatMap(({ schema }) => (schema?.problem === null ? schema.pointer : [])) ?? [];
  return (
    parameters.some(({ in: place, required }) => place === 'query' && required) ||
    bodies.some((pointer) => requiredNames(view.certain(pointer)).size > 0)
  );
}
