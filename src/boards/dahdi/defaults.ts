// What a port starts with where its caller says nothing: the card's profile, or else A-law and no echo canceller.
import { profileFor, type BoardProfile } from "../profiles.ts";
import type { Span } from "../board.ts";
import type { Defaults } from "./bearer.ts";

export function portDefaults(profiles: readonly BoardProfile[], span: Span): Defaults {
  const { name, description, deviceType = "" } = span;
  const profile = profileFor(profiles, { name, description, deviceType });
  if (profile === undefined) return { law: "alaw", echoCanceller: undefined };
  const { law, echoCanceller } = profile.defaults;
  return { law, echoCanceller: driverNames[echoCanceller] };
}

const driverNames: Readonly<Record<string, string>> = { oslec: "oslec", mg2: "mg2", hardware: "hwec" };
