// Executes the FXO machine: a port towards an exchange, its audio while the loop is closed, and its leg.
import type { AnalogEvent, AnalogPort } from "../../boards/board.ts";
import {
  fxoDefaults,
  fxoIdle,
  nextFxo,
  type ExchangeTone,
  type FxoEffect,
  type FxoInput,
  type FxoState,
  type FxoTimer,
} from "../../signalling/analog/fxo.ts";
import { readCaller, readCallerDigits } from "../../signalling/analog/caller-id.ts";
import type { CallerIdentity } from "../../signalling/analog/types.ts";
import type { LineContext } from "../context.ts";
import type { PartyNumber } from "../leg.ts";
import { createLegCore, goingOn, relayDigits, type LegCore, type LegPlan } from "../leg-core.ts";
import { createRunner } from "../machine-line.ts";
import { noNumber } from "../numbers.ts";
import { createTimers } from "../timers.ts";
import { callerForm, openPort, portSettings, type AnalogLine, type KeptOn } from "./port.ts";

/** From the end of the first ring to the end of what follows it: 0.5 s, and the longest message (EN 300 659-1). */
const callerMs = 3000;

/** Q.850: destination out of order; resource unavailable. */
const outOfOrder = 27;
const noResource = 47;
/** Of an identity by keys. */
const mostKeys = 40;

export function createFxoLine(
  context: LineContext,
  channel: AnalogPort,
  spanAlarm: () => boolean,
  kept: KeptOn<"fxo"> | undefined,
): AnalogLine {
  const { clock, log } = context;
  const settings = portSettings(context, channel);
  const form = callerForm(context, channel);
  const options = {
    ...fxoDefaults,
    ...(form === undefined ? {} : { callerMs, callerBefore: form.before === true }),
    ...(settings === undefined ? {} : { ringsBeforeOffer: settings.ringsBeforeOffer }),
    ...context.timing.fxo,
  };
  let leg: LegCore | undefined;
  const { dial, ringback, busy, congestion, sit } = context.tones;
  const exchangeTones = Object.entries({ dial, ringback, busy, congestion, sit }).map(([name, tone]) => ({
    name,
    tone,
  }));

  const timers = createTimers<FxoTimer>(clock, (timer) => runner.input({ type: "timer", timer }));
  const listener = {
    signal: (event: AnalogEvent) => signal(event),
    fail: () => fault(outOfOrder),
    changed: () => context.changed(line),
    inUse: () => runner.state.name !== "idle",
  };
  const base = openPort(context, channel, spanAlarm, listener, kept !== undefined);
  const { port, audio } = base;
  const report = (error: unknown): void => log.error({ err: error, line: base.id }, "exchange line");
  const fault = (cause: number): void => runner.input({ type: "fault", cause });
  const initial: FxoState = kept === undefined ? fxoIdle : { name: "connected", reversed: kept.own.reversed };
  const runner = createRunner({
    initial,
    next: (state, input: FxoInput) => nextFxo(state, input, options),
    execute: (effect: FxoEffect) => execute(effect),
    onError: report,
    settled: () => context.changed(line),
  });

  function signal(event: AnalogEvent): void {
    switch (event.type) {
      case "ring-begin":
      case "ring":
        // Out of service: it rings at the exchange in vain, and a call that rings here already goes on.
        if (base.outOfService() && runner.state.name === "idle") return undefined;
        return runner.input({ type: event.type });
      case "on-hook":
      case "polarity":
      case "pulses-sent":
        return runner.input({ type: event.type });
      default:
        return undefined;
    }
  }

  function failed(error: unknown): void {
    report(error);
    clock.after(0, () => fault(noResource));
  }

  /** Audio of the closed loop: at once, or when the last call's port has let go of the channel. */
  function openAudio(): unknown {
    const opened = (): undefined => {
      unlisten();
      audio.port?.detectTones(exchangeTones);
      audio.port?.events.on((event) => {
        if (event.type === "failed") fault(noResource);
        else if (event.type === "tone") runner.input({ type: "tone", tone: event.tone as ExchangeTone });
      });
    };
    try {
      const pending = audio.open();
      return pending === undefined ? opened() : pending.then(opened, failed);
    } catch (error) {
      return failed(error);
    }
  }

  function seize(): unknown {
    try {
      port.offHook();
    } catch (error) {
      return failed(error);
    }
    return openAudio();
  }

  /** The line's audio while it rings. Whoever calls is offered without a number when it cannot be had. */
  function listen(): unknown {
    const opened = (): undefined => {
      const ear = audio.port;
      if (ear === undefined || form === undefined) return;
      const heard = (caller: CallerIdentity | undefined): void => {
        if (caller !== undefined) runner.input({ type: "caller-id", caller });
      };
      let keys = "";
      ear.events.on((event) => {
        if (event.type === "message") heard(readCaller(event.message));
        if (event.type === "digit" && form.form === "dtmf" && runner.state.name === "ringing") {
          keys = `${keys}${event.digit}`.slice(-mostKeys);
          heard(readCallerDigits(keys));
        }
      });
      if (form.form === "dtmf") ear.detectDigits(true);
      else ear.detectMessages(form.form);
    };
    try {
      const pending = audio.open();
      return pending === undefined ? opened() : pending.then(opened, report);
    } catch (error) {
      return report(error);
    }
  }
  function unlisten(): void {
    audio.port?.detectMessages(undefined);
    if (form?.form === "dtmf") audio.port?.detectDigits(false);
  }

  function execute(effect: FxoEffect): unknown {
    switch (effect.type) {
      case "start-timer":
        return timers.start(effect.timer, effect.ms);
      case "stop-timer":
        return timers.stop(effect.timer);
      case "off-hook":
        return seize();
      case "listen":
        return effect.on ? listen() : void audio.close().catch(report);
      case "on-hook":
        return port.onHook();
      case "flash":
        return port.flash();
      case "send-dtmf":
        return sendDtmf(effect.digits);
      case "send-pulses":
        return port.dialPulses(effect.digits);
      case "offer":
        leg = createLeg({ direction: "in", calling: callerNumber(effect.caller), called: noNumber });
        return context.incoming(leg.leg);
      case "dialled":
        attach();
        // An analog exchange says nothing; from here its own tones are heard.
        return leg?.tell({ type: "alerting", inband: true });
      case "answered":
        attach();
        return leg?.tell({ type: "answered" });
      case "released": {
        const ended = leg;
        leg = undefined;
        ended?.end(effect.cause, effect.by);
        return audio.close().catch(report);
      }
      case "ready":
        return undefined;
    }
  }

  function attach(): void {
    if (leg === undefined || audio.port === undefined || leg.leg.media !== undefined) return;
    leg.attach(audio.port);
    relayDigits(audio.port, leg);
  }

  function sendDtmf(digits: string): void {
    const sent = audio.port?.sendDigits(digits).finished;
    void sent?.then(() => runner.input({ type: "dtmf-sent" }));
  }

  function createLeg(plan: Pick<LegPlan, "direction" | "calling" | "called"> & Partial<LegPlan>): LegCore {
    return createLegCore({
      id: context.newId(),
      ...plan,
      line: () => line.info(),
      keep: () =>
        runner.state.name === "connected" ? { kind: "fxo", reversed: runner.state.reversed } : undefined,
      onListenerError: report,
      actions: {
        proceed: () => undefined,
        alert: () => undefined,
        answer: () => runner.input({ type: "answer" }),
        release: () => runner.input({ type: "release" }),
      },
    });
  }

  const line: AnalogLine = {
    id: base.id,
    info: () => base.info(),
    dial(request) {
      leg = createLeg({ direction: "out", calling: request.calling, called: request.called });
      const made = leg.leg;
      runner.input({ type: "dial", digits: request.called.digits });
      return made;
    },
    clear(cause) {
      const cleared = leg;
      cleared?.leg.release(cause);
      return cleared !== undefined;
    },
    serviceChanged() {
      if (!base.outOfService()) base.measuring.end();
    },
    test: () => base.test(),
    measure: (measure, dial) =>
      base.measuring.run(async (onTest) => {
        port.offHook();
        try {
          await onTest.wait(options.dialToneMs);
          if (dial !== "") {
            await onTest.port.sendDigits(dial).finished;
            await onTest.wait(options.dialToneMs);
          }
          return await measure(onTest);
        } finally {
          runner.input({ type: "measured" });
        }
      }),
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
    attach();
    context.goesOn(leg.leg);
  }
  return line;
}

function callerNumber(caller: CallerIdentity | undefined): PartyNumber {
  if (caller === undefined) return noNumber;
  const { number, name, presentation } = caller;
  return { digits: number, type: "unknown", presentation, ...(name === "" ? {} : { name }) };
}
