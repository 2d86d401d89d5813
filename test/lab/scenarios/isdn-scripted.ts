// What libpri does not speak, octet by octet on the driver: the bytes are written from Q.921 and Q.931, not by our encoder.
import { isdnSide, type Side } from "../support/isdn-side.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { scriptedPeer, type ScriptedPeer } from "../support/scripted-peer.ts";
import { pairOf } from "../support/spans.ts";

/** 3.1 kHz audio, A-law; called number 4702, which is answered and ended by nobody; Sending complete. */
const bearer = "04 03 80 90 a3";
const called = "70 05 80 34 37 30 32 a1";
const channelOne = "18 03 a9 83 81";
/** Our terminal's TEI on the scripted bus. */
const terminal = 5;

export const scenario: Scenario = {
  name: "isdn-scripted",
  description:
    "an octet-level peer: segments, suspend and resume, RESTART on a bus, FRMR, XID, codesets, unknown messages, no channel identification",
  spans: [{ kind: "E1" }, { kind: "BRI" }, { kind: "BRI" }],
  timeoutSeconds: 120,
  async run(context) {
    await exchange(context);
    await bus(context);
    await telephone(context);
  },
};

/** The script is the exchange of an E1. */
async function exchange(context: Context): Promise<void> {
  const { near, far } = pairOf(context.layout, 0);
  const script = scriptedPeer(context, { span: far, side: "network" });
  const side = isdnSide(context, { span: near, side: "user", restart: "none" });
  await script.expectFrame("00 01 7f");
  await context.until("our data link is up", () => side.up);

  context.log("a plain call");
  script.send(`08 02 00 01 05 ${bearer} ${channelOne} ${called}`);
  await answered(script, "08 02 80 01");
  await cleared(context, side, script, "08 02 00 01", "08 02 80 01");

  context.log("SETUP in two segments (Annex H): 00 says which, and of what");
  script.send(`08 02 00 02 60 00 02 81 05 ${bearer} 18 03`);
  script.send(`08 02 00 02 60 00 02 00 05 a9 83 81 ${called}`);
  await answered(script, "08 02 80 02");
  await cleared(context, side, script, "08 02 00 02", "08 02 80 02");

  context.log(
    "a locking shift to codeset 6 (96), and a non-locking one to codeset 5 (9d), with elements of theirs",
  );
  script.send(
    `08 02 00 03 05 ${bearer} ${channelOne} 9d 28 02 41 42 ${called.replace(" a1", "")} a1 96 28 01 41 70 02 80 39`,
  );
  await answered(script, "08 02 80 03");
  await cleared(context, side, script, "08 02 00 03", "08 02 80 03");

  context.log("no channel identification: our side names a channel itself");
  script.send(`08 02 00 04 05 ${bearer} ${called}`);
  await script.expect("08 02 80 04 02 18 03 a9 83 *");
  await cleared(context, side, script, "08 02 00 04", "08 02 80 04");

  context.log("an unknown message in a call: STATUS, cause 97 or 98, state 10, and the call lives");
  script.send(`08 02 00 05 05 ${bearer} ${channelOne} ${called}`);
  await answered(script, "08 02 80 05");
  script.send("08 02 00 05 57");
  context.log(await script.expect("08 02 80 05 7d 08 (02|03) .. e[12] (57)?14 01 0a"));
  context.equal(side.active().length, 1, "calls active after an unknown message");

  context.log("XID: no fault of the link (Q.921 §5.4)");
  script.frame("02 01 bf 82 80 00 00");
  await context.sleep(300);
  script.send("08 02 00 05 75");
  await script.expect("08 02 80 05 7d * 14 01 0a");

  context.log("FRMR: the link is set up again (Q.921 §5.8.6), and the call outlives it");
  script.frame("00 01 87 00 00 00 00 01");
  await script.expectFrame("00 01 7f");
  await context.sleep(500);
  context.equal([side.up, side.active().length], [true, 1], "data link, and calls active after FRMR");
  await cleared(context, side, script, "08 02 00 05", "08 02 80 05");
  context.equal(side.faults, [], "what went wrong on the exchange's line");
}

/** The script is the NT of a bus, on which we are a terminal. */
async function bus(context: Context): Promise<void> {
  const { near, far } = pairOf(context.layout, 1);
  const script = scriptedPeer(context, { span: far, side: "network", tei: terminal });
  const side = isdnSide(context, { span: near, side: "user", topology: "multipoint", tei: terminal });
  await script.expectFrame("00 0b 7f");
  await context.until("our data link is up", () => side.up);

  context.log("a call is broadcast and answered; then the NT restarts its channel");
  script.broadcast(`08 01 01 05 ${bearer} 18 01 89 ${called}`);
  await script.expect("08 01 81 07 *");
  script.send("08 01 01 0f 18 01 89");
  await context.until("the call is active", () => side.active().length === 1);
  script.send("08 01 00 46 18 01 89 79 01 80");
  await script.expect("08 01 80 4e 18 01 89 79 01 80");
  await context.until(
    "the call is over, its channel idle",
    () => side.open === 0 && side.busy().length === 0,
  );
  context.equal(side.faults, [], "what went wrong on the bus");
}

/** The script is a telephone at our NT. */
async function telephone(context: Context): Promise<void> {
  const { near, far } = pairOf(context.layout, 2);
  const script = scriptedPeer(context, { span: far, side: "user" });
  const side = isdnSide(context, { span: near, side: "network", services: { suspend: true } });
  await script.expectFrame("02 01 7f");
  await context.until("our data link is up", () => side.up);

  script.send(`08 01 01 05 ${bearer} 18 01 83 ${called}`);
  await script.expect("08 01 81 07 *");
  script.send("08 01 01 0f");
  context.log("SUSPEND with identity 2a, and RESUME as another call");
  script.send("08 01 01 25 10 01 2a");
  await script.expect("08 01 81 2d");
  await context.sleep(500);
  context.equal(side.open, 1, "calls of ours while it is suspended");
  script.send("08 01 02 26 10 01 2a");
  await script.expect("08 01 82 2e 18 01 (89|8a)");
  context.log("a second RESUME of the same identity: RESUME REJECT, cause 85 (no call suspended)");
  script.send("08 01 03 26 10 01 2a");
  await script.expect("08 01 83 22 08 02 .. d5*");
  await cleared(context, side, script, "08 01 02", "08 01 82");
  context.equal(side.faults, [], "what went wrong at the telephone");
}

/** CALL PROCEEDING, ALERTING, CONNECT; the exchange acknowledges. */
async function answered(script: ScriptedPeer, ours: string): Promise<void> {
  await script.expect(`${ours} 02 18 03 a9 83 81`);
  await script.expect(`${ours} 01`);
  await script.expect(`${ours} 07*`);
  const theirs = ours.replace("08 02 80", "08 02 00");
  script.send(`${theirs} 0f`);
}

/** DISCONNECT with cause 16, RELEASE, RELEASE COMPLETE. */
async function cleared(
  context: Context,
  side: Side,
  script: ScriptedPeer,
  theirs: string,
  ours: string,
): Promise<void> {
  script.send(`${theirs} 45 08 02 80 90`);
  await script.expect(`${ours} 4d*`);
  script.send(`${theirs} 5a`);
  await context.until(
    "the call is over, its channel idle",
    () => side.open === 0 && side.busy().length === 0,
  );
}
