// Between `/etc/dahdi/system.conf` and the settings: how the spans' lines are driven and which timeslots are in use, taken
// over from the file, and written into it, so that the driver begins as the appliance goes on.
import { isDeepStrictEqual } from "node:util";
import type { ChannelUse } from "../boards/board.ts";
import type { Settings, SpanSettings } from "../config/settings.ts";
import type { LineConfigSettings } from "../config/line-settings.ts";
import { wantedUses } from "../lines/assignment.ts";
import { wantedLine } from "../lines/line-config.ts";
import { channelListText } from "../shared/channel-list.ts";
import { confText } from "./conf-lines.ts";
import { plainSpan, toldLines, type Fate, type ImportProposal } from "./import-proposal.ts";
import {
  isdnChannels,
  parseSystemConf,
  withIsdnChannels,
  withSpan,
  type IsdnChannels,
  type SpanLine,
  type SystemConf,
} from "./system-conf.ts";

export interface BoxSpan {
  readonly number: number;
  readonly kind: "E1" | "BRI" | "analog";
  /** Number of its first channel. */
  readonly firstChannel: number;
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
  for (const { number, kind, firstChannel } of box) {
    const channels = kind === "E1" ? isdnChannels(conf, firstChannel, firstChannel + 30) : undefined;
    if (channels === undefined || channels.bearers.length + channels.data.length === 0) continue;
    const { timeslots: _slots, dataTimeslot: _data, ...before } = spans.get(number) ?? plainSpan(number);
    spans.set(number, { ...before, ...timeslotsOf(channels, firstChannel) });
  }
  for (const { at, directive, channels } of conf.uses)
    fates.set(
      at,
      fateOfUse(
        directive,
        box.filter(
          ({ kind, firstChannel: first }) =>
            kind === "E1" && channels.some((one) => one >= first && one <= first + 30),
        ),
      ),
    );
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

/** What differs from an E1 of which all is in use. */
function timeslotsOf(
  { bearers, data }: IsdnChannels,
  firstChannel: number,
): Pick<SpanSettings, "timeslots" | "dataTimeslot"> {
  const slots = bearers.map((channel) => channel - firstChannel + 1);
  const [dataTimeslot = 16] = data.map((channel) => channel - firstChannel + 1);
  const free = slots.filter((slot) => slot !== dataTimeslot);
  return {
    ...(free.length > 0 && free.length < 30 && { timeslots: channelListText(free) }),
    ...(dataTimeslot !== 16 && { dataTimeslot }),
  };
}

function fateOfUse(directive: string, primaries: readonly BoxSpan[]): Fate {
  if (directive === "echocanceller") return { why: "the card's profile names its echo canceller" };
  const spans = primaries.map(({ number }) => number).join(", ");
  if (directive === "bchan" && spans !== "") return { became: `timeslots of span ${spans}` };
  if (["dchan", "hardhdlc"].includes(directive) && spans !== "")
    return { became: `the D-channel of span ${spans}` };
  return { became: "stays with the driver, which says what a channel is" };
}

/** The channels of a span whose settings name its timeslots. */
function channelsOf(settings: SpanSettings, first: number): IsdnChannels | undefined {
  const uses = wantedUses(settings, { kind: "E1", usualUses: Array<ChannelUse>(31).fill("bearer") });
  if (uses === undefined) return undefined;
  const of = (wanted: ChannelUse): readonly number[] =>
    uses.flatMap((use, index) => (use === wanted ? [first + index] : []));
  return { bearers: of("bearer"), data: of("data") };
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
    const own = box.find(({ number }) => number === settings.span);
    if (own === undefined) continue;
    const { kind, firstChannel } = own;
    const before = confText(conf.lines);
    const wanted = wantedLine(settings, kind);
    if (wanted !== undefined) {
      const { line, clockRank } = wanted;
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
    }
    const channels = kind === "E1" ? channelsOf(settings, firstChannel) : undefined;
    const inFile = isdnChannels(conf, firstChannel, firstChannel + 30);
    if (channels !== undefined && !isDeepStrictEqual(channels, inFile))
      conf = withIsdnChannels(conf, firstChannel, firstChannel + 30, channels);
    if (confText(conf.lines) !== before) changed.push(settings.span);
  }
  return { text: confText(conf.lines), spans: changed };
}
