// Hands for the driver-surface scenario: handles that close themselves, and errors by their names.
import { setTimeout as sleep } from "node:timers/promises";
import { driver } from "node-dahdi";
import type { Context } from "../support/scenario.ts";
import { channelAt, type SpanPlace } from "../support/spans.ts";

export interface Bench {
  readonly context: Context;
  readonly control: driver.Control;
  readonly e1: Pair;
  readonly bri: Pair;
  readonly analog: Pair;
}

/** A span and its peer. */
export interface Pair {
  readonly near: SpanPlace;
  readonly far: SpanPlace;
}

/** Opens the channels at a position of both spans, gives them to `work`, and closes them. */
export async function withBoth(
  { near, far }: Pair,
  position: number,
  work: (near: driver.Channel, far: driver.Channel) => Promise<void> | void,
): Promise<void> {
  const a = driver.openChannel(channelAt(near, position));
  const b = driver.openChannel(channelAt(far, position));
  try {
    await work(a, b);
  } finally {
    a.close();
    b.close();
  }
}

/** The driver refuses with this errno. */
export function refuses({ context }: Bench, errno: string, what: string, work: () => unknown): void {
  let got = "nothing thrown";
  try {
    work();
  } catch (error) {
    got = driver.isDriverError(error) ? error.errno : String(error);
  }
  context.equal(got, errno, what);
}

export interface Heard {
  /** Names of events, digits after a colon, oldest first. */
  readonly names: readonly string[];
  readonly times: readonly number[];
}

/** Keeps the events that a channel tells. */
export function hear(channel: driver.AudioChannel): Heard {
  const names: string[] = [];
  const times: number[] = [];
  channel.onEvent((code, at) => {
    const event = driver.decodeEvent(code);
    names.push(
      event === undefined
        ? `unknown ${code}`
        : "digit" in event
          ? `${event.name}:${event.digit}`
          : event.name,
    );
    times.push(at);
  });
  return { names, times };
}

/** Waits until an event was told so often. */
export const heard = (context: Context, { names }: Heard, name: string, times = 1): Promise<void> =>
  context.until(`${name} told ${times} time(s)`, () => names.filter((one) => one === name).length >= times);

/** Reads what comes until there is so much, or `ms` are over. */
export async function readAll(channel: driver.AudioChannel, bytes: number, ms: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for (const end = performance.now() + ms; size < bytes && performance.now() < end;) {
    const part = Buffer.alloc(1024);
    const got = channel.read(part);
    if (got === 0) await sleep(5);
    else parts.push(part.subarray(0, got));
    size += got;
  }
  return Buffer.concat(parts);
}

/** Whether A-law bytes are more than the quietest few levels (idle code 0xD5). */
export const loud = (bytes: Uint8Array): boolean => bytes.some((byte) => ((byte ^ 0x55) & 0x7f) > 0x20);
