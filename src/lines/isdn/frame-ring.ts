// The last frames of a D-channel, for whoever looks for a fault: kept always, so that what led to it is still there.

export interface TracedFrame {
  /** From 1, counted for each span since the box started. */
  readonly seq: number;
  /** Wall clock, ms since 1970 UTC. */
  readonly at: number;
  /** By us. */
  readonly sent: boolean;
  /** Whoever sent it: which side of the interface that is. */
  readonly from: "user" | "network";
  /** Without flags and FCS. */
  readonly octets: Uint8Array;
}

export interface FrameRing {
  put(frame: Omit<TracedFrame, "seq">): void;
  /** What came after the frame of this number, in order; 0 is all that is kept. */
  after(seq: number): readonly TracedFrame[];
}

/**
 * Frames kept. An idle link polls every T203 (Q.921 §5.9.8), and a busy one acknowledges each message: such
 * supervisory frames have a place of their own, so that they never drive out messages.
 */
export const ringSizes = { messages: 2_000, supervisory: 400 } as const;

interface Kept extends Omit<TracedFrame, "octets"> {
  /** One character an octet: a string takes a third of an array's memory. */
  readonly text: string;
}

export function createFrameRing(
  sizes: Readonly<Record<keyof typeof ringSizes, number>> = ringSizes,
): FrameRing {
  const messages: Kept[] = [];
  const supervisory: Kept[] = [];
  let last = 0;
  return {
    put({ octets, ...frame }) {
      last += 1;
      const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString("latin1");
      const kept = { seq: last, ...frame, text };
      if (isSupervisory(octets)) keep(supervisory, kept, sizes.supervisory);
      else keep(messages, kept, sizes.messages);
    },
    after(seq) {
      return [...messages, ...supervisory]
        .filter((each) => each.seq > seq)
        .sort((a, b) => a.seq - b.seq)
        .map(({ text, ...each }) => ({ ...each, octets: Buffer.from(text, "latin1") }));
    },
  };
}

function keep(ring: Kept[], kept: Kept, most: number): void {
  ring.push(kept);
  if (ring.length > most) ring.shift();
}

/** Q.921 §3.4.3: RR, RNR, REJ. */
function isSupervisory(octets: Uint8Array): boolean {
  return ((octets[2] ?? 0) & 0x03) === 0x01;
}
