// Calls every method of a handle with arguments that are wrong in all the ways JavaScript has: nothing may crash, and
// what is thrown is one of the documented errors. Used without a card on closed handles, and in the lab on open ones.
import { codeOf } from "../../../src/shared/errors.ts";

/** What the nasty objects throw themselves. */
class Mine extends Error {}

const hostile = (): readonly unknown[] => {
  const throwing = new Proxy(
    {},
    {
      get() {
        throw new Mine("from a getter");
      },
      ownKeys() {
        throw new Mine("from ownKeys");
      },
    },
  );
  const detached = new Uint8Array(64);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  return [
    undefined,
    null,
    true,
    NaN,
    Infinity,
    -1e9,
    2 ** 31,
    2 ** 53,
    1.5,
    10n ** 30n,
    "",
    "\0",
    "x".repeat(100_000),
    "\ud800",
    Symbol("s"),
    {},
    [],
    new Array(1_000_000),
    [1, 2, 3],
    throwing,
    { valueOf: () => 7, toString: () => "alaw" },
    () => undefined,
    Uint8Array.of(),
    detached,
    new Float64Array(4),
    new DataView(new ArrayBuffer(8)),
    new ArrayBuffer(8),
    new Date(0),
  ];
};

export interface Misuse {
  readonly calls: number;
  /** Codes of what was thrown, and "none" for calls that were allowed, with how often. */
  readonly outcomes: Readonly<Record<string, number>>;
}

export const methodsOf = (handle: object): readonly string[] =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(handle)).filter((name) => name !== "constructor");

/**
 * Calls each method but `except` with no, one and two hostile arguments.
 * @throws the first error that is no documented one.
 */
export async function misuse(handle: object, except: readonly string[] = []): Promise<Misuse> {
  const outcomes: Record<string, number> = {};
  let calls = 0;
  const values = hostile();
  const tried = [
    [],
    ...values.map((value) => [value]),
    ...values.map((value, index) => [values[index - 1], value]),
  ];
  for (const name of methodsOf(handle)) {
    if (except.includes(name)) continue;
    const method: unknown = Reflect.get(handle, name);
    if (typeof method !== "function") continue;
    for (const given of tried) {
      calls += 1;
      const code = await outcome(() => Reflect.apply(method, handle, given));
      if (!["none", "mine", "ERR_ARGUMENT", "ERR_CLOSED", "ERR_DRIVER"].includes(code))
        throw new Error(`${name} threw ${code}`);
      outcomes[code] = (outcomes[code] ?? 0) + 1;
    }
  }
  return { calls, outcomes };
}

async function outcome(work: () => unknown): Promise<string> {
  try {
    await work();
    return "none";
  } catch (error) {
    if (error instanceof Mine) return "mine";
    return codeOf(error) ?? String(error);
  }
}
