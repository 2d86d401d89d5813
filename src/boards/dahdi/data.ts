// D-channels of the driver: the driver does flags, stuffing and FCS; here are whole frames.
import type { DataEvent, OpenDataChannel } from "../board.ts";
import { commonEvent } from "./bearer.ts";
import { createSlot, type LineEvent, type Site } from "./holder.ts";

/** Longest frame without FCS that the port promises (Q.921 §2.5: N201 260 octets and the header fit well). */
const longestFrame = 512;
/** Frames that may wait for the line: beyond them layer 2's own window and retransmission take over. */
const buffers = { txPolicy: "immediate", count: 32, size: 1024 } as const;

function dataEvent(event: LineEvent): DataEvent | undefined {
  switch (event.name) {
    case "ABORT":
      return { type: "error", reason: "abort" };
    case "OVERRUN":
      return { type: "error", reason: "overrun" };
    case "BADFCS":
      return { type: "error", reason: "bad-fcs" };
    default:
      return commonEvent(event);
  }
}

export function createData(site: Site, number: number): () => OpenDataChannel {
  const slot = createSlot<DataEvent>(site, number);
  return () => {
    const holder = slot.open(
      (handle) => handle.setBufferInfo(buffers),
      (event, { emit }) => {
        const told = dataEvent(event);
        if (told !== undefined) emit(told);
      },
    );
    holder.handle.onFrame((frame) => holder.emit({ type: "frame", frame }));
    return {
      events: holder.events,
      send(frame) {
        holder.check();
        const fits = frame.length > 0 && frame.length <= longestFrame;
        const sent = fits && holder.call("send", (handle) => handle.sendFrame(frame));
        if (sent === false) holder.emitLater({ type: "error", reason: "send-failed" });
      },
      close: () => void holder.close(),
    };
  };
}
