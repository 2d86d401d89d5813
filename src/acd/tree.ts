// A sorted map that is never changed, only replaced: a weight-balanced tree in plain JSON. Insert, remove,
// find, rank and first take time that grows with the logarithm of its size, and old versions stay valid.
// Balance by Hirai and Yamamoto, "Balancing weight-balanced trees" (2011): delta 3, ratio 2.

/** Compared part by part. */
export type Key = readonly [number, number, string];

export type Tree<V> = Node<V> | null;

interface Node<V> {
  readonly key: Key;
  readonly value: V;
  readonly size: number;
  readonly left: Tree<V>;
  readonly right: Tree<V>;
}

export function compare(a: Key, b: Key): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] !== b[1]) return a[1] - b[1];
  return a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0;
}

/** The key of a map by name alone. */
export const byName = (name: string): Key => [0, 0, name];

export const size = (tree: Tree<unknown>): number => (tree === null ? 0 : tree.size);

export function get<V>(tree: Tree<V>, key: Key): V | undefined {
  for (let node = tree; node !== null;) {
    const order = compare(key, node.key);
    if (order === 0) return node.value;
    node = order < 0 ? node.left : node.right;
  }
  return undefined;
}

/** Adds the entry, or replaces the one with the same key. */
export function insert<V>(tree: Tree<V>, key: Key, value: V): Node<V> {
  if (tree === null) return { key, value, size: 1, left: null, right: null };
  const order = compare(key, tree.key);
  if (order < 0) return balance(tree.key, tree.value, insert(tree.left, key, value), tree.right);
  if (order > 0) return balance(tree.key, tree.value, tree.left, insert(tree.right, key, value));
  return { ...tree, key, value };
}

/** Without the entry; the same tree when it has none. */
export function remove<V>(tree: Tree<V>, key: Key): Tree<V> {
  if (tree === null) return null;
  const order = compare(key, tree.key);
  if (order === 0) return merge(tree.left, tree.right);
  if (order < 0) {
    const left = remove(tree.left, key);
    return left === tree.left ? tree : balance(tree.key, tree.value, left, tree.right);
  }
  const right = remove(tree.right, key);
  return right === tree.right ? tree : balance(tree.key, tree.value, tree.left, right);
}

/** The entry with the smallest key. */
export function first<V>(tree: Tree<V>): { readonly key: Key; readonly value: V } | undefined {
  let found: Node<V> | undefined;
  for (let node = tree; node !== null; node = node.left) found = node;
  return found;
}

/** How many entries come before this key, whether it is in the tree or not. */
export function rank(tree: Tree<unknown>, key: Key): number {
  let before = 0;
  for (let node = tree; node !== null;) {
    if (compare(key, node.key) <= 0) node = node.left;
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
export function* entries<V>(tree: Tree<V>): Generator<{ readonly key: Key; readonly value: V }> {
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
export function* from<V>(tree: Tree<V>, key: Key): Generator<{ readonly key: Key; readonly value: V }> {
  const above: Node<V>[] = [];
  for (let node = tree; node !== null;) {
    if (compare(node.key, key) < 0) node = node.right;
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

function node<V>(key: Key, value: V, left: Tree<V>, right: Tree<V>): Node<V> {
  return { key, value, size: size(left) + size(right) + 1, left, right };
}

/** Joins two sides of which one may be an entry too heavy. */
function balance<V>(key: Key, value: V, left: Tree<V>, right: Tree<V>): Node<V> {
  if (right !== null && weight(right) > delta * weight(left)) {
    if (right.left === null || weight(right.left) < ratio * weight(right.right))
      return node(right.key, right.value, node(key, value, left, right.left), right.right);
    const middle = right.left;
    return node(
      middle.key,
      middle.value,
      node(key, value, left, middle.left),
      node(right.key, right.value, middle.right, right.right),
    );
  }
  if (left !== null && weight(left) > delta * weight(right)) {
    if (left.right === null || weight(left.right) < ratio * weight(left.left))
      return node(left.key, left.value, left.left, node(key, value, left.right, right));
    const middle = left.right;
    return node(
      middle.key,
      middle.value,
      node(left.key, left.value, left.left, middle.left),
      node(key, value, middle.right, right),
    );
  }
  return node(key, value, left, right);
}

/** Joins two balanced sides, all of the left before all of the right. */
function merge<V>(left: Tree<V>, right: Tree<V>): Tree<V> {
  if (left === null) return right;
  if (right === null) return left;
  const next = first(right);
  return next === undefined ? left : balance(next.key, next.value, left, remove(right, next.key));
}
