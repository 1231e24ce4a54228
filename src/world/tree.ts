/** Entries of a leaf, and children of an inner node, at most: what is copied for a change, and what shares one object. */
const maximumWidth = 16;

type Key = string | number;

/** A sorted list of entries, or of nodes with the first key of each. */
interface Leaf<K, V> {
  readonly keys: readonly K[];
  readonly values: readonly V[];
  readonly children: null;
  readonly size: number;
}

interface Inner<K, V> {
  readonly keys: readonly K[];
  readonly values: null;
  readonly children: readonly Node<K, V>[];
  readonly size: number;
}

type Node<K, V> = Leaf<K, V> | Inner<K, V>;

/**
 * A sorted map that never changes: a B-tree whose entries stand in its leaves. What sets or deletes gives another map, which
 * shares all but one path with this one. All of it takes logarithmic time, the entry at an index too.
 */
export class Tree<K extends Key, V> {
  readonly #root: Node<K, V>;

  private constructor(root: Node<K, V>) {
    this.#root = root;
  }

  static empty<K extends Key, V>(): Tree<K, V> {
    return new Tree<K, V>(leafOf<K, V>([], []));
  }

  get size(): number {
    return this.#root.size;
  }

  get(key: K): V | undefined {
    let node = this.#root;
    while (node.children !== null) node = node.children[Math.max(0, placeOf(node.keys, key))] as Node<K, V>;
    const place = placeOf(node.keys, key);
    return node.keys[place] === key ? node.values[place] : undefined;
  }

  /** The entry with so many before it. */
  at(index: number): readonly [K, V] | undefined {
    if (index < 0 || index >= this.size) return undefined;
    let node = this.#root;
    let left = index;
    while (node.children !== null) {
      let place = 0;
      for (; left >= (node.children[place] as Node<K, V>).size; place++)
        left -= (node.children[place] as Node<K, V>).size;
      node = node.children[place] as Node<K, V>;
    }
    return [node.keys[left] as K, node.values[left] as V];
  }

  /** The values from one index to before another. */
  slice(from: number, to: number): V[] {
    const values: V[] = [];
    collect(this.#root, from, to, values);
    return values;
  }

  /** How many keys are less than this one. */
  countBefore(key: K): number {
    let node = this.#root;
    let count = 0;
    while (node.children !== null) {
      const place = Math.max(0, placeOf(node.keys, key));
      for (let index = 0; index < place; index++) count += (node.children[index] as Node<K, V>).size;
      node = node.children[place] as Node<K, V>;
    }
    const place = placeOf(node.keys, key);
    return count + (node.keys[place] === key ? place : place + 1);
  }

  set(key: K, value: V): Tree<K, V> {
    const nodes = inserted(this.#root, key, value);
    return new Tree(nodes.length === 1 ? (nodes[0] as Node<K, V>) : innerOf(nodes));
  }

  delete(key: K): Tree<K, V> {
    const root = deleted(this.#root, key);
    if (root === this.#root) return this;
    return new Tree(root.children?.length === 1 ? (root.children[0] as Node<K, V>) : root);
  }

  /** In the order of keys. */
  *[Symbol.iterator](): Generator<readonly [K, V]> {
    const open: Node<K, V>[] = [this.#root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.children === null) {
        for (const [index, key] of node.keys.entries()) yield [key, node.values[index] as V];
      } else open.push(...node.children.toReversed());
    }
  }
}

function leafOf<K, V>(keys: readonly K[], values: readonly V[]): Leaf<K, V> {
  return { keys, values, children: null, size: keys.length };
}

/** @param children not empty, and none of them empty */
function innerOf<K, V>(children: readonly Node<K, V>[]): Inner<K, V> {
  const keys = children.map((child) => child.keys[0] as K);
  return { keys, values: null, children, size: children.reduce((sum, { size }) => sum + size, 0) };
}

/** A node of which one child is another one: mostly it begins with the same key. */
function withChild<K, V>(node: Inner<K, V>, index: number, child: Node<K, V>): Inner<K, V> {
  const { keys, children, size } = node;
  const [first] = child.keys;
  return {
    keys: keys[index] === first ? keys : keys.with(index, first as K),
    values: null,
    children: children.with(index, child),
    size: size + child.size - (children[index] as Node<K, V>).size,
  };
}

/** The index of the last key that is not greater; -1 where all are. */
function placeOf<K extends Key>(keys: readonly K[], key: K): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as K) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** One node, or two where it has become too wide for one. */
function inserted<K extends Key, V>(node: Node<K, V>, key: K, value: V): readonly Node<K, V>[] {
  const place = placeOf(node.keys, key);
  if (node.children !== null) {
    const index = Math.max(0, place);
    const nodes = inserted(node.children[index] as Node<K, V>, key, value);
    const [only] = nodes;
    if (nodes.length === 1 && only !== undefined) return [withChild(node, index, only)];
    return parted(node.children.toSpliced(index, 1, ...nodes), index, innerOf);
  }
  if (node.keys[place] === key) return [leafOf(node.keys, node.values.with(place, value))];
  const keys = node.keys.toSpliced(place + 1, 0, key);
  const values = node.values.toSpliced(place + 1, 0, value);
  const isFull = keys.length > maximumWidth;
  const middle = middleOf(keys.length, place + 1, isFull && follows(key, node.keys[place]));
  if (middle === null) return [leafOf(keys, values)];
  return [leafOf(keys.slice(0, middle), values.slice(0, middle)), leafOf(keys.slice(middle), values.slice(middle))];
}

function parted<Child, Parent>(
  children: readonly Child[],
  place: number,
  make: (children: readonly Child[]) => Parent,
): readonly Parent[] {
  const middle = middleOf(children.length, place + 1);
  return middle === null ? [make(children)] : [make(children.slice(0, middle)), make(children.slice(middle))];
}

/**
 * Where to part what is too wide; null where it is not. What grows at its end is left full, as keys often come in order; where these
 * are texts, their end is before all that begins with a higher digit: so what comes after it is no part of it any more.
 */
function middleOf(width: number, place: number, isInOrder = false): number | null {
  if (width <= maximumWidth) return null;
  if (place === width - 1) return maximumWidth;
  return isInOrder ? place + 1 : width >>> 1;
}

/** Whether a number, or the text of one, follows another. */
const follows = (key: Key, before: Key | undefined): boolean => Number(key) - 1 === Number(before);

/** Without a key; the very node where it does not have it. Only the root may be left empty. */
function deleted<K extends Key, V>(node: Node<K, V>, key: K): Node<K, V> {
  const place = placeOf(node.keys, key);
  if (place < 0) return node;
  if (node.children === null) {
    if (node.keys[place] !== key) return node;
    return leafOf(node.keys.toSpliced(place, 1), node.values.toSpliced(place, 1));
  }
  const child = node.children[place] as Node<K, V>;
  const left = deleted(child, key);
  if (left === child) return node;
  const other = place > 0 ? place - 1 : 1;
  const neighbour = node.children[other];
  if (neighbour === undefined) return left.size === 0 ? leafOf([], []) : innerOf([left]);
  const joint = place > other ? joined(neighbour, left) : joined(left, neighbour);
  if (joint === null) return withChild(node, place, left);
  return innerOf(node.children.toSpliced(Math.min(place, other), 2, joint));
}

/** Two neighbours as one, where that is narrow enough to stay so; null where it is not. */
function joined<K, V>(left: Node<K, V>, right: Node<K, V>): Node<K, V> | null {
  if (left.size === 0) return right;
  if (right.size === 0) return left;
  if (left.keys.length + right.keys.length > maximumWidth / 2) return null;
  if (left.children === null || right.children === null) {
    return leafOf([...left.keys, ...right.keys], [...(left.values ?? []), ...(right.values ?? [])]);
  }
  return innerOf([...left.children, ...right.children]);
}

/** @param from of the entries of this node */
function collect<K, V>(node: Node<K, V>, from: number, to: number, values: V[]): void {
  if (node.children === null) {
    for (let index = Math.max(0, from); index < Math.min(to, node.size); index++) values.push(node.values[index] as V);
    return;
  }
  let before = 0;
  for (const child of node.children) {
    if (before < to && before + child.size > from) collect(child, from - before, to - before, values);
    before += child.size;
  }
}
