import { CounterproofError, type Location, type Problem } from '../../errors.js';
import type { OperationEntry, Operations } from '../../operation/index.js';
import { nearest } from '../../text/nearest.js';
import type { Handlers } from '../operation-types.js';
import type { Handler } from './types.js';

/** A function, and where it stands. */
export interface PlacedHandler {
  /** As it is called where it stands. */
  readonly name: string;
  readonly handler: Handler;
  /** null where nobody knows. */
  readonly location: Location | null;
}

/** Where functions stand, by the name under which they are given. */
export type HandlerPlaces = ReadonlyMap<string, Location>;

const forAll = '*';

/** The functions of a mock by operation id. */
export class HandlerTable {
  readonly #byId = new Map<string, PlacedHandler>();
  readonly #forAll: PlacedHandler | undefined;

  /** @throws CounterproofError HANDLER_INVALID with everything that names no operation, or is no function */
  constructor(handlers: Handlers, operations: Operations, places: HandlerPlaces = new Map()) {
    const problems: Problem[] = [];
    for (const [name, handler] of Object.entries(handlers)) {
      const location = places.get(name) ?? null;
      const placed = { name, handler, location };
      const at = location === null ? {} : { location };
      const entry = operations.find(name);
      if (typeof handler !== 'function') {
        problems.push({ message: `The handler "${name}" is no function`, found: typeof handler, ...at });
      } else if (name === forAll) this.#forAll = placed;
      else if (entry === undefined) {
        const known = operations.entries.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
        const near = nearest(name, known).map((one) => `"${one}"`);
        const expected = near.join(' or ') || 'an operationId, or a method and a path';
        problems.push({ message: `The document has no operation "${name}"`, expected, ...at });
      } else if (this.#byId.has(entry.id)) {
        problems.push({ message: `The operation "${entry.id}" has another handler already`, found: name, ...at });
      } else this.#byId.set(entry.id, placed);
    }
    if (problems.length > 0) throw new CounterproofError('HANDLER_INVALID', problems);
  }

  /** Those that are asked for an operation, one after the other, until one says something. */
  of({ id }: Pick<OperationEntry, 'id'>): readonly PlacedHandler[] {
    return [this.#forAll, this.#byId.get(id)].filter((placed) => placed !== undefined);
  }
}
