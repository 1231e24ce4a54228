import type { Document, LeftOut } from '../../document/index.js';
import { httpMethods, type OperationEntry } from '../types.js';
import { createMatcher } from './matcher.js';
import { basePaths } from './servers.js';

/**
 * Finds what a request would have matched, had it not been left out of the document: who asks for it is told why.
 * Of the servers those of the whole document count alone, since nothing inside of it is read.
 */
export function createLeftOutFinder({
  leftOut,
  root,
}: Document): (method: string, target: string) => LeftOut | undefined {
  const reasons = new Map<OperationEntry, LeftOut>();
  const before = basePaths(root.servers);
  const routes = leftOut.flatMap((left) => {
    const [, name, path = left.name] = /^([^ /]+) (\/.*)$/.exec(left.name) ?? [];
    return (name === undefined ? httpMethods : [name]).map((method) => {
      const entry: OperationEntry = {
        id: left.name,
        method,
        path,
        pointer: '',
        summary: '',
        tags: [],
        deprecated: false,
      };
      reasons.set(entry, left);
      return { entry, basePaths: before };
    });
  });
  const match = createMatcher(routes, { fitsPath: () => true, worth: () => 0 });
  return (method, target) => {
    const found = match(method, target);
    return found.kind === 'operation' ? reasons.get(found.entry) : undefined;
  };
}
