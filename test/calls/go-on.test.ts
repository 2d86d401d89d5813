// What of a call goes on after the program has died: by who is there again.
import t from "tap";
import { goOn, mayGoOn } from "../../src/calls/go-on.ts";
import type { CallState, Consult, LegFacts } from "../../src/calls/state.ts";

const leg = (id: string, more: Partial<LegFacts> = {}): LegFacts => ({
  id,
  role: "called",
  direction: "out",
  line: id,
  kind: "fxs",
  number: id,
  state: "connected",
  ...more,
});

const consult = (stage: Consult["stage"], target: string | null): Consult => ({
  ...{ by: "b", held: "a", stage, digits: "", target, to: null },
});

function call(
  more: Partial<CallState>,
  legs: readonly LegFacts[] = [leg("a"), leg("b"), leg("c")],
): CallState {
  return {
    id: "call",
    direction: "in",
    caller: { number: "1" },
    called: "2",
    startedAt: 0,
    answeredAt: 1,
    answering: "at-once",
    early: false,
    first: "a",
    main: "a",
    legs: Object.fromEntries(legs.map((one) => [one.id, one])),
    talk: null,
    consult: null,
    keeps: false,
    phase: "talking",
    phaseSince: 0,
    where: null,
    recording: "on",
    recordedByHand: true,
    keys: null,
    ended: null,
    ...more,
  };
}

/** What is done, in short, and how it stands then. */
function after(state: CallState, there: readonly string[]): string {
  const { state: now, effects } = goOn(state, new Set(there), 9);
  const done = effects.map((effect) => {
    switch (effect.type) {
      case "note": {
        const { entry } = effect;
        const about = "leg" in entry ? ` ${entry.leg}` : "";
        return `${entry.type}${about}${"reason" in entry ? ` ${entry.reason ?? ""}` : ""}`;
      }
      case "connect":
        return `connect ${effect.legs.join("+")}`;
      case "music":
        return `music ${effect.leg}`;
      case "release":
        return `release ${effect.leg}`;
      default:
        return "";
    }
  });
  t.equal(now.recording, "off", "recordings begin anew");
  const ends = now.ended === null ? `talk ${now.talk?.join("+") ?? "-"}` : "over";
  return [...done.filter((one) => one !== ""), ends].join("; ");
}

const rows: readonly [string, CallState, readonly string[], string][] = [
  ["two who talk", call({ talk: ["a", "b"] }, [leg("a"), leg("b")]), ["a", "b"], "connect a+b; talk a+b"],
  [
    "one of two is gone",
    call({ talk: ["a", "b"] }, [leg("a"), leg("b")]),
    ["a"],
    "call.parted; leg.ended b line-dropped; release a; leg.ended a; call.ended line-dropped; over",
  ],
  [
    "who was rung is rung no more",
    call({ phase: "waiting" }, [leg("a"), leg("b", { state: "alerting", purpose: "offer" })]),
    ["a"],
    "leg.ended b restarted; talk -",
  ],
  [
    "the served party is gone",
    call({}, [leg("a")]),
    [],
    "leg.ended a line-dropped; call.ended line-dropped; over",
  ],
  [
    "a consultation in conversation",
    call({ consult: consult("talking", "c") }),
    ["a", "b", "c"],
    "music a; connect b+c; talk -",
  ],
  [
    "who was consulted is gone",
    call({ consult: consult("talking", "c") }),
    ["a", "b"],
    "leg.ended c line-dropped; call.resumed a; connect a+b; call.joined; talk b+a",
  ],
  [
    "a number half dialled",
    call({ consult: consult("digits", null) }, [leg("a"), leg("b")]),
    ["a", "b"],
    "call.resumed a; connect a+b; call.joined; talk b+a",
  ],
];

for (const [name, state, there, expected] of rows)
  t.test(name, (t) => {
    const normal = (text: string): string => text.replaceAll("connect b+a", "connect a+b");
    t.equal(normal(after(state, there)), expected);
    t.equal(mayGoOn(state, new Set(there)), !expected.endsWith("over"));
    t.end();
  });
