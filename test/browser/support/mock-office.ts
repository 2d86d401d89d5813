// An office for the mock server: the demo office's lines and agents with calls that come, wait, are answered and
// end by themselves, by a seeded chance, so that each run of the tests sees the same.
import type { CallView, LegView } from "../../../src/web/api/calls.ts";
import type { PushedEvent, Snapshot } from "../../../src/web/api/events.ts";
import type { LineView, SpanView } from "../../../src/web/api/lines.ts";
import type { AgentView, QueueView, Today } from "../../../src/web/api/queues.ts";
import type { RecordView } from "../../../src/web/api/records.ts";
import { demoOffice } from "../../../src/config/demo-office.ts";
import { createEmitter, type Events } from "../../../src/shared/events.ts";
import { createIds } from "../../../src/shared/ids.ts";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface MockOffice {
  readonly events: Events<PushedEvent>;
  readonly settings: ReturnType<typeof demoOffice>;
  readonly calls: Map<string, CallView>;
  readonly agents: Map<string, AgentView>;
  readonly queues: Map<string, QueueView>;
  readonly records: RecordView[];
  snapshot(): Snapshot;
  /** One second passes. */
  step(): void;
  endCall(id: string): void;
  setAgent(number: string, change: Partial<AgentView>): AgentView;
  setSpan(number: number, change: Partial<SpanView>): void;
}

const names = ["陈静", "Marta Nowak", "김하늘", undefined, "王伟", undefined, "J. Okafor", undefined];
const minute = 60_000;

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
        totals: { entered: 0, connected: 0, abandoned: 0, left: 0 },
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
          since: call.phaseSince,
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
      recording: false,
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
          recording: true,
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
    setSpan(number, change) {
      const span = spans.get(number);
      if (span === undefined) return;
      const changed = { ...span, ...change, since: now() };
      spans.set(number, changed);
      emitter.emit({ type: "span", span: changed });
    },
  };
}

function spansOf(now: number): readonly SpanView[] {
  return [
    {
      number: 1,
      name: "City E1",
      description: "Simulated E1",
      kind: "E1",
      alarms: [],
      dataLink: true,
      since: now - 90 * minute,
    },
    {
      number: 2,
      name: "BRI 1",
      description: "Simulated BRI",
      kind: "BRI",
      alarms: [],
      dataLink: true,
      since: now - 90 * minute,
    },
    {
      number: 3,
      name: "BRI 2",
      description: "Simulated BRI",
      kind: "BRI",
      alarms: ["RED"],
      dataLink: false,
      since: now - 4 * minute,
    },
    {
      number: 4,
      name: "Exchange lines",
      description: "Simulated FXO",
      kind: "analog",
      alarms: [],
      since: now - 90 * minute,
    },
    {
      number: 5,
      name: "Telephones",
      description: "Simulated FXS",
      kind: "analog",
      alarms: [],
      since: now - 90 * minute,
    },
  ];
}

function linesOf(settings: ReturnType<typeof demoOffice>): readonly LineView[] {
  const isdn = (
    span: number,
    positions: readonly number[],
    from: number,
    group: string,
    state: LineView["state"],
  ) =>
    positions.map((position): LineView => ({
      id: `${span}/${position}`,
      kind: "isdn",
      span,
      position,
      channel: from + position,
      name: `${settings.spans.find((one) => one.span === span)?.name ?? "ISDN"} · ${position}`,
      group,
      state: span === 1 && position === 30 ? "blocked" : state,
    }));
  const e1 = Array.from({ length: 31 }, (_, i) => i + 1).filter((position) => position !== 16);
  const analog = settings.analog.map(({ port, name, group }, i): LineView => {
    const extension = settings.extensions.find(
      (one) => one.port?.span === port.span && one.port.position === port.position,
    );
    return {
      id: `${port.span}/${port.position}`,
      kind: extension === undefined ? "fxo" : "fxs",
      span: port.span,
      position: port.position,
      channel: 38 + i,
      name: name ?? "",
      ...(group === undefined ? {} : { group }),
      ...(extension === undefined ? {} : { extension: extension.number }),
      state: "idle",
    };
  });
  return [
    ...isdn(1, e1, 0, "city", "idle"),
    ...isdn(2, [1, 2], 31, "bri", "idle"),
    ...isdn(3, [1, 2], 34, "bri", "alarm"),
    ...analog,
  ];
}

function recordOf(call: CallView, at: number): RecordView {
  return {
    id: call.id,
    direction: call.direction,
    caller: call.caller,
    called: call.called,
    line: call.legs[0]?.line ?? "",
    startedAt: call.startedAt,
    ...(call.answeredAt === undefined ? {} : { answeredAt: call.answeredAt, connectedAt: call.answeredAt }),
    endedAt: at,
    disposition: call.agent === undefined ? "abandoned" : "answered",
    cause: 16,
    endedBy: "caller",
    flow: "main",
    ...(call.where === undefined ? {} : { queue: call.where }),
    ...(call.agent === undefined ? {} : { agent: call.agent }),
    queueWaitMs: 12_000,
    talkMs: call.agent === undefined ? 0 : at - call.phaseSince,
    holdMs: 0,
    recordings: [{ id: `${call.id}-1`, durationMs: 24_000, bytes: 384_058 }],
  };
}

function pastRecord(
  i: number,
  now: number,
  chance: (below: number) => number,
  newId: () => string,
): RecordView {
  const at = now - (i + 1) * 7 * minute;
  const disposition = (
    ["answered", "answered", "answered", "abandoned", "self-service", "unanswered"] as const
  )[chance(6)];
  const talked = disposition === "answered" ? 20_000 + chance(400_000) : 0;
  const name = names[chance(names.length)];
  return {
    id: newId(),
    direction: (["in", "in", "in", "out", "internal"] as const)[chance(5)] ?? "in",
    caller: {
      number: `1390${String(1_000_000 + chance(8_999_999))}`,
      ...(name === undefined ? {} : { name }),
    },
    called: ["88880000", "88880001", "401"][chance(3)] ?? "88880000",
    line: `1/${1 + chance(15)}`,
    ...(talked > 0 ? { extension: "202", agent: "301", queue: "sales" } : {}),
    startedAt: at,
    answeredAt: at + 900,
    endedAt: at + 30_000 + talked,
    disposition: disposition ?? "answered",
    cause: disposition === "unanswered" ? 19 : 16,
    endedBy: "caller",
    queueWaitMs: chance(60_000),
    talkMs: talked,
    holdMs: 0,
    recordings: talked > 0 ? [{ id: `past-${i}`, durationMs: 24_000, bytes: 384_058 }] : [],
  };
}

function todayOf(now: number): Today {
  const hours = Array.from({ length: 24 }, (_, hour) => {
    const answered = hour < 8 || hour > 19 ? 0 : Math.round(14 + 9 * Math.sin((hour - 8) / 2.1));
    const abandoned = Math.round(answered / 8);
    return { offered: answered + abandoned, answered, abandoned };
  });
  return {
    from: now - 14 * 60 * minute,
    incoming: 214,
    outgoing: 58,
    internal: 31,
    queues: [
      {
        queue: "sales",
        offered: 121,
        answered: 108,
        abandoned: 9,
        overflowed: 1,
        serviceLevel: 0.86,
        thresholdSeconds: 20,
        averageWaitMs: 14_200,
        longestWaitMs: 96_000,
      },
      {
        queue: "support",
        offered: 77,
        answered: 60,
        abandoned: 14,
        overflowed: 3,
        serviceLevel: 0.68,
        thresholdSeconds: 20,
        averageWaitMs: 31_000,
        longestWaitMs: 184_000,
      },
    ],
    agents: [
      { agent: "301", answered: 41, talkMs: 6_100_000 },
      { agent: "302", answered: 38, talkMs: 5_800_000 },
      { agent: "303", answered: 29, talkMs: 4_200_000 },
    ],
    hours,
  };
}

function healthOf(now: number): Snapshot["health"] {
  return {
    status: "degraded",
    version: "0.1.0",
    startedAt: now - 26 * 60 * minute,
    uptimeMs: 26 * 60 * minute,
    board: "simulated",
    rssBytes: 131_000_000,
    diskFreeBytes: 21_400_000_000,
    media: { ports: 12, playing: 4, recording: 6, realtime: false, underruns: 0, latenessP99Ms: 0.6 },
    warnings: [
      {
        code: "ERR_REALTIME_DENIED",
        message: "The media thread runs without real-time priority",
        remedy: "Give the service CAP_SYS_NICE or LimitRTPRIO.",
      },
    ],
  };
}
