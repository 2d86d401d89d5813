// An office for the mock server: the demo office's lines and agents with calls that come, wait, are answered and
// end by themselves, by a seeded chance, so that each run of the tests sees the same.
import type { CallView, LegView } from "../../../src/web/api/calls.ts";
import type { PushedEvent, Snapshot } from "../../../src/web/api/events.ts";
import type { LineView, SpanView } from "../../../src/web/api/lines.ts";
import type { AgentView, QueueView } from "../../../src/web/api/queues.ts";
import type { RecordView } from "../../../src/web/api/records.ts";
import { demoOffice } from "../../../src/config/demo-office.ts";
import { createEmitter, type Events } from "../../../src/shared/events.ts";
import { createIds } from "../../../src/shared/ids.ts";
import { healthOf, linesOf, minute, names, pastRecord, recordOf, spansOf, todayOf } from "./mock-data.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface MockOffice {
  readonly events: Events<PushedEvent>;
  readonly settings: ReturnType<typeof demoOffice>;
  readonly calls: Map<string, CallView>;
  readonly setCall: (id: string, change: Partial<CallView>) => void;
  readonly agents: Map<string, AgentView>;
  readonly queues: Map<string, QueueView>;
  readonly records: RecordView[];
  snapshot(): Snapshot;
  /** One second passes. */
  step(): void;
  endCall(id: string): void;
  setAgent(number: string, change: Partial<AgentView>): AgentView;
  setLine(line: LineView): void;
  setSpan(number: number, change: Partial<SpanView>): void;
}

export function createMockOffice(now: () => number, seed = 7): MockOffice {
  const settings = demoOffice();
  const emitter = createEmitter<PushedEvent>();
  const newId = createIds(now);
  let random = seed;
  const chance = (below: number): number => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((random / 2_147_483_648) * below);
  };

  const spans = new Map(spansOf(now()).map((span) => [span.number, span]));
  const lines = new Map(linesOf(settings).map((line) => [line.id, line]));
  const calls = new Map<string, CallView>();
  const records: RecordView[] = [];
  const queues = new Map<string, QueueView>(
    settings.queues.map(({ id, name }) => [
      id,
      {
        id,
        name,
        waiting: 0,
        callers: [],
        agents: 0,
        available: 0,
        totals: { entered: 0, connected: 0, inTime: 0, abandoned: 0, left: 0 },
      },
    ]),
  );
  const extensions = ["202", "203", "204", undefined];
  const agents = new Map<string, AgentView>(
    settings.agents.map(({ number, name, queues: member }, i) => {
      const extension = extensions[i];
      const status = extension === undefined ? "logged-out" : i === 2 ? "paused" : "idle";
      const reason = status === "paused" ? { reason: "break" } : {};
      const at = extension === undefined ? {} : { extension };
      return [
        number,
        { number, name, queues: member, status, since: now() - (i + 3) * minute, ...at, ...reason },
      ];
    }),
  );

  const setLine = (id: string, state: LineView["state"]): void => {
    const line = lines.get(id);
    if (line === undefined) return;
    const changed = { ...line, state };
    lines.set(id, changed);
    emitter.emit({ type: "line", line: changed });
  };
  const setCall = (id: string, change: Partial<CallView>): void => {
    const call = calls.get(id);
    if (call === undefined) return;
    const changed = { ...call, ...change, phaseSince: now() };
    calls.set(id, changed);
    emitter.emit({ type: "call", call: changed });
  };
  const setAgent = (number: string, change: Partial<AgentView>): AgentView => {
    const before = agents.get(number);
    if (before === undefined) throw new Error(`no agent ${number}`);
    const changed: Draft<AgentView> = { ...before, ...change, since: now() };
    if (change.status !== undefined && change.status !== "paused") Reflect.deleteProperty(changed, "reason");
    if (change.status !== "on-call" && change.status !== "offered") Reflect.deleteProperty(changed, "call");
    agents.set(number, changed);
    emitter.emit({ type: "agent", agent: changed });
    refreshQueues();
    return changed;
  };
  function refreshQueues(): void {
    for (const queue of queues.values()) {
      const waiting = [...calls.values()].filter(
        (call) => call.phase === "waiting" && call.where === queue.id,
      );
      const here = [...agents.values()].filter(
        (agent) => agent.queues.includes(queue.id) && agent.status !== "logged-out",
      );
      const changed: QueueView = {
        ...queue,
        waiting: waiting.length,
        callers: waiting.map((call, i) => ({
          call: call.id,
          caller: call.caller,
          position: i + 1,
          priority: 0,
          since: call.phaseSince,
          offeredTo: [],
        })),
        agents: here.length,
        available: here.filter((agent) => agent.status === "idle").length,
      };
      queues.set(queue.id, changed);
      emitter.emit({ type: "queue", queue: changed });
    }
  }

  function begin(): void {
    const free = [...lines.values()].filter((line) => line.kind !== "fxs" && line.state === "idle");
    const line = free[chance(free.length)];
    if (line === undefined) return;
    const id = newId();
    const name = names[chance(names.length)];
    const number = chance(9) === 0 ? "" : `138${String(10_000_000 + chance(89_999_999))}`;
    const leg: LegView = {
      id: newId(),
      role: "caller",
      direction: "in",
      line: line.id,
      kind: line.kind,
      number,
      state: "proceeding",
      held: false,
    };
    const call: CallView = {
      id,
      direction: "in",
      caller: { number, ...(name === undefined || number === "" ? {} : { name }) },
      called: line.kind === "fxo" ? "" : "88880000",
      startedAt: now(),
      phase: "arriving",
      phaseSince: now(),
      recording: "off",
      recordedByHand: false,
      legs: [leg],
    };
    calls.set(id, call);
    setLine(line.id, "in-use");
    emitter.emit({ type: "call", call });
  }

  function advance(call: CallView): void {
    const connected = call.legs.map((leg) => ({ ...leg, state: "connected" as const }));
    switch (call.phase) {
      case "arriving":
        return setCall(call.id, {
          phase: "menu",
          where: "main",
          answeredAt: now(),
          recording: "on",
          legs: connected,
        });
      case "menu":
        if (chance(4) === 0)
          setCall(call.id, { phase: "waiting", where: settings.queues[chance(2)]?.id ?? "sales" });
        return refreshQueues();
      case "waiting":
        return offer(call);
      case "ringing": {
        setCall(call.id, { phase: "talking", legs: connected });
        if (call.agent !== undefined) setAgent(call.agent, { status: "on-call", call: call.id });
        return;
      }
      default:
        if (chance(40) === 0) endCall(call.id);
    }
  }
  function offer(call: CallView): void {
    const agent = [...agents.values()].find(
      (one) => one.status === "idle" && one.queues.includes(call.where ?? ""),
    );
    const line = [...lines.values()].find(
      (one) => one.extension === agent?.extension && one.state === "idle",
    );
    if (agent === undefined || line === undefined) return;
    const leg: LegView = {
      id: newId(),
      role: "agent",
      direction: "out",
      line: line.id,
      kind: "fxs",
      number: line.extension ?? "",
      extension: line.extension ?? "",
      state: "alerting",
      held: false,
    };
    setLine(line.id, "in-use");
    setCall(call.id, { phase: "ringing", agent: agent.number, legs: [...call.legs, leg] });
    setAgent(agent.number, { status: "offered", call: call.id });
  }
  function endCall(id: string): void {
    const call = calls.get(id);
    if (call === undefined) return;
    calls.delete(id);
    for (const leg of call.legs) setLine(leg.line, "idle");
    if (call.agent !== undefined) setAgent(call.agent, { status: "wrap-up" });
    emitter.emit({ type: "call-ended", id });
    const record = recordOf(call, now());
    records.unshift(record);
    emitter.emit({ type: "record", record });
    refreshQueues();
  }

  for (let i = 0; i < 60; i++) records.push(pastRecord(i, now(), chance, newId));
  return {
    events: emitter,
    settings,
    calls,
    setCall,
    agents,
    queues,
    records,
    snapshot: () => ({
      type: "snapshot",
      at: now(),
      spans: [...spans.values()],
      lines: [...lines.values()],
      calls: [...calls.values()],
      queues: [...queues.values()],
      agents: [...agents.values()],
      stations: [],
      today: todayOf(now()),
      health: healthOf(now()),
      alerts: [
        {
          id: "wait",
          name: "Long wait",
          what: "wait-above",
          about: "support",
          value: 75,
          since: now() - 20_000,
        },
      ],
    }),
    step() {
      if (calls.size < 14 && chance(3) === 0) begin();
      const list = [...calls.values()];
      const call = list[chance(Math.max(1, list.length))];
      if (call !== undefined && now() - call.phaseSince > 800) advance(call);
      const resting = [...agents.values()].find(
        (agent) => agent.status === "wrap-up" && now() - agent.since > 6000,
      );
      if (resting !== undefined) setAgent(resting.number, { status: "idle" });
    },
    endCall,
    setAgent,
    setLine(line) {
      lines.set(line.id, line);
      emitter.emit({ type: "line", line });
    },
    setSpan(number, change) {
      const span = spans.get(number);
      if (span === undefined) return;
      const changed = { ...span, ...change, since: now() };
      spans.set(number, changed);
      emitter.emit({ type: "span", span: changed });
    },
  };
}
