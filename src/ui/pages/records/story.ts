// A call's journal events as a story: each as one sentence with a mark, those that tell a person nothing left out.
import type { ChargeView, DetailsView, StoryEvent } from "../../../web/api/records.ts";
import { causeWords, t } from "../../i18n/i18n.svelte.ts";
import { bytes, money, span } from "../../lib/format.ts";
import { agentName, partyText, queueName, type Tone } from "../../lib/places.ts";
import { roomName } from "../../lib/rooms.svelte.ts";
import { wrapUpName } from "../../lib/work.svelte.ts";
import type { IconName } from "../../parts/icons.ts";

export interface Sentence {
  readonly at: number;
  readonly icon: IconName;
  readonly tone: Tone;
  readonly text: string;
  /** Said smaller, after the text. */
  readonly note?: string;
}

type Said = Omit<Sentence, "at"> | undefined;

export function storyOf(events: readonly StoryEvent[]): readonly Sentence[] {
  return events.flatMap((event) => {
    const said = say(event, events);
    return said === undefined ? [] : [{ at: event.at, ...said }];
  });
}

function say(event: StoryEvent, all: readonly StoryEvent[]): Said {
  switch (event.type) {
    case "call.started":
      return {
        icon: event.direction,
        tone: "accent",
        text: t("story.started", { caller: partyText(event.caller), called: event.called || "–" }),
        note: t("story.onLine", { line: event.line }),
      };
    case "call.answered":
      return { icon: "lift", tone: "talk", text: t("story.answered") };
    case "call.routed":
      return { icon: "transfer", tone: "idle", text: t("story.routed", { to: targetText(event.to) }) };
    case "call.rejected":
      return { icon: "close", tone: "alarm", text: t(`story.rejected.${event.reason}`) };
    case "call.forwarded":
      return {
        icon: "transfer",
        tone: "accent",
        text: t(`story.forwarded.${event.reason}`, { from: event.extension, to: targetText(event.to) }),
      };
    case "call.preempted":
      return { icon: "alert", tone: "alarm", text: t("story.preempted") };
    case "call.limited":
      return { icon: "alert", tone: "alarm", text: t("story.limited"), note: event.scope };
    case "call.joined":
      return { icon: "calls", tone: "talk", text: t("story.joined", { who: legsText(event.legs, all) }) };
    case "call.parted":
      return { icon: "close", tone: "idle", text: t("story.parted") };
    case "call.held":
      return { icon: "pause", tone: "wait", text: t("story.held") };
    case "call.resumed":
      return { icon: "play", tone: "talk", text: t("story.resumed") };
    case "transfer":
      return {
        icon: "transfer",
        tone: "accent",
        text: t(`story.transfer.${event.kind}`, { to: targetText(event.to) }),
      };
    case "call.conference":
      return {
        icon: "calls",
        tone: "talk",
        text: t("story.conference", { who: legsText([event.leg], all) }),
      };
    case "call.coded":
      return { icon: "records", tone: "idle", text: t("story.coded", { code: wrapUpName(event.code) }) };
    case "call.rated":
      return {
        icon: "user",
        tone: "idle",
        text: t("story.rated", { score: event.score, highest: event.highest }),
      };
    case "call.scored":
      return {
        icon: "records",
        tone: "accent",
        text: t("story.scored", { score: event.score, by: event.by }),
        ...(event.note === undefined ? {} : { note: event.note }),
      };
    case "call.supervised":
      return {
        icon: "ear",
        tone: "accent",
        text: t(`story.supervised.${event.mode}`, { who: legsText([event.leg], all) }),
        ...(event.by === undefined ? {} : { note: event.by }),
      };
    case "call.charged":
      // What was said before is in it.
      return all.findLast((one) => one.type === "call.charged" && one.leg === event.leg) === event
        ? { icon: "records", tone: "idle", text: t("story.charged", { charge: chargeText(event.advice) }) }
        : undefined;
    case "call.detailed":
      return { icon: "records", tone: "idle", text: detailsText(event.details) };
    case "call.ended":
      return {
        icon: "hangup",
        tone: event.by === "fault" ? "alarm" : "idle",
        text: t(`story.ended.${event.by}`),
        note: causeText(event.cause),
      };
    case "leg.added":
      return event.role === "caller"
        ? undefined
        : {
            icon: "out",
            tone: "wait",
            text: t("story.rings", { number: event.number }),
            note: t("story.onLine", { line: event.line }),
          };
    case "leg.state":
      return undefined;
    case "leg.ended":
      return undefined;
    case "ivr.entered":
      return { icon: "menu", tone: "sync", text: t("story.flow", { flow: event.flow }) };
    case "ivr.node":
      return { icon: "menu", tone: "idle", text: t("story.node", { node: event.node }) };
    case "ivr.digit":
      return {
        icon: "rehearsal",
        tone: "sync",
        text: t("story.digit", { digit: event.digit }),
        note: event.node,
      };
    case "ivr.left":
      return {
        icon: "menu",
        tone: "idle",
        text: t("story.flowLeft", { flow: event.flow }),
        note: targetText(event.outcome),
      };
    default:
      return sayQueue(event) ?? sayRecording(event);
  }
}

function sayQueue(event: StoryEvent): Said {
  switch (event.type) {
    case "queue.entered":
      return { icon: "queue", tone: "wait", text: t("story.queued", { queue: queueName(event.queue) }) };
    case "queue.asked":
      return { icon: "queue", tone: "wait", text: t("story.asked", { queue: queueName(event.queue) }) };
    case "queue.offered":
      return { icon: "user", tone: "wait", text: t("story.offered", { agent: agentName(event.agent) }) };
    case "queue.ring-no-answer":
      return {
        icon: "alert",
        tone: "alarm",
        text: t(`story.refused.${event.reason}`, { agent: agentName(event.agent) }),
        note: span(event.ringMs),
      };
    case "queue.ring-cancelled":
      return {
        icon: "close",
        tone: "idle",
        text: t("story.ringCancelled", { agent: agentName(event.agent) }),
      };
    case "queue.connected":
      return {
        icon: "user",
        tone: "talk",
        text: t("story.connected", { agent: agentName(event.agent) }),
        note: t("story.waited", { time: span(event.waitedMs) }),
      };
    case "queue.left":
      return {
        icon: "queue",
        tone: event.reason === "abandoned" ? "wait" : "idle",
        text: t(`story.left.${event.reason}`, { queue: queueName(event.queue) }),
      };
    default:
      return undefined;
  }
}

function sayRecording(event: StoryEvent): Said {
  switch (event.type) {
    case "recording.started":
      return {
        icon: "recording",
        tone: "alarm",
        text: event.by === undefined ? t("story.recording") : t("story.recordingBy", { who: event.by }),
      };
    case "recording.paused":
    case "recording.resumed":
      return {
        icon: event.type === "recording.paused" ? "pause" : "recording",
        tone: event.type === "recording.paused" ? "wait" : "alarm",
        text: t(event.type === "recording.paused" ? "story.recordingPaused" : "story.recordingResumed"),
        note: [event.by, span(event.offsetMs)].filter((one) => one !== undefined).join(" · "),
      };
    case "recording.finished":
      return { icon: "recording", tone: "idle", text: t("story.recorded"), note: span(event.durationMs) };
    case "recording.archived":
      return { icon: "recording", tone: "idle", text: t("story.archived"), note: bytes(event.bytes) };
    case "conference.joined":
      return { icon: "calls", tone: "talk", text: t("story.roomJoined", { room: roomName(event.room) }) };
    case "conference.left":
      return { icon: "close", tone: "idle", text: t("story.roomLeft"), note: span(event.stayedMs) };
    case "fax.sent":
      return {
        icon: "fax",
        tone: event.whole ? "sync" : "wait",
        text: event.whole ? t("story.faxSent") : t("story.faxUnsent", { status: event.status }),
        note: [t("records.faxPages", { n: event.pages }), event.far, event.by]
          .filter((one) => one !== undefined)
          .join(" · "),
      };
    case "fax.received":
      return {
        icon: "records",
        tone: event.whole ? "sync" : "wait",
        text: event.whole ? t("story.fax", { box: event.mailbox }) : t("story.faxFailed"),
        note: [t("records.faxPages", { n: event.pages }), event.far]
          .filter((one) => one !== undefined)
          .join(" · "),
      };
    case "voicemail.heard":
    case "voicemail.removed":
      return {
        icon: "voicemail",
        tone: "idle",
        text: t(event.type === "voicemail.heard" ? "story.messageHeard" : "story.messageDeleted"),
        note: event.by,
      };
    case "voicemail.left":
      return {
        icon: "mic",
        tone: "sync",
        text: t("story.voicemail", { box: event.mailbox }),
        note: span(event.durationMs),
      };
    default:
      return undefined;
  }
}

/** The numbers of two joined legs, by the events that added them. */
function legsText(legs: readonly string[], all: readonly StoryEvent[]): string {
  const numberOf = (leg: string): string => {
    const added = all.find((event) => event.type === "leg.added" && event.leg === leg);
    return added?.type === "leg.added" ? (added.extension ?? added.number) || t("party.withheld") : leg;
  };
  return legs.map(numberOf).join(" – ");
}

const kinds = ["flow", "queue", "room", "mailbox", "extension", "outside"] as const;

/** `queue:sales` as `Queue Sales`; anything else as it is. */
function targetText(target: string): string {
  const [kind, name] = target.split(":");
  const known = kinds.find((one) => one === kind);
  if (known === undefined || name === undefined) return target;
  const shown = known === "queue" ? queueName(name) : known === "room" ? roomName(name) : name;
  return `${t(`destination.${known}`)} ${shown}`;
}

export function chargeText(charge: ChargeView): string {
  switch (charge.kind) {
    case "units":
      return t("charge.units", { n: charge.units });
    case "currency":
      return `${money(charge.thousandths)} ${charge.currency}`;
    case "free":
      return t("charge.free");
  }
}

/** What the network said beside the numbers, in one line. */
export function detailsText(details: DetailsView): string {
  const { divertedFrom, divertedBecause, connected, userToUser } = details;
  const why = divertedBecause === undefined ? "" : t(`details.because.${divertedBecause}`);
  const subaddresses = [
    details.callingSubaddress,
    details.calledSubaddress,
    details.connectedSubaddress,
  ].filter((one) => one !== undefined);
  return [
    ...(divertedBecause === undefined
      ? []
      : [
          divertedFrom === undefined
            ? t("details.diverted", { why })
            : t("details.divertedFrom", { number: divertedFrom, why }),
        ]),
    ...(connected === undefined ? [] : [t("details.connected", { number: connected })]),
    ...subaddresses.map((address) => t("details.subaddress", { address })),
    ...(userToUser === undefined ? [] : [t("details.userToUser", { text: userToUser })]),
  ].join(" · ");
}

/** A cause of Q.850 with its words. */
export function causeText(cause: number): string {
  return t("cause.known", { cause, words: causeWords(cause) });
}
