// Rings an extension, an agent or an outside number for a caller, who hears it ring. What an extension does not take goes on
// to where its calls are forwarded; in vain, the caller hears why.
import type { Destination, Forwarding } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Call, Handler } from "./call.ts";
import { tellFailure } from "./failure.ts";
import { alwaysTo, isRung, nameOf, type Authority } from "./plan.ts";
import { cause } from "./state.ts";
import { createTries } from "./tries.ts";

/** An extension that nobody lifts; outside the other network decides sooner (Q.931 T301 is 180 s at least). */
export const ringMs = { extension: 60_000, outside: 180_000 } as const;

export interface RingDeps {
  readonly clock: Clock;
  readonly note: Note;
  /** Of an extension. */
  readonly forwarding: (extension: string) => Forwarding | undefined;
  /** Sends the call where nothing is rung: to a queue, a flow, a room, a mailbox. */
  readonly enter: (call: Call, to: Destination, authority: Authority) => void;
}

export type Ring = (call: Call, to: Destination, authority: Authority) => void;

type Way = "always" | "busy" | "noAnswer";

/** An extension that the call came to, with the ways on from there that it has not gone yet. */
interface Passed {
  readonly extension: string;
  readonly forwarding: Forwarding;
  readonly left: ReadonlySet<Way>;
}

export function createRing({ clock, note, forwarding, enter }: RingDeps): Ring {
  const ring = (call: Call, to: Destination, authority: Authority, before: readonly Passed[]): void => {
    // Who is forwarded to and fro rings in the end: a secretary reaches who is forwarded to the secretary.
    const known = "extension" in to && before.some(({ extension }) => extension === to.extension);
    const own = "extension" in to && !known ? forwarding(to.extension) : undefined;
    const passed =
      own === undefined || !("extension" in to)
        ? before
        : [...before, { extension: to.extension, forwarding: own, left: new Set<Way>(ways) }];
    const caller = call.state.legs[call.state.main]?.extension;
    if (own !== undefined && alwaysTo(own, caller) !== undefined) return void goOn(call, passed, "always");
    ringHere(call, to, authority, passed);
  };

  /** The last extension that says where a call goes on in this case sends it there; false when there is none. */
  const goOn = (call: Call, passed: readonly Passed[], way: Way): boolean => {
    const at = passed.findLastIndex((one) => one.left.has(way) && one.forwarding[way] !== undefined);
    const from = passed[at];
    const to = from?.forwarding[way];
    if (from === undefined || to === undefined) return false;
    const { extension } = from;
    note({ type: "call.forwarded", call: call.id, extension, to: nameOf(to), reason: reasons[way] });
    const used = { ...from, left: new Set([...from.left].filter((one) => one !== way && one !== "always")) };
    if (isRung(to)) ring(call, to, { extension }, [...passed.slice(0, at), used]);
    else enter(call, to, { extension });
    return true;
  };

  const ringHere = (call: Call, to: Destination, authority: Authority, passed: readonly Passed[]): void => {
    let telling: Cancel = () => undefined;
    const last = passed.findLast((one) => one.left.has("noAnswer") && one.forwarding.noAnswer !== undefined);
    const longestMs = "outside" in to ? ringMs.outside : ringMs.extension;
    const tries = createTries(call, {
      to,
      authority,
      clock,
      answerMs: last === undefined ? longestMs : last.forwarding.afterSeconds * 1000,
      confirm: "outside" in to && passed.at(-1)?.forwarding.confirm === true,
      reached: () => call.unhandle(handler),
      failed(why, heard) {
        const busy = why === cause.busy || why === cause.rejected;
        // A number outside that is busy is one that is not reached.
        const on: readonly Way[] = !busy ? ["noAnswer"] : "outside" in to ? ["busy", "noAnswer"] : ["busy"];
        if (!on.some((way) => goOn(call, passed, way))) telling = tellFailure(call, why, clock, heard);
      },
    });
    const handler: Handler = {
      phase: "ringing",
      where: nameOf(to),
      event: (event) => tries.take(event),
      dropped() {
        tries.stop();
        telling();
      },
    };

    call.handle(handler);
    if (call.state.ended === null) tries.begin();
  };

  return (call, to, authority) => ring(call, to, authority, []);
}

const ways: readonly Way[] = ["always", "busy", "noAnswer"];
const reasons = { always: "always", busy: "busy", noAnswer: "no-answer" } as const;
