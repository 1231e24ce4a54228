import type { OperationEntry } from '../../operation/index.js';
import type { Resources } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { idOf, isSame, type Thing } from './harvest.js';
import { pathOf } from './path-of.js';

/** Things that went with others, which steps may still name that were planned before. */
export class LostThings {
  readonly #things = new Map<string, Thing>();

  readonly #removed = new Set<string>();

  /** For a thing that the run has deleted by itself. */
  end(thing: Thing): Thing {
    this.#removed.add(idOf(thing));
    return thing;
  }

  /** Whether the run has deleted a thing, which a list may show for a while after. */
  hasEnded(thing: Pick<Thing, 'resource' | 'scope' | 'key'>): boolean {
    return this.#removed.has(idOf(thing));
  }

  add(thing: Thing): void {
    this.#things.set(idOf(thing), thing);
  }

  /** For a thing that is there again. */
  remove(thing: Thing): void {
    this.#things.delete(idOf(thing));
  }

  /** The one that a path of an operation names with these values. */
  in(resources: Resources, entry: OperationEntry, values: Readonly<Record<string, Json>>): Thing | undefined {
    const named = resources.named(entry);
    return [...this.#things.values()].find((thing) => {
      const index = named.findIndex(({ resource }) => resource === thing.resource);
      const path = Object.entries(index === -1 ? {} : pathOf(named, thing, index));
      return path.length > 0 && path.every(([name, value]) => isSame(values[name], value));
    });
  }
}
