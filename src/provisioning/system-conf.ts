// `/etc/dahdi/system.conf`, read and written without loss: spans, and what each channel is used for.
import { channelList, channelListText, wholeNumber } from "../shared/channel-list.ts";
import { confLines, confText, withContent, withLine, type ConfError, type ConfLine } from "./conf-lines.ts";

/** `span=number,timing,lbo,framing,coding[,crc4][,yellow][,te|nt][,term]`. */
export interface SpanLine {
  readonly number: number;
  /** 0: no source of timing; else its rank among the sources. */
  readonly timing: number;
  /** Line build-out, 0 to 15. */
  readonly lbo: number;
  readonly framing: string;
  readonly coding: string;
  readonly crc4: boolean;
  readonly yellow: boolean;
  /** BRI: which side the card is. */
  readonly role?: "te" | "nt";
  /** BRI: the card's terminating resistance. */
  readonly term: boolean;
}

/** `bchan=1-15,17-31`, `cas=1-15:1101`, `echocanceller=oslec,1-15`. */
export interface ChannelUse {
  readonly directive: string;
  readonly channels: readonly number[];
  /** After the colon (signalling bits, network interface, first target), or the echo canceller's name. */
  readonly argument?: string;
}

export interface SystemConf {
  readonly lines: readonly ConfLine[];
  /** With the index of the line that says so. */
  readonly spans: readonly (SpanLine & { readonly at: number })[];
  readonly uses: readonly (ChannelUse & { readonly at: number })[];
  readonly errors: readonly ConfError[];
}

const framings: ReadonlySet<string> = new Set(["d4", "esf", "cas", "ccs", "sf", "superframe"]);
const codings: ReadonlySet<string> = new Set(["ami", "b8zs", "hdb3"]);
const spanOptions: ReadonlySet<string> = new Set(["crc4", "yellow", "te", "nt", "term"]);
const ofChannels: ReadonlySet<string> = new Set(
  (
    "bchan dchan hardhdlc fxols fxoks fxogs fxsls fxsks fxsgs e&m e&me1 clear unused indclear inclear rawhdlc nethdlc " +
    "fcshdlc mtp2 cas mfcr2 dacs dacsrbs user alaw mulaw deflaw channel channels echocanceller sf"
  ).split(" "),
);
/** Known to dahdi_cfg, and of no concern here: kept as they stand. */
const kept: ReadonlySet<string> = new Set(
  (
    "dynamic cadence loadzone defaultzone ctcss dcsrx rxdcs tx txctcss txdcs rxctcss rxtone debouncetime bursttime " +
    "exttone invertcor corthresh preemp deemp rxgain txgain include buffers"
  ).split(" "),
);

/** Never throws; what it does not understand is in `errors` and stays in the text. */
export function parseSystemConf(text: string): SystemConf {
  const lines = confLines(text);
  const spans: (SpanLine & { at: number })[] = [];
  const uses: (ChannelUse & { at: number })[] = [];
  const errors: ConfError[] = [];
  for (const [at, { content }] of lines.entries()) {
    if (content === "") continue;
    const { key, value } = directive(content);
    const bad = (kind: ConfError["kind"], message: string) => errors.push({ line: at + 1, kind, message });
    if (key === "span") {
      const span = spanLine(value);
      if (span) spans.push({ ...span, at });
      else
        bad(
          "bad-value",
          "A span is number,timing,line build-out,framing,coding, then crc4, yellow, te, nt and term as wanted.",
        );
    } else if (ofChannels.has(key)) {
      const use = channelUse(key, value);
      if (use) uses.push({ ...use, at });
      else bad("bad-value", "Channels are numbers and ranges: 1-15,17-31.");
    } else if (!kept.has(key)) bad("unknown-directive", "No directive of dahdi_cfg has this name.");
  }
  return { lines, spans, uses, errors };
}

function directive(content: string): { readonly key: string; readonly value: string } {
  const equals = content.indexOf("=");
  if (equals < 0) return { key: "", value: "" };
  return { key: content.slice(0, equals).trim().toLowerCase(), value: content.slice(equals + 1).trim() };
}

function spanLine(value: string): SpanLine | undefined {
  const [first, second, third, framing = "", coding = "", ...options] = value
    .split(",")
    .map((part) => part.trim());
  const [number, timing, lbo] = [wholeNumber(first), wholeNumber(second), wholeNumber(third)];
  if (number === undefined || number < 1 || timing === undefined || lbo === undefined || lbo > 15)
    return undefined;
  if (!framings.has(framing.toLowerCase()) || !codings.has(coding.toLowerCase())) return undefined;
  const said = new Set(options.map((option) => option.toLowerCase()));
  if (![...said].every((option) => spanOptions.has(option))) return undefined;
  return {
    number,
    timing,
    lbo,
    framing,
    coding,
    crc4: said.has("crc4"),
    yellow: said.has("yellow"),
    ...(said.has("nt") ? { role: "nt" } : said.has("te") ? { role: "te" } : {}),
    term: said.has("term"),
  };
}

function channelUse(key: string, value: string): ChannelUse | undefined {
  const [before = "", ...rest] = value.split(key === "echocanceller" ? "," : ":");
  const after = rest.length > 0 ? rest.join(key === "echocanceller" ? "," : ":").trim() : undefined;
  const [list, argument] = key === "echocanceller" ? [after ?? "", before.trim()] : [before.trim(), after];
  const channels = channelList(list);
  return channels && { directive: key, channels, ...(argument === undefined ? {} : { argument }) };
}

/** That span's line written anew, all else untouched; at the end where the file has no such span. */
export function withSpan(conf: SystemConf, span: SpanLine): SystemConf {
  const { number, timing, lbo, framing, coding, crc4, yellow, role, term } = span;
  const options = [
    ...(crc4 ? ["crc4"] : []),
    ...(yellow ? ["yellow"] : []),
    ...(role === undefined ? [] : [role]),
    ...(term ? ["term"] : []),
  ];
  const content = `span=${[number, timing, lbo, framing, coding, ...options].join(",")}`;
  const at = conf.spans.find((each) => each.number === number)?.at;
  if (at !== undefined) return replaced(conf, at, content);
  return added(conf, content);
}

/** What ISDN makes of a channel. */
const bearerDirectives: ReadonlySet<string> = new Set(["bchan", "clear"]);
const dataDirectives: ReadonlySet<string> = new Set(["dchan", "hardhdlc", "fcshdlc"]);

export interface IsdnChannels {
  readonly bearers: readonly number[];
  readonly data: readonly number[];
}

/** Of the channels from `first` to `last`, those that the file makes B- and D-channels, in order. */
export function isdnChannels(conf: SystemConf, first: number, last: number): IsdnChannels {
  const of = (directives: ReadonlySet<string>): readonly number[] =>
    conf.uses
      .filter(({ directive: key }) => directives.has(key))
      .flatMap(({ channels }) => channels.filter((channel) => channel >= first && channel <= last))
      .sort((a, b) => a - b);
  return { bearers: of(bearerDirectives), data: of(dataDirectives) };
}

/** The span from `first` to `last` with these B- and D-channels; other lines, and other spans in its lines, stay. */
export function withIsdnChannels(
  conf: SystemConf,
  first: number,
  last: number,
  { bearers, data }: IsdnChannels,
): SystemConf {
  let next = conf;
  const isdn = new Set([...bearerDirectives, ...dataDirectives]);
  // From the end, so that a line that goes moves none that is still to be looked at.
  for (const { at, directive: key, channels } of [...conf.uses].reverse()) {
    const others = channels.filter((channel) => channel < first || channel > last);
    if (!isdn.has(key) || others.length === channels.length) continue;
    next = withChannels(next, at, others) ?? next;
  }
  if (bearers.length > 0) next = added(next, `bchan=${channelListText(bearers)}`);
  return data.length > 0 ? added(next, `dchan=${channelListText(data)}`) : next;
}

function added(conf: SystemConf, content: string): SystemConf {
  return parseSystemConf(withLine(confText(conf.lines), content));
}

/**
 * The channels of the line at this index written anew, all else untouched. Without channels the line goes.
 * @returns undefined if it is no line of channels
 */
export function withChannels(
  conf: SystemConf,
  at: number,
  channels: readonly number[],
): SystemConf | undefined {
  const use = conf.uses.find((each) => each.at === at);
  if (!use) return undefined;
  if (channels.length === 0) return parseSystemConf(confText(conf.lines.filter((_, index) => index !== at)));
  const list = channelListText(channels);
  const { directive: key, argument } = use;
  if (argument === undefined) return replaced(conf, at, `${key}=${list}`);
  return replaced(
    conf,
    at,
    key === "echocanceller" ? `${key}=${argument},${list}` : `${key}=${list}:${argument}`,
  );
}

function replaced(conf: SystemConf, at: number, content: string): SystemConf {
  const lines = conf.lines.map((line, index) => (index === at ? withContent(line, content) : line));
  return parseSystemConf(confText(lines));
}
