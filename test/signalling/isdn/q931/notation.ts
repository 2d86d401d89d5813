// A one-line notation for Q.931 call tables:
//   before | input | after | effects | clause
// A state is `U3 T310 retried here#16`: the state, its running timers, whether a timer expired once, and who
// began to clear with which cause. Messages are written `RELEASE #16`, `STATUS #30 state 10`, `PROGRESS pi 8`,
// `CALL PROCEEDING ch 7`; `ch` is the channel, `pi` a progress indicator, `sc` Sending complete, `to` the called number.
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
}

const outgoing = { U: [0, 1, 2, 3, 4], N: [6, 7, 9, 25] } as const;

export function readRows(table: string): readonly Row[] {
  return table
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .map(readRow);
}

function readRow(text: string): Row {
  const [before = "", input = "", after = "", effects = "", clause] = text
    .split("|")
    .map((part) => part.trim());
  if (clause === undefined || clause === "") throw new Error(`no clause: ${text}`);
  const { timers, ...state } = readState(before);
  return {
    text,
    side: before.startsWith("U") ? "user" : "network",
    before: makeCall(before[0] === "U" ? "U" : "N", { ...state, timers }),
    input: readInput(input),
    after: after === "same" ? readState(before) : readState(after),
    effects: effects === "" ? [] : effects.split(";").map((part) => part.trim()),
  };
}

function readState(text: string): StateText {
  const [name = "", ...rest] = text.split(" ");
  return {
    state: Number(name.slice(1)) as CallStateNumber,
    timers: rest.filter((token) => /^T\d/.test(token)),
    retried: rest.includes("retried"),
    cleared: rest.find((token) => token.includes("#")) ?? "",
  };
}

function makeCall(side: "U" | "N", text: StateText): Call {
  const own: readonly number[] = outgoing[side];
  const [clearedBy = "", value] = text.cleared.split("#");
  return {
    ...createCall({
      id: "c",
      origin: own.includes(text.state) ? "here" : "peer",
      reference: 5,
      referenceOctets: 2,
      channel: 7,
      exclusive: true,
    }),
    state: text.state,
    settled: ![0, 1, 6].includes(text.state),
    timers: text.timers as CallTimer[],
    retried: text.retried,
    cause: value === undefined ? null : { value: Number(value), location: "user" },
    clearedBy: clearedBy as Call["clearedBy"],
  };
}

export function stateText(call: Call): StateText {
  return {
    state: call.state,
    timers: call.timers,
    retried: call.retried,
    cleared: call.cause === null ? call.clearedBy : `${call.clearedBy}#${call.cause.value}`,
  };
}

const number = { digits: "123", type: "unknown", plan: "unknown" } as const;

function readInput(text: string): CallInput {
  if (/^T\d+$/.test(text)) return { type: text as CallTimer };
  if (["link-up", "link-down", "restarted", "channel-rejected"].includes(text)) {
    return { type: text as "link-up" };
  }
  const [head = ""] = text.split(" ");
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

function writeMessage(type: MessageType, elements: readonly Element[]): string {
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
  if (indication.type === "ReleaseIndication") words.push(indication.by);
  if (indication.type === "StatusIndication") words.push(`state ${indication.state}`);
  if ("inband" in indication && indication.inband) words.push("inband");
  if ("sendingComplete" in indication && indication.sendingComplete) words.push("sc");
  return words.join(" ");
}
