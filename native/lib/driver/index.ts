// The driver's own calls, typed: one handle a device node, thin over the ioctls of dahdi/user.h.
import { driver as native } from "../load.ts";
import type { Channel, PseudoChannel } from "./channel.ts";
import type { Control } from "./control.ts";
import type { ToneZone } from "./structs.ts";

export type { AudioChannel, Channel, PseudoChannel } from "./channel.ts";
export type { Control } from "./control.ts";
export * as constants from "./constants.ts";
export { isDriverError, type DriverError } from "./errors.ts";
export {
  alarmNames,
  decodeEvent,
  type AlarmName,
  type DigitEvent,
  type DriverEvent,
  type EventName,
} from "./events.ts";
export type * from "./structs.ts";

interface NativeDriver {
  readonly Control: new () => Control;
  readonly Channel: new (number: number, descriptor?: number) => Channel;
  readonly Pseudo: new () => PseudoChannel;
  readonly findToneZone: (country: string) => ToneZone | undefined;
  readonly systemNotify: (text: string) => boolean;
  readonly keepDescriptor: (channel: Channel, name: string) => boolean;
  readonly forgetDescriptor: (name: string) => number | undefined;
  readonly keptDescriptors: () => readonly KeptDescriptor[];
  readonly constants: Readonly<Record<string, number>>;
}

/** A descriptor that the service manager kept over the end of an earlier process. */
export interface KeptDescriptor {
  readonly name: string;
  readonly descriptor: number;
}

const addon = native as NativeDriver;

/** Opens /dev/dahdi/ctl. @throws ERR_DRIVER ENOENT when the driver is not loaded, EACCES without rights. */
export const openControl = (): Control => new addon.Control();

/**
 * Opens a channel by the driver's number (/dev/dahdi/channel and DAHDI_SPECIFY), non-blocking.
 * @throws ERR_DRIVER EBUSY when it is open elsewhere, EINVAL or ENXIO when there is none, ENOENT without the driver.
 */
export const openChannel = (number: number): Channel => new addon.Channel(number);

/**
 * The channel behind a descriptor that was opened by an earlier process; it is as that process left it. Closes the
 * descriptor when it fails.
 * @throws ERR_DRIVER EBADF when it is of another channel, ENOTTY or EINVAL when of none
 */
export const adoptChannel = (number: number, descriptor: number): Channel =>
  new addon.Channel(number, descriptor);

/** Opens a new pseudo channel (/dev/dahdi/pseudo). */
export const openPseudo = (): PseudoChannel => new addon.Pseudo();

/** What libtonezone knows of a country's tones (two letters, lower case). */
export const findToneZone = (country: string): ToneZone | undefined => addon.findToneZone(country);

/**
 * Tells the service manager (`READY=1`, `WATCHDOG=1`, `STATUS=…`; sd_notify(3)).
 * @returns false when there is none (no $NOTIFY_SOCKET) or it did not take the message.
 */
export const systemNotify = (text: string): boolean => addon.systemNotify(text);

/**
 * Has the service manager hold a channel's descriptor, so that the line stays as it is when this process dies (FDSTORE,
 * sd_notify(3)). @returns false as `systemNotify`
 */
export const keepDescriptor = (channel: Channel, name: string): boolean =>
  addon.keepDescriptor(channel, name);

/**
 * The service manager lets go of the descriptors of this name.
 * @returns a descriptor that reads as ended when it has, to be closed by the caller; `undefined` when there is none to do so
 */
export const forgetDescriptor = (name: string): number | undefined => addon.forgetDescriptor(name);

/** What the service manager kept for this process (sd_listen_fds(3)). The first asking takes it. */
export const keptDescriptors = (): readonly KeptDescriptor[] => addon.keptDescriptors();

/** The header's own numbers by name, without `DAHDI_`, as unsigned 32 bits. */
export const headerConstants: Readonly<Record<string, number>> = addon.constants;
