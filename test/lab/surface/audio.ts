// What a channel does with audio and frames: modes, buffers, laws, gains, loops, echo cancellers, conferences, HDLC.
import { setTimeout as sleep } from "node:timers/promises";
import { driver } from "node-dahdi";
import type { Context } from "../support/scenario.ts";
import { channelAt } from "../support/spans.ts";
import { hear, heard, loud, readAll, refuses, withBoth, type Bench } from "./tools.ts";

const { flush, ioMux, conferenceMode, signalling, tones } = driver.constants;

export async function proveAudio(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { e1 } = bench;
  await withBoth(e1, 1, async (near, far) => {
    const number = channelAt(e1.near, 1);
    context.equal(near.channelNumber(), number, "the channel's number");
    refuses(bench, "EBUSY", "opening it again", () => driver.openChannel(number));
    refuses(bench, "EINVAL", "opening one that is not there", () => driver.openChannel(1000));
    for (const channel of [near, far]) {
      refuses(bench, "EINVAL", "linear audio in no audio mode", () => channel.setLinear(true));
      channel.setAudioMode(true);
      channel.setLaw("alaw");
      channel.setBlockSize(80);
      context.equal(channel.blockSize(), 80, "block size");
      channel.setBufferInfo({ txPolicy: "half-full", count: 8, size: 160 });
      const { txPolicy, count, size } = channel.bufferInfo();
      context.equal([txPolicy, count, size], ["half-full", 8, 160], "buffers");
      channel.setBufferInfo({ txPolicy: "immediate", count: 8, size: 160 });
      channel.setBufferEvents(false);
    }
    refuses(bench, "EINVAL", "buffers beyond what the driver has", () =>
      near.setBufferInfo({ txPolicy: "immediate", count: 32, size: 8192 }),
    );
    context.equal(
      near.ioMux(ioMux.WRITE | ioMux.WRITEEMPTY),
      ioMux.WRITE | ioMux.WRITEEMPTY,
      "room to write",
    );

    // Audio crosses byte by byte, and without a gap: what is sent begins when half of the buffers are full.
    near.setBufferInfo({ txPolicy: "half-full", count: 8, size: 160 });
    far.flush(flush.READ);
    const arriving = readAll(far, 6000, 3000);
    const pattern = Buffer.from(Array.from({ length: 640 }, (_, index) => 1 + (index % 200)));
    const taken = [0, 160, 320, 480].map((at) => near.write(pattern.subarray(at, at + 160)));
    await near.sync();
    context.equal(taken, [160, 160, 160, 160], "four blocks taken");
    context.check((await arriving).includes(pattern), "the pattern arrives whole at the other end");
    near.setBufferInfo({ txPolicy: "immediate", count: 8, size: 160 });
    for (let full = 0; full < 20 && near.write(pattern.subarray(0, 160)) > 0; full++);
    context.equal(near.write(pattern), 0, "a full channel takes nothing");
    near.flush(flush.ALL);
    await near.sync();

    near.setLinear(true);
    const linear = await readAll(near, 320, 1000);
    context.check(linear.length >= 320, "linear audio");
    near.setLinear(false);
    const gains = near.gains();
    context.equal([gains.rx.length, gains.tx[3]], [256, 3], "gains that change nothing");
    near.setGains({ rx: gains.rx, tx: Buffer.alloc(256, 0x2a) });
    context.equal(near.gains().tx[3], 0x2a, "gains that do");
    near.setGains(gains);
    near.setLaw("ulaw");
    near.setLaw("default");
    near.setLaw("alaw");

    far.setLoopback(true);
    near.flush(flush.ALL);
    near.sendTone(tones.DIALTONE);
    await sleep(200);
    near.flush(flush.READ);
    context.check(loud(await readAll(near, 800, 1500)), "a looped channel gives the dial tone back");
    near.sendTone(tones.STOP);
    far.setLoopback(false);
    for (const work of [() => near.receiveMirror(2), () => near.transmitMirror(2)])
      refuses(bench, "ENOTTY", "mirrors, which this driver was built without", work);
    refuses(bench, "EINVAL", "hook on a clear channel", () => near.hook("off-hook"));
    refuses(bench, "EINVAL", "CAS bits on a clear channel", () => near.setTxBits(5));
    context.equal(near.signallingFreeze(), false, "no freeze");
    near.setSignallingFreeze(true);
    context.equal(near.signallingFreeze(), true, "a freeze");
    near.setSignallingFreeze(false);
    context.equal(near.spanStatus().number, e1.near.number, "the channel's span");
    context.equal(near.params().number, number, "the channel's parameters");
  });
  await proveEcho(bench);
  await proveConferences(bench);
}

async function proveEcho(bench: Bench): Promise<void> {
  const number = channelAt(bench.e1.near, 2);
  const attach = (name: string): void => bench.control.attachEchoCanceller(number, name);
  await withBoth(bench.e1, 2, (near) => {
    refuses(bench, "EINVAL", "a canceller in no audio mode", () => near.setEchoCancel(128));
    near.setAudioMode(true);
    refuses(bench, "EINVAL", "training without a canceller", () => near.trainEchoCancel(100));
    refuses(bench, "EINVAL", "fax mode without a canceller", () => near.setEchoCancelFaxMode(true));
    attach("mg2");
    near.setEchoCancel(128);
    near.setEchoCancelParams(256, { aggressive: 1 });
    near.trainEchoCancel(200);
    near.setEchoCancelFaxMode(true);
    near.setEchoCancelFaxMode(false);
    refuses(bench, "EINVAL", "a parameter that it does not know", () =>
      near.setEchoCancelParams(128, { nonesuch: 1 }),
    );
    near.setEchoCancel(0);
    attach("");
  });
}

async function proveConferences(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { e1 } = bench;
  await withBoth(e1, 3, async (near, far) => {
    const pseudo = driver.openPseudo();
    try {
      refuses(bench, "EINVAL", "a conference in no audio mode", () =>
        near.setConference({ conference: -1, mode: conferenceMode.CONF }),
      );
      for (const channel of [near, far]) {
        channel.setAudioMode(true);
        channel.setLaw("alaw");
      }
      pseudo.setLaw("alaw");
      const talking = conferenceMode.CONF | conferenceMode.TALKER | conferenceMode.LISTENER;
      const joined = near.setConference({ conference: -1, mode: talking });
      context.check(joined.conference > 0, `a free conference: ${joined.conference}`);
      context.equal(near.conference(), joined, "the conference it is in");
      context.equal(joined.mode, talking, "its mode");
      pseudo.setConference({ conference: joined.conference, mode: talking });
      far.sendTone(tones.DIALTONE);
      await sleep(300);
      pseudo.flush(flush.READ);
      context.check(loud(await readAll(pseudo, 1600, 1500)), "the conference hears the far end");
      far.sendTone(tones.STOP);
      near.setConferenceMute(true);
      context.equal(near.conferenceMute(), true, "muted");
      near.setConferenceMute(false);
      near.setConference({ conference: 0, mode: conferenceMode.NORMAL });
      for (const mode of [
        conferenceMode.MONITOR,
        conferenceMode.MONITORBOTH,
        conferenceMode.MONITOR_RX_PREECHO,
      ])
        pseudo.setConference({ conference: near.channelNumber(), mode });
      pseudo.setConference({ conference: 0, mode: 0 });
      refuses(bench, "EINVAL", "a mode without a conference", () =>
        pseudo.setConference({ conference: 0, mode: 4 }),
      );
    } finally {
      pseudo.close();
    }
  });
}

export async function proveFrames(bench: Bench): Promise<void> {
  const context: Context = bench.context;
  const { control, e1, bri } = bench;
  await withBoth(e1, 16, async (near, far) => {
    const frames: string[] = [];
    near.onFrame((frame) => frames.push(Buffer.from(frame).toString("hex")));
    await sleep(100);
    context.equal(far.sendFrame(Buffer.from("02017f", "hex")), true, "a frame is taken");
    context.equal(far.sendFrame(Buffer.from("02017f0102030405", "hex")), true, "and another");
    await context.until("two frames", () => frames.length >= 2);
    context.equal(frames, ["02017f", "02017f0102030405"], "without their FCS");
    refuses(bench, "EINVAL", "audio mode on a D-channel", () => near.setAudioMode(true));
    // A D-channel takes what its buffers hold, and then no more.
    const taken = Array.from({ length: 100 }, () => near.sendFrame(Buffer.alloc(200, 1))).filter(
      Boolean,
    ).length;
    context.check(taken >= 1 && taken < 100, `${taken} of 100 frames taken at once`);
  });
  // A clear channel as HDLC, and a frame whose FCS is wrong.
  await withBoth(bri, 1, async (near, far) => {
    near.setHdlcRate(64);
    near.setHdlcFcsMode(true);
    far.setHdlcRawMode(true);
    const told = hear(near);
    await sleep(100);
    far.write(Buffer.from("0201030405060708090a", "hex"));
    await heard(context, told, "BADFCS");
  });
  refuses(bench, "EINVAL", "a mode of no clear channel", () => {
    const port = driver.openChannel(channelAt(bench.analog.near, 1));
    try {
      port.setHdlcFcsMode(true);
    } finally {
      port.close();
    }
  });
  context.equal(
    control.params(channelAt(bri.near, 1)).signalling,
    signalling.CLEAR,
    "and clear again after close",
  );
}
