// What a port starts with where its caller says nothing: the card's profile, or else A-law and no echo canceller.
import type { BoardProfile } from "../profiles.ts";
import type { Defaults } from "./bearer.ts";

export function portDefaults(profile: BoardProfile | undefined): Defaults {
  if (profile === undefined) return { law: "alaw", audio: {} };
  const { law, echoCanceller } = profile.defaults;
  return { law, audio: { echoCanceller } };
}
