import { memberPointers, type Resource } from '../../resource/index.js';
import { whyUnsatisfiable } from '../unsatisfiable.js';
import type { Hands } from './hands.js';
import { Roles } from './life.js';

/** Why the things of a resource can have no key, half a sentence: whatever they show as one is none. Null where they can. */
export function whyNoKey(hands: Hands, resource: Resource): string | null {
  const { create } = new Roles(resource);
  if (create === undefined || resource.key === null) return null;
  const { schemas } = hands.operation(create.entry);
  for (const pointer of memberPointers({ schemas }, resource.schema, resource.key.member)) {
    const problem = whyUnsatisfiable(schemas.at(pointer, 'response'), schemas);
    if (problem !== null) return `their key "${resource.key.member.join('.')}" can have no value: ${problem.message}`;
  }
  return null;
}
