// A telephone sends its calls outside by code: whoever answers there takes the call by key, both ways on the real driver; a
// mobile's mailbox that answers does not, and the caller leaves a message here; then the telephone rings again.
import type { Appliance } from "../support/appliance.ts";
import { segments } from "../support/audio.ts";
import { outline, proveNothingLeft } from "../support/box.ts";
import { dialFrom } from "../support/bridged-call.ts";
import { isdnEnd, listen, pickUp, play, proveTalk, sendDtmf, type End } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import type { Peer } from "../support/peer.ts";
import { prompt } from "../support/proofs.ts";
import type { Context, Scenario } from "../support/scenario.ts";

const number = "5550188";

export const scenario: Scenario = {
  name: "forward",
  description:
    "a telephone's calls go outside, by code: taken there by key, or left as a message when a machine answers; and home again",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs"] }],
  timeoutSeconds: 240,
  async run(context: Context) {
    const span = context.layout.near.find(({ plan }) => plan.kind === "analog")?.number ?? 0;
    const { network, phones, appliance, before } = await isdnOffice(context, {
      more: {
        incoming: [{ called: number, to: { extension: "201" } }],
        featureCodes: { forwardAlways: "*72" },
        extensions: [
          {
            number: "201",
            name: "Desk",
            port: { span, position: 1 },
            forward: { noAnswer: { mailbox: "office" }, confirm: true },
          },
        ],
      },
    });
    const [phone] = phones;
    if (phone === undefined) throw new Error("a telephone");
    await byCode(context, appliance, phone, "*7294711", { outside: "94711" });

    const taken = await sentOn(context, network, "taken");
    await sendDtmf(taken.far, "1");
    await network.expect({ event: "answered", call: "taken" });
    await proveTalk(context, { caller: taken.caller, called: taken.far }, "taken");
    network.send("hangup", { call: "taken", cause: 16 });
    await network.expect({ event: "released", call: taken.far.name });

    // A machine answers, and talks on.
    const refused = await sentOn(context, network, "refused");
    void play(refused.far, { file: prompt("vm-options") }, 60_000).catch(() => undefined);
    await network.expect({ event: "released", call: refused.far.name }, 30_000);
    await network.expect({ event: "answered", call: "refused" });
    await context.sleep(9000);
    await play(refused.caller, { file: prompt("please-try-again") });
    network.send("hangup", { call: "refused", cause: 16 });
    const messages = async () => (await appliance.get("GET /voicemail")).messages;
    await context.until("the message is there", async () => (await messages()).length === 1);
    context.equal((await messages())[0]?.mailbox, "office", "whose message");

    const dialTone = listen(context, phone, "dial-tone.wav");
    await byCode(context, appliance, phone, "*72", undefined);
    const heard = segments(await dialTone(), -40, 40);
    const bursts = heard.slice(0, 2).map(({ length }) => Math.round(length / 8));
    context.prove(
      bursts.every((ms) => Math.abs(ms - 100) <= 20),
      `dial tone stutters where calls do not ring: ${bursts.join(" and ")} ms`,
    );
    network.send("call", { id: "home", called: number, calling: "13800001000" });
    await pickUp(phone);
    await network.expect({ event: "answered", call: "home" });
    await proveTalk(context, { caller: isdnEnd(network, "home"), called: phone }, "home");
    phone.send("on-hook");
    await network.expect({ event: "released", call: "home" });
    await context.sleep(1500);
    await proveNothingLeft(context, appliance, before);
    context.equal(
      outline(await appliance.records()).filter((one) => one.startsWith("in ")),
      ["in answered 16", "in abandoned 16", "in answered 16"],
      "call records, newest first",
    );
    await appliance.stop();
  },
};

/** A code is dialled, and the setting is as it says. */
async function byCode(
  context: Context,
  appliance: Appliance,
  phone: End,
  code: string,
  always: object | undefined,
): Promise<void> {
  await dialFrom(context, phone, code);
  // A pause ends the number; then it is said so, and the line hung up. Whatever the box has to do meanwhile, it is this number.
  await appliance.get("GET /settings");
  await context.sleep(9000);
  const { settings } = await appliance.get("GET /settings");
  context.equal(settings.extensions[0]?.forward.always, always, `after ${code}, where calls go`);
  phone.send("on-hook");
  await context.sleep(1500);
}

/** A call comes, goes out, and is answered there; whoever called is not answered yet. */
async function sentOn(context: Context, network: Peer, call: string): Promise<{ caller: End; far: End }> {
  network.send("call", { id: call, called: number, calling: "13800001000" });
  const ring = await network.expect({ event: "ring", called: "4711" }, 20_000);
  const far = isdnEnd(network, String(ring["call"]));
  network.send("proceeding", { call: far.name });
  network.send("alert", { call: far.name });
  await context.sleep(1000);
  network.send("answer", { call: far.name });
  await network.expect({ event: "sound", name: far.name, on: true }, 20_000);
  await context.sleep(1000);
  context.check(
    network.taken({ event: "answered", call }) === undefined,
    `${call}: nobody pays before the call is taken`,
  );
  return { caller: isdnEnd(network, call), far };
}
