// One ISDN call as a leg: indications become leg events, commands become requests, and the B-channel has audio
// from the moment that it carries any.
import type { Cancel } from "../../shared/clock.ts";
import type { CallId, CallIndication, KeptReference, Request } from "../../signalling/isdn/types.ts";
import type { LineContext } from "../context.ts";
import type { PartyNumber } from "../leg.ts";
import { createLegCore, relayDigits, type LegCore } from "../leg-core.ts";
import { createSequence } from "../sequence.ts";
import type { BearerLine } from "./bearer-line.ts";
import { detailsOf } from "./call-details.ts";
import { adviceOf } from "./charge-advice.ts";
import { inbandProgress } from "./party.ts";

export interface CallSpan {
  readonly context: LineContext;
  readonly side: "user" | "network";
  readonly request: (request: Request) => void;
  /** By what the exchange knows the call while it is active. */
  readonly reference: (call: CallId) => KeptReference | undefined;
  /** The B-channel of that number. */
  readonly lineAt: (channel: number) => BearerLine | undefined;
}

export interface IsdnCall {
  readonly id: CallId;
  readonly core: LegCore;
  /** An indication of this call. */
  indicate(indication: CallIndication): void;
  /** Opens the B-channel's audio. */
  listen(): void;
  readonly line: BearerLine;
}

/** Q.850: resource unavailable. */
const noResource = 47;

export function createIsdnCall(
  span: CallSpan,
  plan: {
    readonly id: CallId;
    readonly direction: "in" | "out";
    readonly line: BearerLine;
    readonly calling: PartyNumber;
    readonly called: PartyNumber;
    /** An active call of an earlier run: the id of its leg. */
    readonly kept?: string;
  },
): IsdnCall {
  const { context, request } = span;
  const { id: call, direction } = plan;
  let line = plan.line;
  let announcement: { readonly cause: number; readonly end: Cancel } | undefined;
  const report = (error: unknown): void => context.log.error({ err: error, line: line.id }, "ISDN call");
  const sequence = createSequence(report);

  const core = createLegCore({
    id: plan.kept ?? context.newId(),
    ...(plan.kept === undefined ? {} : { state: "connected" }),
    direction,
    calling: plan.calling,
    called: plan.called,
    line: () => line.info(),
    keep() {
      const reference = span.reference(call);
      return reference && { kind: "isdn", ...reference };
    },
    onListenerError: report,
    actions: {
      proceed: () => send({ type: "ProceedingRequest", call }),
      alert: (inband) =>
        send({ type: "AlertingRequest", call, ...(inband ? { progress: inbandProgress(span.side) } : {}) }),
      answer: () => send({ type: "SetupResponse", call }),
      release(cause) {
        end(cause, "local");
        request({ type: "DisconnectRequest", call, cause });
      },
    },
  });

  /** The B-channel can be heard before the far end is told that it may. */
  function send(answer: Request): void {
    sequence.push(openAudio);
    sequence.push(() => {
      if (core.leg.state !== "released") request(answer);
    });
  }

  function openAudio(): unknown {
    if (core.leg.media !== undefined || core.leg.state === "released") return undefined;
    const { audio } = line;
    const opened = (): undefined => {
      if (audio.port === undefined || core.leg.state === "released") return;
      core.attach(audio.port);
      relayDigits(audio.port, core);
      audio.port.events.on((event) => {
        if (event.type === "failed") fail(event.code);
      });
    };
    try {
      const pending = audio.open();
      return pending === undefined ? opened() : pending.then(opened, fail);
    } catch (error) {
      return fail(error);
    }
  }

  function fail(error: unknown): void {
    report(error);
    end(noResource, "fault");
    request({ type: "DisconnectRequest", call, cause: noResource });
  }

  /** The leg is over; the line is not free until signalling says so. */
  function end(cause: number, by: "local" | "remote" | "fault"): void {
    announcement?.end();
    core.end(cause, by);
    void line.audio.close().catch(report);
  }

  /** Until the first answer to our SETUP the far end may choose another channel (Q.931 §5.2.3). */
  function useChannel(channel: number | undefined): void {
    if (channel === undefined || channel === line.position || core.leg.media !== undefined) return;
    const other = span.lineAt(channel);
    if (other === undefined) return;
    const before = line;
    before.occupant = undefined;
    other.occupant = call;
    line = other;
    context.changed(before);
    context.changed(other);
  }

  /** Tells an event once audio passes. */
  function tell(event: Parameters<LegCore["tell"]>[0]): void {
    sequence.push(openAudio);
    sequence.push(() => core.tell(event));
  }

  function disconnected(indication: CallIndication & { type: "DisconnectIndication" }): void {
    const cause = indication.cause.value;
    if (direction === "out" && core.leg.state !== "connected" && indication.inband) {
      const release = (): void => {
        end(cause, "remote");
        request({ type: "ReleaseRequest", call });
      };
      announcement = { cause, end: context.clock.after(context.timing.announcementMs, release) };
      return tell({ type: "progress", inband: true });
    }
    end(cause, "remote");
    request({ type: "ReleaseRequest", call });
  }

  function indicate(indication: CallIndication): void {
    const details = detailsOf(indication);
    if (details !== undefined) context.detailed(core.leg.id, details);
    if (direction === "out") useChannel(indication.channel);
    switch (indication.type) {
      case "MoreInfoIndication":
        // We have the whole number from the start: who asks for more is told that there is none.
        request({ type: "InfoRequest", call, sendingComplete: true });
        return indication.inband ? tell({ type: "progress", inband: true }) : undefined;
      case "ProceedingIndication":
        tell({ type: "proceeding" });
        return indication.inband ? tell({ type: "progress", inband: true }) : undefined;
      case "AlertingIndication":
        return tell({ type: "alerting", inband: indication.inband });
      case "ProgressIndication":
        return tell({ type: "progress", inband: indication.inband });
      case "SetupConfirm":
        return tell({ type: "answered" });
      case "InfoIndication":
        for (const digit of indication.digits + indication.keypad)
          core.tell({ type: "digit", digit, source: "signalling" });
        return;
      case "DisconnectIndication":
        return disconnected(indication);
      case "ReleaseIndication":
        return end(announcement?.cause ?? indication.cause.value, indication.by);
      case "ReleaseConfirm":
        return end(indication.cause.value, "local");
      case "SetupIndication":
      case "SetupCompleteIndication":
      case "NotifyIndication":
      case "StatusIndication":
      case "TimeoutIndication":
        return;
      case "AocIndication": {
        const advice = adviceOf(indication.charge);
        return advice && context.charged(core.leg.id, advice);
      }
      // Supplementary services that a leg does not offer.
      case "CongestionIndication":
      case "FacilityIndication":
      case "HoldConfirm":
      case "HoldIndication":
      case "ResumeConfirm":
      case "ResumeIndication":
      case "RetrieveConfirm":
      case "RetrieveIndication":
      case "SuspendConfirm":
      case "SuspendIndication":
      case "UserInfoIndication":
        return;
    }
  }

  return {
    id: call,
    core,
    indicate,
    listen: () => sequence.push(openAudio),
    get line() {
      return line;
    },
  };
}
