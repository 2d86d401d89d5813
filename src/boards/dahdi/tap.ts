// A channel's audio on a pseudo channel of its own (DAHDI_CONF_MONITOR…): whoever has the channel does not notice.
import { driver as nodeDahdi } from "node-dahdi";
import type { Tap, TapWhat } from "../board.ts";
import { callboxError, type DriverFace } from "./driver-port.ts";

const { conferenceMode } = nodeDahdi.constants;
const modes = {
  received: [conferenceMode.MONITOR, conferenceMode.MONITOR_RX_PREECHO],
  sent: [conferenceMode.MONITORTX, conferenceMode.MONITOR_TX_PREECHO],
  both: [conferenceMode.MONITORBOTH, conferenceMode.MONITORBOTH_PREECHO],
} as const;

/** @throws ERR_DRIVER */
export function openTap(
  driver: Pick<DriverFace, "openPseudo">,
  channel: number,
  { direction, beforeCanceller }: TapWhat,
): Tap {
  const name = `tapping channel ${channel}`;
  try {
    const pseudo = driver.openPseudo();
    try {
      pseudo.setLaw("alaw");
      pseudo.setConference({ conference: channel, mode: modes[direction][beforeCanceller ? 1 : 0] });
    } catch (error) {
      pseudo.close();
      throw error;
    }
    return { audio: { kind: "dahdi", channel: pseudo, law: "alaw" }, close: () => pseudo.close() };
  } catch (error) {
    throw callboxError(error, name);
  }
}
