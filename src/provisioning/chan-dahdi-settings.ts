// The settings of chan_dahdi.conf, one rule each: what it becomes here, in words, or why it becomes nothing.
import { IsdnTimers } from "../config/line-settings.ts";
import type { AnalogSettings, SpanSettings } from "../config/settings.ts";

/** What the settings before a `channel` line come to. */
export interface Drafted {
  readonly kind: "isdn" | "fxo" | "fxs";
  readonly span: { -readonly [K in keyof SpanSettings]?: SpanSettings[K] };
  readonly analog: { -readonly [K in keyof AnalogSettings]?: AnalogSettings[K] };
  group?: string;
  withhold?: true;
}

type Outcome = string | { readonly why: string };
type Rule = (value: string, draft: Drafted) => Outcome;

const yes = (value: string): boolean => /^(yes|true|y|t|1|on)$/iu.test(value);
const cannot = (value: string): Outcome => ({ why: `'${value.slice(0, 40)}' has no like here` });

/** Of the table itself: a file may say `constructor`. */
function entry<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Only on ISDN lines; on others it means nothing, there as here. */
function isdn(rule: Rule): Rule {
  return (value, draft) =>
    draft.kind === "isdn" ? rule(value, draft) : { why: "means nothing for analog lines" };
}

function chosen<K extends "switchType" | "calledType" | "callingType" | "dataLink">(
  field: K,
  values: Readonly<Record<string, NonNullable<SpanSettings[K]>>>,
): Rule {
  return isdn((value, { span }) => {
    const own = entry(values, value.toLowerCase());
    if (own === undefined) return cannot(value);
    span[field] = own;
    return `${field} ${own}`;
  });
}

function prefix(type: keyof NonNullable<SpanSettings["prefixes"]>): Rule {
  return isdn((value, { span }) => {
    if (!/^[0-9*#+]{0,8}$/u.test(value)) return cannot(value);
    span.prefixes = { ...span.prefixes, [type]: value };
    return `prefix of ${type} numbers ${value === "" ? "none" : value}`;
  });
}

/** `local` is Q.931's subscriber number. */
const numberTypes = {
  unknown: "unknown",
  local: "subscriber",
  national: "national",
  international: "international",
  private: "private",
  dynamic: "by-prefix",
  redundant: "by-prefix-kept",
} as const;

const fixed =
  (why: string): Rule =>
  () => ({ why });
const always =
  (what: string): Rule =>
  () =>
    `nothing to set: ${what}`;

/** The side, and for BRI the topology. FXO ports are signalled as FXS there, and the other way. */
interface IsdnSignalling {
  readonly side: "user" | "network";
  readonly topology?: "point-to-point" | "multipoint";
  readonly tei?: "fixed" | "automatic";
}
const isdnSignalling: Readonly<Record<string, IsdnSignalling>> = {
  pri_cpe: { side: "user" },
  pri_net: { side: "network" },
  bri_cpe: { side: "user", topology: "point-to-point", tei: "fixed" },
  bri_net: { side: "network", topology: "point-to-point", tei: "fixed" },
  bri_cpe_ptmp: { side: "user", topology: "multipoint", tei: "automatic" },
  bri_net_ptmp: { side: "network", topology: "multipoint", tei: "automatic" },
};

const signalling: Rule = (value, { kind, span }) => {
  const name = value.toLowerCase();
  const own = entry(isdnSignalling, name);
  if (own !== undefined) {
    if (kind !== "isdn") return { why: "these are analog lines on this box" };
    Object.assign(span, own);
    return [own.side, own.topology, own.tei === "automatic" ? "automatic TEI" : undefined]
      .filter((each) => each !== undefined)
      .join(", ");
  }
  if (name === "auto") return "nothing to set: the card says what a line is";
  const port = /^fx([os])_(ks|ls|gs)$/u.exec(name);
  if (port === null) return { why: `the box does not speak '${value.slice(0, 40)}'` };
  const here = port[1] === "s" ? "fxo" : "fxs";
  if (here !== kind)
    return { why: `on this box these are ${kind === "isdn" ? "ISDN" : kind.toUpperCase()} lines` };
  if (port[2] === "gs") return { why: "ground start is not spoken; loop start is used" };
  return here === "fxo" ? "an outside line (FXO)" : "a telephone (FXS): give it a number under Extensions";
};

const overlapDial: Rule = isdn((value, { span }) => {
  const mode = value.toLowerCase();
  const both = mode === "both" || yes(value);
  if (!both && !["incoming", "outgoing", "no", "off", "none"].includes(mode)) return cannot(value);
  span.overlap = both || mode === "incoming";
  span.overlapSending = both || mode === "outgoing";
  return `overlap ${both ? "both ways" : mode}`;
});

const group: Rule = (value, draft) => {
  const [first = "", ...others] = value.split(",").map((each) => each.trim());
  if (!/^\d{1,2}$/u.test(first)) return cannot(value);
  if (draft.kind === "fxs") return { why: "telephones are in no trunk group here" };
  draft.group = `group-${Number(first)}`;
  return `trunk group ${draft.group}${others.length === 0 ? "" : `; a line is in one group here, not in ${others.join(", ")}`}`;
};

const timer: Rule = isdn((value, { span }) => {
  const [name = "", ms = ""] = value.split(",").map((each) => each.trim().toUpperCase());
  const bounds = (
    IsdnTimers.properties as Readonly<Record<string, { minimum?: number; maximum?: number } | undefined>>
  )[name];
  const own = Number(ms);
  if (bounds === undefined || !/^\d{1,7}$/u.test(ms)) return cannot(value);
  const { minimum = 0, maximum = 0 } = bounds;
  if (own < minimum || own > maximum) return { why: `${name} is ${minimum} to ${maximum} ms here` };
  span.timers = { ...span.timers, [name]: own };
  return `timer ${name} ${own} ms`;
});

type Audio = NonNullable<SpanSettings["audio"]>;

function audio(rule: (value: string) => { readonly set: Audio; readonly words: string } | Outcome): Rule {
  return (value, { kind, span, analog }) => {
    const outcome = rule(value);
    if (typeof outcome === "string" || !("set" in outcome)) return outcome;
    const own = kind === "isdn" ? span : analog;
    own.audio = { ...own.audio, ...outcome.set };
    return outcome.words;
  };
}

const gain = (name: "receiveGainDb" | "sendGainDb"): Rule =>
  audio((value) => {
    const db = Number(value.replace(/db$/iu, ""));
    if (value.trim() === "" || !(Math.abs(db) <= 24)) return cannot(value);
    return { set: { [name]: db }, words: `${name} ${db}` };
  });

/** Taps there, one a sample. */
const tails: Readonly<Record<string, NonNullable<Audio["echoTailMs"]>>> = {
  32: 4,
  64: 8,
  128: 16,
  256: 32,
  512: 64,
  1024: 128,
};
const echoCancel = audio((value) => {
  const echoTailMs = entry(tails, value.split(",")[0]?.trim() ?? "");
  if (echoTailMs !== undefined) return { set: { echoTailMs }, words: `echoTailMs ${echoTailMs}` };
  if (yes(value)) return "nothing to set: the card's profile names its echo canceller";
  if (!/^(no|off|false|0)$/iu.test(value)) return cannot(value);
  return { set: { echoCanceller: "none" }, words: "echoCanceller none" };
});
const echoTraining = audio((value) => {
  const ms = yes(value) ? 400 : Number(value);
  if (/^(no|off|false|0)$/iu.test(value)) return "nothing to set: cancellers learn by what is said";
  if (!Number.isInteger(ms) || ms < 10 || ms > 4000) return cannot(value);
  return { set: { echoTrainMs: ms }, words: `echoTrainMs ${ms}` };
});

const dialPlan = "Asterisk's dial plan is not imported: see Settings, Routing";
const numbers = "set the numbers that are shown under Extensions and Trunk groups";

export const settingRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["signalling", signalling],
  ["signaling", signalling],
  ["switchtype", chosen("switchType", { euroisdn: "euroisdn", qsig: "qsig" })],
  ["pridialplan", chosen("calledType", numberTypes)],
  ["prilocaldialplan", chosen("callingType", { ...numberTypes, from_channel: "given" })],
  ["internationalprefix", prefix("international")],
  ["nationalprefix", prefix("national")],
  ["localprefix", prefix("subscriber")],
  ["privateprefix", prefix("private")],
  ["unknownprefix", prefix("unknown")],
  ["overlapdial", overlapDial],
  [
    "priexclusive",
    isdn(
      (value, { span }) =>
        `channelSelection ${(span.channelSelection = yes(value) ? "exclusive" : "preferred")}`,
    ),
  ],
  [
    "resetinterval",
    isdn((value, { span }) => {
      if (value.toLowerCase() !== "never")
        return { why: "channels are restarted when the link comes up and after faults, not by the clock" };
      span.restart = "none";
      return "restart none";
    }),
  ],
  ["layer2_persistence", chosen("dataLink", { keep_up: "persistent", leave_down: "on-demand" })],
  ["pritimer", timer],
  [
    "msn",
    isdn((value, { span }) => {
      const all = value
        .split(",")
        .map((each) => each.trim())
        .filter((each) => each !== "" && each !== "*");
      if (all.length > 32 || all.some((each) => !/^[0-9]{1,20}$/u.test(each))) return cannot(value);
      span.msns = all;
      return `MSNs ${all.join(", ") || "all"}`;
    }),
  ],
  ["group", group],
  [
    "hidecallerid",
    (value, draft) => {
      if (yes(value)) draft.withhold = true;
      return yes(value) ? "the trunk group shows no number" : "nothing to set: numbers are shown";
    },
  ],
  ["echocancel", echoCancel],
  ["echotraining", echoTraining],
  ["echocancelwhenbridged", always("echo is cancelled in bridged calls too")],
  ["usecallerid", (value) => (yes(value) ? "nothing to set: callers' numbers are taken" : cannot(value))],
  [
    "callerid",
    (value) =>
      value.toLowerCase() === "asreceived" ? "nothing to set: callers' numbers are taken" : { why: numbers },
  ],
  ["usecallingpres", always("presentation is passed on")],
  ["facilityenable", always("facility is passed on")],
  ["rxgain", gain("receiveGainDb")],
  ["txgain", gain("sendGainDb")],
  ["immediate", fixed(dialPlan)],
  ["context", fixed(dialPlan)],
  ["mailbox", fixed(dialPlan)],
  ["callgroup", fixed(dialPlan)],
  ["pickupgroup", fixed(dialPlan)],
  ["busydetect", always("busy tones of FXO lines are listened for, by the country's tones")],
  ["busycount", always("busy tones of FXO lines are listened for, by the country's tones")],
]);
