// Channels that stay open when this program dies: the service manager holds their descriptors, and gives them to the next run
// (sd_notify(3), FDSTORE). A telephone or exchange line then never learns of it, and two channels that the driver joined
// talk on.
import { Socket } from "node:net";
import { driver as nodeDahdi } from "node-dahdi";
import type { Logger } from "../../shared/log.ts";
import type { DriverChannel } from "./driver-port.ts";

type Store = Pick<
  typeof nodeDahdi,
  "adoptChannel" | "keepDescriptor" | "forgetDescriptor" | "keptDescriptors"
>;

export interface Descriptors {
  /** The channel as an earlier run left it; the first asking takes it. */
  take(channel: number): DriverChannel | undefined;
  /** Of an open channel; until `forget`. */
  keep(channel: number, handle: DriverChannel): void;
  /** To be called when it was closed here. Pending until nobody has it open any more. */
  forget(channel: number): undefined | Promise<void>;
  /** What nobody has taken is closed, which hangs it up. */
  letGo(): void;
}

const prefix = "channel-";
const nameOf = (channel: number): string => `${prefix}${channel}`;

/** @param store of the service manager; tests give another */
export function createDescriptors(log: Logger, store: Store = nodeDahdi): Descriptors {
  const left = new Map<number, DriverChannel>();
  const kept = new Set<number>();
  for (const { name, descriptor } of store.keptDescriptors()) {
    const number = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    try {
      left.set(number, store.adoptChannel(number, descriptor));
      kept.add(number);
    } catch (error) {
      log.warn({ err: error, name }, "the service manager held something that is no channel");
      void forgotten(store.forgetDescriptor(name));
    }
  }
  const forget = (channel: number): undefined | Promise<void> =>
    kept.delete(channel) ? forgotten(store.forgetDescriptor(nameOf(channel))) : undefined;
  return {
    take(channel) {
      const handle = left.get(channel);
      left.delete(channel);
      return handle;
    },
    keep(channel, handle) {
      // The manager knows by itself what it has given us.
      if (store.keepDescriptor(handle, nameOf(channel))) kept.add(channel);
    },
    forget,
    letGo() {
      for (const [channel, handle] of left) {
        handle.close();
        void forget(channel);
      }
      left.clear();
    },
  };
}

/** The manager closes the other end of this pipe when it has let go. */
function forgotten(descriptor: number | undefined): undefined | Promise<void> {
  if (descriptor === undefined) return undefined;
  const end = new Socket({ fd: descriptor, readable: true, writable: false });
  return new Promise((resolve) => {
    end.on("close", () => resolve()).on("error", () => end.destroy());
    end.resume();
  });
}

/** Where nobody holds anything for us. */
export const noDescriptors: Descriptors = {
  take: () => undefined,
  keep: () => undefined,
  forget: () => undefined,
  letGo: () => undefined,
};
