// What every effect of the machines has, whatever caused it: types say so, and here it is looked at.
import assert from "node:assert/strict";
import type { Indication } from "../../../src/signalling/isdn/types.ts";

interface Log {
  readonly type: "log";
  readonly level: string;
  readonly message: string;
  readonly clause: string;
}

interface Indicated {
  readonly type: "indication";
  readonly indication: Indication;
}

const documents = /^(?:Q\.\d{3}(?:\.\d)?|Q\.850|EN 30\d \d{3}(?:-\d)?|ECMA-\d{3}|ISO\/IEC \d+) ?/u;
const ofInterface: ReadonlySet<string> = new Set([
  "RestartIndication",
  "RestartConfirm",
  "DataLinkIndication",
  "ChannelIndication",
]);

/** @throws AssertionError */
export function assertLog({ level, message, clause }: Log): void {
  assert.ok(["debug", "info", "warn"].includes(level), `log level ${level}`);
  assert.ok(message !== "" && !message.includes("undefined"), `log entry "${message}"`);
  assert.match(clause, documents);
}

/** @throws AssertionError */
export function assertIndication(indication: Indication): void {
  const text = JSON.stringify(indication);
  const all = indication as unknown as Readonly<Record<string, unknown>>;
  if (!ofInterface.has(indication.type)) {
    assert.equal(typeof all["call"], "string", text);
    assert.notEqual(all["call"], "", text);
    assert.ok("channel" in all, `channel: ${text}`);
  }
  if ("cause" in indication) {
    const { value, location } = indication.cause;
    assert.ok(Number.isInteger(value) && value >= 0 && value <= 127, `cause: ${text}`);
    assert.equal(typeof location, "string", `location: ${text}`);
  }
  if (indication.type === "ReleaseIndication") {
    assert.ok(["remote", "fault"].includes(String(all["by"])), `by: ${text}`);
    assert.ok(Array.isArray(indication.elements), `elements: ${text}`);
  }
  if (indication.type === "NotifyIndication") assert.ok(Number.isInteger(indication.description), text);
  if (indication.type === "InfoIndication")
    assert.ok(typeof indication.digits === "string" && typeof indication.keypad === "string", text);
}

/** @throws AssertionError */
export function assertEffects(effects: readonly (Log | Indicated | { readonly type: string })[]): void {
  for (const effect of effects) {
    if ("level" in effect) assertLog(effect);
    if ("indication" in effect) assertIndication(effect.indication);
  }
}
