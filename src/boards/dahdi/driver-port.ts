// What this room asks of node-dahdi: the addon in the appliance, a fake one in tests.
import { driver as nodeDahdi } from "node-dahdi";
import { CallboxError } from "../../shared/errors.ts";

export type DriverFace = Pick<typeof nodeDahdi, "openChannel" | "openControl" | "openPseudo">;
export type DriverChannel = ReturnType<DriverFace["openChannel"]>;
export type DriverControl = ReturnType<DriverFace["openControl"]>;
export type ChannelParams = ReturnType<DriverControl["params"]>;
export type DriverSpanStatus = ReturnType<DriverControl["spanStatus"]>;

export const { findToneZone, isDriverError } = nodeDahdi;
export const realDriver: DriverFace = nodeDahdi;

/** A driver's error in Callbox's words; anything else as it is. */
export function callboxError(error: unknown, what: string): unknown {
  if (!isDriverError(error)) return error;
  return new CallboxError("ERR_DRIVER", { detail: `${what}: ${error.message}`, cause: error });
}
