// What an application asks for so that a message is sent: the requests that stood behind a capture.
import type { Request } from "../types.ts";
import type { Call } from "../q931/call.ts";
import { find, findAll, type Message, type MessageType } from "../q931/message.ts";

type ForMessage = (message: Message, call: Call | undefined, id: string) => Request | undefined;

/** The request, or `undefined` where the machine sends such a message by itself, or not any more. */
export function requestFor(message: Message, call: Call | undefined): Request | undefined {
  if (message.type === "unknown") return undefined;
  // An offer to a bus is asked for by its own name, not by a terminal's branch of it.
  const id = call === undefined ? `replay-${message.reference.value}` : call.id;
  return byType[message.type]?.(message, call, id);
}

const byType: Partial<Record<MessageType, ForMessage>> = {
  SETUP: (message, call, id) => (call === undefined ? setup(message, id) : undefined),
  "SETUP ACKNOWLEDGE": (message, _, call) => ({ type: "MoreInfoRequest", call, ...progress(message) }),
  "CALL PROCEEDING": (message, _, call) => ({ type: "ProceedingRequest", call, ...progress(message) }),
  ALERTING: (message, _, call) => ({ type: "AlertingRequest", call, ...progress(message) }),
  CONNECT: ({ elements }, _, call) => ({
    type: "SetupResponse",
    call,
    ...some("connected", find(elements, "connected-number")?.number),
    ...some("connectedSubaddress", find(elements, "connected-subaddress")?.subaddress),
    ...some("dateTime", find(elements, "date-time")?.dateTime),
  }),
  PROGRESS: (message, _, call) => {
    const { progress: told } = progress(message);
    if (told === undefined) return undefined;
    return { type: "ProgressRequest", call, progress: told, ...cause(message) };
  },
  INFORMATION: ({ elements }, _, call) => ({
    type: "InfoRequest",
    call,
    ...some("digits", find(elements, "called-number")?.number.digits),
    ...some("keypad", find(elements, "keypad-facility")?.digits),
    ...some("display", find(elements, "display")?.text),
    ...(find(elements, "sending-complete") === undefined ? {} : { sendingComplete: true }),
  }),
  DISCONNECT: (message, _, call) => ({
    type: "DisconnectRequest",
    call,
    ...cause(message),
    ...(progress(message).progress?.description === 8 ? { inband: true } : {}),
  }),
  // §5.3.3: after the other side's DISCONNECT; after ours it comes by itself.
  RELEASE: (message, call, id) =>
    call?.state === 11 || call?.state === 12
      ? { type: "ReleaseRequest", call: id, ...cause(message) }
      : undefined,
  // §5.2.5.1: as the first answer; otherwise it answers RELEASE.
  "RELEASE COMPLETE": (message, call, id) =>
    call?.state === 6 || call?.state === 1
      ? { type: "RejectRequest", call: id, cause: 16, ...cause(message) }
      : undefined,
  NOTIFY: ({ elements }, _, call) => ({
    type: "NotifyRequest",
    call,
    description: find(elements, "notification-indicator")?.description ?? 0,
  }),
  FACILITY: ({ elements }, _, call) => ({
    type: "FacilityRequest",
    call,
    facility: find(elements, "facility")?.octets ?? [],
  }),
  "STATUS ENQUIRY": (_, call, id) =>
    call?.timers.includes("T322") === true ? undefined : { type: "StatusEnquiryRequest", call: id },
  RESTART: ({ elements }) => {
    const channels = find(elements, "channel-identification")?.channel.channels;
    return { type: "RestartRequest", ...some("channels", channels) };
  },
  HOLD: (_message, _, call) => ({ type: "HoldRequest", call }),
  "HOLD ACKNOWLEDGE": (_message, _, call) => ({ type: "HoldResponse", call }),
  "HOLD REJECT": (message, _, call) => ({ type: "HoldResponse", call, ...refused(message) }),
  RETRIEVE: (_message, _, call) => ({ type: "RetrieveRequest", call }),
  "RETRIEVE ACKNOWLEDGE": (_message, _, call) => ({ type: "RetrieveResponse", call }),
  "RETRIEVE REJECT": (message, _, call) => ({ type: "RetrieveResponse", call, ...refused(message) }),
  SUSPEND: (message, _, call) => ({ type: "SuspendRequest", call, ...identity(message) }),
  "SUSPEND ACKNOWLEDGE": (_message, _, call) => ({ type: "SuspendResponse", call }),
  "SUSPEND REJECT": (message, _, call) => ({ type: "SuspendResponse", call, ...refused(message) }),
  RESUME: (message, call, id) =>
    call === undefined ? { type: "ResumeRequest", call: id, ...identity(message) } : undefined,
  "RESUME ACKNOWLEDGE": (_message, _, call) => ({ type: "ResumeResponse", call }),
  "RESUME REJECT": (message, _, call) => ({ type: "ResumeResponse", call, ...refused(message) }),
  "USER INFORMATION": ({ elements }, _, call) => {
    const userUser = find(elements, "user-user")?.userUser;
    if (userUser === undefined) return undefined;
    const moreData = find(elements, "more-data") !== undefined;
    return { type: "UserInfoRequest", call, userUser, moreData };
  },
  "CONGESTION CONTROL": (message, _, call) => ({
    type: "CongestionRequest",
    call,
    // §4.5.14: 0 receiver ready, 15 not ready.
    ready: find(message.elements, "congestion-level")?.level !== 15,
    ...cause(message),
  }),
};

function setup({ elements }: Message, call: string): Request {
  const channel = find(elements, "channel-identification")?.channel;
  const [number] = channel?.channels ?? [];
  const [calling, secondCalling] = findAll(elements, "calling-number");
  return {
    type: "SetupRequest",
    call,
    called: find(elements, "called-number")?.number ?? { digits: "", type: "unknown", plan: "unknown" },
    sendingComplete: find(elements, "sending-complete") !== undefined,
    ...some("calling", calling?.number),
    ...some("secondCalling", secondCalling?.number),
    ...some("callingSubaddress", find(elements, "calling-subaddress")?.subaddress),
    ...some("calledSubaddress", find(elements, "called-subaddress")?.subaddress),
    ...some("redirecting", find(elements, "redirecting-number")?.number),
    ...some("bearer", find(elements, "bearer-capability")?.bearer),
    ...some("hlc", find(elements, "high-layer-compatibility")?.hlc),
    ...some("llc", find(elements, "low-layer-compatibility")?.octets),
    ...some("keypad", find(elements, "keypad-facility")?.digits),
    ...some("display", find(elements, "display")?.text),
    ...some("dateTime", find(elements, "date-time")?.dateTime),
    ...some("transitCounter", find(elements, "transit-counter")?.count),
    ...progress({ elements }),
    ...(number === undefined ? {} : { channel: { number, exclusive: channel?.exclusive ?? true } }),
  };
}

type Carrying = Pick<Message, "elements">;

const progress = ({ elements }: Carrying) => some("progress", find(elements, "progress-indicator")?.progress);
const cause = ({ elements }: Carrying) => some("cause", find(elements, "cause")?.cause);
const refused = ({ elements }: Carrying) => ({ refused: find(elements, "cause")?.cause ?? 29 });
const identity = ({ elements }: Carrying) => some("identity", find(elements, "call-identity")?.octets);

function some<N extends string, T>(name: N, value: T | undefined): { readonly [_ in N]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [_ in N]?: T };
}
