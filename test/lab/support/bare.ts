// Channels of the driver with media ports on them and no appliance between.
import { driver } from "node-dahdi";
import type { MediaEngine, MediaPort } from "../../../src/media/engine.ts";
import type { Context } from "./scenario.ts";
import { channelAt, type SpanPlace } from "./spans.ts";

export interface Bare {
  readonly port: MediaPort;
  readonly channel: driver.Channel;
}

/** A B-channel for audio, A-law; closed with the context at the latest. */
export function openBare(context: Context, span: SpanPlace, position: number): driver.Channel {
  const channel = driver.openChannel(channelAt(span, position));
  context.onClose(() => channel.close());
  channel.setAudioMode(true);
  channel.setLaw("alaw");
  return channel;
}

export function openPort(context: Context, engine: MediaEngine, span: SpanPlace, position: number): Bare {
  const channel = openBare(context, span, position);
  return { port: engine.open({ kind: "dahdi", channel, law: "alaw" }), channel };
}
