// Where a call is, in words, and what is on a line: joins of what live.svelte.ts holds.
import type { CallPhase, CallView, LegView } from "../../web/api/calls.ts";
import type { Party } from "../../web/api/common.ts";
import { t } from "../i18n/i18n.svelte.ts";
import { agents, queues } from "./live.svelte.ts";
import { numberText } from "./numbers.svelte.ts";
import { roomName } from "./rooms.svelte.ts";

export interface OnLine {
  readonly call: CallView;
  readonly leg: LegView;
}

/** The call and leg on each line that has one. */
export function legsByLine(calls: Iterable<CallView>): ReadonlyMap<string, OnLine> {
  const found = new Map<string, OnLine>();
  for (const call of calls)
    for (const leg of call.legs) if (leg.state !== "released") found.set(leg.line, { call, leg });
  return found;
}

/** How a supervisor takes part: `205 listens`. */
export const supervisorText = (leg: LegView): string =>
  t(leg.state === "connected" ? `calls.supervised.${leg.supervises ?? "listen"}` : "calls.supervised.rings", {
    who: leg.name ?? leg.extension ?? leg.number,
  });

export const queueName = (id: string): string => queues.get(id)?.name ?? id;
export const agentName = (number: string): string => agents.get(number)?.name ?? number;

/** Name and number on one line. */
export function partyText(party: Party): string {
  const number = party.number === "" ? t("party.withheld") : numberText(party.number);
  return party.name === undefined ? number : `${party.name} ${number}`;
}

/** The called side: an analog line does not say which number was called. */
export const calledParty = (called: string): Party => ({ number: called === "" ? "–" : called });

/** What the call is in the middle of: `In queue Sales, position 2`. */
export function placeText(call: CallView): string {
  const where = call.where ?? "";
  const other = call.agent === undefined ? queueName(where) : agentName(call.agent);
  switch (call.phase) {
    case "arriving":
      return t("place.arriving");
    case "menu":
      return where === "" ? t("place.menu") : t("place.menuOf", { flow: where });
    case "waiting":
      return waitingText(call.id, where);
    case "ringing":
      return other === "" ? t("place.ringing") : t("place.ringingAt", { who: other });
    case "talking":
      return other === "" ? t("place.talking") : t("place.talkingWith", { who: other });
    case "held":
      return t("place.held");
    case "voicemail":
      return t("place.voicemail");
    case "fax":
      return t("place.fax");
    case "conference":
      return t("place.conference", { room: roomName(where) });
    case "seat":
      return t("place.seat");
  }
}

function waitingText(call: string, queue: string): string {
  const position = queues.get(queue)?.callers.find((caller) => caller.call === call)?.position;
  return position === undefined
    ? t("place.waiting", { queue: queueName(queue) })
    : t("place.waitingAt", { queue: queueName(queue), position });
}

export type Tone = "idle" | "talk" | "wait" | "alarm" | "sync" | "accent";

export const phaseTones: Readonly<Record<CallPhase, Tone>> = {
  arriving: "idle",
  menu: "sync",
  waiting: "wait",
  ringing: "wait",
  talking: "talk",
  held: "wait",
  voicemail: "sync",
  fax: "sync",
  conference: "talk",
  seat: "idle",
};
