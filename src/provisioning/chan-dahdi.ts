// Asterisk's `chan_dahdi.conf` as it is written: sections and their templates, settings that hold for the channels named
// after them. Format: Asterisk's configs/samples/chan_dahdi.conf.sample and its configuration parser's comments.
import { channelList } from "../shared/channel-list.ts";

/** A setting in force, and the line that set it (from 1). */
export interface Assigned {
  readonly value: string;
  readonly line: number;
}

/** `channel => 1-15`: these channels, with all that holds there. */
export interface ChannelBlock {
  readonly line: number;
  readonly channels: readonly number[];
  readonly settings: ReadonlyMap<string, Assigned>;
}

/** A line that says something. */
export interface SaidLine {
  /** From 1. */
  readonly line: number;
  /** Without comment. */
  readonly text: string;
  /** `key` in small letters, without blanks; empty for a section and for what is nothing of the format. */
  readonly key: string;
  readonly value: string;
  readonly kind: "section" | "setting" | "channels" | "directive" | "other";
}

export interface ChanDahdi {
  readonly lines: readonly SaidLine[];
  readonly blocks: readonly ChannelBlock[];
}

/** Longest file and line read as such; more is cut. */
const mostLines = 20_000;

/** Never throws: what is not of the format is a line of kind `other`. */
export function parseChanDahdi(text: string): ChanDahdi {
  const lines = saidLines(text);
  const blocks: ChannelBlock[] = [];
  const templates = new Map<string, Map<string, Assigned>>();
  let settings = new Map<string, Assigned>();
  /** What `[channels]` ends with holds for the sections after it, until they say otherwise. */
  let base = settings;
  for (const { line, key, value, kind, text } of lines) {
    if (kind === "section") {
      const { name, from } = sectionOf(text);
      settings = new Map(name === "channels" ? [] : base);
      if (name === "channels") base = settings;
      for (const template of from)
        for (const [own, assigned] of templates.get(template) ?? []) settings.set(own, assigned);
      templates.set(name, settings);
    } else if (kind === "setting") settings.set(key, { value, line });
    else if (kind === "channels") {
      const channels = channelList(value);
      if (channels !== undefined) blocks.push({ line, channels, settings: new Map(settings) });
    }
  }
  return { lines, blocks };
}

function saidLines(text: string): readonly SaidLine[] {
  const lines: SaidLine[] = [];
  let inComment = false;
  for (const [index, raw] of text.split(/\r?\n/u, mostLines).entries()) {
    const { left, open } = withoutComments(raw, inComment);
    inComment = open;
    const said = left.trim();
    if (said !== "") lines.push({ line: index + 1, text: said, ...partsOf(said) });
  }
  return lines;
}

/** `;` to the end of the line, `;--` to `--;` over lines; `\;` is a semicolon. */
function withoutComments(raw: string, inComment: boolean): { readonly left: string; readonly open: boolean } {
  let left = "";
  let open = inComment;
  for (let at = 0; at < raw.length;) {
    if (open) {
      const end = raw.indexOf("--;", at);
      if (end === -1) break;
      at = end + 3;
      open = false;
    } else if (raw.startsWith("\\;", at)) {
      left += ";";
      at += 2;
    } else if (raw.startsWith(";--", at) && raw[at + 3] !== "-") {
      open = true;
      at += 3;
    } else if (raw[at] === ";") break;
    else left += raw[at++] ?? "";
  }
  return { left, open };
}

function partsOf(said: string): Pick<SaidLine, "key" | "value" | "kind"> {
  const none = { key: "", value: "" };
  if (/^\[[^\]]*\](\([^)]*\))?$/u.test(said)) return { ...none, kind: "section" };
  if (said.startsWith("#")) return { ...none, kind: "directive" };
  const cut = said.indexOf("=");
  if (cut < 1) return { ...none, kind: "other" };
  const key = said.slice(0, cut).trim().toLowerCase();
  const value = said
    .slice(cut + 1)
    .replace(/^>/u, "")
    .trim();
  if (key === "channel" || key === "dahdichan")
    return { key, value, kind: channelList(value) === undefined ? "other" : "channels" };
  return { key, value, kind: "setting" };
}

/** `[name]`, `[name](!)` a template, `[name](one,two)` with all that those have. */
function sectionOf(text: string): { readonly name: string; readonly from: readonly string[] } {
  const name = text.slice(1, text.indexOf("]")).trim();
  const bracket = /\(([^)]*)\)$/u.exec(text)?.[1] ?? "";
  const from = bracket
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "" && each !== "!" && each !== "+");
  return { name, from: bracket.split(",").includes("+") ? [name, ...from] : from };
}
