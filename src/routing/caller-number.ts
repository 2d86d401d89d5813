// The number that an outgoing call shows: of the agent, the extension, the agent's queue, or the trunk group; and
// whether it is shown at all (Q.931 §4.5.10, presentation).
import type { Authority } from "../calls/plan.ts";
import type { TrunkGroup } from "../config/settings.ts";
import type { PartyNumber } from "../lines/leg.ts";
import type { RoutingContext } from "./context.ts";
import { homeOf } from "./context.ts";
import { formatFor } from "./numbers.ts";
import { rewrite } from "./pattern.ts";

export interface ShownAsk {
  readonly authority: Authority;
  readonly calling: PartyNumber;
  /** Asked for by the code dialled before the number. */
  readonly withhold: boolean;
  readonly emergency: boolean;
}

/** An extension's number means nothing outside: one of ours is shown in its place. */
export function shownOutside(context: RoutingContext, group: TrunkGroup, ask: ShownAsk): PartyNumber {
  const number = chosen(context, group, ask);
  // Whoever comes to help must know where to (and may read withheld numbers anyhow).
  const withheld =
    !ask.emergency && (number.presentation === "restricted" || isWithheld(context, group, ask));
  if (number.digits === "") return { ...number, presentation: withheld ? "restricted" : "unavailable" };
  const written = rewrite(group.callingOut, number.digits).digits;
  const { name } = ask.calling;
  return {
    ...formatFor({ digits: written, type: number.type }, group.numberFormat, homeOf(context.settings)),
    presentation: withheld ? "restricted" : "allowed",
    screening: group.screening,
    ...(name === undefined || withheld ? {} : { name }),
  };
}

function chosen(context: RoutingContext, group: TrunkGroup, { authority, calling }: ShownAsk): PartyNumber {
  const extension = callingExtension(context, authority, calling);
  if (extension === undefined && calling.digits !== "" && group.forwardedNumber === "caller") return calling;
  const own = extension === undefined ? undefined : ownNumber(context, extension);
  return plainNumber(own ?? group.callerNumber ?? "");
}

/** The extension whose call this is; `undefined` for an outside caller who is sent on. */
function callingExtension(
  { settings }: RoutingContext,
  authority: Authority,
  calling: PartyNumber,
): string | undefined {
  if (settings.extensions.some(({ number }) => number === calling.digits)) return calling.digits;
  return calling.digits === "" && authority !== "box" ? authority.extension : undefined;
}

/** Of the agent who works there, else of the extension, else of the first queue of the agent that has one. */
function ownNumber({ settings, agentAt }: RoutingContext, extension: string): string | undefined {
  const agent = settings.agents.find(({ number }) => number === agentAt(extension));
  const phone = settings.extensions.find(({ number }) => number === extension);
  const ofQueues = agent?.queues.map((id) => settings.queues.find((queue) => queue.id === id)?.callerNumber);
  return agent?.callerNumber ?? phone?.callerNumber ?? ofQueues?.find((number) => number !== undefined);
}

function isWithheld(context: RoutingContext, group: TrunkGroup, ask: ShownAsk): boolean {
  if (ask.withhold || group.withhold) return true;
  const extension = callingExtension(context, ask.authority, ask.calling);
  return context.settings.extensions.some(({ number, withhold }) => number === extension && withhold);
}

export function plainNumber(digits: string): PartyNumber {
  return { digits, type: "unknown", presentation: "allowed" };
}
