// Calls whose lines were held while the program was down keep their place, or their agent; the others have left.
import t from "tap";
import type { GoingOn, Unstamped } from "../../src/acd/commands.ts";
import { positionOf, step } from "../../src/acd/decide.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import { byName, get } from "../../src/acd/tree.ts";
import { agents, sales } from "./office.ts";

/** One agent, who is with `A`; `B` and `C` wait. */
function busy(accepted: boolean): { readonly state: AcdState; readonly offer: string } {
  const [agent] = agents;
  if (agent === undefined) throw new Error("no agent");
  let state: AcdState = emptyState;
  let offer = "";
  let at = 0;
  const give = (command: Unstamped): void => {
    at += 1000;
    const decision = step(state, { ...command, at });
    state = decision.state;
    for (const event of decision.events) if (event.type === "queue.offered") offer = event.offer;
  };
  const { number } = agent;
  give({ type: "configure", queues: [sales], agents: [{ ...agent, queues: [sales.id] }] });
  give({ type: "log-in", agent: number, extension: "201", phone: "free", by: "x" });
  for (const call of ["A", "B", "C"])
    give({ type: "enter", call, queue: sales.id, caller: { number: call }, priority: 0 });
  if (accepted) give({ type: "accept", call: "A", offer });
  return { state, offer };
}

function restart(before: AcdState, goingOn: readonly GoingOn[]): string {
  const { state, events } = step(before, { type: "restart", at: 20_000, goingOn });
  const said = events.map((event) =>
    event.type === "queue.left" ? `left ${event.call} ${event.reason}` : event.type,
  );
  const stands = ["A", "B", "C"].map((call) => {
    const stage = get(state.calls, byName(call))?.stage.type ?? "gone";
    return `${call} ${stage === "waiting" ? positionOf(state, call) : stage}`;
  });
  return `${said.join(", ")}: ${stands.join(", ")}`;
}

t.test("an agent who talks talks on, who waits keeps the place", (t) => {
  const { state } = busy(true);
  const agent = agents[0]?.number ?? "";
  t.equal(restart(state, [{ call: "A", agent }, { call: "B" }, { call: "C" }]), ": A connected, B 1, C 2");
  t.equal(
    restart(state, [{ call: "A", agent }, { call: "C" }]),
    "left B restarted: A connected, B gone, C 1",
  );
  t.end();
});

t.test("whoever is rung is rung no more, and the call waits on", (t) => {
  const { state } = busy(false);
  t.equal(
    restart(state, [{ call: "A" }, { call: "B" }]),
    "queue.ring-cancelled, left C restarted: A 1, B 2, C gone",
  );
  t.end();
});

t.test("the agent had lifted, which the journal had no time to say", (t) => {
  const { state } = busy(false);
  const agent = agents[0]?.number ?? "";
  t.equal(
    restart(state, [{ call: "A", agent }]),
    "queue.connected, left B restarted, left C restarted: A connected, B gone, C gone",
  );
  t.end();
});

t.test("an agent whose telephone was dropped is in no conversation any more", (t) => {
  const { state } = busy(true);
  t.match(restart(state, [{ call: "A" }]), /left A restarted.*A gone/u);
  t.match(restart(state, []), /left A restarted.*left B restarted.*left C restarted/u);
  t.end();
});
