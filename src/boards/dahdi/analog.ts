// FXO and FXS ports of the driver. The driver's hook machine times flashes, pulses and ringing; this keeps it in the
// state that the port's caller expects, as a line card does by itself.
import type { Cancel } from "../../shared/clock.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { AnalogEvent, OpenAnalogOptions, OpenAnalogPort } from "../board.ts";
import { commonEvent, openAudio, type Defaults } from "./bearer.ts";
import { isDriverError, type DriverChannel } from "./driver-port.ts";
import { createSlot, type Holder, type LineEvent, type Site } from "./holder.ts";

type AnalogHolder = Holder<AnalogEvent>;
type Port = Omit<OpenAnalogPort, "audio" | "events" | "close">;

interface Side {
  readonly port: Port;
  hear(event: LineEvent): void;
}

export function createAnalog(
  site: Site,
  number: number,
  role: "fxo" | "fxs",
  defaults: Defaults,
): (options: OpenAnalogOptions) => OpenAnalogPort {
  const slot = createSlot<AnalogEvent>(site, number);
  return (options) => {
    const { goOn = false } = options;
    const { holder, audio } = openAudio(
      site,
      slot,
      number,
      defaults,
      options,
      (event, { emit }) => {
        const common = commonEvent(event);
        if (common === undefined) side.hear(event);
        else emit(common);
      },
      (handle, left) => {
        if (goOn && !left) throw new CallboxError("ERR_LINE_DROPPED", { detail: `channel ${number}` });
        if (left && !goOn) putToRest(handle, role);
      },
    );
    const create = role === "fxo" ? createFxo : createFxs;
    const side = create(holder, site, number, goOn);
    return {
      ...side.port,
      audio,
      events: holder.events,
      close: () => holder.close(),
    };
  };
}

/** Whatever an earlier run of the program was doing with it: an exchange line is hung up, a telephone rings no more. */
function putToRest(handle: DriverChannel, role: "fxo" | "fxs"): void {
  for (const state of role === "fxs" ? (["ring-off", "on-hook"] as const) : (["on-hook"] as const)) {
    try {
      handle.hook(state);
    } catch (error) {
      // EBUSY: a flash, pulses or a disconnect; EINVAL: it does not ring.
      if (!isDriverError(error)) throw error;
    }
  }
}

/** Does what needs a tone zone; where system.conf loads none, a zone is loaded first. */
function withTones<T>(site: Site, handle: DriverChannel, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isDriverError(error, "ENODATA")) throw error;
    handle.setToneZone(site.loadTones());
    return work();
  }
}

function createFxo(holder: AnalogHolder, site: Site, number: number, goOn: boolean): Side {
  let seized = goOn;
  let inBurst = false;
  const refuse = refusal(holder, `channel ${number} is an FXO port`);
  return {
    hear(event) {
      switch (event.name) {
        case "RINGBEGIN":
          inBurst = true;
          return holder.emit({ type: "ring-begin" });
        case "RINGOFFHOOK":
          // In the first two seconds after a hang-up the driver does not tell the begin of a burst.
          if (!inBurst) holder.emit({ type: "ring-begin" });
          inBurst = false;
          return holder.emit({ type: "ring" });
        case "ONHOOK":
          return holder.emit({ type: "on-hook" });
        case "POLARITY":
          return holder.emit({ type: "polarity" });
        case "DIALCOMPLETE":
          return holder.emit({ type: "pulses-sent" });
        case "HOOKCOMPLETE":
          return holder.emit({ type: "hook-complete" });
        default:
      }
    },
    port: {
      offHook() {
        holder.call("off-hook", (handle) => handle.hook("off-hook"));
        seized = true;
      },
      onHook() {
        holder.call("on-hook", (handle) => handle.hook("on-hook"));
        seized = false;
      },
      flash() {
        holder.check();
        // EBUSY: a flash or a pulse is under way already.
        if (seized) holder.call("flash", (handle) => handle.hook("flash"), ["EBUSY"]);
      },
      dialPulses(digits) {
        holder.check();
        const pulses = digits.replaceAll(/\D/gu, "");
        if (!seized || pulses === "") return;
        holder.call("dial", (handle) => withTones(site, handle, () => handle.dial("replace", `P${pulses}`)));
      },
      startRing: refuse,
      stopRing: refuse,
      setPolarity: refuse,
      transmitOnHook: refuse,
      showMessages: refuse,
    },
  };
}

/** The driver refuses to ring while it still opens the loop of the call before (kewl start, 0.8 s): asked again. */
const ringRetry = { everyMs: 100, attempts: 20 } as const;

/** A disconnect opens the loop (kewl start, 0.5 s) and lets it settle (0.3 s); then the driver hears hang-ups again. */
const disconnectMs = 1000;

function createFxs(holder: AnalogHolder, site: Site, number: number, goOn: boolean): Side {
  const refuse = refusal(holder, `channel ${number} is an FXS port`);
  const loopClosed = (): boolean =>
    holder.call("parameters", (handle) => handle.params())?.rxOffHook ?? false;
  let lifted = goOn || loopClosed();
  let ringing = false;
  let burst = false;
  let retry: Cancel | undefined;
  let settling: Cancel | undefined;

  const hungUp = (): void => {
    if (!lifted) return;
    lifted = false;
    // Back to rest: only from there the driver rings.
    if (!ringing) holder.call("on-hook", (handle) => handle.hook("on-hook"), "all");
    holder.emit({ type: "on-hook" });
  };
  /** In the last part of a disconnect the driver tells no hang-up: the port is asked after it. */
  const askAfterDisconnect = (): void => {
    settling?.();
    settling = site.clock.after(disconnectMs, () => {
      settling = undefined;
      if (!loopClosed()) hungUp();
    });
  };
  const ringer = (on: boolean): void => {
    if (burst === on) return;
    burst = on;
    holder.emitLater({ type: "ringer", on });
  };
  const ring = (attemptsLeft: number): void => {
    retry = undefined;
    const begun = holder.call(
      "ring",
      (handle) => withTones(site, handle, () => handle.hook("ring")),
      attemptsLeft === ringRetry.attempts ? ["EBUSY"] : "all",
    );
    // The driver tells each burst but the first.
    if (begun !== undefined) ringer(true);
    else if (attemptsLeft > 1) retry = site.clock.after(ringRetry.everyMs, () => ring(attemptsLeft - 1));
  };
  const endRing = (): void => {
    retry?.();
    retry = undefined;
    ringing = false;
    ringer(false);
  };
  holder.onClose(() => {
    endRing();
    settling?.();
  });
  if (!goOn && lifted) holder.emitLater({ type: "off-hook" });
  if (goOn && !loopClosed()) settling = site.clock.after(0, hungUp);

  return {
    hear(event) {
      switch (event.name) {
        case "RINGOFFHOOK":
          if (lifted && settling !== undefined) holder.emit({ type: "on-hook" });
          lifted = true;
          endRing();
          // Trips the ringing, and lets the hook machine time flashes from here on.
          holder.call("off-hook", (handle) => handle.hook("off-hook"), "all");
          return holder.emit({ type: "off-hook" });
        case "ONHOOK":
          return hungUp();
        case "WINKFLASH":
          return holder.emit({ type: "flash" });
        case "PULSEDIGIT":
          return holder.emit({ type: "pulse-digit", digit: event.digit });
        case "RINGERON":
          return ringer(true);
        case "RINGEROFF":
          return ringer(false);
        case "HOOKCOMPLETE":
          return holder.emit({ type: "hook-complete" });
        default:
      }
    },
    port: {
      offHook() {
        // EBUSY: the loop is open just now, and is fed again by itself in a moment.
        if (lifted) holder.call("off-hook", (handle) => handle.hook("off-hook"), ["EBUSY"]);
        else holder.check();
      },
      onHook() {
        endRing();
        holder.call("on-hook", (handle) => handle.hook("on-hook"));
        if (lifted) askAfterDisconnect();
      },
      startRing(cadence) {
        holder.check();
        // A phone that is off hook trips the ringing at once.
        if (lifted) return;
        if (ringing) holder.call("ring-off", (handle) => handle.hook("ring-off"));
        endRing();
        holder.call("cadence", (handle) => handle.setCadence(cadence));
        ringing = true;
        ring(ringRetry.attempts);
      },
      stopRing() {
        holder.check();
        if (!ringing) return;
        endRing();
        holder.call("ring-off", (handle) => handle.hook("ring-off"));
      },
      setPolarity: (reversed) => holder.call("polarity", (handle) => handle.setPolarity(reversed)),
      transmitOnHook: (ms) => holder.call("on-hook transmission", (handle) => handle.onHookTransfer(ms)),
      showMessages: (count) => holder.call("messages", (handle) => handle.setMessageWaiting(count)),
      flash: refuse,
      dialPulses: refuse,
    },
  };
}

function refusal(holder: AnalogHolder, detail: string): () => never {
  return () => {
    holder.check();
    throw new CallboxError("ERR_UNSUPPORTED", { detail });
  };
}
