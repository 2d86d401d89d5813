// Tells a telephone that rings who calls, and one that rests whether messages wait: the caller after the first ring, or before it, as the country's exchanges do. A telephone
// that is lifted meanwhile hears no more of it.
import type { OpenAnalogPort } from "../../boards/board.ts";
import type { MediaPort, Tone } from "../../media/engine.ts";
import { messageSamples } from "../../media/fsk.ts";
import type { CallerIdForm } from "../../media/tones.ts";
import type { Cancel, Clock } from "../../shared/clock.ts";
import { codeOf } from "../../shared/errors.ts";
import { writeCaller, writeCallerDigits, writeWaiting } from "../../signalling/analog/caller-id.ts";
import type { CallerIdentity } from "../../signalling/analog/types.ts";
import type { AudioHolder } from "../audio-holder.ts";

export interface CallerTeller {
  /** The phone is about to be rung. @param ring rings it; called at once where nothing is sent before */
  begin(caller: CallerIdentity, form: CallerIdForm | undefined, ring: () => void): void;
  /** A burst of ringing begins, or is over. */
  burst(on: boolean): void;
  /** The phone rests: its lamp is to be lit, or not. */
  lamp(on: boolean, form: CallerIdForm | undefined): void;
  /** The phone rings no more, or is lifted. */
  end(): void;
}

interface Told {
  readonly caller: CallerIdentity;
  readonly form: CallerIdForm;
}

/** EN 300 659-1 §6.1.2: from the end of the first ring, or from the alert before it, to the data. */
const pauseMs = { afterRing: 600, afterReversal: 200 } as const;
/** The longest message, and as much again. */
const onHookMs = 4000;
/** The alert that wakes a telephone before the first ring (EN 300 659-1 §6.1.1: DT-AS), and what follows it. */
const alert: Tone = {
  repeat: false,
  parts: [
    { frequencies: [2130, 2750], levelDbm0: -16, ms: 100 },
    { frequencies: [], levelDbm0: 0, ms: 60 },
  ],
};

export function createCallerTeller(options: {
  readonly clock: Clock;
  readonly audio: AudioHolder;
  readonly port: OpenAnalogPort;
  readonly now: () => Parameters<typeof writeCaller>[1];
  readonly report: (error: unknown) => void;
}): CallerTeller {
  const { clock, audio, port, now, report } = options;
  /** To be told in the first pause of ringing that is long enough. */
  let due: Told | undefined;
  let timer: Cancel | undefined;
  /** What is being told has the line's audio; of the present ringing alone. */
  let telling: object | undefined;
  /** Of the present ringing; what comes back later belongs to an earlier one. */
  let turn = {};

  const ask = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (codeOf(error) !== "ERR_UNSUPPORTED") report(error);
    }
  };
  let reversed = false;
  const reverse = (on: boolean): void => {
    if (on !== reversed) ask(() => port.setPolarity(on));
    reversed = on;
  };
  const hush = (): void => {
    if (telling !== undefined) void audio.close().catch(report);
    telling = undefined;
  };
  const say = async (media: MediaPort, { caller, form }: Told): Promise<void> => {
    if (form.form === "dtmf") {
      const { begin = "A", end = "C" } = form;
      const digits = writeCallerDigits(caller, { begin, end });
      await media.sendDigits(digits, { onMs: 70, offMs: 70, levelDbm0: -9 }).finished;
      return;
    }
    if (form.before === true) await media.playTone(alert).finished;
    await media.playSamples(messageSamples(writeCaller(caller, now()), { modem: form.form })).finished;
  };
  /** Also ends when the phone rings no more; whoever wants its audio then opens it anew. */
  const tell = async (what: (media: MediaPort) => Promise<unknown>): Promise<void> => {
    telling = what;
    ask(() => port.transmitOnHook(onHookMs));
    await audio.open();
    if (telling !== what) return;
    if (audio.port !== undefined) await what(audio.port);
    if (telling === what) hush();
  };
  const tellThen = (told: Told, done: () => void): void => {
    const own = turn;
    tell((media) => say(media, told))
      .catch(report)
      .finally(() => own === turn && done());
  };

  return {
    lamp(on, form) {
      ask(() => port.showMessages(on ? 1 : 0));
      if (form === undefined || form.form === "dtmf") return;
      const samples = messageSamples(writeWaiting(on), { modem: form.form });
      tell((media) => media.playSamples(samples).finished).catch(report);
    },
    begin(caller, form, ring) {
      turn = {};
      hush();
      if (form === undefined) return ring();
      const told = { caller, form };
      if (form.before !== true) {
        due = told;
        return ring();
      }
      reverse(true);
      timer = clock.after(pauseMs.afterReversal, () =>
        tellThen(told, () => {
          reverse(false);
          ring();
        }),
      );
    },
    burst(on) {
      const told = due;
      if (told === undefined) return;
      timer?.();
      if (on) return;
      timer = clock.after(pauseMs.afterRing, () => {
        due = undefined;
        tellThen(told, () => undefined);
      });
    },
    end() {
      turn = {};
      timer?.();
      due = undefined;
      hush();
      reverse(false);
    },
  };
}
