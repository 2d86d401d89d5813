// The call centre put together: calls, routing, flows, queues, recording and voicemail over lines and media.
// The rooms of one floor meet here, and only here.
import { join } from "node:path";
import type { LiveAcd } from "../acd/live.ts";
import { createAcd, type AcdHistory, type KeptAcd } from "../acd/acd.ts";
import { createAlerts, type Alerts } from "../acd/alerts.ts";
import type { Phone } from "../acd/state.ts";
import { createCalls, type CallsDeps } from "../calls/calls.ts";
import type { KeptCall } from "../calls/go-on.ts";
import type { LiveCalls } from "../calls/live.ts";
import { neverSilent } from "../calls/music.ts";
import { causeOfError } from "../calls/reach.ts";
import { createSeats } from "../calls/seats.ts";
import type { Prompts } from "../calls/say.ts";
import { cause, type ToneName } from "../calls/state.ts";
import { createRooms, type Rooms } from "../conference/rooms.ts";
import type { Settings } from "../config/settings.ts";
import type { Flows } from "../ivr/flows.ts";
import { faxHeader, faxIdent } from "../fax/identity.ts";
import { createOutbox, type Outbox } from "../fax/outbox.ts";
import { removeOldFaxes } from "../fax/retention.ts";
import type { LineInfo, Lines } from "../lines/leg.ts";
import type { MediaEngine, Tone } from "../media/engine.ts";
import { createRecorder, type Recorder } from "../recording/recorder.ts";
import { archiveOld } from "../recording/archive.ts";
import { removeOld } from "../recording/retention.ts";
import { startUpkeep } from "../recording/upkeep.ts";
import type { RoutingContext } from "../routing/context.ts";
import { createDialPlan } from "../routing/dial-plan.ts";
import { plainNumber } from "../routing/caller-number.ts";
import { createLedger } from "../routing/ledger.ts";
import { scheduleAt } from "../routing/schedule.ts";
import { tryRouting, type Trial, type TrialAsk } from "../routing/trial.ts";
import type { Clock } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import { createNote, type Journal, type JournalEvent } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { createMailboxes, type Mailboxes } from "../voicemail/mailboxes.ts";
import { createArrivals, type ChangeSettings } from "./arrivals.ts";
import { createDestinations } from "./destinations.ts";
import { fullGroups, watchLines } from "./line-watch.ts";
import { takeUp } from "./take-up.ts";

export interface CallCentreDeps {
  readonly lines: Lines;
  readonly media: Pick<MediaEngine, "openConference">;
  /** Of voice messages. */
  readonly trimRecording?: (path: string) => Promise<{ readonly bytes: number; readonly durationMs: number }>;
  /** The settings as they are now. */
  readonly settings: () => Settings;
  /** Tells of every change of the settings. */
  readonly onSettings: (listener: () => void) => Unsubscribe;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
  readonly prompts: Prompts;
  readonly flows: Flows;
  /** Call-progress tones of the country. */
  readonly tone: (name: ToneName) => Tone;
  readonly verifyPin: (pin: string, hash: string) => Promise<boolean>;
  /** Distribution's part of the journal (`acdEventTypes`), oldest first: agents stay logged in over a restart. */
  readonly history?: AcdHistory;
  /** Calls of an earlier run whose lines were held. */
  readonly goingOn?: readonly KeptCall[];
  /** Takes down what a later run goes on with, should this one die. */
  readonly keep?: CallsDeps["keep"];
  /** Today's outgoing calls in the journal (`usageEventTypes`), oldest first: limits hold over a restart. */
  readonly dialled?: Iterable<JournalEvent>;
  /** What telephones set by code. */
  readonly changeSettings: ChangeSettings;
  /** Where audio is kept: `recordings/`, `voicemail/` and `faxes/` are made in it. */
  readonly folder: string;
}

export interface CallCentre {
  readonly calls: LiveCalls;
  readonly acd: LiveAcd;
  readonly alerts: Pick<Alerts, "list" | "events">;
  readonly recorder: Pick<Recorder, "command" | "fault">;
  readonly outbox: Outbox;
  readonly mailboxes: Mailboxes;
  readonly rooms: Pick<Rooms, "list">;
  /** Where a call would go, at a moment (wall clock, ms since 1970 UTC; default now), and why. */
  tryRouting(ask: TrialAsk, at?: number): Trial;
  /** Folders that the journal's file names are relative to. */
  readonly recordings: string;
  readonly voicemail: string;
  readonly faxes: string;
  /** Distribution as it is, to be gone on with. */
  keepAcd(since: number): KeptAcd;
  /** Ends all calls and completes all recordings. Lines and media are closed by their owner afterwards. */
  close(): Promise<void>;
}

export function createCallCentre(deps: CallCentreDeps): CallCentre {
  const { lines, settings, clock, log, flows, folder } = deps;
  const ledger = createLedger({
    clock,
    settings,
    end(call, scope) {
      note({ type: "call.limited", call, scope });
      calls.find(call)?.end(cause.notAllowed);
    },
    ...(deps.dialled === undefined ? {} : { history: deps.dialled }),
  });
  // What is dialled counts from the moment that it is noted, not when the disk has it.
  const journal: Journal = {
    append(event) {
      deps.journal.append(event);
      ledger.take(event);
    },
    committed: () => deps.journal.committed(),
  };
  const note = createNote(journal, clock);
  const recordings = join(folder, "recordings");
  const voicemail = join(folder, "voicemail");
  const faxes = join(folder, "faxes");
  const prompts = neverSilent(deps.prompts, join(folder, "music-made.wav"), log);
  const lineOf = (extension: string): LineInfo | undefined =>
    lines.list().find((line) => line.extension === extension);
  const routing = (now = clock.now()): RoutingContext => ({
    settings: settings(),
    used: (scope) => ledger.used(scope),
    agentAt: (extension) => acd.agentAt(extension),
    now,
  });

  const plan = createDialPlan({ context: routing, lineOf: (extension) => lineOf(extension)?.id });
  const seats = createSeats({ clock, newId: deps.newId, log });
  const seated = seats.over(lines);
  const calls = createCalls({
    lines: seated,
    openConference: () => deps.media.openConference(),
    clock,
    newId: deps.newId,
    note,
    log,
    prompts,
    plan,
    tone: deps.tone,
    codes: () => ({ record: "", ...settings().featureCodes }),
    language: () => settings().appliance.language,
    makeRoom: (forCall, group) => outbox.makeRoom(forCall, group),
    ...(deps.keep === undefined ? {} : { keep: deps.keep }),
    enter: (call, to, authority) => enter(call, to, authority),
  });
  const phoneNow = (extension: string, line = lineOf(extension)): Phone => {
    const state = seats.stateOf(extension) ?? phoneState(line);
    const undisturbed = settings().extensions.find(({ number }) => number === extension)?.doNotDisturb;
    return undisturbed === true && state === "free" ? "unavailable" : state;
  };
  const mailboxes = createMailboxes(voicemail, note);
  /** Telephones that have, or had, a mailbox: the others have no lamp that we know of. */
  const lamps = new Set<string>();
  const light = (): void => {
    for (const { number, mailbox } of settings().extensions) {
      if (mailbox !== undefined) lamps.add(number);
      if (lamps.has(number))
        lines.tellMessages(number, mailbox !== undefined && mailboxes.unheard(mailbox).length > 0);
    }
  };
  const outbox = createOutbox({
    lines,
    plan,
    clock,
    newId: deps.newId,
    note,
    log,
    folder: faxes,
    settings: () => settings().fax,
    ident: () => faxIdent(settings()),
    header: () => faxHeader(settings().appliance, clock.now()),
  });
  const recorder = createRecorder({
    calls,
    settings,
    folder: recordings,
    clock,
    note,
    log,
  });
  const { calls: goingOn, unused } = takeUp(deps.goingOn ?? [], lines.goingOn(), { calls, seats });
  const acd = createAcd({
    clock,
    goingOn,
    journal,
    log,
    settings,
    phoneOf: phoneNow,
    ...(deps.history === undefined ? {} : { history: deps.history }),
    enter: (call, to) => enter(call, to, "box"),
    callbacks: {
      newId: deps.newId,
      may: (dialled) => "requests" in plan.reach({ outside: dialled }, "box", plainNumber("")),
      ringAgent(extension, number) {
        const made = plan.reach({ extension }, "box", plainNumber(number));
        if ("refused" in made) return { cause: made.refused };
        const [request] = made.requests;
        try {
          return request === undefined ? { cause: cause.outOfOrder } : seated.dial(request);
        } catch (error) {
          return { cause: causeOfError(error, true) ?? cause.temporaryFailure };
        }
      },
      begin: (leg, number, agent) =>
        calls.begin(leg, {
          direction: "out",
          calling: plainNumber(leg.line.extension ?? ""),
          called: plainNumber(number),
          agent,
        }),
    },
    isOpen: (id) => {
      const { timeZone } = settings().appliance;
      return scheduleAt({ ...settings(), timeZone }, id, clock.now())?.state === "open";
    },
    overflow(call, queue, why) {
      const own = settings().queues.find((one) => one.id === queue);
      const to = own?.sendOn[why] ?? own?.overflow;
      if (to === undefined) call.end(cause.noAnswer);
      else enter(call, to, "box");
    },
  });

  const alerts = createAlerts({
    clock,
    note,
    log,
    rules: () => settings().alerts,
    queues: () => acd.queues(),
    agents: () => acd.agents(),
    fullGroups: () => fullGroups(lines.list()),
  });

  const rooms = createRooms({
    openConference: () => deps.media.openConference(),
    settings,
    verifyPin: deps.verifyPin,
    clock,
    note,
    log,
  });

  const destinations = createDestinations({
    acd,
    rooms,
    recorder,
    mailboxes,
    flows,
    ...{ settings, clock, note, log, voicemail, faxes },
    trimRecording: deps.trimRecording,
  });
  const { enter } = destinations;

  const arrivals = createArrivals({
    calls,
    lines,
    acd,
    seats,
    mailboxes,
    routing,
    enter,
    ...{ settings, clock, note, log },
    verifyPin: deps.verifyPin,
    changeSettings: deps.changeSettings,
    mayCall(extension, to) {
      const reached = plan.reach(to, { extension }, plainNumber(extension));
      return !("refused" in reached && reached.refused === cause.notAllowed);
    },
  });

  const stops: readonly Unsubscribe[] = [
    lines.events.on((event) => {
      if (event.type === "incoming") arrivals.arrive(event.leg);
      if (event.type === "detailed") calls.detailed(event.leg, event.details);
      if (event.type === "charged") calls.charged(event.leg, event.advice);
      if (event.type === "line" && event.line.extension !== undefined)
        acd.phone(event.line.extension, phoneNow(event.line.extension, event.line));
    }),
    seats.events.on(({ extension, state }) => {
      const agent = acd.agentAt(extension);
      // Whoever hangs such a telephone up goes home.
      if (state === undefined && agent !== undefined) acd.logOut(agent, "phone");
      acd.phone(extension, phoneNow(extension));
    }),
    watchLines(lines, note),
    deps.onSettings(() => {
      acd.configure();
      for (const { number } of settings().extensions) acd.phone(number, phoneNow(number));
    }),
    deps.onSettings(() => alerts.rulesChanged()),
    deps.onSettings(light),
    mailboxes.events.on(light),
    startUpkeep(clock, log, [
      () =>
        removeOldFaxes({
          folder: faxes,
          keepDays: () => settings().fax.keepDays,
          needed: () =>
            new Set(outbox.list().flatMap(({ id, state }) => (state === "sent" ? [] : [`outbox/${id}.tif`]))),
          clock,
          note,
        }),
      () => removeOld({ folder: recordings, keepDays: () => settings().recording.keepDays, clock, note }),
      (signal) =>
        archiveOld({ folder: recordings, settings: () => settings().recording, clock, note, log }, signal),
    ]),
  ];

  for (const leg of unused) leg.release(cause.temporaryFailure);
  for (const call of goingOn) {
    const { ended, talk, consult, phase, where } = call.state;
    if (ended !== null || talk !== null || consult !== null || phase === "seat" || acd.has(call)) continue;
    if (phase !== "conference" || !rooms.goOn(call, where ?? "")) arrivals.again(call);
  }
  light();
  return {
    calls,
    acd,
    alerts,
    recorder,
    outbox,
    mailboxes,
    rooms,
    keepAcd: (since) => acd.keep(since),
    tryRouting: (ask, at) => tryRouting(routing(at), ask),
    recordings,
    voicemail,
    faxes,
    async close() {
      for (const stop of stops) stop();
      calls.close();
      acd.close();
      alerts.close();
      ledger.close();
      await Promise.all([recorder.close(), outbox.close(), destinations.close()]);
    },
  };
}

function phoneState(line: LineInfo | undefined): Phone {
  if (line === undefined) return "unavailable";
  if (line.state === "idle") return "free";
  return line.state === "in-use" ? "busy" : "unavailable";
}
