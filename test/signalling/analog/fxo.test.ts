// The FXO machine as a table: every state, what moves it, and all pairs in which nothing may happen.
import * as fc from "fast-check";
import t from "tap";
import {
  fxoDefaults,
  fxoIdle,
  nextFxo,
  type FxoEffect,
  type FxoInput,
  type FxoOptions,
  type FxoState,
} from "../../../src/signalling/analog/fxo.ts";

const ringing = { name: "ringing", rings: 0, offered: false, caller: undefined } as const;
const offered = { ...ringing, rings: 1, offered: true } as const;
const ignoring = { name: "ignoring" } as const;
const seizing = { name: "seizing", digits: "123" } as const;
const dialling = { name: "dialling" } as const;
const waiting = { name: "waiting", rung: false } as const;
const rung = { name: "waiting", rung: true } as const;
const connected = { name: "connected", reversed: false } as const;
const reversed = { name: "connected", reversed: true } as const;
const guard = { name: "guard" } as const;
const caller = { number: "5551", name: "Wang", presentation: "allowed" } as const;

const timer = (timer: "ring-gone" | "caller" | "dial-tone" | "answer" | "guard") =>
  ({ type: "timer", timer }) as const;
const start = (timer: "ring-gone" | "caller" | "dial-tone" | "answer" | "guard", ms: number) =>
  ({ type: "start-timer", timer, ms }) as const;
const stop = (timer: "ring-gone" | "caller" | "dial-tone" | "answer" | "guard") =>
  ({ type: "stop-timer", timer }) as const;
const released = (cause: number, by: "local" | "remote" | "fault") =>
  ({ type: "released", cause, by }) as const;
const hangUp = (cause: number, by: "local" | "remote" | "fault"): readonly FxoEffect[] => [
  stop("dial-tone"),
  stop("answer"),
  { type: "on-hook" },
  start("guard", 1500),
  released(cause, by),
];
const ready = { type: "ready" } as const;

/** An exchange that tells who calls after the first ring, or before it. */
const tells = { callerMs: 3000 } as const;
const foretells = { callerMs: 3000, callerBefore: true } as const;
const listen = (on: boolean) => ({ type: "listen", on }) as const;

type Row = readonly [FxoState, FxoInput, FxoState, readonly FxoEffect[], Partial<FxoOptions>?];

const table: readonly Row[] = [
  [fxoIdle, { type: "ring-begin" }, ringing, [start("ring-gone", 6000)]],
  [fxoIdle, { type: "ring" }, offered, [start("ring-gone", 6000), { type: "offer", caller: undefined }]],
  [fxoIdle, { type: "dial", digits: "123" }, seizing, [{ type: "off-hook" }, start("dial-tone", 1000)]],
  [ringing, { type: "ring-begin" }, ringing, [start("ring-gone", 6000)]],
  [ringing, { type: "ring" }, offered, [start("ring-gone", 6000), { type: "offer", caller: undefined }]],
  [ringing, { type: "ring" }, { ...ringing, rings: 1 }, [start("ring-gone", 6000)], { ringsBeforeOffer: 2 }],
  [ringing, { type: "caller-id", caller }, { ...ringing, caller }, []],
  [
    { ...ringing, caller },
    { type: "ring" },
    { ...offered, caller },
    [start("ring-gone", 6000), { type: "offer", caller }],
  ],
  [fxoIdle, { type: "ring-begin" }, ringing, [listen(true), start("ring-gone", 6000)], tells],
  [
    ringing,
    { type: "ring" },
    { ...ringing, rings: 1 },
    [start("ring-gone", 6000), start("caller", 3000)],
    tells,
  ],
  [
    { ...ringing, rings: 1 },
    { type: "caller-id", caller },
    { ...offered, caller },
    [stop("caller"), { type: "offer", caller }],
    tells,
  ],
  [
    { ...ringing, rings: 1 },
    timer("caller"),
    offered,
    [stop("caller"), { type: "offer", caller: undefined }],
    tells,
  ],
  [{ ...ringing, rings: 1 }, { type: "ring" }, { ...ringing, rings: 2 }, [start("ring-gone", 6000)], tells],
  [
    { ...ringing, rings: 1 },
    { type: "caller-id", caller },
    { ...ringing, rings: 1, caller },
    [],
    { ...tells, ringsBeforeOffer: 2 },
  ],
  [offered, { type: "caller-id", caller }, { ...offered, caller }, [], tells],
  [
    offered,
    timer("ring-gone"),
    fxoIdle,
    [stop("caller"), listen(false), released(16, "remote"), ready],
    tells,
  ],
  [ringing, timer("ring-gone"), fxoIdle, [stop("caller"), listen(false), ready], tells],
  [offered, { type: "release" }, ignoring, [stop("caller"), listen(false), released(16, "local")], tells],
  [fxoIdle, { type: "polarity" }, ringing, [listen(true), start("ring-gone", 6000)], foretells],
  [fxoIdle, { type: "polarity" }, fxoIdle, [], tells],
  [
    { ...ringing, caller },
    { type: "ring" },
    { ...offered, caller },
    [start("ring-gone", 6000), stop("caller"), { type: "offer", caller }],
    foretells,
  ],
  [
    ringing,
    { type: "ring" },
    offered,
    [start("ring-gone", 6000), stop("caller"), { type: "offer", caller: undefined }],
    foretells,
  ],
  [ringing, timer("ring-gone"), fxoIdle, [ready]],
  [fxoIdle, { type: "measured" }, guard, [{ type: "on-hook" }, start("guard", 1500)]],
  [ringing, { type: "fault", cause: 27 }, ignoring, []],
  [offered, { type: "ring" }, { ...offered, rings: 2 }, [start("ring-gone", 6000)]],
  [offered, timer("ring-gone"), fxoIdle, [released(16, "remote"), ready]],
  [offered, { type: "answer" }, connected, [stop("ring-gone"), { type: "off-hook" }, { type: "answered" }]],
  [offered, { type: "release" }, ignoring, [released(16, "local")]],
  [offered, { type: "fault", cause: 27 }, ignoring, [released(27, "fault")]],
  [ignoring, { type: "ring" }, ignoring, [start("ring-gone", 6000)]],
  [ignoring, { type: "ring-begin" }, ignoring, [start("ring-gone", 6000)]],
  [ignoring, timer("ring-gone"), fxoIdle, [ready]],
  [seizing, timer("dial-tone"), dialling, [{ type: "send-dtmf", digits: "123" }]],
  [seizing, timer("dial-tone"), dialling, [{ type: "send-pulses", digits: "123" }], { dialling: "pulse" }],
  [{ ...seizing, digits: "" }, timer("dial-tone"), waiting, [{ type: "dialled" }, start("answer", 4000)]],
  [seizing, { type: "ring-begin" }, guard, hangUp(44, "fault")],
  [seizing, { type: "ring" }, guard, hangUp(44, "fault")],
  [seizing, { type: "release" }, guard, hangUp(16, "local")],
  [seizing, { type: "on-hook" }, guard, hangUp(16, "remote")],
  [dialling, { type: "dtmf-sent" }, waiting, [{ type: "dialled" }, start("answer", 4000)]],
  [dialling, { type: "pulses-sent" }, waiting, [{ type: "dialled" }], { answerAfterMs: undefined }],
  [dialling, { type: "polarity" }, reversed, [stop("answer"), { type: "answered" }]],
  [dialling, { type: "release" }, guard, hangUp(16, "local")],
  [waiting, timer("answer"), connected, [stop("answer"), { type: "answered" }]],
  [waiting, { type: "polarity" }, reversed, [stop("answer"), { type: "answered" }]],
  [waiting, { type: "on-hook" }, guard, hangUp(16, "remote")],
  [waiting, { type: "tone", tone: "ringback" }, rung, [stop("answer")]],
  [waiting, { type: "tone", tone: "busy" }, guard, hangUp(17, "remote")],
  [waiting, { type: "tone", tone: "congestion" }, guard, hangUp(34, "remote")],
  [waiting, { type: "tone", tone: "sit" }, guard, hangUp(3, "remote")],
  [connected, { type: "tone", tone: "sit" }, guard, hangUp(16, "remote")],
  [rung, { type: "tone", tone: undefined }, connected, [stop("answer"), { type: "answered" }]],
  [rung, { type: "tone", tone: undefined }, rung, [], { answerAfterMs: undefined }],
  [rung, { type: "tone", tone: "busy" }, guard, hangUp(19, "remote")],
  [rung, { type: "tone", tone: "congestion" }, guard, hangUp(19, "remote")],
  [connected, { type: "tone", tone: "busy" }, guard, hangUp(16, "remote")],
  [connected, { type: "tone", tone: "congestion" }, guard, hangUp(16, "remote")],
  [connected, { type: "tone", tone: "dial" }, guard, hangUp(16, "remote")],
  [connected, { type: "tone", tone: "ringback" }, connected, []],
  [connected, { type: "tone", tone: undefined }, connected, []],
  [connected, { type: "on-hook" }, guard, hangUp(16, "remote")],
  [connected, { type: "release" }, guard, hangUp(16, "local")],
  [connected, { type: "fault", cause: 27 }, guard, hangUp(27, "fault")],
  [connected, { type: "flash" }, connected, [{ type: "flash" }]],
  [connected, { type: "polarity" }, connected, []],
  [reversed, { type: "polarity" }, guard, hangUp(16, "remote")],
  [guard, timer("guard"), fxoIdle, [ready]],
  [guard, { type: "ring-begin" }, ringing, [stop("guard"), start("ring-gone", 6000)]],
];

t.test("transitions", (t) => {
  for (const [state, input, nextState, effects, options] of table) {
    const step = nextFxo(state, input, { ...fxoDefaults, ...options });
    t.strictSame(step, { state: nextState, effects }, `${state.name} × ${JSON.stringify(input)}`);
  }
  t.end();
});

const states = [fxoIdle, ringing, offered, ignoring, seizing, dialling, waiting, connected, reversed, guard];
const inputs: readonly FxoInput[] = [
  { type: "ring-begin" },
  { type: "ring" },
  { type: "on-hook" },
  { type: "polarity" },
  { type: "pulses-sent" },
  { type: "dtmf-sent" },
  { type: "caller-id", caller },
  timer("ring-gone"),
  timer("caller"),
  timer("dial-tone"),
  timer("answer"),
  timer("guard"),
  { type: "answer" },
  { type: "flash" },
  { type: "release" },
  { type: "dial", digits: "123" },
  { type: "fault", cause: 27 },
  { type: "tone", tone: "busy" },
];

/** Pairs that do something though no row above names them, with a word why. */
const others: Readonly<Record<string, string>> = {
  "seizing fault": "hangs up",
  "dialling on-hook": "hangs up",
  "dialling fault": "hangs up",
  "waiting release": "hangs up",
  "waiting fault": "hangs up",
  "ringing release": "not offered yet: ignored from then on",
  "offered ring-begin": "the time-out starts again",
  "offered caller-id": "kept",
  "reversed flash": "as connected",
  "reversed on-hook": "as connected",
  "reversed release": "as connected",
  "reversed fault": "as connected",
  "reversed tone": "as connected",
};

t.test("in all other pairs nothing happens", (t) => {
  const nameOf = (state: FxoState): string =>
    state.name === "ringing" && state.offered
      ? "offered"
      : state.name === "connected" && state.reversed
        ? "reversed"
        : state.name;
  const keyOf = (state: FxoState, input: FxoInput): string =>
    `${nameOf(state)} ${input.type === "timer" ? input.timer : input.type}`;
  const named = new Set([...table.map(([state, input]) => keyOf(state, input)), ...Object.keys(others)]);
  for (const state of states) {
    for (const input of inputs) {
      if (named.has(keyOf(state, input))) continue;
      t.strictSame(nextFxo(state, input, fxoDefaults), { state, effects: [] }, keyOf(state, input));
    }
  }
  t.end();
});

t.test("any order of inputs: each leg is released once, the loop is open without one", (t) => {
  const run = (sequence: readonly FxoInput[]): void => {
    let state: FxoState = fxoIdle;
    let leg = false;
    let loop = false;
    for (const input of sequence) {
      const before = state;
      const step = nextFxo(state, input, fxoDefaults);
      state = JSON.parse(JSON.stringify(step.state)) as FxoState;
      if (before.name === "idle" && input.type === "dial") leg = true;
      for (const effect of step.effects) {
        if (effect.type === "offer") {
          if (leg) throw new Error("two legs");
          leg = true;
        }
        if (effect.type === "released") {
          if (!leg) throw new Error("released without a leg");
          leg = false;
        }
        if (effect.type === "off-hook") loop = true;
        if (effect.type === "on-hook") loop = false;
        if (effect.type === "ready" && (leg || loop)) throw new Error("ready with a leg or the loop closed");
      }
      if (loop && !leg) throw new Error("the loop is closed for nobody");
    }
  };
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(fc.constantFrom(...inputs)), run), { numRuns: 2000 }));
  t.end();
});
