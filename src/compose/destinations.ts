// Where calls go: a telephone or an outside number, a flow, a queue, a conference, a mailbox; and out of a flow to a mailbox or a fax.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Acd } from "../acd/acd.ts";
import type { Call } from "../calls/call.ts";
import { isRung, nameOf, type Authority } from "../calls/plan.ts";
import { createRing } from "../calls/ring.ts";
import type { SayItem } from "../calls/say.ts";
import { cause } from "../calls/state.ts";
import type { Rooms } from "../conference/rooms.ts";
import type { Destination, Settings } from "../config/settings.ts";
import { faxIdent } from "../fax/identity.ts";
import { takeFax } from "../fax/receive.ts";
import type { Flows } from "../ivr/flows.ts";
import { runFlow } from "../ivr/ivr.ts";
import type { Outcome } from "../ivr/node.ts";
import type { Recorder } from "../recording/recorder.ts";
import { scheduleAt } from "../routing/schedule.ts";
import type { Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import type { Mailboxes } from "../voicemail/mailboxes.ts";
import { takeMessage, type VoicemailDeps } from "../voicemail/voicemail.ts";

export interface DestinationsDeps {
  readonly acd: Pick<Acd, "enter">;
  readonly rooms: Pick<Rooms, "enter">;
  readonly recorder: Pick<Recorder, "stop">;
  readonly mailboxes: Pick<Mailboxes, "left">;
  readonly flows: Flows;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  /** Folders. */
  readonly voicemail: string;
  readonly faxes: string;
  readonly trimRecording: VoicemailDeps["trim"];
}

export interface Destinations {
  readonly enter: (call: Call, to: Destination, authority: Authority) => void;
  /** Faxes that come in are complete. */
  close(): Promise<void>;
}

/** A call that is sent from place to place more often than this goes round in circles. */
const mostHops = 20;
/** A file system in memory, on Linux: where a fax is made. */
const memory = "/dev/shm";

export function createDestinations(deps: DestinationsDeps): Destinations {
  const { acd, rooms, recorder, mailboxes, flows, settings, clock, note, log } = deps;
  const hops = new WeakMap<Call, number>();
  const receiving = new Set<Promise<void>>();
  const ring = createRing({
    clock,
    note,
    forwarding: (extension) => settings().extensions.find((one) => one.number === extension)?.forward,
    enter: (call, to, authority) => enter(call, to, authority),
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
    if ("mailbox" in to) return takeVoice(call, to.mailbox, [{ prompt: "vm-intro" }]);
    if (isRung(to)) return ring(call, to, authority);
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
        return takeVoice(call, outcome.mailbox, outcome.greeting);
    }
  };

  const takeVoice = (call: Call, mailbox: string, greeting: readonly SayItem[]): void => {
    // A message is a file of its own, and a port records one file at a time.
    recorder.stop(call);
    takeMessage(call, mailbox, greeting, {
      folder: deps.voicemail,
      clock,
      note,
      log,
      left: (message) => mailboxes.left(message),
      trim: deps.trimRecording,
    });
  };

  const receive = (call: Call, mailbox: string): void => {
    const taken = takeFax(call, mailbox, {
      folder: deps.faxes,
      work: existsSync(memory) ? memory : tmpdir(),
      ident: () => faxIdent(settings()),
      clock,
      note,
      log,
    }).finally(() => receiving.delete(taken));
    receiving.add(taken);
  };

  return {
    enter,
    async close() {
      await Promise.all(receiving);
    },
  };
}
