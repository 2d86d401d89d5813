// How the lines of digital spans are driven: what the settings say, told to the card, and taken back when they no longer do.
import { isDeepStrictEqual } from "node:util";
import type { LineConfig, Span } from "../boards/board.ts";
import type { SpanSettings } from "../config/settings.ts";
import type { Logger } from "../shared/log.ts";

interface Wanted {
  readonly line: LineConfig;
  readonly clockRank: number;
}

/** What is not said is as lines of that kind are; the terminal takes its clock from the network. */
export function wantedLine(
  { side, lineConfig }: Pick<SpanSettings, "side" | "lineConfig">,
  kind: Span["kind"],
): Wanted | undefined {
  if (lineConfig === undefined || kind === "analog") return undefined;
  const primary = kind === "E1";
  return {
    line: {
      framing: lineConfig.framing ?? "ccs",
      coding: lineConfig.coding ?? (primary ? "hdb3" : "ami"),
      crc4: primary && lineConfig.crc4 !== "off",
      lineBuildOut: lineConfig.lineBuildOut ?? 0,
      network: !primary && side === "network",
      termination: lineConfig.termination ?? false,
      alarmWhenClosed: lineConfig.alarmWhenClosed ?? false,
    },
    clockRank: lineConfig.clockRank ?? (side === "user" ? 1 : 0),
  };
}

export interface LineConfigurer {
  /**
   * To be called before a span's lines are opened. A card is told only what it was not told already.
   * @param carries calls of an earlier run, which told the card: nothing is told to one that is as it should be
   */
  configure(span: Span, carries: boolean): void;
}

/** What the card has of its own is put back when the settings say nothing any more; its rank is not to be read. */
export function createLineConfigurer(
  settingsOf: (span: number) => SpanSettings | undefined,
  log: Logger,
): LineConfigurer {
  const told = new WeakMap<Span, { readonly before: LineConfig | undefined; readonly text: string }>();
  return {
    configure(span, carries) {
      const own = settingsOf(span.number);
      if (own === undefined) return;
      const earlier = told.get(span);
      const wanted = wantedLine(own, span.kind) ?? (earlier && former(own.side, span.kind, earlier.before));
      const text = JSON.stringify(wanted);
      if (wanted === undefined || text === earlier?.text) return;
      const before = earlier === undefined ? span.status().line : earlier.before;
      if (carries && isDeepStrictEqual(before, wanted.line)) return void told.set(span, { before, text });
      try {
        span.configure(wanted.line, wanted.clockRank);
        told.set(span, { before, text });
      } catch (error) {
        log.warn({ err: error, span: span.number }, "the card refuses to drive its line so");
      }
    },
  };
}

function former(
  side: SpanSettings["side"],
  kind: Span["kind"],
  line: LineConfig | undefined,
): Wanted | undefined {
  const usual = wantedLine({ side, lineConfig: {} }, kind);
  return usual && { ...usual, line: line ?? usual.line };
}
