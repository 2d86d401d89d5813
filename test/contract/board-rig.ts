// What the contract cases of boards run on: a board, the far ends of its lines, and a hand on time and cables.
import assert from "node:assert/strict";
import type { AnalogPort, BearerChannel, Board, Channel, DataChannel, Span } from "../../src/boards/board.ts";

/** A board, and hands on everything around it. */
export interface BoardRig {
  /** Has at least one span each with a D-channel, B-channels, an FXO port and an FXS port. */
  readonly board: Board;
  /** Its spans have lines to drive; the driver's virtual ones take any configuration that they could have, and keep none. */
  readonly linesAreDriven: boolean;
  /** The channel at the other end of the cable, of the same kind (an FXS port's is an FXO port). */
  far(channel: Channel): Channel;
  /** Lets `ms` milliseconds pass, in which everything due happens. */
  pass(ms: number): Promise<void>;
  /** Pulls a span's cable; no channel of its far side is open. */
  cut(span: Span): Promise<void>;
  mend(span: Span): Promise<void>;
  close(): Promise<void>;
}

export interface BoardCase {
  readonly name: string;
  run(rig: BoardRig): Promise<void>;
}

/** Lets time pass until something holds. @throws AssertionError after `limitMs`. */
export async function until(
  rig: BoardRig,
  what: string,
  holds: () => boolean,
  limitMs = 8000,
): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    assert.ok(waited < limitMs, `${what} within ${limitMs} ms`);
    await rig.pass(20);
  }
}

export interface Heard<E> {
  readonly all: readonly E[];
  clear(): void;
}

/** Keeps what a span or an open channel tells. */
export function listen<E>(source: {
  readonly events: { on(listener: (event: E) => void): unknown };
}): Heard<E> {
  const all: E[] = [];
  source.events.on((event) => all.push(event));
  return { all, clear: () => void all.splice(0) };
}

export function firstOf(board: Board, kind: "bearer"): BearerChannel;
export function firstOf(board: Board, kind: "data"): DataChannel;
export function firstOf(board: Board, kind: "fxo" | "fxs"): AnalogPort;
export function firstOf(board: Board, kind: "bearer" | "data" | "fxo" | "fxs"): Channel {
  const found = board.spans
    .flatMap((span) => span.channels)
    .find((channel) => (channel.kind === "analog" ? channel.role : channel.kind) === kind);
  assert.ok(found !== undefined, `a board with ${kind}`);
  return found;
}

/** The far end of a port, whose kind is the same. */
export function farData(rig: BoardRig, near: DataChannel): DataChannel {
  const far = rig.far(near);
  assert.ok(far.kind === "data");
  return far;
}

export function farAnalog(rig: BoardRig, near: AnalogPort): AnalogPort {
  const far = rig.far(near);
  assert.ok(far.kind === "analog" && far.role !== near.role);
  return far;
}

/** @throws AssertionError unless `work` throws an error of this code. */
export function throwsCode(code: string, work: () => unknown, what: string): void {
  assert.throws(work, { code }, what);
}
