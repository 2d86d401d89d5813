// What calls/ asks of routing/: what dialled digits mean, and how a destination is reached.
import type { Destination, DialClass, FeatureCodes, Forwarding } from "../config/settings.ts";
import type { DialRequest, PartyNumber } from "../lines/leg.ts";

/** What a phone may dial: a destination, one whom its number is not shown, or one of the box's features. */
export type Dialled =
  | Destination
  | { readonly outside: string; readonly withhold: true }
  /**
   * `about`: the schedule that is opened or closed, the reason of a pause, the wrap-up code. `to`: where calls are forwarded;
   * none: no longer.
   */
  | { readonly feature: keyof FeatureCodes; readonly about?: string; readonly to?: Destination };

export type Match =
  /** More digits are needed. */
  | { readonly kind: "incomplete" }
  /** A number already, and more digits could make it another: wait a little. */
  | { readonly kind: "ambiguous"; readonly to: Dialled }
  | { readonly kind: "complete"; readonly to: Dialled }
  /** No further digit can help. Cause by Q.850. */
  | { readonly kind: "invalid"; readonly cause: number };

/** On whose behalf something is dialled: an extension, with its dial classes, or the box by its settings. */
export type Authority = { readonly extension: string } | "box";

/** What an outgoing call is counted as. */
export interface Charge {
  readonly class: DialClass;
  /** The extension it is made for; none for the box's own. */
  readonly payer?: string;
}

export type Reach =
  /** In turn, until one finds a free line; at least one. `charge`: of outside numbers. */
  { readonly requests: readonly DialRequest[]; readonly charge?: Charge } | { readonly refused: number };

export interface DialPlan {
  match(digits: string): Match;
  /** Where all calls to an extension go, by `alwaysTo`. */
  forwarded(extension: string, caller: string | undefined): Destination | undefined;
  /**
   * Of extensions, agents and outside numbers; flows, queues, rooms and mailboxes are not dialled but entered (`refused` 1). An agent who is
   * not logged in is refused as an absent subscriber (20), a telephone that is not to be disturbed as busy (17).
   */
  reach(to: Destination, authority: Authority, calling: PartyNumber): Reach;
}

/** Where all calls of an extension go that forwards them; whoever is forwarded to still reaches it. @param caller an extension */
export function alwaysTo({ always }: Forwarding, caller: string | undefined): Destination | undefined {
  const itself = always !== undefined && "extension" in always && always.extension === caller;
  return itself ? undefined : always;
}

/** Is somebody's telephone rung there, rather than the call entered into something? */
export const isRung = (to: Destination): boolean => "extension" in to || "agent" in to || "outside" in to;

/** `Destination` in one word, for journal and console: `flow:main`, `queue:sales`, `agent:301`, `room:board`, `mailbox:office`, `201`, `outside:5551000`. */
export function nameOf(to: Destination): string {
  if ("flow" in to) return `flow:${to.flow}`;
  if ("queue" in to) return `queue:${to.queue}`;
  if ("agent" in to) return `agent:${to.agent}`;
  if ("room" in to) return `room:${to.room}`;
  if ("mailbox" in to) return `mailbox:${to.mailbox}`;
  if ("extension" in to) return to.extension;
  return `outside:${to.outside}`;
}

/**
 * Causes after which another trunk group may do better: no circuit, network out of order, temporary failure,
 * congestion, channel not available, resources (Q.850). A busy or unknown subscriber is so by any way.
 */
export const otherWayCauses: ReadonlySet<number> = new Set([34, 38, 41, 42, 44, 47]);
