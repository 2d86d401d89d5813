// A span's settings as the D-channel's machine takes them.
import type { Span } from "../../boards/board.ts";
import type { SpanSettings } from "../../config/settings.ts";
import type { DChannelOptions } from "../../signalling/isdn/types.ts";
import type { LineTiming } from "../options.ts";

/** @param settings `undefined`: the span is not in the settings; the defaults hold. */
export function machineOptions(
  span: Span,
  settings: SpanSettings | undefined,
  channels: readonly number[],
  timing: LineTiming,
): DChannelOptions {
  const primary = span.kind === "E1";
  return {
    side: settings?.side ?? "user",
    interface: primary ? "PRI" : "BRI",
    channels,
    tei: primary ? "fixed" : (settings?.tei ?? "fixed"),
    overlapReceiving: settings?.overlap ?? false,
    timers: { ...timing.isdn, ...settings?.timers },
    seed: span.number,
    ...optional("channelSelection", settings?.channelSelection),
    ...optional("restart", settings?.restart),
    ...optional("law", settings?.law),
    ...(isOnDemand(span, settings) ? { dataLink: "on-demand" } : {}),
    ...optional("variant", settings?.switchType),
    ...(primary ? {} : optional("topology", settings?.topology)),
  };
}

/** BRI only: a primary rate link is always kept up (Q.921 §5.5, ETS 300 125). */
export function isOnDemand(span: Span, settings: SpanSettings | undefined): boolean {
  return span.kind === "BRI" && settings?.dataLink === "on-demand";
}

/** For properties that are left out where there is no value. */
export function optional<K extends string, V>(name: K, value: V | undefined): { readonly [_ in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [_ in K]?: V };
}
