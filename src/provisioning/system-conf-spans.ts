// Between `/etc/dahdi/system.conf` and the settings: how the spans' lines are driven, taken over from the file, and
// written into it, so that the driver begins as the appliance goes on.
import type { Settings, SpanSettings } from "../config/settings.ts";
import type { LineConfigSettings } from "../config/line-settings.ts";
import { wantedLine } from "../lines/line-config.ts";
import { confText } from "./conf-lines.ts";
import { plainSpan, toldLines, type Fate, type ImportProposal } from "./import-proposal.ts";
import { parseSystemConf, withSpan, type SpanLine, type SystemConf } from "./system-conf.ts";

export interface BoxSpan {
  readonly number: number;
  readonly kind: "E1" | "BRI" | "analog";
}

/** Never throws, whatever the file is. */
export function importSystemConf(
  text: string,
  box: readonly BoxSpan[],
  present: Pick<Settings, "spans" | "analog">,
): ImportProposal {
  const conf = parseSystemConf(text);
  const spans = new Map(present.spans.map((span) => [span.span, span]));
  const fates = new Map<number, Fate>();
  for (const said of conf.spans) {
    const kind = box.find(({ number }) => number === said.number)?.kind;
    const taken = kind === undefined ? undefined : lineConfigOf(said, kind);
    if (kind === undefined) fates.set(said.at, { why: `this box has no span ${said.number}` });
    else if (taken === undefined) fates.set(said.at, { why: "no framing or line code of an E1 or a BRI" });
    else {
      const before: SpanSettings = spans.get(said.number) ?? plainSpan(said.number);
      const side =
        kind === "BRI" && said.role !== undefined ? (said.role === "nt" ? "network" : "user") : before.side;
      spans.set(said.number, { ...before, side, lineConfig: taken });
      fates.set(said.at, { became: `the line of span ${said.number}` });
    }
  }
  for (const { at, directive } of conf.uses) fates.set(at, fateOfUse(directive));
  for (const { line, message } of conf.errors) fates.set(line - 1, { why: message });
  const lines = conf.lines.flatMap(({ content }, at) =>
    content === "" ? [] : [{ line: at + 1, text: content }],
  );
  return {
    spans: [...spans.values()].sort((a, b) => a.span - b.span),
    analog: present.analog,
    trunkGroups: [],
    ...toldLines(lines, ({ line }) => fates.get(line - 1) ?? { became: "stays with the driver" }),
  };
}

function lineConfigOf(said: SpanLine, kind: BoxSpan["kind"]): LineConfigSettings | undefined {
  const framing = said.framing.toLowerCase();
  const coding = said.coding.toLowerCase();
  if (kind === "analog" || said.timing > 32) return undefined;
  if ((framing !== "ccs" && framing !== "cas") || (coding !== "hdb3" && coding !== "ami")) return undefined;
  return {
    clockRank: said.timing,
    framing,
    coding,
    ...(kind === "E1" && { crc4: said.crc4 ? "on" : "off" }),
    lineBuildOut: said.lbo,
    ...(kind === "BRI" && said.term && { termination: true }),
    ...(said.yellow && { alarmWhenClosed: true }),
  };
}

function fateOfUse(directive: string): Fate {
  if (directive === "echocanceller") return { why: "the card's profile names its echo canceller" };
  return { became: "stays with the driver, which says what a channel is" };
}

/**
 * The file with the lines of the spans whose settings say how they are driven, all else as it was.
 * @returns the numbers of the spans that it changes as well
 */
export function exportSystemConf(
  text: string,
  box: readonly BoxSpan[],
  present: { readonly spans: readonly SpanSettings[] },
): { readonly text: string; readonly spans: readonly number[] } {
  let conf: SystemConf = parseSystemConf(text);
  const changed: number[] = [];
  for (const settings of present.spans) {
    const kind = box.find(({ number }) => number === settings.span)?.kind;
    const wanted = kind && wantedLine(settings, kind);
    if (wanted === undefined) continue;
    const { line, clockRank } = wanted;
    const before = confText(conf.lines);
    conf = withSpan(conf, {
      number: settings.span,
      timing: clockRank,
      lbo: line.lineBuildOut,
      framing: line.framing,
      coding: line.coding,
      crc4: line.crc4,
      yellow: line.alarmWhenClosed,
      ...(kind === "BRI" && { role: line.network ? "nt" : "te" }),
      term: line.termination,
    });
    if (confText(conf.lines) !== before) changed.push(settings.span);
  }
  return { text: confText(conf.lines), spans: changed };
}
