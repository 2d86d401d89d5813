// What the mock office begins with: its spans and lines, the day so far, and calls of the past.
import type { CallView } from "../../../src/web/api/calls.ts";
import type { Snapshot } from "../../../src/web/api/events.ts";
import type { CardView, LineView, SpanView } from "../../../src/web/api/lines.ts";
import type { Today } from "../../../src/web/api/queues.ts";
import type { RecordView } from "../../../src/web/api/records.ts";
import type { demoOffice } from "../../../src/config/demo-office.ts";
import { usualE1 } from "../../support/line-config.ts";

export const names = ["陈静", "Marta Nowak", "김하늘", undefined, "王伟", undefined, "J. Okafor", undefined];
export const minute = 60_000;

const line = usualE1;
const quiet = { onDemand: false, keptCalls: 0, syncSource: 0, alarmLog: [], counters: [] };

export const mockCards: CardView[] = [
  {
    path: "/sys/devices/pci0000:00/0000:00:1e.0",
    hardwareId: "",
    location: "PCI Bus 05 Slot 05",
    model: "Digium TE121",
    spans: [{ local: 1, type: "E1", number: 1, firstChannel: 1 }],
  },
];

export function spansOf(now: number): readonly SpanView[] {
  return [
    {
      number: 1,
      name: "City E1",
      description: "Simulated E1",
      kind: "E1",
      firstChannel: 1,
      dataPosition: 16,
      alarms: [],
      dataLink: true,
      since: now - 90 * minute,
      ...quiet,
      line,
    },
    {
      number: 2,
      name: "BRI 1",
      description: "Simulated BRI",
      kind: "BRI",
      firstChannel: 32,
      dataPosition: 3,
      alarms: [],
      dataLink: true,
      since: now - 90 * minute,
      ...quiet,
    },
    {
      number: 3,
      name: "BRI 2",
      description: "Simulated BRI",
      kind: "BRI",
      firstChannel: 35,
      dataPosition: 3,
      alarms: ["RED"],
      dataLink: false,
      since: now - 4 * minute,
      ...quiet,
      line: { ...line, coding: "ami", crc4: false, network: true, termination: true },
      alarmLog: [
        { alarm: "RED", active: true, lastBegin: now - 4 * minute, count: 3, lastDay: 2 },
        {
          alarm: "YELLOW",
          active: false,
          lastBegin: now - 90 * minute,
          lastEnd: now - 88 * minute,
          count: 1,
          lastDay: 1,
        },
      ],
      counters: [{ counter: "crc4Errors", total: 120, sinceStart: 17, lastDay: 5 }],
    },
    {
      number: 4,
      name: "Exchange lines",
      description: "Simulated FXO",
      kind: "analog",
      firstChannel: 38,
      alarms: [],
      since: now - 90 * minute,
      ...quiet,
    },
    {
      number: 5,
      name: "Telephones",
      description: "Simulated FXS",
      kind: "analog",
      firstChannel: 42,
      alarms: [],
      since: now - 90 * minute,
      ...quiet,
    },
  ];
}

export function linesOf(settings: ReturnType<typeof demoOffice>): readonly LineView[] {
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

export function recordOf(call: CallView, at: number): RecordView {
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
    recordings: [
      {
        id: `${call.id}-1`,
        format: "wav",
        durationMs: 24_000,
        bytes: 384_058,
        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        pauses: [{ fromMs: 8000, toMs: 12_000 }],
      },
    ],
  };
}

export function pastRecord(
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
  const direction = (["in", "in", "in", "out", "internal"] as const)[chance(5)] ?? "in";
  return {
    id: newId(),
    direction,
    ...(direction === "out" && { charges: [{ kind: "currency", currency: "EUR", thousandths: 1250 }] }),
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
    recordings:
      talked > 0
        ? [
            {
              id: `past-${i}`,
              format: i % 2 === 0 ? "wav" : "opus",
              durationMs: 24_000,
              bytes: 384_058,
              sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
              ...(i % 2 === 0 && { pauses: [{ fromMs: 8000, toMs: 12_000 }] }),
            },
          ]
        : [],
  };
}

export function todayOf(now: number): Today {
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

export function healthOf(now: number): Snapshot["health"] {
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
        code: "ERR_MEDIA_NOT_REALTIME",
        message: "The media thread runs without real-time priority",
        remedy: "Give the service CAP_SYS_NICE or LimitRTPRIO.",
      },
    ],
  };
}
