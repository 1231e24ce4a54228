import type { Operations } from '../operation/index.js';
import { parsePointer } from '../text/pointer.js';
import type { Outlines } from './outlines.js';
import { stepsOf } from './path.js';

/**
 * By operation: the members that links (OpenAPI 3.2, 4.20) pass for the last parameter of its path, as paths into a row. Worked out an
 * operation at a time.
 */
export function* linkedMembers(
  operations: Operations,
  outlines: Outlines,
): Generator<null, ReadonlyMap<string, readonly (readonly string[])[]>> {
  const found = new Map<string, (readonly string[])[]>();
  const seen = new Set<string>();
  for (const entry of operations.entries) {
    for (const { target, parameters } of outlines.of(entry).links) {
      const to = operations.find(target);
      const last = to && stepsOf(to.path).at(-1);
      if (!to || !last || !('parameter' in last)) continue;
      const expression = parameters[last.parameter] ?? parameters[`path.${last.parameter}`];
      const pointer =
        typeof expression === 'string' ? /^\{?\$response\.body#(\/[^}]*)\}?$/.exec(expression)?.[1] : null;
      if (!pointer || seen.has(`${pointer} ${to.id}`)) continue;
      seen.add(`${pointer} ${to.id}`);
      const known = found.get(to.id) ?? [];
      found.set(to.id, known);
      for (const path of memberPaths(parsePointer(pointer))) known.push(path);
    }
    yield null;
  }
  return found;
}

/** A pointer into an answer, from each step on that may be where the row begins: `/data/0/id` is `id`, or `data.id`. */
function memberPaths(tokens: readonly string[]): (readonly string[])[] {
  const index = tokens.findLastIndex((token) => /^\d+$/.test(token));
  const inside = tokens.slice(index + 1);
  return inside.map((_, from) => inside.slice(from)).filter((path) => path.length > 0);
}
