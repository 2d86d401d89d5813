// A one-line notation for Q.931 call tables:
//   before | input | after | effects | clause
// A state is `U3 T310 retried here#16`: the state, its running timers, whether a timer expired once, and who
// began to clear with which cause; `call-held` and the like is the auxiliary state, `suspended` that the call has
// an identity, `congested` that the peer is not ready; after a transition `same T322` is the state before and more.
// Messages are written `RELEASE #16`, `STATUS #30 state 10`, `PROGRESS pi 8`, `CALL PROCEEDING ch 7`; `ch` is the
// channel, `pi` a progress indicator, `sc` Sending complete, `to` the called number.
// What several inputs do alike is written once, with commas between; several states, with slashes, and `+` adds to
// each. `let NAME = …` names such a list. Short forms of effects: `#101` is STATUS with that cause and the message's
// type as diagnostic, `#30` STATUS with that cause alone, `stop *` stops every timer that runs.
import {
  createCall,
  type Call,
  type CallEffect,
  type CallInput,
  type CallStateNumber,
  type CallTimer,
} from "../../../../src/signalling/isdn/q931/call.ts";
import {
  decodeMessage,
  encodeMessage,
  find,
  messageCodes,
  type MessageType,
} from "../../../../src/signalling/isdn/q931/message.ts";
import type { Cause, Element } from "../../../../src/signalling/isdn/q931/values.ts";
import type { Indication } from "../../../../src/signalling/isdn/types.ts";

export interface Row {
  readonly text: string;
  /** `U3`, and the type of the input: what the row accounts for. */
  readonly state: string;
  readonly side: "user" | "network";
  readonly before: Call;
  readonly input: CallInput;
  readonly after: StateText;
  readonly effects: readonly string[];
}

/** What a table says of a state. */
export interface StateText {
  readonly state: CallStateNumber;
  readonly timers: readonly string[];
  readonly retried: boolean;
  readonly cleared: string;
  readonly hold: string;
  readonly suspended: boolean;
  readonly congested: boolean;
}

const outgoing = { U: [0, 1, 2, 3, 4, 17], N: [6, 7, 9, 25] } as const;

export function readRows(table: string): readonly Row[] {
  const lists = new Map<string, string>();
  const rows: Row[] = [];
  for (const line of table.split("\n").map((line) => line.trim())) {
    const list = /^let ([A-Z-]+) = (.*)$/.exec(line);
    if (list !== null) lists.set(list[1] ?? "", list[2] ?? "");
    else if (line !== "" && !line.startsWith("//")) rows.push(...readLine(line, lists));
  }
  return rows;
}

/** The members of a list, where a name stands for its own. */
function members(text: string, separator: "," | "/", lists: ReadonlyMap<string, string>): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .flatMap((part) => {
      const named = lists.get(part);
      return named === undefined ? [part] : members(named, separator, lists);
    });
}

function readLine(text: string, lists: ReadonlyMap<string, string>): readonly Row[] {
  const [states = "", inputs = "", after = "", effects = "", clause] = text
    .split("|")
    .map((part) => part.trim());
  if (clause === undefined || clause === "") throw new Error(`no clause: ${text}`);
  const [list = "", more] = states.split(" + ");
  const befores = members(list, "/", lists).map((state) => (more === undefined ? state : `${state} ${more}`));
  return befores.flatMap((before) =>
    members(inputs, ",", lists).map((input) => readRow(text, before, input, after, effects)),
  );
}

function readRow(line: string, before: string, given: string, after: string, effects: string): Row {
  const state = readState(before);
  const input = readInput(given);
  return {
    text: `${before} | ${given} <- ${line}`,
    state: before.split(" ")[0] ?? "",
    side: before.startsWith("U") ? "user" : "network",
    before: makeCall(before[0] === "U" ? "U" : "N", state),
    input,
    after: readState(after.replace("same", before)),
    effects: effects === "" ? [] : effects.split(";").flatMap((part) => writeOut(part.trim(), state, input)),
  };
}

/** Writes out the short forms. */
function writeOut(effect: string, { state, timers }: StateText, input: CallInput): readonly string[] {
  if (effect === "stop *") {
    return timers.filter((timer) => timer !== input.type).map((timer) => `stop ${timer}`);
  }
  if (!/^#\d+$/.test(effect) || !("message" in input)) return [effect];
  const diagnostic = effect === "#30" ? "" : `:${input.message.code.toString(16).padStart(2, "0")}`;
  return [`STATUS ${effect}${diagnostic} state ${state}`];
}

const holdStates: readonly string[] = [
  "hold-request",
  "hold-indication",
  "call-held",
  "retrieve-request",
  "retrieve-indication",
];

function readState(text: string): StateText {
  const [name = "", ...rest] = text.split(" ");
  return {
    state: Number(name.slice(1)) as CallStateNumber,
    timers: rest.filter((token) => /^T[\d-]/.test(token)),
    retried: rest.includes("retried"),
    cleared: rest.find((token) => token.includes("#")) ?? "",
    hold: rest.find((token) => holdStates.includes(token)) ?? "idle",
    suspended: rest.includes("suspended"),
    congested: rest.includes("congested"),
  };
}

function makeCall(side: "U" | "N", text: StateText): Call {
  const own: readonly number[] = outgoing[side];
  const [clearedBy = "", value] = text.cleared.split("#");
  return {
    ...createCall({
      id: "c",
      origin: own.includes(text.state) ? "here" : "peer",
      ces: 0,
      reference: 5,
      referenceOctets: 2,
      channel: 7,
      exclusive: true,
    }),
    state: text.state,
    settled: ![0, 1, 6, 17].includes(text.state),
    timers: text.timers as CallTimer[],
    retried: text.retried,
    cause: value === undefined ? null : { value: Number(value), location: "user" },
    clearedBy: clearedBy as Call["clearedBy"],
    hold: text.hold as Call["hold"],
    identity: text.suspended ? identity : null,
    congested: text.congested,
  };
}

export function stateText(call: Call): StateText {
  return {
    state: call.state,
    timers: call.timers,
    retried: call.retried,
    cleared: call.cause === null ? call.clearedBy : `${call.clearedBy}#${call.cause.value}`,
    hold: call.hold,
    suspended: call.identity !== null,
    congested: call.congested,
  };
}

const identity = [0x61];
const userUser = { protocol: 4, octets: [0x68] };
const number = { digits: "123", type: "unknown", plan: "unknown" } as const;

function readInput(text: string): CallInput {
  if (/^T(\d+|-[A-Z]+)$/.test(text)) return { type: text as CallTimer };
  if (["link-up", "link-down", "restarted", "channel-rejected"].includes(text)) {
    return { type: text as "link-up" };
  }
  const [head = ""] = text.split(" ");
  if (head === "not-selected") return { type: head, cause: { value: 26, location: "public-network-local" } };
  if (/(Request|Response)$/.test(head)) return readRequest(head, text);
  return readMessage(text);
}

function readRequest(type: string, text: string): CallInput {
  const cause = /#(\d+)/.exec(text)?.[1];
  const progress = /pi (\d+)/.exec(text)?.[1];
  return {
    type,
    call: "c",
    ...(cause === undefined ? {} : { cause: Number(cause) }),
    ...(progress === undefined ? {} : { progress: { description: Number(progress), location: "user" } }),
    ...(text.includes("inband") ? { inband: true } : {}),
    ...(type === "SetupRequest" ? { called: number } : {}),
    ...(type === "InfoRequest" ? { digits: "4" } : {}),
    ...(type === "NotifyRequest" ? { description: 0 } : {}),
    ...(type === "FacilityRequest" ? { facility: [0x91] } : {}),
    ...(type === "UserInfoRequest" ? { userUser, moreData: text.includes("more") } : {}),
    ...(type === "CongestionRequest" ? { ready: !text.includes("not ready") } : {}),
    ...(["HoldResponse", "RetrieveResponse", "SuspendResponse", "ResumeResponse"].includes(type) &&
    cause !== undefined
      ? { refused: Number(cause) }
      : {}),
    ...(["SuspendRequest", "ResumeRequest"].includes(type) && !text.includes("null") ? { identity } : {}),
  } as unknown as CallInput;
}

/** Through the codec, so that the tables see what a peer could send. */
function readMessage(text: string): CallInput {
  if (text.startsWith("octets ")) {
    const octets = [
      8,
      2,
      0x80,
      5,
      ...text
        .slice(7)
        .split(" ")
        .map((octet) => parseInt(octet, 16)),
    ];
    return fromOctets(octets);
  }
  const type = (Object.keys(messageCodes) as MessageType[])
    .sort((a, b) => b.length - a.length)
    .find((name) => text === name || text.startsWith(`${name} `));
  if (type === undefined) throw new Error(`no message: ${text}`);
  const elements: Element[] = [];
  const cause = /#(\d+)/.exec(text)?.[1];
  if (cause !== undefined) {
    elements.push({ name: "cause", cause: { value: Number(cause), location: "public-network-local" } });
  }
  const state = / state (\d+)/.exec(text)?.[1];
  if (state !== undefined) elements.push({ name: "call-state", state: Number(state) });
  const progress = / pi (\d+)/.exec(text)?.[1];
  if (progress !== undefined) {
    elements.push({
      name: "progress-indicator",
      progress: { description: Number(progress), location: "user" },
    });
  }
  if (text.endsWith(" sc")) elements.push({ name: "sending-complete" });
  elements.push(...needed(type, text));
  if (type === "NOTIFY") elements.push({ name: "notification-indicator", description: 0 });
  if (type === "INFORMATION") elements.push({ name: "called-number", number: { ...number, digits: "4" } });
  if (type === "SETUP") {
    elements.push(
      {
        name: "bearer-capability",
        bearer: { transferCapability: "3.1kHz-audio", mode: "circuit", rate: 16, layer1: "alaw" },
      },
      { name: "called-number", number },
    );
  }
  return fromOctets(encodeMessage({ value: 5, octets: 2, fromOriginator: true }, type, elements));
}

/** What a message must have, where the text does not say otherwise. */
function needed(type: MessageType, text: string): readonly Element[] {
  switch (type) {
    case "FACILITY":
      return [{ name: "facility", octets: text.includes("charge") ? charge : [0x91] }];
    case "USER INFORMATION":
      return [
        { name: "user-user", userUser },
        ...(text.includes("more") ? [{ name: "more-data" } as const] : []),
      ];
    case "CONGESTION CONTROL":
      return [{ name: "congestion-level", level: text.includes("not ready") ? 15 : 0 }];
    case "SUSPEND":
    case "RESUME":
      return text.includes("null") ? [] : [{ name: "call-identity", octets: identity }];
    case "RESUME ACKNOWLEDGE":
      return [
        {
          name: "channel-identification",
          channel: {
            selection: "indicated",
            channels: [7],
            exclusive: true,
            dChannel: false,
            primary: true,
          },
        },
      ];
    case "RESTART":
    case "RESTART ACKNOWLEDGE":
      return [{ name: "restart-indicator", class: "single-interface" }];
    default:
      return [];
  }
}

/** AOC-E: 5 units (EN 300 182-1). */
const charge = [
  ...[0x91, 0xa1, 0x12, 0x02, 0x01, 0x01, 0x02, 0x01, 0x24, 0x30, 0x0a, 0x30, 0x08],
  ...[0xa1, 0x06, 0x30, 0x04, 0x02, 0x02, 0x00, 0x05],
];

function fromOctets(octets: readonly number[]): CallInput {
  const message = decodeMessage(octets);
  if (message.type === "reject") throw new Error(message.reason);
  return { type: message.type, message };
}

export function writeEffects(effects: readonly CallEffect[]): string[] {
  return effects.filter(({ type }) => type !== "log").map(writeEffect);
}

function writeEffect(effect: CallEffect): string {
  switch (effect.type) {
    case "message":
      return writeMessage(effect.message, effect.elements);
    case "start":
    case "stop":
      return `${effect.type} ${effect.timer}`;
    case "indication":
      return writeIndication(effect.indication);
    case "channel-failed":
    case "log":
      return effect.type;
  }
}

export function writeMessage(type: MessageType, elements: readonly Element[]): string {
  const state = find(elements, "call-state");
  const channel = find(elements, "channel-identification")?.channel;
  const progress = find(elements, "progress-indicator")?.progress;
  const called = find(elements, "called-number")?.number;
  return [
    type,
    ...(find(elements, "sending-complete") === undefined ? [] : ["sc"]),
    ...writeCause(find(elements, "cause")?.cause),
    ...(state === undefined ? [] : [`state ${state.state}`]),
    ...(channel === undefined ? [] : [`ch ${channel.channels.join()}${channel.exclusive ? "!" : "?"}`]),
    ...(progress === undefined ? [] : [`pi ${progress.description}`]),
    ...(called === undefined ? [] : [`to ${called.digits}`]),
    ...(find(elements, "call-identity") === undefined ? [] : ["identity"]),
    ...(find(elements, "more-data") === undefined ? [] : ["more"]),
    ...(find(elements, "congestion-level")?.level === 15 ? ["not ready"] : []),
  ].join(" ");
}

function writeCause(cause: Cause | undefined): string[] {
  if (cause === undefined) return [];
  const diagnostic = cause.diagnostic?.map((octet) => octet.toString(16).padStart(2, "0")).join("");
  return [`#${cause.value}${diagnostic === undefined ? "" : `:${diagnostic}`}`];
}

function writeIndication(indication: Indication): string {
  const words: string[] = [indication.type];
  if ("cause" in indication) words.push(...writeCause(indication.cause));
  if ("refused" in indication) words.push(...writeCause(indication.refused));
  if ("moreData" in indication && indication.moreData) words.push("more");
  if ("ready" in indication) words.push(indication.ready ? "ready" : "not ready");
  if (indication.type === "AocIndication") words.push(indication.charge.amount.type);
  if (indication.type === "ReleaseIndication") words.push(indication.by);
  if (indication.type === "StatusIndication") words.push(`state ${indication.state}`);
  if ("inband" in indication && indication.inband) words.push("inband");
  if ("sendingComplete" in indication && indication.sendingComplete) words.push("sc");
  return words.join(" ");
}
