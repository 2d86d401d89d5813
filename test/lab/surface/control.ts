// What /dev/dahdi/ctl does with virtual spans: status, parameters, configuration, tone zones, dynamic spans.
import { driver } from "node-dahdi";
import type { Context } from "../support/scenario.ts";
import { channelAt } from "../support/spans.ts";
import { refuses, type Bench } from "./tools.ts";

const { signalling, lineConfig, maintenance } = driver.constants;

export function proveControl(bench: Bench): void {
  const context: Context = bench.context;
  const { control, e1, bri, analog } = bench;
  const { version, echoCancellers } = control.version();
  context.check(/^\d+\.\d+/.test(version), `a version: ${version}`);
  context.check(/OSLEC/i.test(echoCancellers), `oslec among the cancellers: ${echoCancellers}`);

  const status = control.spanStatus(e1.near.number);
  context.equal(
    [status.number, status.totalChannels, status.configuredChannels],
    [e1.near.number, 31, 31],
    "the E1 span",
  );
  context.equal([status.alarms, status.totalSpans], [0, 6], "no alarm, six spans");
  context.check(status.name.startsWith("DYN/loc/"), `the span's name: ${status.name}`);
  refuses(bench, "EINVAL", "a span that is not there", () => control.spanStatus(99));

  const bearer = control.params(channelAt(e1.near, 1));
  context.equal(
    [bearer.span, bearer.position, bearer.signalling],
    [e1.near.number, 1, signalling.CLEAR],
    "a B-channel",
  );
  context.equal(
    [bearer.law, bearer.alarms, bearer.master],
    ["alaw", 0, bearer.number],
    "its law, alarms and master",
  );
  context.equal(
    control.params(channelAt(e1.near, 16)).signalling,
    signalling.HDLCFCS,
    "the D-channel's signalling",
  );
  const port = channelAt(analog.near, 1);
  context.equal(control.params(port).signalling, signalling.FXSKS, "the FXO port's signalling");
  refuses(bench, "EINVAL", "a channel that is not there", () => control.params(1000));
  const before = control.params(port);
  control.setParams(port, { flashTime: 430 });
  context.equal(
    [control.params(port).flashTime, control.params(port).rxFlashTime],
    [430, before.rxFlashTime],
    "one time changed, another kept",
  );
  control.setParams(port, { flashTime: before.flashTime });
  refuses(bench, "EINVAL", "gains of a channel in no audio mode", () => control.gains(bearer.number));
  control.setGains(port, control.gains(port));

  const framing = lineConfig.CCS | lineConfig.HDB3 | lineConfig.CRC4;
  control.configureSpan({ span: e1.near.number, lineConfig: framing });
  refuses(bench, "EINVAL", "framing that the span lacks", () =>
    control.configureSpan({ span: e1.near.number, lineConfig: lineConfig.NTTE }),
  );
  refuses(bench, "ENXIO", "configuring a span that is not there", () => control.configureSpan({ span: 99 }));
  const spare = channelAt(bri.near, 2);
  refuses(bench, "EINVAL", "hardhdlc on a virtual span", () =>
    control.configureChannel({ channel: spare, signalling: signalling.HARDHDLC }),
  );
  control.configureChannel({ channel: spare, signalling: signalling.CLEAR, law: "ulaw" });
  context.equal(control.params(spare).law, "alaw", "a default law counts from the next opening");
  driver.openChannel(spare).close();
  context.equal(control.params(spare).law, "ulaw", "and then it is there");
  control.configureChannel({ channel: spare, signalling: signalling.CLEAR, law: "alaw" });

  control.startSpan(e1.near.number);
  refuses(bench, "ENXIO", "starting a span that is not there", () => control.startSpan(99));
  refuses(bench, "ENXIO", "shutting down a span that is not there", () => control.shutdownSpan(99));
  refuses(bench, "ENOSYS", "maintenance of a virtual span", () =>
    control.maintain(e1.near.number, maintenance.LOCALLOOP),
  );
  refuses(bench, "EINVAL", "maintenance of a span that is not there", () =>
    control.maintain(99, maintenance.RESET_COUNTERS),
  );
  control.attachEchoCanceller(port, "oslec");
  refuses(bench, "EINVAL", "a canceller that is not there", () =>
    control.attachEchoCanceller(port, "nonesuch"),
  );
  control.attachEchoCanceller(port, "");
  proveTones(bench);
  proveDynamicSpans(bench);
}

function proveTones(bench: Bench): void {
  const context: Context = bench.context;
  const { control } = bench;
  const before = control.dialParams();
  control.setDialParams({ dtmfMs: 80 });
  context.equal(control.dialParams(), { ...before, dtmfMs: 80 }, "one tone's length changed");
  control.setDialParams({ dtmfMs: 100 });

  context.equal(control.loadToneZone("fr"), driver.findToneZone("fr")?.number, "the French zone");
  control.setDefaultToneZone(2);
  control.setDefaultToneZone(0);
  refuses(bench, "EINVAL", "a default zone that is not loaded", () => control.setDefaultToneZone(99));
  control.defineToneZone({
    number: 100,
    country: "xx",
    description: "Lab",
    ringCadence: [1000, 2000],
    tones: { 0: "400", 1: "400/500,0/500" },
  });
  control.freeToneZone(100);
  let refused = "";
  try {
    control.loadToneZone("zz");
  } catch (error) {
    refused = error instanceof TypeError && "code" in error ? String(error.code) : String(error);
  }
  context.equal(refused, "ERR_ARGUMENT", "a country that libtonezone does not know");
}

function proveDynamicSpans(bench: Bench): void {
  const context: Context = bench.context;
  const { control, bri } = bench;
  const [channels, timing] = [3, 0];
  const first = control.createDynamicSpan({ driver: "loc", address: "9:0", channels, timing });
  context.equal(control.spanStatus(first).totalChannels, 3, "a new span");
  context.equal(control.spanStatus(first).configuredChannels, 0, "with no channel configured");
  refuses(bench, "EEXIST", "the same address again", () =>
    control.createDynamicSpan({ driver: "loc", address: "9:0", channels, timing }),
  );
  control.destroyDynamicSpan({ driver: "loc", address: "9:0" });
  refuses(bench, "EINVAL", "the span afterwards", () => control.spanStatus(first));
  refuses(bench, "EINVAL", "destroying it again", () =>
    control.destroyDynamicSpan({ driver: "loc", address: "9:0" }),
  );
  const open = driver.openChannel(channelAt(bri.far, 1));
  refuses(bench, "EBUSY", "destroying a span in use", () =>
    control.destroyDynamicSpan({ driver: "loc", address: bri.far.address }),
  );
  open.close();
}
