// A sorted map that is never changed, only replaced: a weight-balanced tree in plain JSON. Insert, remove,
// find, rank and first take time that grows with the logarithm of its size, and old versions stay valid.
// Balance by Hirai and Yamamoto, "Balancing weight-balanced trees" (2011): delta 3, ratio 2.

/** Compared part by part. */
export interface Key {
  readonly major: number;
  readonly minor: number;
  readonly name: string;
}

export interface Entry<V> extends Key {
  readonly value: V;
}

export type Tree<V> = Node<V> | null;

/** The key's parts are its own: to compare them is to look at one object. */
interface Node<V> extends Entry<V> {
  readonly size: number;
  readonly left: Tree<V>;
  readonly right: Tree<V>;
}

export function compare(a: Key, b: Key): number {
  if (a.major !== b.major) return a.major - b.major;
  if (a.minor !== b.minor) return a.minor - b.minor;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The key of a map by name alone. */
export const byName = (name: string): Key => ({ major: 0, minor: 0, name });

export const size = (tree: Tree<unknown>): number => (tree === null ? 0 : tree.size);

export function get<V>(tree: Tree<V>, key: Key): V | undefined {
  for (let node = tree; node !== null;) {
    const order = compare(key, node);
    if (order === 0) return node.value;
    node = order < 0 ? node.left : node.right;
  }
  return undefined;
}

/** Adds the entry, or replaces the one with the same key. */
export function insert<V>(tree: Tree<V>, key: Key, value: V): Node<V> {
  if (tree === null) return node(key, value, 1, null, null);
  const order = compare(key, tree);
  if (order === 0) return node(key, value, tree.size, tree.left, tree.right);
  // The other side's size follows from these: it need not be looked at.
  if (order < 0) {
    const other = tree.size - size(tree.left);
    const left = insert(tree.left, key, value);
    return left.size + 1 > delta * other
      ? rotateRight(tree, left, tree.right)
      : node(tree, tree.value, left.size + other, left, tree.right);
  }
  const other = tree.size - size(tree.right);
  const right = insert(tree.right, key, value);
  return right.size + 1 > delta * other
    ? rotateLeft(tree, tree.left, right)
    : node(tree, tree.value, right.size + other, tree.left, right);
}

/** Without the entry; the same tree when it has none. */
export function remove<V>(tree: Tree<V>, key: Key): Tree<V> {
  if (tree === null) return null;
  const order = compare(key, tree);
  if (order === 0) return merge(tree.left, tree.right);
  if (order < 0) {
    const left = remove(tree.left, key);
    if (left === tree.left) return tree;
    const other = tree.size - size(tree.left);
    return tree.right !== null && other > delta * (size(left) + 1)
      ? rotateLeft(tree, left, tree.right)
      : node(tree, tree.value, size(left) + other, left, tree.right);
  }
  const right = remove(tree.right, key);
  if (right === tree.right) return tree;
  const other = tree.size - size(tree.right);
  return tree.left !== null && other > delta * (size(right) + 1)
    ? rotateRight(tree, tree.left, right)
    : node(tree, tree.value, size(right) + other, tree.left, right);
}

/** The entry with the smallest key. */
export function first<V>(tree: Tree<V>): Entry<V> | undefined {
  let found: Node<V> | undefined;
  for (let node = tree; node !== null; node = node.left) found = node;
  return found;
}

/** How many entries come before this key, whether it is in the tree or not. */
export function rank(tree: Tree<unknown>, key: Key): number {
  let before = 0;
  for (let node = tree; node !== null;) {
    if (compare(key, node) <= 0) node = node.left;
    else {
      before += size(node.left) + 1;
      node = node.right;
    }
  }
  return before;
}

/** All values in the order of their keys. */
export function* values<V>(tree: Tree<V>): Generator<V> {
  for (const entry of entries(tree)) yield entry.value;
}

/** All entries in the order of their keys. */
export function* entries<V>(tree: Tree<V>): Generator<Entry<V>> {
  const above: Node<V>[] = [];
  for (let node = tree; node !== null || above.length > 0;) {
    for (; node !== null; node = node.left) above.push(node);
    const next = above.pop();
    if (next === undefined) return;
    yield next;
    node = next.right;
  }
}

/** All entries from this key on, whether it is in the tree or not. */
export function* from<V>(tree: Tree<V>, key: Key): Generator<Entry<V>> {
  const above: Node<V>[] = [];
  for (let node = tree; node !== null;) {
    if (compare(node, key) < 0) node = node.right;
    else {
      above.push(node);
      node = node.left;
    }
  }
  for (let next = above.pop(); next !== undefined; next = above.pop()) {
    yield next;
    for (let node = next.right; node !== null; node = node.left) above.push(node);
  }
}

const delta = 3;
const ratio = 2;
const weight = (tree: Tree<unknown>): number => size(tree) + 1;

const node = <V>(
  { major, minor, name }: Key,
  value: V,
  size: number,
  left: Tree<V>,
  right: Tree<V>,
): Node<V> => ({ major, minor, name, value, size, left, right });

const joined = <V>(at: Entry<V>, left: Tree<V>, right: Tree<V>): Node<V> =>
  node(at, at.value, size(left) + size(right) + 1, left, right);

/** Of an entry whose right side is one too heavy. */
function rotateLeft<V>(at: Entry<V>, left: Tree<V>, right: Node<V>): Node<V> {
  const inner = right.left;
  if (inner === null || weight(inner) < ratio * weight(right.right))
    return joined(right, joined(at, left, inner), right.right);
  return joined(inner, joined(at, left, inner.left), joined(right, inner.right, right.right));
}

/** Of an entry whose left side is one too heavy. */
function rotateRight<V>(at: Entry<V>, left: Node<V>, right: Tree<V>): Node<V> {
  const inner = left.right;
  if (inner === null || weight(inner) < ratio * weight(left.left))
    return joined(left, left.left, joined(at, inner, right));
  return joined(inner, joined(left, left.left, inner.left), joined(at, inner.right, right));
}

/** Joins two balanced sides, all of the left before all of the right. */
function merge<V>(left: Tree<V>, right: Tree<V>): Tree<V> {
  if (left === null) return right;
  const next = first(right);
  if (next === undefined) return left;
  const rest = remove(right, next);
  return weight(left) > delta * weight(rest) ? rotateRight(next, left, rest) : joined(next, left, rest);
}
