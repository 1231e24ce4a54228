import type { DocumentPart } from '../document/index.js';
import type { Problem } from '../errors.js';
import { createOperations } from './operations.js';
import type { Operations } from './types.js';

/**
 * Says of what one of several documents calls its operation why the whole does not serve that: of a place that two have the first answers.
 * @returns undefined of one that is served, and of a name that the document does not have
 */
export function takenFrom(part: DocumentPart, whole: Operations): (name: string) => Problem | undefined {
  let own: Operations | undefined;
  return (name) => {
    const served = whole.find(part.nameInWhole(name));
    if (served !== undefined && part.ownOperation(served) !== undefined) return undefined;
    own ??= createOperations(part.document);
    const meant = own.find(name);
    if (meant === undefined) return undefined;
    const place = part.nameInWhole(`${meant.method} ${meant.path}`);
    return {
      message: `The operation "${name}" of ${part.document.name} is not served, since another document has ${place}: what is said of it is kept out`,
    };
  };
}
