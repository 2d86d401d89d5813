// One whole call between two libpri peers, with both directions' audio proved: the lab's own proof, PRI and BRI alike.
import type { Peer } from "./peer.ts";
import { proveDigits, provePrompt, prompt, samplesOf } from "./proofs.ts";
import type { Context } from "./scenario.ts";

/** `caller` calls `called`; `hangUp` says who ends it. */
export async function peerCall(
  context: Context,
  caller: Peer,
  called: Peer,
  options: { readonly id: string; readonly hangUp: "caller" | "called" },
): Promise<void> {
  const { id } = options;
  caller.send("call", { id, called: "4711", calling: "13800138000" });
  const ring = await called.expect({ event: "ring", called: "4711" });
  context.equal(ring["calling"], "13800138000", "calling number");
  const other = String(ring["call"]);
  called.send("proceeding", { call: other });
  await caller.expect({ event: "proceeding", call: id });
  called.send("alert", { call: other });
  await caller.expect({ event: "alerting", call: id });
  called.send("answer", { call: other });
  await caller.expect({ event: "answered", call: id });
  await context.sleep(300);

  const heardByCaller = context.file(`${id}-caller.wav`);
  const heardByCalled = context.file(`${id}-called.wav`);
  caller.send("record", { call: id, file: heardByCaller });
  called.send("record", { call: other, file: heardByCalled });
  await context.sleep(100);
  caller.send("play", { call: id, file: prompt("vm-goodbye") });
  called.send("play", { call: other, file: prompt("hello-world") });
  await caller.expect({ event: "play-end", name: id });
  await called.expect({ event: "play-end", name: other });
  caller.send("play", { call: id, dtmf: "1596#" });
  await caller.expect({ event: "play-end", name: id });
  await context.sleep(300);

  const [first, firstId, second, secondId] =
    options.hangUp === "caller" ? [caller, id, called, other] : [called, other, caller, id];
  first.send("hangup", { call: firstId, cause: 16 });
  const disconnect = await second.expect({ event: "disconnect", call: secondId });
  context.equal(disconnect["cause"], 16, "cause");
  await first.expect({ event: "released", call: firstId });
  await second.expect({ event: "released", call: secondId });
  await caller.expect({ event: "recorded", name: id });
  await called.expect({ event: "recorded", name: other });

  provePrompt(context, samplesOf(heardByCaller), prompt("hello-world"), "what the caller heard");
  provePrompt(context, samplesOf(heardByCalled), prompt("vm-goodbye"), "what the called party heard");
  const digitsLater = samplesOf(heardByCalled).subarray(samplesOf(prompt("vm-goodbye")).length);
  proveDigits(context, digitsLater, "1596#", "the called party's recording");
  const live = called.history.filter((event) => event.event === "digit" && event["name"] === other);
  context.equal(live.map((event) => event["digit"]).join(""), "1596#", "digits heard live");
}
