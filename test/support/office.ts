// A whole call centre on fake lines and fake media: an E1 group, an outside analog line, four phones.
import { rmSync } from "node:fs";
import { recordOf, type CallRecord } from "../../src/shared/call-record.ts";
import { createEmitter } from "../../src/shared/events.ts";
import { callOf, type EventOf, type JournalEvent } from "../../src/shared/journal.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { checkSettings } from "../../src/config/read.ts";
import type { Settings } from "../../src/config/settings.ts";
import { createCallCentre, type CallCentre } from "../../src/compose/call-centre.ts";
import { acdEventTypes, type AcdEvent } from "../../src/acd/evolve.ts";
import type { KeptCall } from "../../src/calls/go-on.ts";
import type { Prompts, SayItem } from "../../src/calls/say.ts";
import { parseFlow, type Flow } from "../../src/ivr/flow.ts";
import { createFakeLines, type FakeLeg, type FakeLines, type FakeLinesOptions } from "./fake-lines.ts";
import { createFakeMedia, type FakeMedia } from "./fake-media.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { temporaryFolder } from "./folder.ts";

export interface Office {
  readonly clock: TestClock;
  readonly media: FakeMedia;
  readonly lines: FakeLines;
  readonly centre: CallCentre;
  readonly journal: readonly JournalEvent[];
  readonly settings: Settings;
  /** What the leg hears now: `prompt:welcome`, `music:default`, `number:2`, `tone`, or a list of them. */
  hears(leg: FakeLeg): readonly string[];
  events<T extends JournalEvent["type"]>(type: T): readonly EventOf<T>[];
  /** The record of the nth call that began. */
  record(nth?: number): CallRecord | undefined;
  change(part: object): void;
  /** The program dies, and the next run goes on with the lines that are held. @param drop the driver dropped these */
  crash(drop?: readonly FakeLeg[]): Office;
  /** What is left behind after all calls: must be empty. */
  leaks(): readonly string[];
  close(): Promise<void>;
}

/** Runs a test in an office of its own. @param part replaces whole parts of the default settings */
export async function withOffice(test: (office: Office) => Promise<void>, part?: object): Promise<void> {
  const office = createOffice(part);
  try {
    await test(office);
  } finally {
    await office.close();
  }
}

/** A customer who speaks with agent 301 at extension 201. */
export async function talking({
  clock,
  lines,
  centre,
}: Office): Promise<{ readonly caller: FakeLeg; readonly agent: FakeLeg }> {
  centre.acd.logIn("301", "201", "test");
  const caller = lines.incoming("3/1", { calling: "5551000" });
  const agent = lines.ringing("4/1");
  agent.answered();
  await clock.advance(10_000);
  return { caller, agent };
}

/** Keys at a telephone, and a moment after them. */
export async function dial({ clock }: Office, phone: FakeLeg, digits: string): Promise<void> {
  phone.press(digits);
  await clock.advance(digits.length * 200 + 100);
}

/** What outlives a run of the program. */
interface Before {
  readonly clock: TestClock;
  readonly media: FakeMedia;
  readonly lines: FakeLines;
  readonly kept: readonly string[];
}

export const officeFlow = {
  name: "Main",
  start: "welcome",
  nodes: {
    welcome: { type: "play", say: [{ prompt: "welcome" }], next: "menu" },
    menu: {
      type: "menu",
      say: [{ prompt: "menu" }],
      keys: { 1: "sales", 2: "desk", 3: "message", 4: "outside" },
      attempts: 2,
      otherwise: "bye",
    },
    sales: { type: "queue", queue: "sales" },
    desk: { type: "transfer", to: { extension: "201" } },
    outside: { type: "transfer", to: { outside: "95551234" } },
    message: { type: "voicemail", mailbox: "office" },
    bye: { type: "hang-up", say: [{ prompt: "bye" }] },
  },
};

const defaults = {
  version: 1,
  appliance: { name: "Test", timeZone: "UTC" },
  extensions: [1, 2, 3, 4].map((n) => ({
    number: `20${n}`,
    name: `Phone ${n}`,
    port: { span: 4, position: n },
  })),
  trunkGroups: [
    { id: "city", name: "City", incoming: { flow: "main" } },
    { id: "analog", name: "Analog", incoming: { queue: "sales" } },
  ],
  outgoing: [
    { pattern: "9XXXXXXX", group: "city", strip: 1, class: "local" },
    { pattern: "00.", group: "city", class: "international" },
  ],
  agents: [
    { number: "301", name: "Anna", queues: ["sales"] },
    { number: "302", name: "Ben", queues: ["sales", "support"] },
  ],
  queues: [
    { id: "sales", name: "Sales", number: "401" },
    { id: "support", name: "Support", number: "402", overflow: { flow: "main" } },
  ],
};

/** @param part replaces whole parts of the default settings */
export function createOffice(
  part: object = {},
  flows: Readonly<Record<string, object>> = {},
  {
    trunks = 3,
    ...lineOptions
  }: Pick<FakeLinesOptions, "audioLateMs" | "phonesStayOff"> & { readonly trunks?: number } = {},
  history: readonly JournalEvent[] = [],
  before?: Before,
): Office {
  const clock = before?.clock ?? createTestClock();
  const media =
    before?.media ??
    createFakeMedia({ clock, itemMs: (item) => (item.startsWith("music:") ? 60_000 : 1000) });
  const lines =
    before?.lines ??
    createFakeLines({
      ...lineOptions,
      clock,
      media,
      lines: [
        ...Array.from(
          { length: trunks },
          (_, n) => ({ id: `1/${n + 1}`, kind: "isdn", group: "city" }) as const,
        ),
        { id: "3/1", kind: "fxo", group: "analog" },
        ...[1, 2, 3, 4].map((n) => ({ id: `4/${n}`, kind: "fxs", extension: `20${n}` }) as const),
      ],
    });
  const kept = new Map<string, string>();
  let alive = true;
  const journal: JournalEvent[] = [];
  const folder = temporaryFolder("office");
  const changed = createEmitter<undefined>();
  let settings = checkSettings({ ...defaults, ...part }, "test settings");
  const flowMap = new Map<string, Flow>(
    Object.entries({ main: officeFlow, ...flows }).map(([id, flow]) => [
      id,
      parseFlow(JSON.stringify(flow), id),
    ]),
  );
  let calls = history.length;
  const centre = createCallCentre({
    lines,
    media,
    settings: () => settings,
    onSettings: (listener) => changed.on(listener),
    journal: { append: (event) => void journal.push(event), committed: () => Promise.resolve() },
    clock: { ...clock, after: (ms, then) => clock.after(ms, () => alive && then()) },
    goingOn: (before?.kept ?? []).map((text) => JSON.parse(text) as KeptCall),
    keep(call, one) {
      if (one === undefined) kept.delete(call);
      else kept.set(call, JSON.stringify(one));
    },
    newId: () => `C${++calls}`,
    log: silentLogger,
    prompts: namingPrompts,
    flows: {
      get: (id) => flowMap.get(id),
      list: () => [...flowMap.values()],
      errors: new Map(),
      reload: () => Promise.resolve(),
      close: () => undefined,
    },
    tone: (name) => ({
      parts: [{ frequencies: [toneHz[name]], levelDbm0: -10, ms: 1000 }],
      repeat: true,
    }),
    history: { events: history.filter(isAcdEvent) },
    dialled: history,
    changeSettings(edit) {
      const draft = structuredClone(settings);
      edit(draft);
      settings = checkSettings(draft, "changed settings");
      changed.emit(undefined);
      return Promise.resolve();
    },
    verifyPin: (pin, hash) => Promise.resolve(`hash of ${pin}` === hash),
    folder,
  });

  return {
    clock,
    media,
    lines,
    centre,
    journal,
    get settings() {
      return settings;
    },
    hears(leg) {
      const playing = leg.media?.playing;
      if (playing?.kind === "tone") {
        const hz = playing.tone.parts[0]?.frequencies[0];
        return [`tone:${Object.entries(toneHz).find(([, one]) => one === hz)?.[0] ?? ""}`];
      }
      return playing?.kind === "files" ? playing.items : [];
    },
    events: <T extends JournalEvent["type"]>(type: T) =>
      journal.filter((event): event is EventOf<T> & JournalEvent => event.type === type),
    record: (nth = 1) => recordOf(journal.filter((event) => callOf(event) === `C${nth}`)),
    change(next) {
      settings = checkSettings({ ...settings, ...next }, "changed settings");
      changed.emit(undefined);
    },
    crash(drop = []) {
      alive = false;
      lines.orphan();
      for (const leg of drop) leg.hangUp(27, "fault");
      const past = [...history, ...journal];
      return createOffice(part, flows, {}, past, { clock, media, lines, kept: [...kept.values()] });
    },
    leaks: () => [
      ...lines.open.map((leg) => `leg ${leg.id}`),
      ...media.openPorts.map((port) => `port ${port.id}`),
      ...media.all.filter((port) => port.recording).map((port) => `recording on port ${port.id}`),
      ...centre.calls.list().map((call) => `call ${call.id}`),
      ...centre.acd.queues().flatMap((queue) => queue.callers.map((caller) => `queued ${caller.call}`)),
      ...Array.from({ length: clock.pending - idleTimers }, () => "timer"),
    ],
    async close() {
      await centre.close();
      await lines.close();
      await media.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isAcdEvent(event: JournalEvent): event is AcdEvent {
  return (acdEventTypes as readonly string[]).includes(event.type);
}

/** The upkeep's, and distribution's for the next day. */
const idleTimers = 2;

const toneHz = { dial: 350, ringback: 450, busy: 480, congestion: 620, sit: 950 } as const;

const namingPrompts: Prompts = {
  files: (items) => items.map(nameOf),
  music: (name) => [`music:${name}`],
};

function nameOf(item: SayItem): string {
  return Object.entries(item)
    .map(([kind, what]) => `${kind}:${what}`)
    .join();
}
