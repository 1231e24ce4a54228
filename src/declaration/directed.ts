import { type Part, requiredNames, type View } from '../schema/view.js';

/**
 * The schemas whose type is another in a request than in a response: in them, or in what they lead to, a member is required that
 * is `readOnly` or `writeOnly` (OpenAPI 3.1, 4.8.24).
 */
export function directedParts(view: View, pointers: Iterable<string>): ReadonlySet<Part> {
  const seen = new Set<Part>();
  const holders = new Map<Part, Part[]>();
  const found = new Set<Part>();
  for (const pointer of pointers) {
    for (const part of view.below(pointer, seen)) {
      for (const { to } of view.edges(part)) {
        const inner = view.part(to);
        if (inner === undefined) continue;
        const known = holders.get(inner);
        if (known) known.push(part);
        else holders.set(inner, [part]);
      }
      const certain = view.certain(part.place);
      const required = requiredNames(certain);
      const isDirected = view
        .under(certain, 'properties')
        .some(
          ({ to, step }) =>
            required.has(String(step)) && (view.isHidden('request', to) || view.isHidden('response', to)),
        );
      if (isDirected) found.add(part);
    }
  }
  // A Set grows while it is iterated.
  for (const part of found) for (const holder of holders.get(part) ?? []) found.add(holder);
  return found;
}
