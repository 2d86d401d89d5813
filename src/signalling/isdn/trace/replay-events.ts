// What layer 3 saw of a capture: links, and messages, each once: repetitions of layer 2 and what is said to other terminals left out.
import type { Octets } from "../octets.ts";
import { decodeFrame, otherSide, type Side } from "../q921/frame.ts";
import { broadcast, type Ces } from "../q921/layer2.ts";
import { decodeMessage, type Message } from "../q931/message.ts";
import type { CapturedFrame } from "./pcap.ts";

export interface CapturedMessage {
  readonly type: "message";
  readonly at: number;
  readonly ours: boolean;
  readonly message: Message;
  readonly octets: Octets;
  /** As the machine names links: 0 on a line with one, on a network's bus the TEI, `broadcast` to all terminals. */
  readonly ces: Ces;
}

/** A data link is in multiple-frame operation (again), or was released. */
export interface CapturedLink {
  readonly type: "link";
  readonly at: number;
  readonly ces: Ces;
  readonly up: boolean;
}

/** I frames that may be outstanding (Q.921 §5.9.5): what comes again from among the last so many is a repetition. */
const window = 7;
/** N200 + 1 (§5.9.2). */
const mostAsked = 4;

export function eventsOf(
  frames: readonly CapturedFrame[],
  side: Side,
): readonly (CapturedMessage | CapturedLink)[] {
  const last = new Map<string, number>();
  const asked = new Map<number, number>();
  const events: (CapturedMessage | CapturedLink)[] = [];
  const bus = frames.some(({ from, octets }) => from === "network" && isToAll(octets));
  let ownTei: number | undefined;
  for (const { at, from, octets } of frames) {
    const frame = decodeFrame(octets, otherSide(from));
    if (frame.type === "invalid" || frame.type === "reject" || frame.sapi !== 0) continue;
    const { tei } = frame;
    const ces = frame.type === "UI" ? broadcast : bus && side === "network" ? tei : 0;
    if (from === side && side === "user" && frame.type !== "UI") ownTei ??= tei;
    // What goes to another terminal of the bus.
    if (side === "user" && ownTei !== undefined && frame.type !== "UI" && tei !== ownTei) continue;
    switch (frame.type) {
      case "SABME": {
        const times = (asked.get(tei) ?? 0) + 1;
        asked.set(tei, times);
        // §5.5.1.3: asked N200 times more in vain, the link is released; all that are sent after begin anew.
        if (times === mostAsked + 1) events.push({ type: "link", at, ces, up: false });
        break;
      }
      case "DISC":
      case "DM":
        events.push({ type: "link", at, ces, up: false });
        break;
      case "UA":
        // Sequence numbers begin anew, in both directions (§5.5.1.2).
        for (const each of ["user", "network"]) last.delete(`${each}/${tei}`);
        if (asked.delete(tei)) events.push({ type: "link", at, ces, up: true });
        break;
      case "I": {
        const sender = `${from}/${tei}`;
        const before = last.get(sender);
        // N(S) modulo 128 (§3.5.2.1).
        const ahead = before === undefined ? 1 : (frame.ns - before + 128) % 128;
        if (ahead === 0 || ahead > 128 - window) break;
        last.set(sender, frame.ns);
        put(at, from, frame.info, ces);
        break;
      }
      case "UI":
        put(at, from, frame.info, ces);
        break;
      default:
    }
  }
  return events;

  function put(at: number, from: Side, octets: Octets, ces: Ces): void {
    const message = decodeMessage(octets);
    if (message.type !== "reject")
      events.push({ type: "message", at, ours: from === side, message, octets, ces });
  }
}

function isToAll(octets: Uint8Array): boolean {
  const frame = decodeFrame(octets, "user");
  return frame.type === "UI" && frame.sapi === 0;
}
