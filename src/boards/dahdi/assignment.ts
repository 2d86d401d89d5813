// Gives the channels of a span their use, as dahdi_cfg would from system.conf.
import { driver as nodeDahdi } from "node-dahdi";
import { CallboxError } from "../../shared/errors.ts";
import type { ChannelUse, LineConfig } from "../board.ts";
import type { BoardProfile } from "../profiles.ts";
import type { FoundChannel, FoundSpan } from "./discovery.ts";
import { callboxError, type DriverControl } from "./driver-port.ts";

const { signalling } = nodeDahdi.constants;

/**
 * @param uses by position
 * @throws ERR_UNSUPPORTED for a use that a channel cannot have, ERR_DRIVER; the uses stay as they were then
 */
export function assignChannels(
  control: DriverControl,
  found: FoundSpan,
  uses: readonly ChannelUse[],
  profile: BoardProfile | undefined,
): void {
  const { number } = found.status;
  const wanted = found.channels.map((channel, index) => ({
    channel: channel.number,
    signalling: signallingFor(uses[index] ?? "unused", channel, found, profile),
    law: profile?.defaults.law ?? ("alaw" as const),
  }));
  try {
    for (const config of wanted) control.configureChannel(config);
    if (found.kind !== "analog") control.startSpan(number);
  } catch (error) {
    putBack(control, found);
    throw callboxError(error, `the channels of span ${number}`);
  }
}

/** What the card takes again of it, that is; what it did not take was not changed. */
function putBack(control: DriverControl, { channels }: FoundSpan): void {
  for (const { number: channel, signalling: type } of channels) {
    try {
      control.configureChannel({ channel, signalling: type });
    } catch {
      continue;
    }
  }
}

function signallingFor(
  use: ChannelUse,
  channel: FoundChannel,
  { kind, status }: FoundSpan,
  profile: BoardProfile | undefined,
): number {
  const { capabilities, position, usual } = channel;
  const card = profile?.defaults.dChannel === "hardhdlc" || (kind === "BRI" && isHard(capabilities));
  switch (use) {
    case "unused":
      return signalling.NONE;
    case "bearer":
      if (kind !== "analog") return signalling.CLEAR;
      break;
    case "data":
      if (kind !== "analog") return card ? signalling.HARDHDLC : signalling.HDLCFCS;
      break;
    case "cas":
      if (kind === "E1") return signalling.CAS;
      break;
    case "fxo":
    case "fxs":
      // A port takes the signalling of what it faces.
      if (usual === use) return use === "fxo" ? signalling.FXSKS : signalling.FXOKS;
      break;
  }
  throw new CallboxError("ERR_UNSUPPORTED", {
    detail: `channel ${position} of span ${status.number} as ${use}`,
  });
}

/** Its mask has the bit of a clear channel as well, which such a chip's D-channel is not. */
const isHard = (capabilities: number): boolean =>
  (capabilities & signalling.HARDHDLC) === signalling.HARDHDLC;

/** How a line is driven that nobody has configured: as those of its kind are, or as the card's profile says. */
export function usualLine(kind: "E1" | "BRI", profile: BoardProfile | undefined): LineConfig {
  const { framing = "ccs", coding = kind === "E1" ? "hdb3" : "ami", crc4 = true } = profile?.defaults ?? {};
  return {
    ...{ framing, coding, crc4: kind === "E1" && crc4, lineBuildOut: 0 },
    ...{ network: false, termination: false, alarmWhenClosed: false },
  };
}
