/**
 * A sorted map that never changes: a tree in balance by weight (Adams 1993, with the bounds of Hirai and Yamamoto 2011). What
 * sets or deletes gives another map, which shares all but one path with this one. All of it takes logarithmic time, the
 * entry at an index too.
 */
export class Tree<Key extends string | number, Value> {
  readonly #root: Node<Key, Value> | null;

  private constructor(root: Node<Key, Value> | null) {
    this.#root = root;
  }

  static empty<Key extends string | number, Value>(): Tree<Key, Value> {
    return new Tree<Key, Value>(null);
  }

  get size(): number {
    return sizeOf(this.#root);
  }

  get(key: Key): Value | undefined {
    let node = this.#root;
    while (node !== null) {
      if (key === node.key) return node.value;
      node = key < node.key ? node.left : node.right;
    }
    return undefined;
  }

  /** The entry with so many before it. */
  at(index: number): readonly [Key, Value] | undefined {
    let node = this.#root;
    let left = index;
    while (node !== null) {
      const before = sizeOf(node.left);
      if (left === before) return [node.key, node.value];
      if (left < before) node = node.left;
      else {
        left -= before + 1;
        node = node.right;
      }
    }
    return undefined;
  }

  /** The values from one index to before another. */
  slice(from: number, to: number): Value[] {
    const values: Value[] = [];
    collect(this.#root, from, to, values);
    return values;
  }

  /** How many keys are less than this one. */
  countBefore(key: Key): number {
    let node = this.#root;
    let count = 0;
    while (node !== null) {
      if (key <= node.key) node = node.left;
      else {
        count += sizeOf(node.left) + 1;
        node = node.right;
      }
    }
    return count;
  }

  set(key: Key, value: Value): Tree<Key, Value> {
    return new Tree(inserted(this.#root, key, value));
  }

  delete(key: Key): Tree<Key, Value> {
    const root = deleted(this.#root, key);
    return root === this.#root ? this : new Tree(root);
  }

  /** In the order of keys. */
  *[Symbol.iterator](): Generator<readonly [Key, Value]> {
    const open: Node<Key, Value>[] = [];
    let node = this.#root;
    while (node !== null || open.length > 0) {
      for (; node !== null; node = node.left) open.push(node);
      const next = open.pop() as Node<Key, Value>;
      yield [next.key, next.value];
      node = next.right;
    }
  }
}

interface Node<Key, Value> {
  readonly key: Key;
  readonly value: Value;
  readonly left: Node<Key, Value> | null;
  readonly right: Node<Key, Value> | null;
  readonly size: number;
}

/** @param from of the entries of this branch */
function collect<Key, Value>(node: Branch<Key, Value>, from: number, to: number, values: Value[]): void {
  if (node === null || to <= 0 || from >= node.size) return;
  const before = sizeOf(node.left);
  if (from < before) collect(node.left, from, to, values);
  if (from <= before && before < to) values.push(node.value);
  if (to > before + 1) collect(node.right, from - before - 1, to - before - 1, values);
}

type Branch<Key, Value> = Node<Key, Value> | null;

/** How many times heavier one side may be than the other, and when a rotation has to be a double one. */
const maximumRatio = 3;
const doubleRatio = 2;

function sizeOf(node: Branch<unknown, unknown>): number {
  return node === null ? 0 : node.size;
}

function nodeOf<Key, Value>(
  key: Key,
  value: Value,
  left: Branch<Key, Value>,
  right: Branch<Key, Value>,
): Node<Key, Value> {
  return { key, value, left, right, size: sizeOf(left) + sizeOf(right) + 1 };
}

function balanced<Key, Value>(
  key: Key,
  value: Value,
  left: Branch<Key, Value>,
  right: Branch<Key, Value>,
): Node<Key, Value> {
  const [weightLeft, weightRight] = [sizeOf(left) + 1, sizeOf(right) + 1];
  if (right !== null && weightRight > maximumRatio * weightLeft) {
    const { left: inner } = right;
    if (inner !== null && sizeOf(inner) + 1 >= doubleRatio * (sizeOf(right.right) + 1)) {
      const near = nodeOf(key, value, left, inner.left);
      return nodeOf(inner.key, inner.value, near, nodeOf(right.key, right.value, inner.right, right.right));
    }
    return nodeOf(right.key, right.value, nodeOf(key, value, left, inner), right.right);
  }
  if (left !== null && weightLeft > maximumRatio * weightRight) {
    const { right: inner } = left;
    if (inner !== null && sizeOf(inner) + 1 >= doubleRatio * (sizeOf(left.left) + 1)) {
      const near = nodeOf(key, value, inner.right, right);
      return nodeOf(inner.key, inner.value, nodeOf(left.key, left.value, left.left, inner.left), near);
    }
    return nodeOf(left.key, left.value, left.left, nodeOf(key, value, inner, right));
  }
  return nodeOf(key, value, left, right);
}

function inserted<Key extends string | number, Value>(
  node: Branch<Key, Value>,
  key: Key,
  value: Value,
): Node<Key, Value> {
  if (node === null) return nodeOf<Key, Value>(key, value, null, null);
  if (key === node.key) return nodeOf(key, value, node.left, node.right);
  return key < node.key
    ? balanced(node.key, node.value, inserted(node.left, key, value), node.right)
    : balanced(node.key, node.value, node.left, inserted(node.right, key, value));
}

function deleted<Key extends string | number, Value>(node: Branch<Key, Value>, key: Key): Branch<Key, Value> {
  if (node === null) return null;
  if (key === node.key) return joined(node.left, node.right);
  if (key < node.key) {
    const left = deleted(node.left, key);
    return left === node.left ? node : balanced(node.key, node.value, left, node.right);
  }
  const right = deleted(node.right, key);
  return right === node.right ? node : balanced(node.key, node.value, node.left, right);
}

/** What is left of two sides when the node between them is gone. */
function joined<Key extends string | number, Value>(
  left: Branch<Key, Value>,
  right: Branch<Key, Value>,
): Branch<Key, Value> {
  if (left === null) return right;
  if (right === null) return left;
  let first = right;
  while (first.left !== null) first = first.left;
  return balanced(first.key, first.value, left, deleted(right, first.key));
}
