// Bearer and D-channels of a simulated span: frames cross the cable on the next turn of the clock, audio
// crosses in the media engine, which joins the two sides of a pair.
import type {
  BearerChannel,
  BearerEvent,
  DataChannel,
  DataEvent,
  OpenBearerChannel,
  OpenDataChannel,
  Span,
} from "../board.ts";
import type { Clock } from "../../shared/clock.ts";
import { otherSide, type CableCore, type Side } from "./cable.ts";
import { createChannelEnd, type ChannelEnd } from "./guard.ts";

/** DAHDI's HDLC buffers hold no longer frame. */
const longestFrame = 512;

export interface Wire<C> {
  /** The channel as a side's span shows it. */
  channel(side: Side, place: Place): C;
  end(side: Side): Pick<ChannelEnd<never>, "isOpen" | "orphan" | "close">;
}

export interface Place {
  readonly span: Span;
  readonly number: number;
  readonly position: number;
}

export function createBearerWire(pair: string, cable: CableCore, clock: Clock): Wire<BearerChannel> {
  const ends = createEnds<BearerEvent>(pair, cable, clock);
  return {
    channel: (side, place) => ({
      ...place,
      kind: "bearer",
      open({ law = "alaw" }): OpenBearerChannel {
        const handle = ends[side].open(() => undefined);
        return {
          audio: { kind: "pair", pair, side, law },
          events: handle.events,
          close: () => handle.close(),
        };
      },
    }),
    end: (side) => ends[side],
  };
}

export function createDataWire(name: string, cable: CableCore, clock: Clock): Wire<DataChannel> {
  const ends = createEnds<DataEvent>(name, cable, clock);
  return {
    channel: (side, place) => ({
      ...place,
      kind: "data",
      open(): OpenDataChannel {
        const handle = ends[side].open(() => undefined);
        return {
          events: handle.events,
          send(frame) {
            handle.check();
            if (frame.length === 0 || frame.length > longestFrame) {
              ends[side].tell({ type: "error", reason: "send-failed" });
            } else if (cable.carries(frame, side)) {
              ends[otherSide(side)].tell({ type: "frame", frame: frame.slice() });
            }
          },
          close: () => handle.close(),
        };
      },
    }),
    end: (side) => ends[side],
  };
}

function createEnds<E>(
  name: string,
  cable: CableCore,
  clock: Clock,
): Readonly<Record<Side, ChannelEnd<E | AlarmEvent>>> {
  const ends = {
    near: createChannelEnd<E | AlarmEvent>(`${name} near`, clock),
    far: createChannelEnd<E | AlarmEvent>(`${name} far`, clock),
  };
  cable.changes.on(({ connected }) => {
    const event = { type: connected ? "alarm-clear" : "alarm" } as const;
    ends.near.tell(event);
    ends.far.tell(event);
  });
  return ends;
}

type AlarmEvent = { readonly type: "alarm" } | { readonly type: "alarm-clear" };
