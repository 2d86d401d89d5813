// Hostile frames on a BRI bus with terminals of ours: to the network from any TEI, and to the terminals. Nothing may
// throw or wedge, and after each batch each terminal's call and a call to all succeed. FUZZ_SEED repeats a run,
// FUZZ_FRAMES sets its length (a quarter of it is spent here).
import { isDeepStrictEqual } from "node:util";
import t from "tap";
import { busSession } from "../signalling/isdn/sessions.ts";
import { called, createBus, type Bus } from "../signalling/isdn/bus.ts";
import { answering, remains } from "../signalling/isdn/joined.ts";
import { createMutator } from "./mutations.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? 932);
const wanted = Number(process.env["FUZZ_FRAMES"] ?? 120_000) / 4;
const batch = 1_000;
const { random, below, mutate, noise } = createMutator(seed);

/** An I frame that the network takes as a terminal's next one, with mutated contents; often about a call or an offer. */
function inSequence({ network }: Bus, base: Uint8Array): Uint8Array {
  const { layer2, layer3 } = network.state();
  const links = Object.values(layer2.links).filter(({ state }) => state === 7 || state === 8);
  const link = links[below(links.length)];
  if (link === undefined) return mutate(base);
  const message = mutate(base.subarray(4));
  const known = [
    ...Object.values(layer3.calls).map(({ reference, origin }) => reference | (origin === "here" ? 0x80 : 0)),
    ...Object.values(layer3.offers).map(({ template }) => template.reference | 0x80),
  ];
  const reference = known[below(known.length)];
  if (reference !== undefined && below(4) > 0 && message.length > 3) message.set([8, 1, reference]);
  return Uint8Array.of(0, (link.tei << 1) | 1, link.vr << 1, link.vs << 1, ...message);
}

/** Something that the line may want at any moment. */
function request({ network }: Bus): void {
  const { calls, offers } = network.state().layer3;
  const names = [...Object.keys(calls), ...Object.keys(offers)];
  const call = names[below(names.length)] ?? "none";
  const chosen = below(6);
  if (chosen < 3)
    network.request({ type: "SetupRequest", call: `r${below(1e6)}`, called, sendingComplete: chosen > 0 });
  else if (chosen === 3) network.request({ type: "InfoRequest", call, digits: "5" });
  else if (chosen === 4) network.request({ type: "NotifyRequest", call, description: 0 });
  else network.request({ type: "DisconnectRequest", call });
}

t.test(`${Math.ceil(wanted)} frames on a bus, FUZZ_SEED=${seed}`, (t) => {
  const corpus = busSession().map(({ frame }) => frame);
  const messages = corpus.filter((frame) => frame.length > 8 && ((frame[2] ?? 1) & 1) === 0);
  const bus = createBus(["automatic", "automatic", 7], { seed, saved: false });
  const { clock, network, terminals } = bus;
  const all = [network, ...terminals];
  all.forEach(answering);
  const quiet = (): void => {
    clock.advanceSync(600_000);
    for (const side of all)
      for (const call of [
        ...Object.keys(side.state().layer3.calls),
        ...Object.keys(side.state().layer3.offers),
      ])
        side.request({ type: "DisconnectRequest", call });
    clock.advanceSync(600_000);
  };
  let frames = 0;
  for (let round = 0; frames < wanted; round++) {
    for (let i = 0; i < batch; i++, frames++) {
      const base = corpus[below(corpus.length)] ?? noise();
      const choice = below(20);
      const frame =
        choice === 0
          ? noise()
          : choice < 8
            ? mutate(base)
            : inSequence(bus, messages[below(messages.length)] ?? base);
      if (random() < 0.8) network.input({ type: "frame", frame });
      else for (const terminal of terminals) terminal.input({ type: "frame", frame });
      if (below(40) === 0) request(bus);
      clock.advanceSync(below(200) === 0 ? below(20_000) : below(6));
    }
    quiet();
    const left = all.map(remains);
    if (
      left.some(({ calls, busy }) => calls + busy > 0) ||
      Object.keys(network.state().layer3.offers).length > 0
    )
      t.fail(`round ${round}: ${JSON.stringify([left, network.state().layer3.offers])}`);
    for (const from of terminals) {
      const call = `normal-${round}`;
      from.request({ type: "SetupRequest", call, called });
      // A terminal whose TEI was taken back asks for another one first.
      clock.advanceSync(10_000);
      const state = from.names(call).at(-1);
      if (state !== "SetupConfirm") t.fail(`round ${round}: a terminal's call got ${state ?? "nothing"}`);
      from.request({ type: "DisconnectRequest", call });
      clock.advanceSync(1_000);
    }
    network.request({ type: "SetupRequest", call: `all-${round}`, called });
    clock.advanceSync(1_000);
    if (!network.names(`all-${round}`).includes("SetupConfirm")) t.fail(`round ${round}: nobody answered`);
    network.request({ type: "DisconnectRequest", call: `all-${round}` });
    clock.advanceSync(20_000);
    for (const side of all) {
      const plain: unknown = JSON.parse(JSON.stringify(side.state()));
      if (!isDeepStrictEqual(plain, side.state())) t.fail(`round ${round}: the state is not plain JSON`);
      side.heard.length = side.sent.length = side.logs.length = 0;
    }
  }
  t.ok(frames >= wanted, `${frames} frames, calls both ways after every ${batch}`);
  t.end();
});
