// The change machine: every state and input, by a table.
import t from "tap";
import {
  nextChange,
  noChange,
  type ChangeInput,
  type ChangeState,
  type Trial,
} from "../../src/provisioning/change.ts";

const trial: Trial = {
  id: "c1",
  by: "admin",
  at: 1000,
  spans: [1, 2],
  links: [1],
  settledBy: 4000,
  linksBy: 21_000,
  confirmBy: 121_000,
};
const plain: Trial = { ...trial, links: [] };
const on = (of: Trial): ChangeState => ({ phase: "trial", trial: of });
const undoing = nextChange(on(trial), { type: "undo", now: 5000, by: "lead" }).state;
const applied: ChangeInput = { type: "applied", trial };
const look = (now: number, ...down: number[]): ChangeInput => ({ type: "look", now, down });

const rows: readonly [
  what: string,
  before: ChangeState,
  input: ChangeInput,
  after: string,
  effects: readonly string[],
][] = [
  ["applied: the D-channel is waited for first", noChange, applied, "trial [1]", ["wait 4000"]],
  ["up at once: an alarm may yet follow", on(trial), look(3999), "trial [1]", ["wait 4000"]],
  ["up, and no alarm has followed", on(trial), look(4000), "trial []", ["wait 121000"]],
  ["down when the card has settled", on(trial), look(4000, 1), "trial [1]", ["wait 21000"]],
  ["applied: nothing was up", noChange, { type: "applied", trial: plain }, "trial []", ["wait 121000"]],
  ["applied, while another is on trial", on(plain), applied, "trial []", []],
  ["applied, while another is taken back", undoing, applied, "undoing undone", []],
  ["nothing to look at", noChange, look(5000, 1), "none", []],
  ["the D-channel is still down", on(trial), look(5000, 1, 2), "trial [1]", ["wait 21000"]],
  ["another span's is down as well as before", on(trial), look(5000, 2), "trial []", ["wait 121000"]],
  ["it is back", on(trial), look(5000), "trial []", ["wait 121000"]],
  [
    "it was back and is down again: a person's affair",
    on(plain),
    look(30_000, 1),
    "trial []",
    ["wait 121000"],
  ],
  ["its time is over", on(trial), look(21_000, 1), "undoing data-link", ["take-back"]],
  ["back in the last moment", on(trial), look(21_000), "trial []", ["wait 121000"]],
  ["nobody confirmed", on(plain), look(121_000), "undoing unconfirmed", ["take-back"]],
  ["looked too late for both", on(trial), look(500_000, 1), "undoing data-link", ["take-back"]],
  ["while it is taken back", undoing, look(500_000, 1), "undoing undone", []],
  ["confirmed", on(plain), { type: "confirm", now: 9000, by: "lead" }, "none confirmed", ["keep", "ended"]],
  [
    "confirmed before the D-channel is back",
    on(trial),
    { type: "confirm", now: 9000, by: "lead" },
    "none confirmed",
    ["keep", "ended"],
  ],
  ["confirmed: there is none", noChange, { type: "confirm", now: 9000, by: "lead" }, "none", []],
  ["confirmed too late", undoing, { type: "confirm", now: 9000, by: "lead" }, "undoing undone", []],
  ["undone by a person", on(trial), { type: "undo", now: 9000, by: "lead" }, "undoing undone", ["take-back"]],
  ["undone: there is none", noChange, { type: "undo", now: 9000, by: "lead" }, "none", []],
  ["undone twice", undoing, { type: "undo", now: 9000, by: "lead" }, "undoing undone", []],
  ["a restart", noChange, { type: "restarted", trial, now: 9000 }, "undoing restart", ["take-back"]],
  ["a restart, later", on(plain), { type: "restarted", trial, now: 9000 }, "trial []", []],
  ["a restart, later still", undoing, { type: "restarted", trial, now: 9000 }, "undoing undone", []],
  ["what was before is in force", undoing, { type: "undone", now: 9000 }, "none taken-back", ["ended"]],
  ["it is, but nothing was taken back", on(plain), { type: "undone", now: 9000 }, "trial []", []],
  ["it is, and nothing was on trial", noChange, { type: "undone", now: 9000 }, "none", []],
];

function written(state: ChangeState): string {
  switch (state.phase) {
    case "none":
      return state.last === null ? "none" : `none ${state.last.outcome}`;
    case "trial":
      return `trial ${JSON.stringify(state.trial.links)}`;
    case "undoing":
      return `undoing ${state.result.reason}`;
  }
}

t.test("every state and input", (t) => {
  for (const [what, before, input, after, effects] of rows) {
    const step = nextChange(before, input);
    t.equal(written(step.state), after, what);
    t.strictSame(
      step.effects.map((effect) => (effect.type === "wait" ? `wait ${effect.until}` : effect.type)),
      effects,
      `${what}: effects`,
    );
  }
  const pairs = new Set(rows.map(([, before, input]) => `${before.phase} ${input.type}`));
  t.equal(pairs.size, 3 * 6, "no pair is left out");
  t.end();
});

t.test("the result says who, why and which D-channels were lost", (t) => {
  const { state } = nextChange(on(trial), look(21_000, 1, 7));
  t.match(nextChange(state, { type: "undone", now: 22_000 }).state, {
    phase: "none",
    last: {
      ...{ id: "c1", by: "admin", at: 1000, spans: [1, 2], outcome: "taken-back" },
      ...{ reason: "data-link", lost: [1], endedAt: 22_000, endedBy: "box" },
    },
  });
  t.end();
});
