// Digits as ports report them: all sixteen, when asked for, with their lengths; none out of speech.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { PortEvent } from "../../src/media/engine.ts";
import { engineFor, pair, pass } from "./support.ts";

t.test("all digits come through with begin, end and duration", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far", "ulaw"));
  const events: PortEvent[] = [];
  near.events.on((event) => events.push(event));
  near.detectDigits(true);
  const digits = "0123456789ABCD*#";
  await far.sendDigits(digits.toLowerCase(), { onMs: 70, offMs: 60 }).finished;
  await pass(near, 60);
  t.same(
    events.map((event) => `${event.type} ${"digit" in event ? event.digit : ""}`),
    digits.split("").flatMap((digit) => [`digit-begin ${digit}`, `digit ${digit}`]),
  );
  for (const event of events) {
    if (event.type !== "digit") continue;
    t.ok(Math.abs(event.durationMs - 70) <= 3, `${event.durationMs} ms`);
    t.ok(Math.abs((event.levelDbm0 ?? 0) + 6) < 0.5, `${event.levelDbm0} dBm0 for two of -9`);
    t.ok(Math.abs(event.twistDb ?? 9) < 0.5, `twist ${event.twistDb} dB`);
  }
});

t.test("digits are heard only when wanted", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("1", "near"));
  const far = engine.open(pair("1", "far"));
  const heard: string[] = [];
  near.events.on((event) => event.type === "digit" && heard.push(event.digit));
  await far.sendDigits("1").finished;
  near.detectDigits(true);
  await far.sendDigits("2").finished;
  await pass(near, 60);
  near.detectDigits(false);
  await far.sendDigits("3").finished;
  near.detectDigits(true);
  near.mute({ receive: true });
  await far.sendDigits("4").finished;
  near.mute({ receive: false });
  await far.sendDigits("5").finished;
  await pass(near, 60);
  t.same(heard, ["2", "5"]);
});

t.test("a pause in the digits is half a second; what is no digit is refused", async (t) => {
  const engine = engineFor(t);
  const port = engine.open(pair("1", "near"));
  t.match(await port.sendDigits("1,2", { onMs: 50, offMs: 50 }).finished, { reason: "end", playedMs: 700 });
  t.throws(() => port.sendDigits("1x"), { code: "ERR_DIGIT" });
});

const speech = "/usr/share/asterisk/sounds/en_US_f_Allison";
t.test(
  "a minute of speech makes no digit",
  { skip: existsSync(speech) ? false : "no asterisk-core-sounds-en-wav" },
  async (t) => {
    const engine = engineFor(t);
    const files = readdirSync(speech)
      .filter((file) => file.endsWith(".wav"))
      .map((file) => join(speech, file));
    const lanes = Array.from({ length: 20 }, (_, i) => ({
      near: engine.open(pair(`${i}`, "near")),
      far: engine.open(pair(`${i}`, "far")),
      items: files.filter((_, n) => n % 20 === i),
    }));
    const heard: string[] = [];
    await Promise.all(
      lanes.map(async ({ near, far, items }) => {
        near.detectDigits(true);
        near.events.on((event) => event.type === "digit-begin" && heard.push(event.digit));
        far.play(items);
        await pass(near, 3000);
      }),
    );
    t.same(heard, []);
    const speaking = lanes.filter(({ near }) => near.levels().received > -50);
    t.ok(speaking.length > 10, "and speech it was, on most at any moment");
  },
);
