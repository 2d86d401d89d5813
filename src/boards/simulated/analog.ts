// A telephone line between an FXO and an FXS port: one side closes the loop, the other feeds and rings it.
// Timing follows the driver's (dahdi-base.c), so that code tried here meets the same events on a card.
import type { AnalogEvent, AnalogPort, OpenAnalogPort } from "../board.ts";
import type { Cancel, Clock } from "../../shared/clock.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { CableCore, Side } from "./cable.ts";
import type { Wire } from "./digital.ts";
import { createChannelEnd, type ChannelEnd, type Handle } from "./guard.ts";
import { createLoopDetector, type LoopDetector } from "./loop-detector.ts";
import { createRinger, defaultCadence, type Ringer } from "./ringer.ts";

/** Milliseconds; the driver's defaults but for the flash, which Chinese and Korean exchanges want shorter. */
export const analogTimes = {
  flash: 400,
  pulseBreak: 50,
  pulseMake: 50,
  afterPulses: 750,
  /** How long an FXS port opens the loop to say that the call is over. */
  kewl: 500,
  afterKewl: 300,
  /** A ring is over when the voltage has been gone for so long. */
  ringTrailer: 50,
} as const;

export function createAnalogWire(
  pair: string,
  fxoSide: Side,
  cable: CableCore,
  clock: Clock,
): Wire<AnalogPort> {
  const line = createLine(pair, cable, clock);
  return {
    channel: (side, place) => {
      const role = side === fxoSide ? "fxo" : "fxs";
      return {
        ...place,
        kind: "analog",
        role,
        open({ law = "alaw", goOn = false }): OpenAnalogPort {
          const port = role === "fxo" ? openFxo(line, pair, goOn) : openFxs(line, pair, goOn);
          return { audio: { kind: "pair", pair, side, law }, ...port };
        },
      };
    },
    end: (side) => (side === fxoSide ? line.fxo : line.fxs),
  };
}

type Port = Omit<OpenAnalogPort, "audio">;

interface AnalogLine {
  readonly clock: Clock;
  readonly fxo: ChannelEnd<AnalogEvent>;
  readonly fxs: ChannelEnd<AnalogEvent>;
  readonly ringer: Ringer;
  readonly detector: LoopDetector;
  /** The FXO port holds the loop closed, and not broken by a flash or a pulse. */
  hold(offHook: boolean): void;
  interrupt(broken: boolean): void;
  readonly offHook: boolean;
  /** The FXS port opens the loop for a moment (kewl start), when somebody draws current. */
  disconnect(): void;
  reverse(reversed: boolean): void;
  fxsOpened(): void;
}

function createLine(name: string, cable: CableCore, clock: Clock): AnalogLine {
  const fxo = createChannelEnd<AnalogEvent>(`${name} fxo`, clock);
  const fxs = createChannelEnd<AnalogEvent>(`${name} fxs`, clock);
  let offHook = false;
  let broken = false;
  let reversed = false;
  let trailer: Cancel | undefined;

  const detector = createLoopDetector(clock, (event) => fxs.tell(event));
  const ringer = createRinger(clock, (on) => {
    fxs.tell({ type: "ringer", on });
    trailer?.();
    if (!cable.connected || offHook) return;
    if (on) fxo.tell({ type: "ring-begin" });
    else trailer = clock.after(analogTimes.ringTrailer, () => fxo.tell({ type: "ring" }));
  });
  // While the cable is out both ends keep what they saw last: an alarm is not a hang-up.
  const seen = (): void => {
    if (!cable.connected || !fxs.isOpen) return;
    const closed = offHook && !broken;
    if (closed && ringer.ringing) {
      ringer.stop();
      trailer?.();
    }
    detector.set(closed);
  };
  cable.changes.on(({ connected }) => {
    const event = { type: connected ? "alarm-clear" : "alarm" } as const;
    fxo.tell(event);
    fxs.tell(event);
    seen();
  });
  return {
    clock,
    fxo,
    fxs,
    ringer,
    detector,
    hold(value) {
      offHook = value;
      broken = false;
      seen();
    },
    interrupt(value) {
      broken = value;
      seen();
    },
    get offHook() {
      return offHook;
    },
    disconnect() {
      if (!offHook || !cable.connected) return;
      detector.ignoreBreaks(analogTimes.kewl + analogTimes.afterKewl);
      fxo.tell({ type: "on-hook" });
    },
    reverse(value) {
      if (reversed === value) return;
      reversed = value;
      if (cable.connected) fxo.tell({ type: "polarity" });
    },
    fxsOpened: seen,
  };
}

function openFxo(line: AnalogLine, name: string, goOn: boolean): Port {
  const { clock, fxo } = line;
  let step: Cancel | undefined;
  const still = (): void => {
    step?.();
    step = undefined;
  };
  const handle = fxo.open(() => {
    still();
    line.hold(false);
  }, goOn);
  const breakFor = (ms: number, then: () => void): void => {
    line.interrupt(true);
    step = clock.after(ms, () => {
      line.interrupt(false);
      then();
    });
  };
  const pulse = (digits: readonly number[], left: number): void => {
    if (left > 0) {
      breakFor(analogTimes.pulseBreak, () => {
        step = clock.after(analogTimes.pulseMake, () => pulse(digits, left - 1));
      });
      return;
    }
    step = clock.after(analogTimes.afterPulses, () => {
      const [next, ...rest] = digits;
      if (next === undefined) fxo.tell({ type: "pulses-sent" });
      else pulse(rest, next);
    });
  };
  return {
    ...withoutFxs(handle, name),
    offHook() {
      handle.check();
      if (!line.offHook) line.hold(true);
    },
    onHook() {
      handle.check();
      still();
      line.hold(false);
    },
    flash() {
      handle.check();
      if (!line.offHook) return;
      still();
      breakFor(analogTimes.flash, () => fxo.tell({ type: "hook-complete" }));
    },
    dialPulses(digits) {
      handle.check();
      if (!line.offHook) return;
      still();
      const [first, ...rest] = Array.from(digits)
        .filter(isDigit)
        .map((digit) => Number(digit) || 10);
      if (first !== undefined) pulse(rest, first);
    },
  };
}

function openFxs(line: AnalogLine, name: string, goOn: boolean): Port {
  const { fxs, ringer } = line;
  const quiet = (): void => {
    ringer.stop();
    line.disconnect();
  };
  const handle = fxs.open(() => {
    quiet();
    line.reverse(false);
    line.detector.reset();
  }, goOn);
  line.fxsOpened();
  return {
    ...withoutFxo(handle, name),
    offHook: () => handle.check(),
    onHook() {
      handle.check();
      quiet();
    },
    startRing(cadence = defaultCadence) {
      handle.check();
      // A phone that is off hook trips the ringing at once.
      if (!line.offHook) ringer.start(cadence);
    },
    stopRing() {
      handle.check();
      ringer.stop();
    },
    // Its audio passes always, and its telephone has no lamp of this kind.
    transmitOnHook: () => handle.check(),
    showMessages: () => handle.check(),
    setPolarity(reversed) {
      handle.check();
      line.reverse(reversed);
    },
  };
}

const isDigit = (digit: string): boolean => digit >= "0" && digit <= "9";

type FxsOnly = Pick<Port, "startRing" | "stopRing" | "setPolarity" | "transmitOnHook" | "showMessages">;
type FxoOnly = Pick<Port, "flash" | "dialPulses">;
type Common = Pick<Port, "events" | "close">;

function withoutFxs(handle: Handle<AnalogEvent>, name: string): FxsOnly & Common {
  const refuse = refusal(handle, `${name} is an FXO port`);
  return {
    ...common(handle),
    startRing: refuse,
    stopRing: refuse,
    setPolarity: refuse,
    transmitOnHook: refuse,
    showMessages: refuse,
  };
}

function withoutFxo(handle: Handle<AnalogEvent>, name: string): FxoOnly & Common {
  const refuse = refusal(handle, `${name} is an FXS port`);
  return { ...common(handle), flash: refuse, dialPulses: refuse };
}

function common(handle: Handle<AnalogEvent>): Common {
  return { events: handle.events, close: () => handle.close() };
}

function refusal(handle: Handle<AnalogEvent>, detail: string): () => never {
  return () => {
    handle.check();
    throw new CallboxError("ERR_UNSUPPORTED", { detail });
  };
}
