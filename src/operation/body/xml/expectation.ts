import { type At, type Part, requiredNames, type View } from '../../../schema/view.js';
import { greatest } from '../../../text/many.js';
import { primitiveTypes, type Shape, wireType } from '../../parameter/shape.js';
import { type Role, type XmlNode, xmlNodes } from './node.js';

const everyType = primitiveTypes | wireType.array | wireType.object;

/** What a schema says of a value that is to be read from XML, in any of its branches. What it finds out is kept. */
export class Expectation {
  readonly shape: Shape;
  readonly #view: View;
  readonly #ats: readonly At[];
  readonly #parts: readonly Part[];
  readonly #inner = new Map<string | number, Expectation>();
  readonly #nodes = new Map<string, XmlNode[]>();
  /** From this index on all items are alike. */
  readonly #tuple: number;

  constructor(view: View, ats: readonly At[], shape: Shape) {
    this.#view = view;
    this.#ats = ats;
    this.shape = shape;
    this.#parts = view.possible(...ats);
    this.#tuple = greatest(view.under(this.#parts, 'prefixItems').map(({ step }) => Number(step) + 1));
  }

  /** A list and nothing else. */
  get isList(): boolean {
    return this.shape.types === wireType.array;
  }

  get isNullable(): boolean {
    return this.#parts.some(({ schema }) => [schema.type ?? []].flat().includes('null'));
  }

  /** An object, since it names members and says nothing of other types. */
  get isImpliedObject(): boolean {
    return this.shape.types === everyType && this.shape.names.length > 0;
  }

  allows(type: number): boolean {
    return (this.shape.types & type) !== 0;
  }

  requires(name: string): boolean {
    return requiredNames(this.#parts).has(name);
  }

  member(name: string): Expectation {
    return this.#within(name, () => [this.#view.member(this.#parts, name), this.shape.member(name)]);
  }

  item(index: number): Expectation {
    const alike = Math.min(index, this.#tuple);
    return this.#within(alike, () => [this.#view.item(this.#parts, alike), this.shape.item(alike)]);
  }

  #within(step: string | number, look: () => [readonly { readonly to: At }[], Shape]): Expectation {
    const known = this.#inner.get(step);
    if (known) return known;
    const [edges, shape] = look();
    const inner = new Expectation(
      this.#view,
      edges.map(({ to }) => to),
      shape,
    );
    this.#inner.set(step, inner);
    return inner;
  }

  /** What it can be in XML. */
  nodes(inferred: string, { isItem }: Pick<Role, 'isItem'>): readonly XmlNode[] {
    const key = `${isItem} ${inferred}`;
    let nodes = this.#nodes.get(key);
    if (nodes === undefined) {
      nodes = xmlNodes(this.#view, this.#ats, { inferred, isItem, isList: this.isList }, () => true);
      this.#nodes.set(key, nodes);
    }
    return nodes;
  }
}
