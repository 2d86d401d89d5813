// What a channel does to audio while it carries a call: gains and echo canceller. A call without them is better than
// none, so what the card refuses is logged and left.
import type { Law, LineUse } from "../../shared/audio.ts";
import type { LineAudio } from "../board.ts";
import type { DriverChannel } from "./driver-port.ts";
import { gainTable } from "./gain-table.ts";
import type { LineEvent, Site } from "./holder.ts";

export interface LineAudioSetter {
  /** Of the audio endpoint. */
  readonly use: (use: LineUse) => void;
  /** The driver tells of the channel. */
  heard(event: LineEvent): void;
}

/** Names of `LineAudio` as the driver has them. */
const cancellers = { oslec: "oslec", mg2: "mg2", hardware: "hwec" } as const;
/** Taps of the driver's cancellers: one a sample. */
const tapsPerMs = 8;
/** As many as the canceller has by default. */
const usualTaps = 1;

/** Sets the law; all else follows the channel's use. @param audio asked each time that a call's audio begins. */
export function setLineAudio(
  site: Site,
  handle: DriverChannel,
  number: number,
  law: Law,
  audio: () => LineAudio,
): LineAudioSetter {
  const attempt = (what: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      site.log.warn({ err: error, channel: number, what }, "the card does without");
    }
  };
  let cancelling = false;
  const cancelEcho = ({ echoCanceller = "none", echoTailMs, echoTrainMs = 0 }: LineAudio): void => {
    if (echoCanceller === "none") return stopCancelling();
    attempt(`echo canceller ${echoCanceller}`, () => {
      site.attachCanceller(number, cancellers[echoCanceller]);
      handle.setEchoCancel(echoTailMs === undefined ? usualTaps : echoTailMs * tapsPerMs);
      cancelling = true;
      if (echoTrainMs > 0) handle.trainEchoCancel(echoTrainMs);
    });
  };
  const stopCancelling = (): void => {
    if (cancelling) attempt("no echo canceller", () => handle.setEchoCancel(0));
    cancelling = false;
  };
  /** As they were set last. */
  let set: LineAudio = {};
  const setGains = (wanted: LineAudio): void => {
    const { receiveGainDb = 0, sendGainDb = 0, hardwareReceiveGainDb, hardwareSendGainDb } = wanted;
    if (receiveGainDb !== (set.receiveGainDb ?? 0) || sendGainDb !== (set.sendGainDb ?? 0))
      attempt("gains", () =>
        handle.setGains({ rx: gainTable(law, receiveGainDb), tx: gainTable(law, sendGainDb) }),
      );
    set = wanted;
    // The card keeps them when the channel is closed, and has its own where nobody ever set any.
    const kept = site.hardwareGains.get(number);
    site.hardwareGains.set(number, { hardwareReceiveGainDb, hardwareSendGainDb });
    if (hardwareReceiveGainDb !== kept?.hardwareReceiveGainDb)
      attempt("hardware gain", () => handle.setHardwareGain("rx", hardwareReceiveGainDb ?? 0));
    if (hardwareSendGainDb !== kept?.hardwareSendGainDb)
      attempt("hardware gain", () => handle.setHardwareGain("tx", hardwareSendGainDb ?? 0));
  };
  let now: LineUse = "idle";

  handle.setLaw(law);
  return {
    use(use) {
      now = use;
      if (use === "idle") return stopCancelling();
      const wanted = audio();
      setGains(use === "bits" ? { ...wanted, receiveGainDb: 0, sendGainDb: 0 } : wanted);
      if (use === "voice") cancelEcho(wanted);
      else stopCancelling();
    },
    heard({ name }) {
      // A modem or fax machine of either end: 2100 Hz with phase reversals (ITU-T G.168 §7), or 600 ms of it without. The
      // driver itself takes no more than the non-linear processor away from some cancellers.
      if ((name !== "TX_CED_DETECTED" && name !== "RX_CED_DETECTED") || now !== "voice") return;
      now = "modem";
      stopCancelling();
    },
  };
}
