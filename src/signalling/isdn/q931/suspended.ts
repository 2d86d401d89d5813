// Suspended calls of an interface (§5.6): the network's by their identities, and RESUME as a new call of the user's.
import type { CallIdentity } from "../types.ts";
import { createCall, type Call } from "./call.ts";
import { log, ownCause, reply, turnCall } from "./interface-actions.ts";
import type { InterfaceTurn } from "./interface.ts";
import type { Message } from "./message.ts";
import { identityIn } from "./suspend-rows.ts";

function suspendedCalls({ state }: InterfaceTurn): readonly Call[] {
  return Object.values(state.calls).filter((call) => call.state === 0 && call.identity !== null);
}

function sameIdentity(a: CallIdentity | null, b: CallIdentity): boolean {
  return a !== null && a.length === b.length && a.every((octet, i) => octet === b[i]);
}

/** §5.6.3: refuses a SUSPEND whose identity another call has (cause 84). True when it did. */
export function refuseTaken(turn: InterfaceTurn, message: Message): boolean {
  const identity = identityIn(message);
  const taken = Object.values(turn.state.calls).some((call) => sameIdentity(call.identity, identity));
  if (!taken) return false;
  log(turn, "info", "SUSPEND refused: the call identity is in use", "Q.931 §5.6.3");
  reply(turn, message.reference, "SUSPEND REJECT", [{ name: "cause", cause: ownCause(turn, 84) }]);
  return true;
}

/** §5.6.4, §5.6.5: RESUME under a new call reference. */
export function receiveResume(turn: InterfaceTurn, message: Message): void {
  const { reference } = message;
  const identity = identityIn(message);
  const waiting = suspendedCalls(turn);
  const call = waiting.find((each) => sameIdentity(each.identity, identity));
  if (call !== undefined) {
    const origin = "peer";
    const renamed = {
      ...call,
      origin,
      ces: turn.ces,
      reference: reference.value,
      referenceOctets: reference.octets,
    } as const;
    turnCall(turn, renamed, { type: "RESUME", message });
    return;
  }
  const cause = ownCause(turn, waiting.length === 0 ? 85 : 83);
  log(turn, "info", `RESUME refused, cause ${cause.value}`, "Q.931 §5.6.5");
  reply(turn, reference, "RESUME REJECT", [{ name: "cause", cause }]);
}

/** The user's RESUME: a call without a channel until RESUME ACKNOWLEDGE names it. */
export function createResuming(turn: InterfaceTurn, id: string, reference: number): Call {
  return createCall({
    id,
    origin: "here",
    ces: turn.ces,
    reference,
    referenceOctets: turn.options.callReferenceOctets,
    channel: -1,
    exclusive: false,
  });
}
