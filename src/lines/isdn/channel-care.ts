// B-channels that failed: restarted until the exchange agrees, and never given up. Also the test of one by RESTART.
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/log.ts";
import type { ChannelState, Request } from "../../signalling/isdn/types.ts";
import { createTimers } from "../timers.ts";

export interface ChannelCare {
  /** The machine says that a channel is in this state now. */
  changed(channel: number, state: ChannelState): void;
  /** The peer has acknowledged a RESTART of these. */
  confirmed(channels: readonly number[]): void;
  /** Nothing will be answered now. */
  linkDown(): void;
  /** Restarts an idle channel. False when the peer did not answer. */
  test(channel: number): Promise<boolean>;
  stop(): void;
}

/**
 * Unanswered RESTARTs after which a channel is used again on trial: an exchange that knows no RESTART must not cost a
 * line for ever, and one that is still at odds with us refuses the next call by cause 44.
 */
const mostRestarts = 3;

export function createChannelCare(options: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly request: (request: Request) => void;
  /** Pause before a failed channel is restarted, ms. */
  readonly pauseMs: number;
  /** T316, ms: a RESTART is sent twice. */
  readonly answerMs: number;
  /** Whether a channel is out of service. */
  readonly blocked: (channel: number) => boolean;
}): ChannelCare {
  const { clock, log, request } = options;
  const attempts = new Map<number, number>();
  const tests = new Map<
    number,
    { readonly result: Promise<boolean>; readonly settle: (good: boolean) => void }
  >();
  const restarts = createTimers<number>(clock, (channel) => restart(channel));
  const deadlines = createTimers<number>(clock, (channel) => tests.get(channel)?.settle(false));

  const restart = (channel: number): void => {
    const tried = attempts.get(channel) ?? 0;
    if (tried < mostRestarts) {
      attempts.set(channel, tried + 1);
      request({ type: "RestartRequest", channels: [channel] });
      return;
    }
    attempts.delete(channel);
    log.warn({ channel, restarts: tried }, "no RESTART was answered: the channel is used again on trial");
    request({ type: "ChannelRequest", channel, blocked: options.blocked(channel) });
  };
  return {
    changed(channel, state) {
      if (state === "idle" || state === "in-use") attempts.delete(channel);
      if (state !== "failed") return;
      tests.get(channel)?.settle(false);
      restarts.start(channel, options.pauseMs);
    },
    confirmed(channels) {
      for (const channel of channels) tests.get(channel)?.settle(true);
    },
    linkDown() {
      for (const { settle } of [...tests.values()]) settle(false);
    },
    test(channel) {
      const running = tests.get(channel);
      if (running !== undefined) return running.result;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const settle = (good: boolean): void => {
        tests.delete(channel);
        deadlines.stop(channel);
        resolve(good);
      };
      tests.set(channel, { result: promise, settle });
      // A blocked channel's failure is told of by nobody: the deadline notices.
      deadlines.start(channel, 2 * options.answerMs + 1000);
      request({ type: "RestartRequest", channels: [channel] });
      return promise;
    },
    stop() {
      restarts.stopAll();
      for (const { settle } of [...tests.values()]) settle(false);
    },
  };
}
