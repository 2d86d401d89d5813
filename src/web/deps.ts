// What the web needs of the house, as narrow as it uses it: the composition gives the real things, tests give fakes.
import type { Alerts } from "../acd/alerts.ts";
import type { LiveAcd } from "../acd/live.ts";
import type { LiveCalls } from "../calls/live.ts";
import type { Rooms } from "../conference/rooms.ts";
import type { SettingsStore } from "../config/store.ts";
import type { Outbox } from "../fax/outbox.ts";
import type { LineMaintenance, Lines } from "../lines/leg.ts";
import type { MediaEngine } from "../media/engine.ts";
import type { PhoneRecorder } from "../prompts/by-phone.ts";
import type { PromptLibrary } from "../prompts/library.ts";
import type { LineChanges } from "../provisioning/line-changes.ts";
import type { Reporter } from "../reports/ask.ts";
import type { Shifts } from "../reports/shifts.ts";
import type { Recorder } from "../recording/recorder.ts";
import type { Stations } from "../rehearsal/station.ts";
import type { Trial, TrialAsk } from "../routing/trial.ts";
import type { Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import type { Storage } from "../storage/storage.ts";
import type { Mailboxes } from "../voicemail/mailboxes.ts";
import type { Issue } from "./api/common.ts";
import type { FlowView } from "./api/flows.ts";

export interface WebDeps {
  readonly settings: SettingsStore;
  readonly storage: Pick<
    Storage,
    "records" | "record" | "story" | "counts" | "events" | "status" | "journal" | "verify"
  >;
  readonly lines: Pick<Lines, "list" | "spans" | "cards" | "events"> &
    Pick<LineMaintenance, "clear" | "test" | "trace" | "bitErrors" | "echo" | "level" | "tap">;
  readonly changes: Omit<LineChanges, "close">;
  /** Into the journal. */
  readonly note: Note;
  readonly calls: LiveCalls;
  readonly recorder: Pick<Recorder, "command" | "fault">;
  readonly acd: LiveAcd;
  readonly alerts: Pick<Alerts, "list" | "events">;
  readonly flows: Flows;
  readonly prompts: Omit<PromptLibrary, "file">;
  readonly outbox: Pick<Outbox, "send" | "list" | "remove">;
  readonly mailboxes: Pick<Mailboxes, "list" | "path" | "mark" | "remove">;
  readonly reporter: Reporter;
  readonly shifts: Shifts;
  readonly rooms: Pick<Rooms, "list">;
  readonly promptPhone: Pick<PhoneRecorder, "record">;
  /** Where a call would go, and why; `at` wall clock, ms since 1970 UTC, default now. */
  readonly tryRouting: (ask: TrialAsk, at?: number) => Trial;
  /** Only with a simulated board. */
  readonly rehearsal?: Stations;
  readonly media: Pick<MediaEngine, "stats" | "takeLateness">;
  readonly board: "dahdi" | "simulated";
  readonly version: string;
  /** Recordings are named in records relative to it. */
  readonly recordingsDir: string;
  /** Faxes are named in records relative to it. */
  readonly faxesDir: string;
  /** The Unix socket of the command `callbox`. */
  readonly localSocket: string;
  /** Where the certificates are kept. */
  readonly tlsDir: string;
  /** The built console (`dist/ui`). */
  readonly uiDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Flows as files that a person edits. Ids have been checked to be names, not paths. */
export interface Flows {
  list(): readonly FlowView[] | Promise<readonly FlowView[]>;
  /** @returns undefined when there is none */
  read(id: string): FlowSourceOf | undefined | Promise<FlowSourceOf | undefined>;
  /** @throws ERR_FLOW_INVALID, its cause `{ issues }`; the flow in force stays */
  write(id: string, source: string): FlowView | Promise<FlowView>;
  /** @throws ERR_FLOW_UNKNOWN */
  remove(id: string): void | Promise<void>;
  check(id: string, source: string): readonly Issue[] | Promise<readonly Issue[]>;
}

export interface FlowSourceOf {
  readonly flow: FlowView;
  readonly source: string;
}
