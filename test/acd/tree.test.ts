// The sorted map against an array that is sorted each time.
import fc from "fast-check";
import t from "tap";
import {
  byName,
  compare,
  first,
  get,
  insert,
  rank,
  remove,
  size,
  values,
  type Key,
  type Tree,
} from "../../src/acd/tree.ts";

const key = fc.record({
  major: fc.integer({ min: 0, max: 3 }),
  minor: fc.integer({ min: 0, max: 20 }),
  name: fc.constantFrom("a", "b"),
});
const deed = fc.record({ add: fc.boolean(), key });

/** Throws where a side is more than three times as heavy as the other, or a size or an order is wrong. */
function check(tree: Tree<number>): number {
  if (tree === null) return 0;
  const [left, right] = [check(tree.left), check(tree.right)];
  if (tree.size !== left + right + 1) throw new Error("wrong size");
  if (Math.max(left, right) + 1 > 3 * (Math.min(left, right) + 1)) throw new Error("out of balance");
  if (tree.left !== null && compare(tree.left, tree) >= 0) throw new Error("out of order");
  if (tree.right !== null && compare(tree.right, tree) <= 0) throw new Error("out of order");
  return tree.size;
}

t.test("behaves as a sorted list", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 200 }), key, (deeds, asked) => {
        let tree: Tree<number> = null;
        let list: { key: Key; value: number }[] = [];
        deeds.forEach(({ add, key: at }, value) => {
          const old = tree;
          const before = JSON.stringify(old);
          list = list.filter((one) => compare(one.key, at) !== 0);
          if (add) list.push({ key: at, value });
          list.sort((a, b) => compare(a.key, b.key));
          tree = add ? insert(tree, at, value) : remove(tree, at);
          check(tree);
          if (JSON.stringify(old) !== before) throw new Error("an old version was changed");
        });
        const same = (a: unknown, b: unknown): void => {
          if (JSON.stringify(a) !== JSON.stringify(b))
            throw new Error(`${JSON.stringify(a)} ≠ ${JSON.stringify(b)}`);
        };
        same(
          [...values(tree)],
          list.map((one) => one.value),
        );
        same(size(tree), list.length);
        same(first(tree)?.value, list[0]?.value);
        same(get(tree, asked), list.find((one) => compare(one.key, asked) === 0)?.value);
        same(rank(tree, asked), list.filter((one) => compare(one.key, asked) < 0).length);
      }),
      { numRuns: 500 },
    ),
  );
  t.end();
});

t.test("removing what is not there gives the same tree", (t) => {
  const tree = insert(insert(null, byName("a"), 1), byName("b"), 2);
  t.equal(remove(tree, byName("c")), tree);
  t.equal(remove(null, byName("c")), null);
  t.end();
});
