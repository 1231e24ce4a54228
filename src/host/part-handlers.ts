import type { DocumentPart } from '../document/index.js';
import type { Problem } from '../errors.js';
import type { Handler, Handlers } from '../mock/index.js';
import { type Operations, takenFrom } from '../operation/index.js';
import type { LoadedHandlers } from './handlers.js';

/** Handlers that stand beside some of several documents, and call operations as these do. */
export interface PartHandlers {
  readonly loaded: Pick<LoadedHandlers, 'handlers'> & Partial<LoadedHandlers>;
  readonly parts: readonly DocumentPart[];
}

/** The handlers of several documents in the words of the whole. One for all operations is asked for those of its documents alone. */
export function joinHandlers(all: readonly PartHandlers[], operations: Operations): LoadedHandlers {
  const handlers: Record<string, Handlers[string]> = {};
  const handlerPlaces = new Map<string, NonNullable<ReturnType<LoadedHandlers['handlerPlaces']['get']>>>();
  const forAll: Handler[] = [];
  const keptOut: Problem[] = [];
  for (const { loaded, parts } of all) {
    const takenOf = parts.map((part) => takenFrom(part, operations));
    for (const [name, handler] of Object.entries(loaded.handlers)) {
      if (name === '*' && typeof handler === 'function') {
        forAll.push(ownOnly(handler as Handler, parts, operations));
        continue;
      }
      const taken = takenOf.map((of) => of(name));
      const served = parts.filter((_, index) => taken[index] === undefined);
      const place = loaded.handlerPlaces?.get(name);
      const [first] = served.length === 0 ? taken : [];
      if (first !== undefined) {
        keptOut.push({ ...first, ...(place && { location: place }) });
        continue;
      }
      const meant = new Set(served.map((part) => part.nameInWhole(name)).filter((known) => operations.find(known)));
      const [only, second] = meant;
      // What two of its documents have is refused as it is written.
      const inWhole = only !== undefined && second === undefined ? only : name;
      const free = Object.hasOwn(handlers, inWhole) ? name : inWhole;
      handlers[free] = handler;
      if (place !== undefined) handlerPlaces.set(free, place);
    }
  }
  if (forAll.length > 0) handlers['*'] = oneOf(forAll) as unknown as Handlers[string];
  return { handlers, handlerPlaces, files: all.flatMap(({ loaded }) => loaded.files ?? []), keptOut };
}

function ownOnly(handler: Handler, parts: readonly DocumentPart[], operations: Operations): Handler {
  return (context) => {
    const entry = operations.find(context.operation);
    return entry && parts.some((part) => part.ownOperation(entry)) ? handler(context) : undefined;
  };
}

/** Asks one after the other, until one says something. */
function oneOf(handlers: readonly Handler[]): Handler {
  return async (context) => {
    for (const handler of handlers) {
      const said = await handler(context);
      if (said !== undefined) return said;
    }
    return undefined;
  };
}
