// A call from an ISDN exchange into the menu of the lab's office (box.ts): the caller hears welcome and menu, presses a
// key that ends the call, or hangs up.
import { isdnEnd, listen, sendDtmf } from "./ends.ts";
import type { Peer } from "./peer.ts";
import { provePrompt, prompt, samplesOf } from "./proofs.ts";
import type { Context } from "./scenario.ts";

export interface MenuCall {
  readonly id: string;
  readonly called: string;
  readonly calling: string;
  /** Who ends it: the box after key 1, or the caller in the menu. */
  readonly ends: "box" | "caller";
}

/** Milliseconds that the welcome and the menu's words take together, and some more. */
const menuMs = 3000;

/** @returns the heard audio, not yet proved: emulated machines prove it better when no call is up. */
export async function menuCall(context: Context, peer: Peer, call: MenuCall): Promise<() => void> {
  const { id } = call;
  const end = isdnEnd(peer, id);
  peer.send("call", { id, called: call.called, calling: call.calling });
  // The exchange chose the channel: it listens before the box can speak.
  end.send("voice");
  const heard = listen(context, end, `${id}.wav`);
  await peer.expect({ event: "proceeding", call: id });
  await peer.expect({ event: "answered", call: id });
  await context.sleep(menuMs);
  if (call.ends === "box") await sendDtmf(end, "1");
  const samples = call.ends === "box" ? whenOver(context, peer, id) : heard();
  if (call.ends === "box") {
    const { cause } = await peer.expect({ event: "disconnect", call: id }, 20_000);
    context.equal(cause, 16, `${id}: cause from the box`);
  } else {
    await samples;
    peer.send("hangup", { call: id, cause: 16 });
  }
  const released = await peer.expect({ event: "released", call: id }, 20_000);
  context.equal(released["cause"], 16, `${id}: cause at the end`);
  // The exchange reads blocks of 20 ms, which virtual spans bring in bursts: it drops the last with the call.
  const whole = followedBySilence(await samples, 40);
  return () => {
    const welcome = provePrompt(context, whole, prompt("hello-world"), `${id}: welcome`);
    const menu = provePrompt(context, whole, prompt("vm-goodbye"), `${id}: menu`);
    context.prove(menu.delay > welcome.delay, `${id}: menu after welcome`);
    if (call.ends === "box") provePrompt(context, whole, prompt("goodbye"), `${id}: good-bye`);
  };
}

/** The recording that the end of the call closes. */
async function whenOver(context: Context, peer: Peer, id: string): Promise<Float64Array> {
  await peer.expect({ event: "recorded", name: id }, 30_000);
  return samplesOf(context.file(`${id}.wav`));
}

function followedBySilence(samples: Float64Array, ms: number): Float64Array {
  const longer = new Float64Array(samples.length + ms * 8);
  longer.set(samples);
  return longer;
}
