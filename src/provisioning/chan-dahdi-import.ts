// What an existing chan_dahdi.conf comes to here: settings of spans and analog ports, trunk groups, and of every line of
// the file what became of it, or why nothing did.
import type { Settings, SpanSettings } from "../config/settings.ts";
import { parseChanDahdi, type ChannelBlock, type SaidLine } from "./chan-dahdi.ts";
import { settingRules, type Drafted } from "./chan-dahdi-settings.ts";
import { plainSpan, toldLines, type Fate, type ImportProposal, type NewGroup } from "./import-proposal.ts";

/** A line of this box, by the driver's number of its channel. */
export interface BoxChannel {
  readonly channel: number;
  readonly span: number;
  readonly position: number;
  readonly kind: "isdn" | "fxo" | "fxs";
}

/** Never throws, whatever the file is. */
export function importChanDahdi(
  text: string,
  box: readonly BoxChannel[],
  present: Pick<Settings, "spans" | "analog" | "trunkGroups">,
): ImportProposal {
  const { lines, blocks } = parseChanDahdi(text);
  const draft = createDraft(box, present);
  const fate: Fates = new Map();
  for (const block of blocks) takeBlock(block, draft, fate);
  return { ...draft.result(), ...toldLines(lines, (said) => fate.get(said.line) ?? unasked(said)) };
}

/** What no channel brought up. */
function unasked({ kind, key, text }: SaidLine): Fate {
  switch (kind) {
    case "section":
      return { became: "a section" };
    case "directive":
      return {
        why: `another file is not read: import it as well${text.startsWith("#exec") ? " (nothing is run)" : ""}`,
      };
    case "setting":
      return { why: settingRules.has(key) ? "no channel follows that it would hold for" : unknownKey };
    default:
      return { why: "not of the file's format" };
  }
}

const unknownKey = "there is nothing here that it would set";

type Fates = Map<number, Fate>;

function takeBlock(block: ChannelBlock, draft: Draft, fate: Fates): void {
  const found = block.channels.flatMap((channel) => draft.channel(channel) ?? []);
  if (found.length === 0) {
    fate.set(block.line, { why: `this box has no channel ${block.channels.slice(0, 8).join(", ")}` });
    return;
  }
  const missing = block.channels.length - found.length;
  const drafted = draft.begin(found);
  for (const [key, { value, line }] of block.settings) {
    const rule = settingRules.get(key);
    if (rule === undefined) continue;
    const before = fate.get(line);
    const again = before === undefined && draft.isSet(found) && !ofChannels.has(key);
    const result = again ? { why: "the span was set by its first channels" } : rule(value, drafted);
    // Of several blocks it holds for, one where it became something is enough.
    if (before?.became === undefined)
      fate.set(line, typeof result === "string" ? { became: result } : result);
  }
  draft.end(drafted, found);
  const spans = [...new Set(found.map(({ span }) => span))].join(", ");
  // A D-channel, or a card that is not here.
  const rest = missing === 0 ? "" : `; ${missing} of them are no lines of this box`;
  fate.set(block.line, { became: `${found.length} lines of span ${spans}${rest}` });
}

/** Settings of channels, which may differ within a span. */
const ofChannels: ReadonlySet<string> = new Set(["group", "hidecallerid", "signalling", "signaling"]);

interface Draft {
  channel(channel: number): BoxChannel | undefined;
  /** Their spans have been set by channels before. */
  isSet(found: readonly BoxChannel[]): boolean;
  begin(found: readonly BoxChannel[]): Drafted;
  end(drafted: Drafted, found: readonly BoxChannel[]): void;
  result(): Pick<ImportProposal, "spans" | "analog" | "trunkGroups">;
}

function createDraft(
  box: readonly BoxChannel[],
  present: Pick<Settings, "spans" | "analog" | "trunkGroups">,
): Draft {
  const byChannel = new Map(box.map((each) => [each.channel, each]));
  const spans = new Map(present.spans.map((span) => [span.span, span]));
  const analog = new Map(present.analog.map((port) => [`${port.port.span}/${port.port.position}`, port]));
  const groups = new Map<string, NewGroup>();
  const incoming = present.trunkGroups[0]?.incoming ?? { flow: "main" };
  /** Spans that an earlier block has set: a later one adds ranges only. */
  const taken = new Set<number>();

  const takeSpan = (number: number, { span, group }: Drafted, own: readonly BoxChannel[]): void => {
    const all = box.filter((each) => each.span === number).length;
    const before: SpanSettings = spans.get(number) ?? plainSpan(number);
    const first = !taken.has(number);
    taken.add(number);
    const merged: SpanSettings = first
      ? {
          ...before,
          ...span,
          span: number,
          ...(before.prefixes || span.prefixes ? { prefixes: { ...before.prefixes, ...span.prefixes } } : {}),
        }
      : before;
    if (first) delete merged.ranges;
    if (group !== undefined && own.length >= all) merged.group = group;
    else if (group !== undefined)
      merged.ranges = [...(merged.ranges ?? []), ...rangesOf(own, group)].slice(0, 31);
    spans.set(number, merged);
  };

  return {
    channel: (channel) => byChannel.get(channel),
    isSet: (found) => found.every(({ span }) => taken.has(span)),
    begin: (found) => ({
      kind: found.every(({ kind }) => kind === "isdn")
        ? "isdn"
        : found.every(({ kind }) => kind === "fxs")
          ? "fxs"
          : "fxo",
      span: {},
      analog: {},
    }),
    end(drafted, found) {
      const { group, withhold, kind } = drafted;
      const isTrunk = kind !== "fxs";
      if (group !== undefined && isTrunk && !present.trunkGroups.some(({ id }) => id === group))
        groups.set(group, { id: group, name: group, incoming, ...(withhold === true ? { withhold } : {}) });
      for (const number of new Set(found.map(({ span }) => span))) {
        const own = found.filter(({ span }) => span === number);
        if (kind === "isdn") takeSpan(number, drafted, own);
        else
          for (const { position, kind: port } of own) {
            const key = `${number}/${position}`;
            const before = analog.get(key) ?? { port: { span: number, position }, ringsBeforeOffer: 1 };
            const inGroup = port === "fxo" && group !== undefined ? { group } : {};
            analog.set(key, { ...before, ...drafted.analog, ...inGroup });
          }
      }
    },
    result: () => ({
      spans: [...spans.values()].sort((a, b) => a.span - b.span),
      analog: [...analog.values()],
      trunkGroups: [...groups.values()],
    }),
  };
}

/** Timeslots that follow one another, as ranges. */
function rangesOf(own: readonly BoxChannel[], group: string): NonNullable<SpanSettings["ranges"]> {
  const ranges: NonNullable<SpanSettings["ranges"]> = [];
  for (const { position } of [...own].sort((a, b) => a.position - b.position)) {
    const last = ranges.at(-1);
    // Timeslot 16 of an E1 is no line.
    if (last !== undefined && (position === last.to + 1 || (last.to === 15 && position === 17)))
      last.to = position;
    else ranges.push({ from: position, to: position, group });
  }
  return ranges;
}
