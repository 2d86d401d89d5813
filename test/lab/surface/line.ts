// What ports do with hook, ringing, tones and CAS bits.
import { setTimeout as sleep } from "node:timers/promises";
import { driver } from "node-dahdi";
import type { Context } from "../support/scenario.ts";
import { channelAt } from "../support/spans.ts";
import { hear, heard, loud, readAll, refuses, withBoth, type Bench } from "./tools.ts";

const { signalling, tones, flush } = driver.constants;

export async function proveHook(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { analog } = bench;
  await withBoth(analog, 1, async (fxo, fxs) => {
    const [atFxo, atFxs] = [hear(fxo), hear(fxs)];
    await sleep(2500);
    fxs.setCadence([600, 600]);
    context.equal(fxs.hook("ring"), "in-progress", "ringing");
    await heard(context, atFxs, "RINGEROFF");
    await heard(context, atFxs, "RINGERON");
    await heard(context, atFxo, "RINGBEGIN");
    await heard(context, atFxo, "RINGOFFHOOK");
    refuses(bench, "EBUSY", "ringing twice", () => fxs.hook("ring"));
    context.equal(fxs.hook("ring-off"), "done", "no more ringing");
    fxs.setCadence(undefined);

    context.equal(fxo.hook("off-hook"), "done", "answered");
    await heard(context, atFxs, "RINGOFFHOOK");
    fxs.hook("off-hook");
    await sleep(1000);
    context.equal(fxo.params().txHookSignal >= 0, true, "a hook signal");
    context.equal(fxs.params().rxOffHook, true, "the FXS port sees the loop closed");
    refuses(bench, "EBUSY", "a wink of a port that is off hook", () => fxo.hook("wink"));
    context.equal(fxo.hook("flash"), "in-progress", "a flash");
    await heard(context, atFxo, "HOOKCOMPLETE");
    await heard(context, atFxs, "WINKFLASH");
    fxo.dial("replace", "P12");
    await heard(context, atFxs, "PULSE_START", 2);
    await heard(context, atFxs, "PULSEDIGIT:2");
    await heard(context, atFxo, "DIALCOMPLETE");
    fxs.hook("on-hook");
    await heard(context, atFxo, "ONHOOK");
    refuses(bench, "EBUSY", "off hook while the loop is open", () => fxs.hook("off-hook"));
    fxo.hook("on-hook");
    await heard(context, atFxs, "HOOKCOMPLETE");
    await heard(context, atFxs, "ONHOOK");
    context.check(
      atFxs.times.every((time, index) => time >= (atFxs.times[index - 1] ?? 0)),
      "events are stamped in order",
    );

    // What virtual spans do not carry ends in the driver's own words.
    const absent: readonly (readonly [string, () => unknown])[] = [
      ["polarity", () => fxs.setPolarity(true)],
      ["on-hook transfer", () => fxs.onHookTransfer(1000)],
      ["message waiting", () => fxs.setMessageWaiting(1)],
      ["message waiting's kind", () => fxs.configureMessageWaiting(1)],
      ["hardware gain", () => fxs.setHardwareGain("tx", -3.5)],
      ["tone detection", () => fxs.setToneDetect(1)],
    ];
    for (const [what, work] of absent) refuses(bench, "ENOTTY", what, work);
    fxo.setParams({ flashTime: 300, debounceTime: 600 });
    context.equal([fxo.params().flashTime, fxo.params().debounceTime], [300, 600], "times of an open port");
    fxs.onEvent(undefined);
    fxo.hook("off-hook");
    await context.until("an event that nobody listens to", () => fxs.nextEvent() !== undefined);
  });
}

export async function proveTones(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { analog } = bench;
  await withBoth(analog, 2, async (fxs, fxo) => {
    for (const port of [fxs, fxo]) port.setLaw("alaw");
    const told = hear(fxs);
    fxs.setToneZone(2);
    context.equal(fxs.toneZone(), 2, "the French zone");
    refuses(bench, "ENODATA", "a zone that is not loaded", () => fxs.setToneZone(77));
    fxs.sendTone(tones.DIALTONE);
    await sleep(200);
    fxo.flush(flush.READ);
    context.check(loud(await readAll(fxo, 1600, 2000)), "dial tone");
    fxs.sendTone(tones.STOP);
    await sleep(300);
    fxo.flush(flush.READ);
    context.check(!loud(await readAll(fxo, 1600, 2000)), "silence");
    fxs.dial("append", "T159D");
    context.equal(fxs.dialing(), true, "dialling");
    fxo.flush(flush.READ);
    context.check(loud(await readAll(fxo, 1600, 2000)), "DTMF");
    await heard(context, told, "DIALCOMPLETE");
    context.equal(fxs.dialing(), false, "dialled");
    fxs.dial("replace", "M*123#");
    await heard(context, told, "DIALCOMPLETE", 2);
    fxs.dial("replace", "WWWW1");
    fxs.dial("cancel");
    context.equal(fxs.dialing(), false, "cancelled");
    fxs.dial("append", `T${"1".repeat(200)}`);
    refuses(bench, "EBUSY", "more digits than the queue holds", () => fxs.dial("append", "2".repeat(100)));
    fxs.dial("cancel");
    fxs.sendTone(tones.DTMF_BASE + 5);
    fxs.sendTone(tones.STOP);
  });
}

export async function proveCas(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { control, bri } = bench;
  const numbers = [channelAt(bri.near, 2), channelAt(bri.far, 2)];
  for (const channel of numbers)
    control.configureChannel({ channel, signalling: signalling.CAS, idleBits: 0b1101 });
  await withBoth(bri, 2, async (near, far) => {
    await sleep(300);
    const told = hear(far);
    near.setTxBits(0b1001);
    await context.until("the bits", () => (far.rxBits() & 0xf) === 0b1001);
    await heard(context, told, "BITSCHANGED");
    near.setTxBits(0b0101);
    await context.until("other bits", () => (far.rxBits() & 0xf) === 0b0101);
    refuses(bench, "EINVAL", "hook on a CAS channel", () => near.hook("off-hook"));
  });
  for (const channel of numbers)
    control.configureChannel({ channel, signalling: signalling.CLEAR, law: "alaw" });
}
