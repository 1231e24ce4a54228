import type { Document } from '../document/index.js';
import type { Violation } from '../schema/index.js';
import { viewOf } from '../schema/view.js';

const keyword = '/required';

/**
 * What is wrong with a request, but for members that it lacks and that only the server sets: what says so in words alone is
 * `required` of requests too by the letter, and no client can know it.
 */
export function withoutServers(violations: readonly Violation[], document: Document): readonly Violation[] {
  const isServers = ({ in: place, schemaPointer, params }: Violation): boolean => {
    const { missingProperty: name } = params;
    if (place !== 'body' || !schemaPointer.endsWith(keyword) || typeof name !== 'string') return false;
    const view = viewOf(document);
    const holder = view.certain(schemaPointer.slice(0, -keyword.length));
    return view.isServers(...view.member(holder, name).map(({ to }) => to));
  };
  return violations.some(isServers) ? violations.filter((violation) => !isServers(violation)) : violations;
}
