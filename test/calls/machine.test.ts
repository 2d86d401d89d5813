// The call machine: the table of what one input does, and what holds whatever comes in whatever order.
import fc from "fast-check";
import t from "tap";
import { begin, next } from "../../src/calls/machine.ts";
import type {
  CallContext,
  CallEffect,
  CallInput,
  CallState,
  LegFacts,
  Purpose,
} from "../../src/calls/state.ts";

const context: CallContext = {
  now: 5000,
  codes: { transfer: "#1", record: "*1", conference: "#3", escalate: "#2" },
  forwarded: (extension) => (extension === "203" ? { outside: "9" } : undefined),
  match(digits) {
    if (digits === "202" || digits === "203") return { kind: "complete", to: { extension: digits } };
    if (digits === "9") return { kind: "ambiguous", to: { outside: "9" } };
    if (digits === "401") return { kind: "complete", to: { queue: "sales" } };
    if (digits === "*22") return { kind: "complete", to: { feature: "agentLogIn" } };
    const begins = ["202", "9", "401", "*22"].some((number) => number.startsWith(digits));
    return begins ? { kind: "incomplete" } : { kind: "invalid", cause: 1 };
  },
};

function leg(id: string, more: Partial<LegFacts> = {}): LegFacts {
  const out = id !== "A";
  return {
    id,
    role: out ? "called" : "caller",
    direction: out ? "out" : "in",
    line: `line-${id}`,
    kind: out ? "fxs" : "isdn",
    number: id,
    ...(out ? { extension: `ext-${id}` } : {}),
    state: out ? "offered" : "proceeding",
    ...more,
  };
}

const start = (caller: LegFacts = leg("A"), answering: CallState["answering"] = "at-once"): CallState =>
  begin({ id: "C", direction: "in", answering, caller: { number: "A" }, called: "4000", leg: caller }, 0)
    .state;
/** Where nobody pays before a person answers. */
const free = start(leg("A"), "when-agent");

function play(
  state: CallState,
  inputs: readonly CallInput[],
): { state: CallState; effects: readonly CallEffect[] } {
  const effects: CallEffect[] = [];
  for (const input of inputs) {
    const step = next(state, input, context);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

const event = (id: string, what: Extract<CallInput, { type: "leg" }>["event"]): CallInput => ({
  type: "leg",
  leg: id,
  event: what,
});
const gone = (id: string, by: "local" | "remote" | "fault" = "remote"): CallInput =>
  event(id, { type: "released", cause: 16, by });
const added = (id: string, purpose: Purpose): CallInput => ({ type: "added", leg: leg(id, { purpose }) });

const supervising = (id: string): CallInput => ({
  type: "added",
  leg: leg(id, { role: "supervisor", purpose: "supervise", supervises: "listen" }),
});

const key = (digit: string): CallInput => event("B", { type: "digit", digit, source: "dtmf" });

/** A caller who speaks with B. */
const talking = play(start(), [added("B", "ring"), event("B", { type: "answered" })]).state;
/** And D listens. */
const heard = play(talking, [supervising("D"), event("D", { type: "answered" })]).state;
const consulting = play(talking, [event("B", { type: "flash" })]).state;
const deeds = (effects: readonly CallEffect[]): readonly CallEffect[] =>
  effects.filter(({ type }) => type !== "note" && type !== "no-timer" && type !== "timer");

t.test("one input, what it does", (t) => {
  const rows: readonly (readonly [string, CallState, CallInput, readonly object[]])[] = [
    ["answer", start(), { type: "answer" }, [{ type: "answer", leg: "A" }]],
    [
      "alert by ISDN is told to the exchange",
      start(),
      { type: "alert" },
      [{ type: "alert", leg: "A", inband: false }],
    ],
    [
      "alert for a telephone is a tone",
      start(leg("A", { kind: "fxs" })),
      { type: "alert" },
      [{ type: "alert" }, { type: "tone", leg: "A", tone: "ringback" }],
    ],
    [
      "a ringing leg with its own ringback is heard",
      play(start(), [added("B", "ring")]).state,
      event("B", { type: "alerting", inband: true }),
      [{ type: "alert", inband: true }, { type: "quiet" }, { type: "connect", legs: ["A", "B"] }],
    ],
    [
      "an offered agent's ringing is only told",
      play(start(), [added("B", "offer")]).state,
      event("B", { type: "alerting", inband: false }),
      [{ type: "tell", event: { type: "leg-alerting", leg: "B" } }],
    ],
    [
      "an offered agent's answer joins nobody yet",
      play(start(), [added("B", "offer")]).state,
      event("B", { type: "answered" }),
      [{ type: "tell", event: { type: "leg-answered", leg: "B" } }],
    ],
    [
      "a key of who has answered an offer",
      play(start(), [added("B", "offer"), event("B", { type: "answered" })]).state,
      key("1"),
      [{ type: "tell", event: { type: "leg-digit", leg: "B", digit: "1" } }],
    ],
    ["a key of who is still rung", play(start(), [added("B", "offer")]).state, key("1"), []],
    [
      "a key of the caller",
      start(),
      event("A", { type: "digit", digit: "5", source: "dtmf" }),
      [{ type: "tell", event: { type: "digit", digit: "5" } }],
    ],
    ["a key in conversation", talking, event("A", { type: "digit", digit: "5", source: "dtmf" }), []],
    ["a flash of the outside party", talking, event("A", { type: "flash" }), []],
    [
      "a flash of the telephone",
      talking,
      event("B", { type: "flash" }),
      [
        { type: "disconnect", leg: "A" },
        { type: "disconnect", leg: "B" },
        { type: "music", leg: "A" },
        { type: "tone", leg: "B", tone: "dial" },
      ],
    ],
    [
      "a supervisor answers",
      play(talking, [supervising("D")]).state,
      event("D", { type: "answered" }),
      [{ type: "supervision" }],
    ],
    [
      "a supervisor's alerting is nobody's",
      play(talking, [supervising("D")]).state,
      event("D", { type: "alerting", inband: false }),
      [],
    ],
    [
      "a supervisor's key",
      heard,
      event("D", { type: "digit", digit: "5", source: "dtmf" }),
      [{ type: "supervision" }],
    ],
    [
      "a supervisor's key for what is so",
      heard,
      event("D", { type: "digit", digit: "4", source: "dtmf" }),
      [],
    ],
    ["a supervisor's other key", heard, event("D", { type: "digit", digit: "#", source: "dtmf" }), []],
    ["a supervisor's flash", heard, event("D", { type: "flash" }), []],
    ["a supervisor hangs up", heard, gone("D"), [{ type: "supervision" }]],
    [
      "a supervisor is let go",
      heard,
      { type: "drop", leg: "D", cause: 16 },
      [{ type: "release", leg: "D", cause: 16 }, { type: "supervision" }],
    ],
    [
      "a supervisor takes over",
      heard,
      { type: "take-over", leg: "D" },
      [
        { type: "release", leg: "B", cause: 16 },
        { type: "disconnect", leg: "A" },
        { type: "disconnect", leg: "B" },
        { type: "tell", event: { type: "leg-left", leg: "B", how: "transferred-consulted" } },
        { type: "quiet", leg: "A" },
        { type: "quiet", leg: "D" },
        { type: "connect", legs: ["A", "D"] },
      ],
    ],
    ["who does not supervise takes nothing over", talking, { type: "take-over", leg: "B" }, []],
    [
      "nobody takes over while somebody is on hold",
      play(heard, [event("B", { type: "flash" })]).state,
      { type: "take-over", leg: "D" },
      [],
    ],
    [
      "a supervised call ends",
      heard,
      gone("A"),
      [
        { type: "disconnect", leg: "A" },
        { type: "disconnect", leg: "B" },
        { type: "quiet", leg: "B" },
        { type: "release", leg: "B", cause: 16 },
        { type: "quiet", leg: "D" },
        { type: "release", leg: "D", cause: 16 },
        { type: "ended" },
      ],
    ],
    ["a key of the held party", consulting, event("A", { type: "digit", digit: "5", source: "dtmf" }), []],
    [
      "a feature is no party to consult",
      play(
        consulting,
        Array.from("*2", (digit) => event("B", { type: "digit", digit, source: "dtmf" })),
      ).state,
      event("B", { type: "digit", digit: "2", source: "dtmf" }),
      [{ type: "tone", leg: "B", tone: "congestion" }],
    ],
    [
      "an ambiguous number is dialled after a pause",
      play(consulting, [event("B", { type: "digit", digit: "9", source: "dtmf" })]).state,
      { type: "timer" },
      [{ type: "dial", to: { outside: "9" }, by: "B" }],
    ],
    [
      "the other party hangs up",
      talking,
      gone("B"),
      [
        { type: "disconnect" },
        { type: "disconnect" },
        { type: "quiet", leg: "A" },
        { type: "release", leg: "A", cause: 16 },
        { type: "ended", by: "called" },
      ],
    ],
    [
      "a rung leg that fails is told, and ends nothing",
      play(start(), [added("B", "ring")]).state,
      gone("B"),
      [{ type: "tell", event: { type: "leg-failed", leg: "B" } }],
    ],
    ["something to hear answers", start(), { type: "listen" }, [{ type: "answer", leg: "A" }]],
    [
      "something to hear before the answer: the exchange is told that there is",
      free,
      { type: "listen" },
      [{ type: "alert", leg: "A", inband: true }],
    ],
    ["only once", play(free, [{ type: "listen" }]).state, { type: "listen" }, []],
    [
      "an analog line hears nothing before the answer",
      start(leg("A", { kind: "fxo" }), "when-agent"),
      { type: "listen" },
      [{ type: "answer", leg: "A" }],
    ],
    [
      "whoever was told to expect ringing must be answered to hear more",
      play(free, [{ type: "alert" }]).state,
      { type: "listen" },
      [{ type: "answer", leg: "A" }],
    ],
    [
      "a caller who listens before the answer hears our ringing",
      play(free, [{ type: "listen" }, added("B", "ring")]).state,
      event("B", { type: "alerting", inband: false }),
      [{ type: "tone", leg: "A", tone: "ringback" }],
    ],
    [
      "joining answers whoever waits unanswered",
      play(free, [{ type: "listen" }, added("B", "offer"), event("B", { type: "answered" })]).state,
      { type: "join", leg: "B" },
      [
        { type: "answer", leg: "A" },
        { type: "quiet", leg: "A" },
        { type: "quiet", leg: "B" },
        { type: "connect", legs: ["A", "B"] },
      ],
    ],
    [
      "a consulted number without a circuit is tried by another group",
      play(consulting, [...Array.from("202", key), added("C", "consult")]).state,
      event("C", { type: "released", cause: 34, by: "remote" }),
      [{ type: "dial", to: { extension: "202" }, by: "B", again: true }],
    ],
    [
      "a consulted number whose calls are forwarded",
      play(consulting, [...Array.from("20", key)]).state,
      key("3"),
      [{ type: "dial", to: { outside: "9" }, by: "B" }],
    ],
    [
      "a consulted number that is busy is so by any group",
      play(consulting, [...Array.from("202", key), added("C", "consult")]).state,
      event("C", { type: "released", cause: 17, by: "remote" }),
      [{ type: "tone", leg: "B", tone: "busy" }],
    ],
    ["an unknown leg", talking, gone("X"), []],
    [
      "joining a leg that has not answered",
      play(start(), [added("B", "offer")]).state,
      { type: "join", leg: "B" },
      [],
    ],
    ["dropping a leg that is gone", talking, { type: "drop", leg: "X", cause: 16 }, []],
    ["a timer that means nothing now", talking, { type: "timer" }, []],
    ["a dial that failed when nobody consults any more", talking, { type: "not-added", cause: 17 }, []],
  ];
  for (const [name, state, input, expected] of rows) {
    const found = deeds(next(state, input, context).effects);
    t.equal(found.length, expected.length, `${name}: as many`);
    t.match(found, expected, name);
  }
  t.end();
});

t.test("after the end nothing happens, but a leg that came too late is let go", (t) => {
  const { state } = play(talking, [{ type: "end", cause: 16, by: "box" }]);
  for (const input of [
    gone("A"),
    { type: "answer" },
    { type: "timer" },
    { type: "end", cause: 1, by: "box" },
  ] as const)
    t.same(next(state, input, context), { state, effects: [] }, input.type);
  t.same(next(state, added("Z", "ring"), context).effects, [{ type: "release", leg: "Z", cause: 16 }]);
  t.end();
});

const ids = fc.constantFrom("A", "B", "C", "D");
const anyEvent: fc.Arbitrary<Extract<CallInput, { type: "leg" }>["event"]> = fc.oneof(
  fc.constantFrom(
    { type: "proceeding" } as const,
    { type: "answered" } as const,
    { type: "flash" } as const,
    { type: "digit-begin", digit: "1" } as const,
  ),
  fc.record({ type: fc.constantFrom("alerting" as const, "progress" as const), inband: fc.boolean() }),
  fc.record({
    type: fc.constant("digit" as const),
    digit: fc.constantFrom("2", "0", "9", "4", "1", "3", "#", "#", "*"),
    source: fc.constant("dtmf" as const),
  }),
  fc.record({
    type: fc.constant("released" as const),
    cause: fc.constantFrom(16, 34),
    by: fc.constantFrom("remote" as const, "fault" as const, "local" as const),
  }),
);
const anyInput: fc.Arbitrary<CallInput> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant("leg" as const), leg: ids, event: anyEvent }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom("B", "C", "D"),
        fc.constantFrom("ring" as const, "offer" as const, "consult" as const, "supervise" as const),
      )
      .map(([id, purpose]) => (purpose === "supervise" ? supervising(id) : added(id, purpose))),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("join" as const), leg: ids }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("take-over" as const), leg: ids }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("supervise" as const),
      leg: ids,
      mode: fc.constantFrom("listen" as const, "whisper" as const, "barge" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("drop" as const), leg: ids, cause: fc.constant(16) }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<CallInput>(
      { type: "answer" },
      { type: "alert" },
      { type: "listen" },
      { type: "timer" },
      { type: "not-added", cause: 17 },
      { type: "keep", on: true },
      { type: "keep", on: false },
      { type: "give", to: { queue: "q" }, authority: "box" },
      { type: "phase", phase: "menu", where: "main" },
    ),
  },
);

const answered = (id: string): CallInput => event(id, { type: "answered" });
const flash = (id: string): CallInput => event(id, { type: "flash" });
const dialled = (id: string, digits: string): readonly CallInput[] =>
  Array.from(digits, (digit) => event(id, { type: "digit", digit, source: "dtmf" }));

/** Where a history begins: chance alone comes seldom to the middle of a consultation. */
const beginnings = ["B", "A"].flatMap((by): readonly (readonly CallInput[])[] => {
  const talk = [added("B", "ring"), answered("B")];
  const ringing = [...talk, flash(by), ...dialled(by, "202"), added("C", "consult")];
  const heard = [...talk, supervising("D"), answered("D")];
  return [
    [],
    talk,
    heard,
    [...heard, flash(by)],
    ringing,
    [...ringing, answered("C")],
    [...ringing, answered("C"), ...dialled(by, "#3")],
    [{ type: "keep", on: true }, ...talk],
    [...talk, flash(by), ...dialled(by, "401")],
  ];
});

const anyHistory = fc.record({
  lead: fc.constantFrom(...beginnings),
  inputs: fc.array(anyInput, { maxLength: 30 }),
  answering: fc.constantFrom("at-once" as const, "when-agent" as const),
  kind: fc.constantFrom("fxs" as const, "isdn" as const),
});

t.test("whatever comes in whatever order", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(anyHistory, ({ lead, inputs, answering, kind }) => {
        const caller = leg("A", { kind, extension: "ext-A" });
        const facts = { id: "C", direction: "in", caller: { number: "A" }, called: "", leg: caller } as const;
        const first = begin({ ...facts, answering }, 0);
        let state = first.state;
        let answers = 0;
        const alive = new Set(["A"]);
        const notes = first.effects.filter((effect) => effect.type === "note").map(({ entry }) => entry);
        const all = [...lead, ...inputs, { type: "end", cause: 41, by: "box" } as const];
        for (const input of all) {
          // A leg is made once, by the lines.
          if (
            input.type === "added" &&
            (alive.has(input.leg.id) || notes.some((one) => "leg" in one && one.leg === input.leg.id))
          )
            continue;
          if (input.type === "added") alive.add(input.leg.id);
          if (input.type === "leg" && input.event.type === "released") alive.delete(input.leg);
          const step = next(state, input, context);
          state = step.state;
          for (const effect of step.effects) {
            if (effect.type === "connect")
              for (const one of effect.legs)
                must(state.ended !== null || one in state.legs, `${one} is not there to connect`);
            if (effect.type === "answer") must(++answers === 1, "answered twice");
            if (effect.type === "release") must(alive.delete(effect.leg), `${effect.leg} is released twice`);
            if (effect.type === "note") notes.push(effect.entry);
          }
          must(JSON.stringify(JSON.parse(JSON.stringify(state))) === JSON.stringify(state), "not plain JSON");
          must(state.talk?.every((one) => one in state.legs) ?? true, "somebody talks who is not there");
          must(state.ended !== null || state.main in state.legs, "the served party is not there");
          must(
            state.ended !== null || Object.keys(state.legs).sort().join() === [...alive].sort().join(),
            "legs differ",
          );
          const { consult } = state;
          must(
            consult === null || (consult.by in state.legs && consult.held in state.legs),
            "a consultation without its parties",
          );
          must(consult === null || state.talk === null, "talks and consults");
          const parties = [state.main, ...(state.talk ?? []), consult?.by, consult?.held, consult?.target];
          must(
            Object.values(state.legs).every(
              (one) => one.supervises === undefined || !parties.includes(one.id),
            ),
            "a supervisor is a party",
          );
        }
        must(alive.size === 0, `left behind: ${[...alive].join()}`);
        const of = (type: string): number => notes.filter((one) => one.type === type).length;
        must(of("leg.added") === of("leg.ended"), "not every leg has ended");
        must(
          of("call.ended") === 1 && notes.at(-1)?.type === "call.ended",
          "the end is not the last thing, once",
        );
        must(of("call.held") >= of("call.resumed"), "resumed without having been held");
      }),
      { numRuns: 5000 },
    ),
  );
  t.end();
});

function must(holds: boolean, rule: string): void {
  if (!holds) throw new Error(rule);
}
