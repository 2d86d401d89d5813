// What node-dahdi does with a card that virtual spans refuse: line settings, maintenance, counters, D-channels that the
// card frames, polarity and gains of analog ports.
import { driver } from "node-dahdi";
import { card } from "../support/driver.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";
import { hear, heard, loud, readAll, refuses, withBoth, type Bench } from "../surface/tools.ts";

const { alarms, lineConfig, maintenance } = driver.constants;

export const scenario: Scenario = {
  name: "card-surface",
  description:
    "node-dahdi's calls that only cards carry: line settings, maintenance, counters, polarity, gains",
  spans: [{ kind: "E1" }, { kind: "BRI" }, { kind: "analog", near: ["fxo", "fxs"] }],
  hardware: "card",
  timeoutSeconds: 120,
  async run(context) {
    const control = driver.openControl();
    context.onClose(() => control.close());
    const bench: Bench = {
      context,
      control,
      e1: pairOf(context.layout),
      bri: pairOf(context.layout, 1),
      analog: pairOf(context.layout, 2),
    };
    await proveMaintenance(bench);
    await proveCardFrames(bench);
    await proveAnalogExtras(bench);
  },
};

async function proveMaintenance({ control, e1, ...bench }: Bench): Promise<void> {
  const context: Context = bench.context;
  const { near, far } = e1;
  const status = () => control.spanStatus(near.number);
  const { manufacturer, deviceType, location, type } = status();
  context.equal(
    [manufacturer, deviceType, location, type],
    ["Callbox", "Callbox test card", "Lab slot 1", "E1"],
    "what the card says it is",
  );
  control.configureSpan({
    ...{ span: near.number, timing: 3, lineBuildOut: 2 },
    lineConfig: lineConfig.CCS | lineConfig.AMI,
  });
  const { lineBuildOut, lineConfig: driven } = status();
  context.equal([lineBuildOut, driven], [2, lineConfig.CCS | lineConfig.AMI], "settings read back");
  control.configureSpan({
    ...{ span: near.number, timing: 1, lineBuildOut: 0 },
    lineConfig: lineConfig.CCS | lineConfig.HDB3 | lineConfig.CRC4,
  });

  const there = () => control.spanStatus(far.number);
  const maintain = (command: keyof typeof maintenance) => control.maintain(near.number, maintenance[command]);
  for (const command of ["FAS_DEFECT", "CRC_DEFECT", "BIPOLAR_DEFECT", "MULTI_DEFECT"] as const)
    maintain(command);
  const { frameAlignmentErrors, crc4Errors, bipolarViolations, framingErrors } = there();
  context.equal(
    [frameAlignmentErrors, crc4Errors, bipolarViolations, framingErrors],
    [1, 1, 1, 1],
    "defects that the far end counts",
  );
  context.equal(status().eBitErrors, 1, "and tells by its E-bits");
  card(`count ${near.address} slips 7`);
  context.equal(control.timingSlips(near.number), 7, "clock slips, from /proc");
  maintain("RESET_COUNTERS");
  context.equal([control.timingSlips(near.number), status().eBitErrors], [0, 0], "counters put back");

  await withBoth(e1, 1, async (channel) => {
    channel.setAudioMode(true);
    channel.setLaw("alaw");
    maintain("LOCALLOOP");
    context.equal(status().alarms & alarms.LOOPBACK, alarms.LOOPBACK, "the loop is told as an alarm");
    const sent = Buffer.from(Array.from({ length: 1600 }, (_, i) => (i % 2 === 0 ? 0x2a : 0xaa)));
    channel.write(sent);
    context.check(loud(await readAll(channel, 4800, 1000)), "what is sent comes back");
    maintain("NONE");
    await context.until("no loop any more", () => (status().alarms & alarms.LOOPBACK) === 0);
  });
  maintain("ALARM_SIM");
  await context.until("a simulated alarm", () => (status().alarms & alarms.RED) !== 0);
  await context.until("told to the far end", () => (there().alarms & alarms.YELLOW) !== 0);
  maintain("ALARM_SIM");
  await context.until("it is over", () => status().alarms === 0 && there().alarms === 0);
}

async function proveCardFrames(bench: Bench): Promise<void> {
  const { context, bri } = bench;
  await withBoth(bri, 3, async (near, far) => {
    const got: string[] = [];
    far.onFrame((frame) => void got.push(frame.toString()));
    const sent = Array.from({ length: 8 }, (_, index) => `frame ${index} ${"x".repeat(index * 30)}`);
    for (const text of sent)
      await context.until(`room for ${text.length} octets`, () => near.sendFrame(Buffer.from(text)));
    await context.until("all frames are there", () => got.length === sent.length);
    context.equal(got, sent, "frames whose D-channel the card does itself");
    far.onFrame(undefined);
  });
}

async function proveAnalogExtras(bench: Bench): Promise<void> {
  const { context, analog } = bench;
  await withBoth(analog, 2, async (fxs, fxo) => {
    const told = hear(fxo);
    fxs.setPolarity(true);
    await heard(context, told, "POLARITY");
    fxs.setPolarity(true);
    fxs.setPolarity(false);
    await heard(context, told, "POLARITY", 2);
    fxs.onHookTransfer(1000);
    fxs.setMessageWaiting(3);
    fxs.setHardwareGain("tx", -3.5);
    refuses(bench, "EINVAL", "more gain than the card has", () => fxs.setHardwareGain("rx", 40));
    refuses(bench, "EINVAL", "polarity at the telephone's end", () => fxo.setPolarity(true));
    refuses(bench, "ENOTTY", "what no card of this kind has", () => fxs.setToneDetect(1));
  });
}
