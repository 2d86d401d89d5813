// The call centre put together: calls, routing, flows, queues, recording and voicemail over lines and media.
// The rooms of one floor meet here, and only here.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LiveAcd } from "../acd/live.ts";
import { createAcd, type AcdHistory, type KeptAcd } from "../acd/acd.ts";
import { createAlerts, type Alerts } from "../acd/alerts.ts";
import { runFeature } from "../acd/phone-features.ts";
import type { Phone } from "../acd/state.ts";
import type { Call } from "../calls/call.ts";
import { createCalls, type CallsDeps } from "../calls/calls.ts";
import type { KeptCall } from "../calls/go-on.ts";
import type { LiveCalls } from "../calls/live.ts";
import { madeMusic } from "../calls/music.ts";
import { isRung, nameOf, type Authority, type Dialled } from "../calls/plan.ts";
import { causeOfError } from "../calls/reach.ts";
import { ringFor } from "../calls/ring.ts";
import { createSeats } from "../calls/seats.ts";
import type { Prompts } from "../calls/say.ts";
import { cause, type ToneName } from "../calls/state.ts";
import { createRooms, type Rooms } from "../conference/rooms.ts";
import type { Destination, Schedule, Settings } from "../config/settings.ts";
import type { Flows } from "../ivr/flows.ts";
import { createOutbox, type Outbox } from "../fax/outbox.ts";
import { removeOldFaxes } from "../fax/retention.ts";
import { takeFax } from "../fax/receive.ts";
import { runFlow } from "../ivr/ivr.ts";
import type { Outcome } from "../ivr/node.ts";
import type { Leg, LineInfo, Lines } from "../lines/leg.ts";
import type { MediaEngine, Tone } from "../media/engine.ts";
import { createRecorder, type Recorder } from "../recording/recorder.ts";
import { archiveOld } from "../recording/archive.ts";
import { removeOld } from "../recording/retention.ts";
import { startUpkeep } from "../recording/upkeep.ts";
import { isScheduleFeature, switchSchedule, turnAway } from "../routing/answers.ts";
import type { RoutingContext } from "../routing/context.ts";
import { createDialPlan } from "../routing/dial-plan.ts";
import { plainNumber } from "../routing/caller-number.ts";
import { decideIncoming, type TurnedAway } from "../routing/incoming.ts";
import { createLedger } from "../routing/ledger.ts";
import { scheduleAt } from "../routing/schedule.ts";
import { tryRouting, type Trial, type TrialAsk } from "../routing/trial.ts";
import type { Clock } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import { posixZone } from "../shared/local-time.ts";
import { createNote, type CallDirection, type Journal, type JournalEvent } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { hearMessages } from "../voicemail/by-phone.ts";
import { createMailboxes, type Mailboxes } from "../voicemail/mailboxes.ts";
import { takeMessage } from "../voicemail/voicemail.ts";
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
  /** Opens or closes a schedule by hand. `by`: who, for the journal. */
  readonly setSchedule: (id: string, override: Schedule["override"], by: string) => Promise<void>;
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

/** A call that is sent from place to place more often than this goes round in circles. */
const mostHops = 20;

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
  const hops = new WeakMap<Call, number>();
  const recordings = join(folder, "recordings");
  const voicemail = join(folder, "voicemail");
  const faxes = join(folder, "faxes");
  const receiving = new Set<Promise<void>>();
  const prompts = withMusic(deps.prompts, join(folder, "music-made.wav"), log);
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
    ident: () => identOf(settings()),
    header: () => headerOf(settings().appliance, clock.now()),
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
    phoneOf: (extension) => seats.stateOf(extension) ?? phoneState(lineOf(extension)),
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

  const enter = (call: Call, to: Destination, authority: Authority): void => {
    const hop = (hops.get(call) ?? 0) + 1;
    hops.set(call, hop);
    if (hop > mostHops) {
      log.error({ call: call.id, to }, "a call goes round in circles: look at overflows and flows");
      return call.end(cause.temporaryFailure);
    }
    note({ type: "call.routed", call: call.id, to: nameOf(to) });
    if ("flow" in to) return enterFlow(call, to.flow);
    if ("queue" in to ? acd.enter(call, to.queue) : "room" in to && rooms.enter(call, to.room)) return;
    if (isRung(to)) return ringFor(call, to, authority, clock);
    log.error({ call: call.id, to }, "a call was sent to a queue or room that there is not");
    call.end(cause.unallocated);
  };

  const enterFlow = (call: Call, id: string): void => {
    const flow = flows.get(id);
    if (flow === undefined) {
      log.error({ call: call.id, flow: id }, "a call was sent to a flow that there is not");
      return call.end(cause.unallocated);
    }
    const timeZone = (): string => settings().appliance.timeZone;
    runFlow(call, flow, {
      clock,
      note,
      timeZone,
      schedule: (id) => scheduleAt({ ...settings(), timeZone: timeZone() }, id, clock.now())?.state,
      leave: leaveFlow,
    });
  };

  const leaveFlow = (call: Call, outcome: Outcome): void => {
    switch (outcome.type) {
      case "enter":
        return enter(call, outcome.to, "box");
      case "hang-up":
        return call.end(outcome.cause);
      case "fax":
        // Modems are no speech, and their page is kept whole.
        recorder.stop(call);
        return receive(call, outcome.mailbox);
      case "voicemail":
        // A message is a file of its own, and a port records one file at a time.
        recorder.stop(call);
        return takeMessage(call, outcome.mailbox, outcome.greeting, {
          folder: voicemail,
          clock,
          note,
          log,
          left: (message) => mailboxes.left(message),
          trim: deps.trimRecording,
        });
    }
  };

  const receive = (call: Call, mailbox: string): void => {
    const taken = takeFax(call, mailbox, {
      folder: faxes,
      work: existsSync(memory) ? memory : tmpdir(),
      ident: () => identOf(settings()),
      clock,
      note,
      log,
    }).finally(() => receiving.delete(taken));
    receiving.add(taken);
  };

  /** Of a call that has neither partner nor queue: whoever comes over a trunk begins anew, in its flow for instance. */
  const startAgain = (call: Call): void => {
    const { direction, main, first } = call.state;
    const leg = lines.goingOn().find(({ id }) => id === main);
    if (direction !== "in" || main !== first || leg === undefined)
      return call.end(cause.temporaryFailure, "fault");
    const routed = decideIncoming(routing(), leg);
    if ("to" in routed && !("feature" in routed.to)) enter(call, routed.to, "box");
    else call.end(cause.temporaryFailure, "fault");
  };

  const incoming = (leg: Leg): void => {
    const { line, calling, called } = leg;
    const routed = decideIncoming(routing(), { line, calling, called });
    const call = calls.begin(leg, {
      direction: directionOf(line, "to" in routed ? routed.to : undefined),
      calling: routed.calling,
      called: routed.called,
      ...("to" in routed
        ? { answering: routed.answer, priority: routed.priority }
        : { answering: "when-agent" }),
    });
    if (call.state.ended !== null) return;
    if ("refused" in routed) return refuse(call, routed);
    const { to } = routed;
    if (!("feature" in to))
      return enter(call, to, line.extension === undefined ? "box" : { extension: line.extension });
    if (isScheduleFeature(to.feature))
      return switchSchedule(call, to.feature, to.about ?? "", {
        log,
        may: (extension) => settings().extensions.some((one) => one.number === extension && one.schedules),
        set: deps.setSchedule,
      });
    if (to.feature === "messages")
      return hearMessages(call, {
        mailboxes,
        clock,
        mailboxOf: (extension) => settings().extensions.find((one) => one.number === extension)?.mailbox,
      });
    return runFeature(call, to.feature, to.about, {
      acd,
      hold: (seated) => seats.hold(seated, leg),
      clock,
      log,
      agents: () => settings().agents,
      verifyPin: deps.verifyPin,
    });
  };

  const refuse = (call: Call, { refused, rejected, announce }: TurnedAway): void => {
    if (rejected !== undefined) note({ type: "call.rejected", call: call.id, reason: rejected });
    if (rejected !== undefined && announce === true) turnAway(call, rejected, refused);
    else call.end(refused);
  };

  const stops: readonly Unsubscribe[] = [
    lines.events.on((event) => {
      if (event.type === "incoming") incoming(event.leg);
      if (event.type === "detailed") calls.detailed(event.leg, event.details);
      if (event.type === "charged") calls.charged(event.leg, event.advice);
      if (event.type === "line" && event.line.extension !== undefined)
        acd.phone(event.line.extension, seats.stateOf(event.line.extension) ?? phoneState(event.line));
    }),
    seats.events.on(({ extension, state }) => {
      const agent = acd.agentAt(extension);
      // Whoever hangs such a telephone up goes home.
      if (state === undefined && agent !== undefined) acd.logOut(agent, "phone");
      acd.phone(extension, state ?? phoneState(lineOf(extension)));
    }),
    watchLines(lines, note),
    deps.onSettings(() => acd.configure()),
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
    if (phase !== "conference" || !rooms.goOn(call, where ?? "")) startAgain(call);
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
      await Promise.all([recorder.close(), outbox.close(), ...receiving]);
    },
  };
}

/** A file system in memory, on Linux. */
const memory = "/dev/shm";

/** The number that a trunk group shows outside is what a fax is told of us. */
function identOf({ trunkGroups, appliance }: Settings): string {
  const number = trunkGroups.find((group) => group.callerNumber !== undefined)?.callerNumber;
  return (number ?? appliance.areaCode ?? "").replace(/[^0-9+ ]/gu, "").slice(0, 20);
}

/** Above each page: letters that every fax machine prints. */
function headerOf({ name, timeZone }: Settings["appliance"], now: number): { text: string; zone: string } {
  return { text: /^[ -~]*$/u.test(name) ? name.slice(0, 50) : "", zone: posixZone(now, timeZone) };
}

/** Nobody waits in silence: music is made now, not when somebody waits, where the box has none. */
function withMusic(prompts: Prompts, file: string, log: Logger): Prompts {
  if (prompts.music("default").length > 0) return prompts;
  try {
    const made = [madeMusic(file)];
    return {
      files: (items, language) => prompts.files(items, language),
      music(name) {
        const found = prompts.music(name);
        return found.length > 0 ? found : made;
      },
    };
  } catch (error) {
    log.error({ err: error, file }, "music could not be made");
    return prompts;
  }
}

function phoneState(line: LineInfo | undefined): Phone {
  if (line === undefined) return "unavailable";
  if (line.state === "idle") return "free";
  return line.state === "in-use" ? "busy" : "unavailable";
}

function directionOf(line: LineInfo, to: Dialled | undefined): CallDirection {
  if (line.extension === undefined) return "in";
  return to !== undefined && "outside" in to ? "out" : "internal";
}
