// Turns the Q.921/Q.931 machine of one D-channel: frames and timers in, frames and indications out.
import type { OpenDataChannel } from "../../boards/board.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/log.ts";
import { createDChannel, keptReference, next } from "../../signalling/isdn/dchannel.ts";
import { otherSide } from "../../signalling/isdn/q921/frame.ts";
import type {
  CallId,
  DChannelEffect,
  DChannelInput,
  DChannelOptions,
  Indication,
  KeptReference,
  Request,
  TimerId,
} from "../../signalling/isdn/types.ts";
import { createRunner } from "../machine-line.ts";
import { createTimers } from "../timers.ts";
import type { FrameRing } from "./frame-ring.ts";

export interface DChannelRunner {
  request(request: Request): void;
  /** By what both sides know an active call. */
  reference(call: CallId): KeptReference | undefined;
  layer1(up: boolean): void;
  /** Stops all timers and closes the channel. */
  close(): void;
}

export function createDChannelRunner(options: {
  readonly machine: DChannelOptions;
  readonly channel: OpenDataChannel;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where every frame is noted. */
  readonly trace?: FrameRing;
  readonly indicate: (indication: Indication) => void;
}): DChannelRunner {
  const { channel, clock, log, trace } = options;
  const { side } = options.machine;
  const far = otherSide(side);
  let open = true;
  const timers = createTimers<TimerId>(clock, (timer) => input({ type: "timer", timer }));
  const execute = (effect: DChannelEffect): unknown => {
    switch (effect.type) {
      case "send-frame":
        if (!open) return;
        trace?.put({ octets: effect.frame, sent: true, from: side, at: clock.now() });
        return channel.send(effect.frame);
      case "start-timer":
        return open && timers.start(effect.timer, effect.ms);
      case "stop-timer":
        return timers.stop(effect.timer);
      case "indication":
        return options.indicate(effect.indication);
      case "log":
        return log[effect.level]({ clause: effect.clause, call: effect.call }, effect.message);
    }
  };
  const runner = createRunner({
    initial: createDChannel(options.machine),
    next: (state, given: DChannelInput) => next(state, given),
    execute,
    onError: (error) => log.error({ err: error }, "D-channel"),
    settled: () => undefined,
  });
  const input = (given: DChannelInput): void => {
    if (open) runner.input(given);
  };
  channel.events.on((event) => {
    if (event.type === "frame") {
      trace?.put({ octets: event.frame, sent: false, from: far, at: clock.now() });
      input({ type: "frame", frame: event.frame });
    }
    if (event.type === "error") log.debug({ reason: event.reason }, "D-channel frame lost");
  });
  return {
    request: (request) => input({ type: "request", request }),
    reference: (call) => keptReference(runner.state, call),
    layer1: (up) => input({ type: "layer1", up }),
    close() {
      open = false;
      timers.stopAll();
      channel.close();
    },
  };
}
