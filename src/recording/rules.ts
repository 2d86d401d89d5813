// Which calls are recorded: what the settings say of the lines that take part, else of all calls.
import { createHash } from "node:crypto";
import type { CallState, LegFacts } from "../calls/state.ts";
import type { RecordingRule, Settings } from "../config/settings.ts";

/** `on-demand`: when a person asks for it. `never`: not even then. */
export type Wanted = "record" | "on-demand" | "never";

type RuleSettings = Pick<Settings, "recording" | "trunkGroups" | "extensions">;

/**
 * Of what is said of the parties' trunk groups and extensions, the first of never, always, share, on demand counts; where
 * nothing is said, what holds for all calls. A call is of the share, or not, from its first moment to its last.
 */
export function recordingWanted(state: CallState, settings: RuleSettings): Wanted {
  const { calls, sharePercent } = settings.recording;
  const said = parties(state).flatMap((leg) => rulesOf(leg, settings));
  const rule = precedence.find((one) => said.includes(one));
  const chosen = (): Wanted => (percentile(state.id) < sharePercent ? "record" : "on-demand");
  switch (rule ?? calls) {
    case "always":
    case "all":
      return "record";
    case "queue":
      return talksToAgent(state) ? "record" : "on-demand";
    case "share":
      return chosen();
    case "on-demand":
      return "on-demand";
    case "never":
    case "none":
      return "never";
  }
}

const precedence: readonly RecordingRule[] = ["never", "always", "share", "on-demand"];

/** Whoever is heard: the one who is served, and whom it speaks with. */
function parties(state: CallState): readonly LegFacts[] {
  return [...new Set([state.main, ...(state.talk ?? [])])].flatMap((id) => state.legs[id] ?? []);
}

function rulesOf(leg: LegFacts, { trunkGroups, extensions }: RuleSettings): readonly RecordingRule[] {
  const group = trunkGroups.find((one) => one.id === leg.group)?.recording;
  const seat = extensions.find((one) => one.number === leg.extension)?.recording;
  return [group, seat].filter((rule) => rule !== undefined);
}

function talksToAgent(state: CallState): boolean {
  return state.talk?.some((leg) => state.legs[leg]?.role === "agent") === true;
}

/** 0–100, even over many calls, the same for a call at every moment. */
function percentile(id: string): number {
  return (createHash("sha256").update(id).digest().readUInt32BE() / 2 ** 32) * 100;
}
