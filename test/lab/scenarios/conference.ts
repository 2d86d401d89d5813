// A conference room on the real driver: a caller from outside and three telephones, who hears whom by the frequency that each
// sends, tones when somebody comes and goes, and one that mutes itself.
import { toneLevel } from "../support/audio.ts";
import { proveNothingLeft } from "../support/box.ts";
import { isdnEnd, listen, sendDtmf } from "../support/ends.ts";
import { isdnOffice } from "../support/isdn-office.ts";
import type { Scenario } from "../support/scenario.ts";
import { whoHears } from "../support/who-hears.ts";

/** Gain control brings a quiet party nearer to the usual level. */
const within = 13;

export const scenario: Scenario = {
  name: "conference",
  description: "a conference of four on the real driver: who hears whom, entry tones, PIN, muting by key",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxs", "fxs", "fxs"] }],
  timeoutSeconds: 240,
  async run(context) {
    const { network, phones, appliance, before } = await isdnOffice(context, {
      more: {
        rooms: [{ id: "team", name: "Team", number: "501" }],
        incoming: [{ called: "5550177", to: { room: "team" } }],
      },
    });
    network.send("call", { id: "a", called: "5550177", calling: "13800001000" });
    await network.expect({ event: "answered", call: "a" });
    const caller = isdnEnd(network, "a");
    await context.sleep(4000);
    const hears = listen(context, caller, "tones.wav");
    for (const phone of phones) {
      phone.send("off-hook");
      await context.sleep(800);
      await sendDtmf(phone, "501");
      await context.sleep(1000);
    }
    const tones = await hears();
    const heardAt = (hz: number): readonly number[] => {
      const found: number[] = [];
      for (let at = 0; at + 800 <= tones.length; at += 400) {
        const level = toneLevel(tones.subarray(at, at + 800), hz);
        if (level > -30 && (found.at(-1) ?? -1e9) < at - 8000) found.push(at);
      }
      return found;
    };
    context.equal(heardAt(880).length, phones.length, "a tone for each who comes");
    const [one, two, three] = phones;
    if (one === undefined || two === undefined || three === undefined) throw new Error("three telephones");
    const people = { caller, one, two, three };
    context.equal(
      await whoHears(context, people, "all", { within }),
      "caller: one two three; one: caller two three; two: caller one three; three: caller one two",
      "everybody hears all others and nobody himself",
    );
    const { rooms } = await appliance.get("GET /rooms");
    context.equal(rooms[0]?.calls.length, 4, "calls in the room");
    await sendDtmf(two, "*1");
    await context.sleep(3500);
    context.equal(
      await whoHears(context, people, "muted", { within }),
      "caller: one three; one: caller three; two: caller one three; three: caller one",
      "one is muted, and hears",
    );
    for (const phone of phones) phone.send("on-hook");
    await context.sleep(1500);
    context.equal(
      (await appliance.get("GET /calls")).calls[0]?.phase,
      "conference",
      "who stays is in the room",
    );
    network.send("hangup", { call: "a" });
    await network.expect({ event: "released", call: "a" });
    await context.sleep(1500);
    await proveNothingLeft(context, appliance, before);
    await appliance.stop();
  },
};
