import type { OperationEntry, Operations } from '../operation/index.js';
import type { KeyParameter } from './key.js';
import { Outline } from './outline.js';
import type { PathNode } from './path.js';
import type { Shapes } from './shape.js';

/** The outlines of the operations of a document. */
export class Outlines {
  readonly #operations: Operations;
  readonly #shapes: Shapes;
  readonly #known = new Map<OperationEntry, Outline>();

  constructor(operations: Operations, shapes: Shapes) {
    this.#operations = operations;
    this.#shapes = shapes;
  }

  of(entry: OperationEntry): Outline {
    const outline = this.#known.get(entry) ?? new Outline(entry, this.#operations, this.#shapes);
    this.#known.set(entry, outline);
    return outline;
  }

  /** The parameter of a path, as its operations declare it. */
  parameterOf(node: PathNode | null, name: string): KeyParameter {
    for (const entry of node?.entries ?? []) {
      const found = this.of(entry).pathParameters.find((each) => each.name === name);
      if (found) return found;
    }
    return { name, description: '', shape: null };
  }

  /** The parameters of a path that stand for several of its segments. */
  spelledIn(node: PathNode): readonly string[] {
    return node.entries.flatMap((entry) => [...(this.#operations.spelling(entry)?.parameters.keys() ?? [])]);
  }

  at(node: PathNode | null | undefined, method: string): Outline | undefined {
    const entry = node?.entries.find((each) => each.method === method);
    return entry && this.of(entry);
  }
}
