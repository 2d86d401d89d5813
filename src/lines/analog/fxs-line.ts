// Executes the FXS machine: a telephone's port, its tones and digits, and the leg that it has.
import type { AnalogEvent, AnalogPort } from "../../boards/board.ts";
import type { MediaPort } from "../../media/engine.ts";
import { stutterOf } from "../../media/tones.ts";
import {
  fxsDefaults,
  fxsIdle,
  nextFxs,
  type FxsEffect,
  type FxsInput,
  type FxsState,
  type FxsTimer,
} from "../../signalling/analog/fxs.ts";
import { codeOf } from "../../shared/errors.ts";
import type { LineContext } from "../context.ts";
import type { PartyNumber } from "../leg.ts";
import { createLegCore, goingOn, type LegCore, type LegPlan } from "../leg-core.ts";
import { createRunner } from "../machine-line.ts";
import { dialled } from "../numbers.ts";
import { createTimers } from "../timers.ts";
import { createCallerTeller } from "./caller-id-out.ts";
import { callerForm, openPort, type AnalogLine, type KeptOn } from "./port.ts";

/** Q.850: destination out of order; temporary failure; resource unavailable. */
const outOfOrder = 27;
const temporaryFailure = 41;
const noResource = 47;

export function createFxsLine(
  context: LineContext,
  channel: AnalogPort,
  spanAlarm: () => boolean,
  kept: KeptOn<"fxs"> | undefined,
): AnalogLine {
  const { clock, log, tones } = context;
  const stutter = stutterOf(tones.dial);
  let leg: LegCore | undefined;
  let liftedDead = false;
  /** What its lamp was told last. */
  let lit: boolean | undefined;

  const timers = createTimers<FxsTimer>(clock, (timer) => runner.input({ type: "timer", timer }));
  const listener = {
    signal: (event: AnalogEvent) => signal(event),
    fail: () => fault(outOfOrder),
    changed: () => context.changed(line),
    inUse: () => runner.state.name !== "idle",
  };
  const base = openPort(context, channel, spanAlarm, listener, kept !== undefined);
  const { port, audio } = base;
  const teller = createCallerTeller({
    clock,
    audio,
    port,
    now: context.wallClock,
    report: (error) => report(error),
  });
  const report = (error: unknown): void => log.error({ err: error, line: base.id }, "telephone line");
  const fault = (cause: number): void => runner.input({ type: "fault", cause });
  /** Not before the caller of `dial` can listen. */
  const faultSoon = (cause: number, error: unknown): void => {
    report(error);
    clock.after(0, () => fault(cause));
  };

  const initial: FxsState = kept === undefined ? fxsIdle : { name: "connected" };
  const runner = createRunner({
    initial,
    next: (state, input: FxsInput) =>
      nextFxs(state, input, {
        ...fxsDefaults,
        ...context.timing.fxs,
        match: (digits) => context.matchNumber(digits, line.info()),
      }),
    execute: (effect: FxsEffect) => execute(effect),
    onError: report,
    settled: () => context.changed(line),
  });

  /** Once the phone rests. */
  function lamp(): void {
    const wanted = messagesWait();
    if (runner.state.name !== "idle" || base.outOfService()) return;
    if (wanted === undefined || wanted === lit) return;
    lit = wanted;
    teller.lamp(wanted, callerForm(context, channel));
  }
  const messagesWait = (): boolean | undefined => context.messagesWait(line.info().extension ?? "");

  /** Dial tone tells whoever lifts it that messages wait, or that its calls do not ring here. */
  function reminds(): boolean {
    const { extension } = line.info();
    const own = context.settings().extensions.find(({ number }) => number === extension);
    return messagesWait() === true || own?.doNotDisturb === true || own?.forward?.always !== undefined;
  }

  /** A telephone out of service is dead: lifted, it hears nothing until it is put back. */
  function isDead(event: AnalogEvent): boolean {
    if (event.type === "on-hook") liftedDead = false;
    const dead = event.type === "off-hook" && runner.state.name === "idle" && base.outOfService();
    if (dead) liftedDead = true;
    return dead;
  }

  function signal(event: AnalogEvent): void {
    if (isDead(event)) return;
    if (event.type === "off-hook" || event.type === "on-hook" || event.type === "flash") {
      if (event.type === "off-hook" && runner.state.name === "idle") teller.end();
      runner.input({ type: event.type });
    } else if (event.type === "ringer") {
      teller.burst(event.on);
    } else if (event.type === "pulse-digit") {
      runner.input({ type: "digit", digit: event.digit, source: "pulse" });
    }
  }

  function listen(media: MediaPort): void {
    media.detectDigits(true);
    media.events.on((event) => {
      if (event.type === "failed") fault(noResource);
      if (event.type === "digit") runner.input({ type: "digit", digit: event.digit, source: "dtmf" });
      if (event.type === "digit-begin") {
        runner.input({ type: "digit-begin" });
        leg?.tell({ type: "digit-begin", digit: event.digit });
      }
    });
  }

  function openAudio(): unknown {
    const before = audio.port;
    const opened = (): undefined => {
      if (audio.port !== undefined && audio.port !== before) listen(audio.port);
    };
    try {
      const pending = audio.open();
      return pending === undefined
        ? opened()
        : pending.then(opened, (error: unknown) => faultSoon(noResource, error));
    } catch (error) {
      return faultSoon(noResource, error);
    }
  }

  function execute(effect: FxsEffect): unknown {
    switch (effect.type) {
      case "start-timer":
        return timers.start(effect.timer, effect.ms);
      case "stop-timer":
        return timers.stop(effect.timer);
      case "start-ring":
        return startRing();
      case "stop-ring":
        teller.end();
        return port.stopRing();
      case "disconnect":
        return port.onHook();
      case "polarity":
        return reverse(effect.reversed);
      case "audio":
        return effect.on ? openAudio() : void audio.close().catch(report);
      case "tone":
        if (effect.tone === "none") audio.port?.stopPlaying();
        else audio.port?.playTone(effect.tone === "dial" && reminds() ? stutter : tones[effect.tone]);
        return undefined;
      case "offer":
        leg = createLeg({ direction: "in", calling: ownNumber(), called: dialled(effect.digits) });
        if (audio.port !== undefined) leg.attach(audio.port);
        return context.incoming(leg.leg);
      case "alerting": {
        const rung = leg;
        return clock.after(0, () => rung?.tell({ type: "alerting", inband: false }));
      }
      case "answered":
        if (audio.port !== undefined) leg?.attach(audio.port);
        return leg?.tell({ type: "answered" });
      case "flashed":
        return leg?.tell({ type: "flash" });
      case "digit":
        return leg?.tell(effect);
      case "released": {
        const ended = leg;
        leg = undefined;
        return ended?.end(effect.cause, effect.by);
      }
      case "ready":
        return lamp();
    }
  }

  function startRing(): void {
    const { digits = "", name = "", presentation = "unavailable" } = leg?.leg.calling ?? {};
    teller.begin({ number: digits, name, presentation }, callerForm(context, channel), () => {
      try {
        port.startRing(tones.ringCadence);
      } catch (error) {
        faultSoon(temporaryFailure, error);
      }
    });
  }

  /** A card that cannot reverse the battery makes its calls without. */
  function reverse(reversed: boolean): void {
    try {
      port.setPolarity(reversed);
    } catch (error) {
      if (codeOf(error) !== "ERR_UNSUPPORTED") throw error;
    }
  }

  function createLeg(plan: Pick<LegPlan, "direction" | "calling" | "called"> & Partial<LegPlan>): LegCore {
    return createLegCore({
      id: context.newId(),
      ...plan,
      line: () => line.info(),
      keep: () => ({ kind: "fxs" }),
      onListenerError: report,
      actions: {
        proceed: () => undefined,
        alert: (inband) => runner.input({ type: "alert", inband }),
        answer: () => runner.input({ type: "answer" }),
        release: (cause) => runner.input({ type: "release", cause }),
      },
    });
  }

  function ownNumber(): PartyNumber {
    const { extension = "", name } = line.info();
    return { ...dialled(extension), name };
  }

  const line: AnalogLine = {
    id: base.id,
    info: () => base.info(),
    dial(request) {
      leg = createLeg({ direction: "out", calling: request.calling, called: request.called });
      const made = leg.leg;
      runner.input({ type: "ring" });
      return made;
    },
    clear(cause) {
      const cleared = leg;
      cleared?.leg.release(cause);
      return cleared !== undefined;
    },
    serviceChanged() {
      if (!base.outOfService()) base.measuring.end();
      if (!liftedDead || base.outOfService()) return;
      liftedDead = false;
      runner.input({ type: "off-hook" });
    },
    lamp,
    test: () => base.test(),
    measure: (measure) => base.measuring.run(measure),
    fail: () => fault(outOfOrder),
    async close() {
      leg?.leg.release();
      runner.stop();
      timers.stopAll();
      await base.close();
    },
  };
  if (kept !== undefined) {
    leg = createLeg(goingOn(kept));
    openAudio();
    if (audio.port !== undefined) leg.attach(audio.port);
    context.goesOn(leg.leg);
  }
  return line;
}
