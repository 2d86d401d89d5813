// What routing looks at, and how it says why it decided as it did.
import type { DialClass, Settings } from "../config/settings.ts";
import type { Home } from "./numbers.ts";

export type RoutingSettings = Pick<
  Settings,
  | "appliance"
  | "agents"
  | "blockList"
  | "extensions"
  | "featureCodes"
  | "holidays"
  | "incoming"
  | "limits"
  | "outgoing"
  | "pauseReasons"
  | "priorityCallers"
  | "queues"
  | "rooms"
  | "schedules"
  | "trunkGroups"
  | "wrapUpCodes"
>;

/** Outgoing calls of today, together. */
export interface Used {
  /** Up or being set up now. */
  readonly concurrent: number;
  readonly calls: number;
  /** Conversation, ms. */
  readonly ms: number;
}

export type UsageScope =
  { readonly scope: "box" | "costly" } | { readonly scope: "extension" | "group"; readonly name: string };

export interface RoutingContext {
  readonly settings: RoutingSettings;
  readonly used: (scope: UsageScope) => Used;
  /** The agent who is logged in at an extension. */
  readonly agentAt: (extension: string) => string | undefined;
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly now: number;
}

export const nothingUsed: Used = { concurrent: 0, calls: 0, ms: 0 };

/** One thing that was found or done on the way to a decision; the console says it in words. */
export interface Step {
  readonly code: StepCode;
  readonly values: Readonly<Record<string, string>>;
}

export const stepCodes = [
  "calledRewritten",
  "callingRewritten",
  "priorityCaller",
  "blocked",
  "anonymous",
  "incomingRoute",
  "incomingGroup",
  "incomingNone",
  "schedule",
  "scheduleUnknown",
  "answer",
  "goesTo",
  "forwarded",
  "undisturbed",
  "feature",
  "incomplete",
  "unassigned",
  "noPort",
  "outgoingRoute",
  "outgoingNone",
  "emergency",
  "rewritten",
  "class",
  "allowed",
  "denied",
  "limit",
  "groupUnknown",
  "attempt",
  "withheld",
] as const;
export type StepCode = (typeof stepCodes)[number];

export const say = (code: StepCode, values: Readonly<Record<string, string>> = {}): Step => ({
  code,
  values,
});

export function homeOf({ appliance: { country, areaCode } }: Pick<Settings, "appliance">): Home {
  return { country, ...(areaCode === undefined ? {} : { areaCode }) };
}

/** What a fraudster wants: each needs its class by name, whatever a route is called. */
export const costly = (dialClass: DialClass): boolean =>
  dialClass === "international" || dialClass === "premium";
