// SETUP of both directions (§5.1.1, §5.2.1): what a request puts into it, what an indication reads from it.
import { audioBearer } from "./bearer.ts";
import {
  channelElement,
  indicate,
  ofMessage,
  optional,
  progressElement,
  send,
  start,
  withExtra,
  type Of,
  type Turn,
} from "./call-actions.ts";
import { find, findAll, valueIn, type Message } from "./message.ts";

/** SETUP goes out and T303 starts. */
export function sendSetup(turn: Turn, request: Of<"SetupRequest">): void {
  const { calling, secondCalling, redirecting, display, keypad, hlc, llc, dateTime } = request;
  const { callingSubaddress, calledSubaddress, transitCounter } = request;
  const qsig = turn.options.variant === "qsig";
  turn.call.setup = withExtra(
    request,
    request.sendingComplete !== false && { name: "sending-complete" },
    { name: "bearer-capability", bearer: request.bearer ?? audioBearer(turn.options.law) },
    channelElement(turn, turn.call.exclusive),
    progressElement(request.progress),
    display !== undefined && { name: "display", text: display },
    dateTime && { name: "date-time", dateTime },
    keypad !== undefined && { name: "keypad-facility", digits: keypad },
    calling && { name: "calling-number", number: calling },
    secondCalling && { name: "calling-number", number: secondCalling },
    callingSubaddress && { name: "calling-subaddress", subaddress: callingSubaddress },
    { name: "called-number", number: request.called },
    calledSubaddress && { name: "called-subaddress", subaddress: calledSubaddress },
    redirecting && { name: "redirecting-number", number: redirecting },
    llc && { name: "low-layer-compatibility", octets: llc },
    hlc && { name: "high-layer-compatibility", hlc },
    qsig && transitCounter !== undefined && { name: "transit-counter", count: transitCounter },
  );
  send(turn, "SETUP", turn.call.setup);
  start(turn, "T303");
}

/** The peer's SETUP; its mandatory elements were checked before. */
export function offerSetup(turn: Turn, message: Message): void {
  const { elements } = message;
  const bearer = valueIn(elements, "bearer-capability", "bearer", audioBearer(turn.options.law));
  const [calling, secondCalling] = findAll(elements, "calling-number");
  const complete = find(elements, "sending-complete") !== undefined;
  indicate(turn, {
    type: "SetupIndication",
    ...ofMessage(turn, message),
    called: find(elements, "called-number")?.number,
    calling: calling?.number,
    ...optional("secondCalling", secondCalling?.number),
    ...optional("callingSubaddress", find(elements, "calling-subaddress")?.subaddress),
    ...optional("calledSubaddress", find(elements, "called-subaddress")?.subaddress),
    redirecting: find(elements, "redirecting-number")?.number,
    bearer,
    ...optional("hlc", find(elements, "high-layer-compatibility")?.hlc),
    ...optional("llc", find(elements, "low-layer-compatibility")?.octets),
    ...optional("keypad", find(elements, "keypad-facility")?.digits),
    display: find(elements, "display")?.text,
    ...optional("dateTime", find(elements, "date-time")?.dateTime),
    ...optional("transitCounter", find(elements, "transit-counter")?.count),
    sendingComplete: complete || !turn.options.overlapReceiving,
  });
}
