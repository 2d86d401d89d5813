// The appliance put together: opens everything in order, and closes it in the opposite one.
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createPrompts } from "../calls/prompt-files.ts";
import { demoOffice } from "../config/demo-office.ts";
import { ensureFirstUser, type FirstUser } from "../config/first-user.ts";
import { verifyPassword } from "../config/password.ts";
import { createSettings } from "../config/store.ts";
import { loadProfiles } from "../boards/profiles.ts";
import { loadFlows } from "../ivr/flows.ts";
import { createLines } from "../lines/lines.ts";
import type { LineTones } from "../lines/options.ts";
import { createMediaEngine } from "../media/native-engine.ts";
import { readAudio } from "../media/read-audio.ts";
import { trimRecording } from "../media/silence.ts";
import { createSpeech, type SpeechLanguage } from "../media/speech.ts";
import { callerIdOf, toneOf } from "../media/tones.ts";
import { createLineChanges, restoreUnconfirmed } from "../provisioning/line-changes.ts";
import { createPhoneRecorder } from "../prompts/by-phone.ts";
import { createPromptLibrary } from "../prompts/library.ts";
import { createRehearsal } from "../rehearsal/rehearsal.ts";
import { matchNumber } from "../routing/incoming.ts";
import type { Clock } from "../shared/clock.ts";
import { createIds } from "../shared/ids.ts";
import { createNote } from "../shared/journal.ts";
import { localTime } from "../shared/local-time.ts";
import type { Logger } from "../shared/log.ts";
import { startUpkeep } from "../recording/upkeep.ts";
import { createReporter } from "../reports/reporter.ts";
import { createShifts } from "../reports/shifts.ts";
import { openStorage } from "../storage/storage.ts";
import { createWeb } from "../web/web.ts";
import { startSnapshots } from "./acd-snapshot.ts";
import { audioFolders } from "./audio-files.ts";
import { openHardware } from "./boards.ts";
import { createCallCentre } from "./call-centre.ts";
import { createClosing } from "./closing.ts";
import { firstSettings } from "./first-settings.ts";
import { createFlowFiles } from "./flow-files.ts";
import { openHeldCalls } from "./held-calls.ts";
import { journalUpkeep } from "./journal-upkeep.ts";
import { readAcdHistory, readDialledToday } from "./history.ts";
import { readCounters } from "./line-watch.ts";

export interface ApplianceOptions {
  /** Settings, journal, recordings, flows, prompts. Made where missing. */
  readonly home: string;
  /** The checkout: board profiles, the built console, the flows that a new box begins with. */
  readonly root: string;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** The simulated board even when there are cards. */
  readonly simulated?: boolean;
  /** Only these spans of the driver. */
  readonly spans?: readonly number[];
  /** Audio queued towards cards, ms, as of the media engine. */
  readonly cardQueueMs?: number;
  /** The Unix socket of the command `callbox`; default `callbox.sock` in `home`. */
  readonly localSocket?: string;
  /** Where calls are written down for a run after a crash; default `home`. Best in memory. */
  readonly runtimeFolder?: string;
  /** The console's port, kept in the settings. */
  readonly port?: number;
}

export interface Appliance {
  readonly url: string;
  /** The user that this start made; only the first start makes one. */
  readonly firstUser: FirstUser | undefined;
  readonly board: "dahdi" | "simulated";
  /** The media thread's ticks so far. */
  mediaTicks(): number;
  close(): Promise<void>;
}

/** @throws a CallboxError that says what is missing; everything opened so far is closed again */
export async function startAppliance(options: ApplianceOptions): Promise<Appliance> {
  const closing = createClosing(options.log);
  try {
    return await open(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function open(
  options: ApplianceOptions,
  closing: ReturnType<typeof createClosing>,
): Promise<Appliance> {
  const { home, root, version, clock, log } = options;
  mkdirSync(home, { recursive: true, mode: 0o750 });
  const newId = createIds(() => clock.now());

  const hardware = openHardware({
    clock,
    log,
    profiles: loadProfiles(join(root, "board-profiles")),
    simulated: options.simulated ?? false,
    ...(options.spans === undefined ? {} : { spans: options.spans }),
  });
  closing.opened("far board", () => hardware.far?.close());
  closing.opened("board", () => hardware.board.close());

  const flows = await loadFlows(flowsFolder(home, root), { clock, log });
  closing.opened("flows", () => flows.close());
  const settings = await createSettings({
    path: join(home, "settings.json"),
    defaults: hardware.kind === "simulated" ? demoOffice() : firstSettings(hardware.board.spans),
    known: () => ({ flows: flows.list().map(({ id }) => id) }),
    clock,
    log,
  });
  closing.opened("settings", () => settings.close());
  const firstUser = await ensureFirstUser(settings);
  const { port } = options;
  if (port !== undefined && port !== settings.current().web.port)
    await settings.update((draft) => {
      draft.web.port = port;
    });

  const changePath = join(home, "line-change.json");
  const restored = await restoreUnconfirmed({ settings, path: changePath, clock, log });

  // A simulated office dies with the program.
  const held =
    hardware.kind === "dahdi"
      ? openHeldCalls({ path: join(options.runtimeFolder ?? home, "calls.held"), clock, log })
      : undefined;
  closing.opened("held calls", () => held?.close());
  const earlier = held?.earlier ?? [];
  const mayGoOn = earlier.map(({ state }) => state.id);
  const storage = await openStorage({ path: join(home, "journal.db"), clock, log, mayGoOn });
  const goingOn = earlier.filter(({ state }) => storage.goingOn.includes(state.id));
  closing.opened("storage", () => storage.close());
  const reportMarks = join(home, "report-marks");
  const ageing = startUpkeep(clock, log, [
    journalUpkeep({ storage, settings: () => settings.current().journal, clock, marks: reportMarks }),
  ]);
  closing.opened("journal's upkeep", ageing);
  // Before the lines: no call may come while nobody listens.
  const snapshots = join(home, "acd-state.json");
  const history = await readAcdHistory(storage, snapshots);
  const { timeZone } = settings.current().appliance;
  const dialled = await readDialledToday(storage, clock.now(), timeZone);
  const note = createNote(storage, clock);
  const kept = storage.goingOn;
  note({
    type: "appliance.started",
    version,
    recovered: storage.recovered,
    ...(kept.length === 0 ? {} : { kept }),
  });
  closing.opened("journal's end", () => note({ type: "appliance.stopped" }));
  settings.events.on((event) => {
    if (event.type === "changed") note({ type: "settings.changed", by: event.by, paths: event.paths });
  });

  const { cardQueueMs } = options;
  const media = createMediaEngine({ log, ...(cardQueueMs === undefined ? {} : { cardQueueMs }) });
  closing.opened("media", () => media.close());
  const country = (): string => settings.current().appliance.country;
  const tones = lineTones(country());
  const callerId = callerIdOf(country());
  const lines = createLines({
    boards: [hardware.board],
    media,
    settings: () => settings.current(),
    clock,
    log,
    tones,
    callerId,
    timeZone: () => settings.current().appliance.timeZone,
    // Simulated telephones see by it that their call was answered.
    ...(hardware.kind === "simulated" ? { timing: { fxs: { answerReversal: true } } } : {}),
    matchNumber: (digits, line) => matchNumber(settings.current(), digits, line),
    kept: goingOn.flatMap(({ legs }) => legs),
  });
  hardware.letGo();
  closing.opened("lines", () => lines.close());
  settings.events.on(({ type }) => type === "changed" && lines.settingsChanged());
  closing.opened("counters", readCounters(lines, clock));
  const changes = createLineChanges({ settings, lines, path: changePath, clock, newId, note, log }, restored);
  closing.opened("changes of lines", () => changes.close());

  const speech = createSpeech({ folder: join(home, "speech") });
  const audio = audioFolders(home);
  const promptLibrary = await createPromptLibrary({
    folder: join(home, "recorded-prompts"),
    readAudio,
    clock,
    log,
  });
  const promptPhone = createPhoneRecorder({
    lines,
    library: promptLibrary,
    folder: join(home, "recorded-prompts"),
    clock,
    log,
  });
  closing.opened("recording of prompts", () => promptPhone.close());
  const callCentre = createCallCentre({
    lines,
    media,
    settings: () => settings.current(),
    onSettings: (listener) => settings.events.on(({ type }) => type === "changed" && listener()),
    journal: storage,
    history,
    goingOn,
    ...(held === undefined ? {} : { keep: (call, now) => held.keep(call, now) }),
    dialled,
    async changeSettings(edit, by) {
      await settings.update(edit, { by });
    },
    clock,
    newId,
    log,
    prompts: createPrompts({
      own: (language, name) => promptLibrary.file(language, name),
      folders: audio.prompts,
      music: audio.music,
      speak: (text, language) => speech.speak(text, voiceOf(language)),
      now: () => localTime(clock.now(), settings.current().appliance.timeZone),
      log,
    }),
    flows,
    tone: (name) => toneOf(country(), name),
    trimRecording,
    verifyPin: verifyPassword,
    folder: home,
  });
  closing.opened("call centre", () => callCentre.close());
  const keeping = startSnapshots({
    storage,
    path: snapshots,
    keep() {
      const { anonymiseDays } = settings.current().journal;
      const days = anonymiseDays === 0 ? 30 : Math.min(30, anonymiseDays);
      return callCentre.keepAcd(clock.now() - days * 86_400_000);
    },
    clock,
    log,
  });
  closing.opened("kept states", keeping);

  const { far } = hardware;
  const rehearsal =
    far &&
    createRehearsal({ board: far, media, clock, log, tones, callerId, settings: () => settings.current() });
  closing.opened("rehearsal", () => rehearsal?.close());

  const web = await createWeb({
    settings,
    storage,
    lines,
    changes,
    note,
    calls: callCentre.calls,
    recorder: callCentre.recorder,
    outbox: callCentre.outbox,
    mailboxes: callCentre.mailboxes,
    rooms: callCentre.rooms,
    reporter: createReporter({ path: join(home, "journal.db"), marks: reportMarks, version }),
    shifts: createShifts(join(home, "shifts.json")),
    acd: callCentre.acd,
    alerts: callCentre.alerts,
    tryRouting: (ask, at) => callCentre.tryRouting(ask, at),
    flows: createFlowFiles(flowsFolder(home, root), flows),
    prompts: promptLibrary,
    promptPhone,
    ...(rehearsal === undefined ? {} : { rehearsal }),
    media,
    board: hardware.kind,
    version,
    recordingsDir: callCentre.recordings,
    faxesDir: callCentre.faxes,
    localSocket: options.localSocket ?? join(home, "callbox.sock"),
    tlsDir: join(home, "tls"),
    uiDir: join(root, "dist/ui"),
    clock,
    log,
  });
  closing.opened("web", () => web.close());
  const { url } = await web.listen();
  log.info({ board: hardware.kind, spans: hardware.board.spans.length, url }, "ready");
  return {
    url,
    firstUser,
    board: hardware.kind,
    mediaTicks: () => media.stats().ticks,
    close: () => closing.close(),
  };
}

/** The flows of this box; a new one begins with those of the checkout. */
function flowsFolder(home: string, root: string): string {
  const folder = join(home, "flows");
  if (!existsSync(folder)) cpSync(join(root, "src/ivr/flows"), folder, { recursive: true });
  return folder;
}

function lineTones(country: string): LineTones {
  return {
    dial: toneOf(country, "dial"),
    ringback: toneOf(country, "ringback"),
    busy: toneOf(country, "busy"),
    congestion: toneOf(country, "congestion"),
    sit: toneOf(country, "sit"),
    howler: toneOf(country, "howler"),
  };
}

function voiceOf(language: string): SpeechLanguage {
  return language === "zh" || language === "ko" ? language : "en";
}
