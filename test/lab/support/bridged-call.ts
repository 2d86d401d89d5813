// A call between an outside party and a telephone of the office, both ways proved while it lasts.
import { isdnEnd, proveTalk, sendDtmf, spoken, type End } from "./ends.ts";
import type { Peer, PeerEvent } from "./peer.ts";
import type { Context } from "./scenario.ts";

export { spoken };

/** A telephone dials: waits for dial tone, then presses keys. */
export async function dialFrom(context: Context, phone: End, digits: string): Promise<void> {
  // What it heard before is not its dial tone: a tone of the call before must have ended.
  const told = (): PeerEvent | undefined => phone.peer.taken({ event: "sound", name: phone.name });
  let sounding = false;
  for (let heard = told(); heard !== undefined; heard = told()) sounding = heard["on"] === true;
  if (sounding) await hears(phone, false);
  phone.send("off-hook");
  await phone.peer.expect({ event: "sound", name: phone.name, on: true });
  await context.sleep(300);
  await sendDtmf(phone, digits);
}

/** The telephone hears something (ringback, a tone) and then goes on. */
export const hears = (end: End, on: boolean, timeoutMs?: number) =>
  end.peer.expect({ event: "sound", name: end.name, on }, timeoutMs);

export async function talk(context: Context, caller: End, called: End, label: string): Promise<void> {
  await context.sleep(500);
  await proveTalk(context, { caller, called }, label);
}

/** A telephone calls out over ISDN, is answered, talks and hangs up. @returns the channel */
export async function callsOut(
  context: Context,
  { network, phone, dial }: { readonly network: Peer; readonly phone: End; readonly dial: string },
): Promise<number> {
  await dialFrom(context, phone, dial);
  const ring = await network.expect({ event: "ring", called: dial.slice(1) }, 20_000);
  const call = String(ring["call"]);
  network.send("proceeding", { call });
  network.send("alert", { call });
  network.send("answer", { call });
  await talk(context, phone, isdnEnd(network, call), "out");
  phone.send("on-hook");
  await network.expect({ event: "released", call });
  return Number(ring["channel"]);
}
