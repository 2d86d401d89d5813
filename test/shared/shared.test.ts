import t from "tap";
import fc from "fast-check";
import { createEmitter } from "../../src/shared/events.ts";
import { CallboxError, codeOf } from "../../src/shared/errors.ts";
import { createIds } from "../../src/shared/ids.ts";
import { createLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";

t.test("an emitter tells every listener, in order, whatever one throws", (t) => {
  const errors: unknown[] = [];
  const heard: string[] = [];
  const emitter = createEmitter<string>((error) => errors.push(error));
  emitter.on((event) => {
    heard.push(`a ${event}`);
    throw new Error("a");
  });
  const off = emitter.on((event) => void heard.push(`b ${event}`));
  emitter.emit("1");
  off();
  off();
  emitter.emit("2");
  t.same(heard, ["a 1", "b 1", "a 2"]);
  t.equal(errors.length, 2);
  emitter.clear();
  emitter.emit("3");
  t.equal(heard.length, 3);
  t.end();
});

t.test("a listener removed while an event is told is told no more", (t) => {
  const heard: string[] = [];
  const emitter = createEmitter<string>();
  emitter.on(() => removeSecond());
  const removeSecond = emitter.on((event) => void heard.push(event));
  emitter.emit("1");
  t.same(heard, []);
  t.end();
});

t.test("identifiers are unique and ascend even when the clock goes back", (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 2, maxLength: 50 }), (times) => {
      let i = 0;
      const next = createIds(() => times[i++ % times.length] ?? 0);
      const made = times.map(() => next());
      return made.every((id, at) => id.length === 26 && (at === 0 || id > (made[at - 1] ?? "")));
    }),
  );
  t.pass("held for 100 histories");
  t.end();
});

t.test("identifiers go on ascending over the end of a digit", (t) => {
  const next = createIds(
    () => 1,
    () => new Uint8Array(16).fill(31).map((byte, at) => (at === 0 ? 0 : byte)),
  );
  t.ok(next() < next());
  t.end();
});

t.test("errors carry code, detail, remedy and cause", (t) => {
  const error = new CallboxError("ERR_CLOSED", { detail: "port 3", cause: "why" });
  t.equal(codeOf(error), "ERR_CLOSED");
  t.equal(error.message, "This is closed already: port 3");
  t.equal(error.remedy, "Open it again before using it.");
  t.equal(error.cause, "why");
  t.equal(codeOf("text"), undefined);
  t.equal(codeOf({ code: 5 }), undefined);
  t.end();
});

t.test("the logger takes secrets out", (t) => {
  const lines: string[] = [];
  const log = createLogger({ to: { write: (line) => void lines.push(line) } });
  log.info({ password: "x1", user: { pin: "x2", deep: { token: "x3" } } }, "signed in");
  t.notMatch(lines.join(""), /x[123]/);
  t.match(lines.join(""), /signed in/);
  t.end();
});

t.test("the test clock fires timers in order, each at its own time", async (t) => {
  const clock = createTestClock(0);
  const fired: number[] = [];
  clock.after(20, () => fired.push(clock.monotonic()));
  clock.after(10, () => {
    fired.push(clock.monotonic());
    clock.after(5, () => fired.push(clock.monotonic()));
  });
  const cancel = clock.after(12, () => fired.push(-1));
  cancel();
  t.equal(clock.next(), 10);
  clock.jump(1000);
  await clock.advance(30);
  t.same(fired, [10, 15, 20]);
  t.equal(clock.now(), 1030);
  t.equal(clock.pending, 0);
  t.end();
});
