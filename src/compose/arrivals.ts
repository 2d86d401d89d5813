// Calls that come: from outside and from telephones. Routing says where to; a telephone may ask for a feature instead.
import type { Acd } from "../acd/acd.ts";
import { runFeature } from "../acd/phone-features.ts";
import type { Call } from "../calls/call.ts";
import type { Calls } from "../calls/calls.ts";
import type { Authority, Dialled } from "../calls/plan.ts";
import type { Seats } from "../calls/seats.ts";
import { cause } from "../calls/state.ts";
import type { Destination, Extension, Settings } from "../config/settings.ts";
import type { Leg, LineInfo, Lines } from "../lines/leg.ts";
import { isScheduleFeature, switchSchedule, turnAway } from "../routing/answers.ts";
import type { RoutingContext } from "../routing/context.ts";
import { isPhoneFeature, setByPhone } from "../routing/forward-by-phone.ts";
import { decideIncoming, type TurnedAway } from "../routing/incoming.ts";
import type { Clock } from "../shared/clock.ts";
import type { CallDirection, Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { hearMessages } from "../voicemail/by-phone.ts";
import type { Mailboxes } from "../voicemail/mailboxes.ts";

/** @param by who, for the journal */
export type ChangeSettings = (edit: (draft: Settings) => void, by: string) => Promise<void>;

export interface ArrivalsDeps {
  readonly calls: Pick<Calls, "begin">;
  readonly lines: Pick<Lines, "goingOn">;
  readonly acd: Acd;
  readonly seats: Pick<Seats, "hold">;
  readonly mailboxes: Mailboxes;
  readonly routing: () => RoutingContext;
  readonly enter: (call: Call, to: Destination, authority: Authority) => void;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  readonly verifyPin: (pin: string, hash: string) => Promise<boolean>;
  readonly changeSettings: ChangeSettings;
  /** By its dial classes and limits. */
  readonly mayCall: (extension: string, to: Destination) => boolean;
}

export interface Arrivals {
  arrive(leg: Leg): void;
  /** A call of an earlier run that has neither partner nor queue: whoever came over a trunk begins anew, in its flow for instance. */
  again(call: Call): void;
}

export function createArrivals(deps: ArrivalsDeps): Arrivals {
  const { calls, lines, acd, seats, mailboxes, routing, enter, settings, clock, note, log, verifyPin } = deps;

  const extensionOf = (number: string): Extension | undefined =>
    settings().extensions.find((one) => one.number === number);

  const refuse = (call: Call, { refused, rejected, announce }: TurnedAway): void => {
    if (rejected !== undefined) note({ type: "call.rejected", call: call.id, reason: rejected });
    if (rejected !== undefined && announce === true) turnAway(call, rejected, refused);
    else call.end(refused);
  };

  return {
    arrive(leg) {
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
          may: (extension) => extensionOf(extension)?.schedules === true,
          set: (id, override, by) =>
            deps.changeSettings((draft) => {
              for (const schedule of draft.schedules) if (schedule.id === id) schedule.override = override;
            }, by),
        });
      if (isPhoneFeature(to.feature))
        return setByPhone(call, to.feature, to.to, {
          log,
          extension: extensionOf,
          mayCall: deps.mayCall,
          change: (edit, number) =>
            deps.changeSettings((draft) => {
              for (const extension of draft.extensions) if (extension.number === number) edit(extension);
            }, number),
        });
      if (to.feature === "messages")
        return hearMessages(call, {
          mailboxes,
          clock,
          mailboxOf: (extension) => extensionOf(extension)?.mailbox,
        });
      return runFeature(call, to.feature, to.about, {
        acd,
        hold: (seated) => seats.hold(seated, leg),
        clock,
        log,
        agents: () => settings().agents,
        verifyPin,
      });
    },
    again(call) {
      const { direction, main, first } = call.state;
      const leg = lines.goingOn().find(({ id }) => id === main);
      if (direction !== "in" || main !== first || leg === undefined)
        return call.end(cause.temporaryFailure, "fault");
      // Somebody who had answered, and was asked whether to take the call.
      for (const other of Object.keys(call.state.legs)) if (other !== main) call.drop(other, cause.normal);
      const routed = decideIncoming(routing(), leg);
      if ("to" in routed && !("feature" in routed.to)) enter(call, routed.to, "box");
      else call.end(cause.temporaryFailure, "fault");
    },
  };
}

function directionOf(line: LineInfo, to: Dialled | undefined): CallDirection {
  if (line.extension === undefined) return "in";
  return to !== undefined && "outside" in to ? "out" : "internal";
}
