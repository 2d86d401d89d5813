// The FXS machine as a table: every state, what moves it, and all pairs in which nothing may happen.
import * as fc from "fast-check";
import t from "tap";
import {
  fxsDefaults,
  fxsIdle,
  nextFxs,
  type FxsEffect,
  type FxsInput,
  type FxsOptions,
  type FxsState,
} from "../../../src/signalling/analog/fxs.ts";

/** `12` is a number, `9` and more are numbers without an end. */
const options: FxsOptions = {
  ...fxsDefaults,
  match(digits) {
    if (digits === "12") return "complete";
    if (/^9\d+$/.test(digits)) return "ambiguous";
    return /^[19]?$/.test(digits) ? "incomplete" : "invalid";
  },
};

const ringing = { name: "ringing" } as const;
const dialTone = { name: "dial-tone" } as const;
const collecting = { name: "collecting", digits: "1" } as const;
const open = { name: "collecting", digits: "91" } as const;
const calling = { name: "calling" } as const;
const connected = { name: "connected" } as const;
const busy = { name: "cleared", hears: "busy" } as const;
const congestion = { name: "cleared", hears: "congestion" } as const;
const howler = { name: "cleared", hears: "howler" } as const;
const silence = { name: "cleared", hears: "silence" } as const;

const timer = (timer: "digit" | "cleared") => ({ type: "timer", timer }) as const;
const start = (timer: "digit" | "cleared", ms: number) => ({ type: "start-timer", timer, ms }) as const;
const stop = (timer: "digit" | "cleared") => ({ type: "stop-timer", timer }) as const;
const tone = (tone: "dial" | "ringback" | "busy" | "congestion" | "howler" | "none") =>
  ({ type: "tone", tone }) as const;
const audio = (on: boolean) => ({ type: "audio", on }) as const;
const key = (digit: string, source: "dtmf" | "pulse" = "dtmf") => ({ type: "digit", digit, source }) as const;
const released = (cause: number, by: "local" | "remote" | "fault") =>
  ({ type: "released", cause, by }) as const;
const ready = { type: "ready" } as const;
const disconnect = { type: "disconnect" } as const;

const dialToneEffects = [audio(true), tone("dial"), start("digit", 15_000)];
const offer = (digits: string) => [stop("digit"), tone("none"), { type: "offer", digits } as const];
const refused = [stop("digit"), disconnect, tone("congestion"), start("cleared", 30_000)];
const clear = (cause: number, by: "local" | "fault", hears: "busy" | "congestion") => [
  released(cause, by),
  audio(false),
  disconnect,
  audio(true),
  tone(hears),
  start("cleared", 30_000),
];

type Row = readonly [FxsState, FxsInput, FxsState, readonly FxsEffect[]];

const table: readonly Row[] = [
  [fxsIdle, { type: "off-hook" }, dialTone, dialToneEffects],
  [fxsIdle, { type: "ring" }, ringing, [{ type: "start-ring" }, { type: "alerting" }]],
  [ringing, { type: "off-hook" }, connected, [{ type: "stop-ring" }, audio(true), { type: "answered" }]],
  [ringing, { type: "release", cause: 16 }, fxsIdle, [{ type: "stop-ring" }, released(16, "local"), ready]],
  [ringing, { type: "fault", cause: 27 }, fxsIdle, [{ type: "stop-ring" }, released(27, "fault"), ready]],
  [dialTone, { type: "digit-begin" }, { name: "collecting", digits: "" }, [tone("none")]],
  [dialTone, key("1"), collecting, [tone("none"), start("digit", 6000)]],
  [dialTone, key("1", "pulse"), collecting, [tone("none"), start("digit", 6000)]],
  [dialTone, key("5"), congestion, refused],
  [dialTone, timer("digit"), congestion, refused],
  [dialTone, { type: "on-hook" }, fxsIdle, [stop("digit"), audio(false), ready]],
  [dialTone, { type: "fault", cause: 27 }, congestion, refused],
  [collecting, key("2"), calling, offer("12")],
  [collecting, key("#"), congestion, refused],
  [collecting, timer("digit"), congestion, refused],
  [collecting, { type: "on-hook" }, fxsIdle, [stop("digit"), audio(false), ready]],
  [collecting, { type: "fault", cause: 27 }, congestion, refused],
  [open, key("7"), { name: "collecting", digits: "917" }, [start("digit", 3000)]],
  [open, timer("digit"), calling, offer("91")],
  [open, key("#"), calling, offer("91")],
  [open, key("*"), congestion, refused],
  [open, { type: "on-hook" }, fxsIdle, [stop("digit"), audio(false), ready]],
  [open, { type: "fault", cause: 27 }, congestion, refused],
  [calling, { type: "alert", inband: false }, calling, [tone("ringback")]],
  [calling, { type: "alert", inband: true }, calling, [tone("none")]],
  [calling, { type: "answer" }, connected, [tone("none"), { type: "answered" }]],
  [calling, { type: "on-hook" }, fxsIdle, [released(16, "remote"), audio(false), ready]],
  [calling, { type: "release", cause: 17 }, busy, clear(17, "local", "busy")],
  [calling, { type: "release", cause: 34 }, congestion, clear(34, "local", "congestion")],
  [calling, { type: "fault", cause: 27 }, congestion, clear(27, "fault", "congestion")],
  [calling, key("5"), calling, [key("5")]],
  [connected, { type: "on-hook" }, fxsIdle, [released(16, "remote"), audio(false), ready]],
  [connected, { type: "release", cause: 16 }, busy, clear(16, "local", "busy")],
  [connected, { type: "fault", cause: 27 }, congestion, clear(27, "fault", "congestion")],
  [connected, { type: "flash" }, connected, [{ type: "flashed" }]],
  [connected, key("5", "pulse"), connected, [key("5", "pulse")]],
  [busy, timer("cleared"), howler, [tone("howler"), start("cleared", 60_000)]],
  [congestion, timer("cleared"), howler, [tone("howler"), start("cleared", 60_000)]],
  [howler, timer("cleared"), silence, [tone("none")]],
  ...[busy, congestion, howler, silence].flatMap((state): readonly Row[] => [
    [state, { type: "flash" }, dialTone, [stop("cleared"), ...dialToneEffects]],
    [state, { type: "on-hook" }, fxsIdle, [stop("cleared"), audio(false), ready]],
  ]),
];

t.test("transitions", (t) => {
  for (const [state, input, nextState, effects] of table) {
    t.strictSame(
      nextFxs(state, input, options),
      { state: nextState, effects },
      `${JSON.stringify(state)} × ${JSON.stringify(input)}`,
    );
  }
  t.end();
});

t.test("answer reversal, where it is wanted", (t) => {
  const reversing = { ...options, answerReversal: true };
  const effectsOf = (state: FxsState, input: FxsInput) => nextFxs(state, input, reversing).effects;
  const polarity = (reversed: boolean) => ({ type: "polarity", reversed }) as const;
  t.strictSame(effectsOf(calling, { type: "answer" }), [polarity(true), tone("none"), { type: "answered" }]);
  t.same(effectsOf(connected, { type: "on-hook" })[0], polarity(false));
  t.same(effectsOf(connected, { type: "release", cause: 16 })[1], polarity(false));
  t.notMatch(effectsOf(ringing, { type: "off-hook" }), [polarity(true)], "not for a phone that answers");
  t.end();
});

const states = [
  fxsIdle,
  ringing,
  dialTone,
  collecting,
  open,
  calling,
  connected,
  busy,
  congestion,
  howler,
  silence,
];
const inputs: readonly FxsInput[] = [
  { type: "off-hook" },
  { type: "on-hook" },
  { type: "flash" },
  { type: "digit-begin" },
  key("1"),
  key("2"),
  key("9", "pulse"),
  key("#"),
  timer("digit"),
  timer("cleared"),
  { type: "ring" },
  { type: "alert", inband: false },
  { type: "answer" },
  { type: "release", cause: 16 },
  { type: "fault", cause: 27 },
];

t.test("in all other pairs nothing happens", (t) => {
  const keyOf = (state: FxsState, input: FxsInput): string =>
    `${JSON.stringify(state)} ${input.type === "timer" ? input.timer : input.type}`;
  const named = new Set(table.map(([state, input]) => keyOf(state, input)));
  for (const state of states) {
    for (const input of inputs) {
      if (named.has(keyOf(state, input))) continue;
      t.strictSame(nextFxs(state, input, options), { state, effects: [] }, keyOf(state, input));
    }
  }
  t.end();
});

t.test("any order of inputs: each leg is released once, and a phone on hook is silent", (t) => {
  const run = (sequence: readonly FxsInput[]): void => {
    let state: FxsState = fxsIdle;
    let leg = false;
    let sound = false;
    for (const input of sequence) {
      const before = state;
      const step = nextFxs(state, input, options);
      state = JSON.parse(JSON.stringify(step.state)) as FxsState;
      if (before.name === "idle" && input.type === "ring") leg = true;
      for (const effect of step.effects) {
        if (effect.type === "offer") {
          if (leg) throw new Error("two legs");
          leg = true;
        }
        if (effect.type === "released") {
          if (!leg) throw new Error("released without a leg");
          leg = false;
        }
        if (effect.type === "audio") sound = effect.on;
        if (effect.type === "tone" && !sound) throw new Error("a tone without audio");
        if (effect.type === "ready" && (leg || sound)) throw new Error("ready with a leg or audio");
      }
      const wanted = state.name === "ringing" || state.name === "calling" || state.name === "connected";
      if (wanted !== leg) throw new Error(`${state.name} ${leg ? "with" : "without"} a leg`);
    }
  };
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(fc.constantFrom(...inputs)), run), { numRuns: 2000 }));
  t.end();
});
