// A party of a call as the lab drives it, whatever it is made of: a call of an ISDN peer, a telephone, an exchange line.
import { provePrompt, prompt, samplesOf } from "./proofs.ts";
import type { Peer } from "./peer.ts";
import type { Context } from "./scenario.ts";
import { channelAt, type SpanPlace } from "./spans.ts";

type Values = Readonly<Record<string, string | number | boolean>>;

export interface End {
  readonly peer: Peer;
  /** By which its audio events are called. */
  readonly name: string;
  send(verb: string, values?: Values): void;
}

export const isdnEnd = (peer: Peer, call: string): End => ({
  peer,
  name: call,
  send: (verb, values = {}) => peer.send(verb, { call, ...values }),
});

export const analogEnd = (peer: Peer, name: string): End => ({
  peer,
  name,
  send: (verb, values = {}) => peer.send(verb, { name, ...values }),
});

/** Plays and waits until it is over. */
export async function play(end: End, values: Values, timeoutMs = 30_000): Promise<void> {
  end.send("play", values);
  const { play: id } = await end.peer.expect({ event: "play-begin", name: end.name }, timeoutMs);
  await end.peer.expect({ event: "play-end", name: end.name, play: Number(id) }, timeoutMs);
}

export const sendDtmf = (end: End, digits: string): Promise<void> =>
  play(end, { dtmf: digits, on: 90, off: 90, level: -9 });

/** Records until the function returned is called, which gives the samples. */
export function listen(context: Context, end: End, file: string): () => Promise<Float64Array> {
  const path = context.file(file);
  end.send("record", { file: path });
  return async () => {
    end.send("stop-record");
    await end.peer.expect({ event: "recorded", file: path });
    return samplesOf(path);
  };
}

export interface Talk {
  readonly caller: End;
  readonly called: End;
  /** What they say, by names of Debian's prompts; the defaults are different sentences. */
  readonly callerSays?: string;
  readonly calledSays?: string;
}

/** Sentences that the office itself does not say. */
export const spoken = { caller: "activated", called: "please-try-again" } as const;

/** Both speak at once, and each hears the other: the right words, level within 1 dB, no gap. */
export async function proveTalk(context: Context, talk: Talk, label: string): Promise<void> {
  const callerSays = prompt(talk.callerSays ?? spoken.caller);
  const calledSays = prompt(talk.calledSays ?? spoken.called);
  const callerHears = listen(context, talk.caller, `${label}-caller.wav`);
  const calledHears = listen(context, talk.called, `${label}-called.wav`);
  await Promise.all([play(talk.caller, { file: callerSays }), play(talk.called, { file: calledSays })]);
  // What was said last is still on its way: queues of both ends and of the box, up to half a second.
  await context.sleep(1200);
  provePrompt(context, await callerHears(), calledSays, `${label}: what the caller hears`);
  provePrompt(context, await calledHears(), callerSays, `${label}: what the called party hears`);
}

export interface AnalogFar {
  readonly peer: Peer;
  /** The telephones, in the order of the near span's fxs ports. */
  readonly phones: readonly End[];
  /** The exchange's lines, in the order of the near span's fxo ports. */
  readonly exchange: readonly End[];
}

/** Opens the far ends of all ports of an analog span. */
export async function analogFar(context: Context, far: SpanPlace): Promise<AnalogFar> {
  const peer = await context.peer({ program: "analog-far", name: `far${far.number}` });
  const roles = far.plan.kind === "analog" ? far.plan.near : [];
  const phones: End[] = [];
  const exchange: End[] = [];
  for (const [index, role] of roles.entries()) {
    const ends = role === "fxs" ? phones : exchange;
    const name = `${role === "fxs" ? "phone" : "line"}${ends.length + 1}`;
    // The law that the appliance gives to ports of a card without a profile.
    peer.send("open", { channel: channelAt(far, index + 1), name, law: "alaw" });
    await peer.expect({ event: "open", name });
    ends.push(analogEnd(peer, name));
  }
  return { peer, phones, exchange };
}

/** A telephone rings and is answered. */
export async function pickUp(end: End, timeoutMs = 20_000): Promise<void> {
  await end.peer.expect({ event: "ring-begin", name: end.name }, timeoutMs);
  end.send("off-hook");
}
