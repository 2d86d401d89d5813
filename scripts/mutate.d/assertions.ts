// What the tests of the machines use of tap, without a report: the first assertion that does not hold throws.
// Loading tap takes longer than all of these tests.
import assert from "node:assert/strict";
import { deepEqual } from "node:assert";

type Body = (t: Tap) => unknown;

const pending: Promise<unknown>[] = [];

/** Waits for the tests that were asynchronous. */
export async function settled(): Promise<void> {
  await Promise.all(pending.splice(0));
}

const tap = {
  test(_name: string, ...rest: readonly unknown[]): void {
    const body = rest.at(-1) as Body;
    const result = body(tap);
    if (result instanceof Promise) pending.push(result);
  },
  equal: (found: unknown, wanted: unknown) => assert.equal(found, wanted),
  not: (found: unknown, wanted: unknown) => assert.notEqual(found, wanted),
  ok: (found: unknown) => assert.ok(found),
  notOk: (found: unknown) => assert.ok(!found),
  strictSame: (found: unknown, wanted: unknown) => assert.deepEqual(found, wanted),

  same: (found: unknown, wanted: unknown) => deepEqual(found, wanted),
  match: (found: unknown, pattern: unknown) => assert.ok(matches(found, pattern)),
  doesNotThrow: (act: () => unknown) => void act(),
  throws: (act: () => unknown) => assert.throws(act),
  fail: (message: string) => assert.fail(message),
  pass: () => undefined,
  comment: () => undefined,
  teardown: () => undefined,
  end: () => undefined,
};
type Tap = typeof tap;

/** As tap's `match`, or milder: a pattern that says less holds. */
function matches(found: unknown, pattern: unknown): boolean {
  if (pattern instanceof RegExp) return pattern.test(String(found));
  if (typeof pattern === "string") return typeof found === "string" && found.includes(pattern);
  if (typeof pattern !== "object" || pattern === null) return Object.is(found, pattern);
  if (typeof found !== "object" || found === null) return false;
  return Object.entries(pattern).every(([name, value]) => matches(Reflect.get(found, name), value));
}

// tap is imported as a default.
export { tap as default };
