// The cable between a near and a far span: it can be pulled, plugged in again, and lose frames.
import { createEmitter, type Events } from "../../shared/events.ts";

/** A test's or an installer's hand on one span's cable. */
export interface Cable {
  /** Both spans go into RED alarm; frames are lost and analog signalling stands still until `plug`. */
  pull(): void;
  plug(): void;
  readonly connected: boolean;
  /**
   * Loses the D-channel frames for which `lose` is true; `undefined` loses none.
   * `from` is the board that sent the frame.
   */
  loseFrames(lose: ((frame: Uint8Array, from: Side) => boolean) | undefined): void;
}

export type Side = "near" | "far";

export interface CableCore extends Cable {
  readonly changes: Events<{ readonly connected: boolean }>;
  carries(frame: Uint8Array, from: Side): boolean;
}

export const otherSide = (side: Side): Side => (side === "near" ? "far" : "near");

export function createCable(): CableCore {
  const changes = createEmitter<{ readonly connected: boolean }>();
  let connected = true;
  let lose: ((frame: Uint8Array, from: Side) => boolean) | undefined;
  const set = (value: boolean): void => {
    if (connected === value) return;
    connected = value;
    changes.emit({ connected });
  };
  return {
    changes,
    pull: () => set(false),
    plug: () => set(true),
    get connected() {
      return connected;
    },
    loseFrames: (rule) => void (lose = rule),
    carries: (frame, from) => connected && lose?.(frame, from) !== true,
  };
}
