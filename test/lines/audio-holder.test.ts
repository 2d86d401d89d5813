// One media port at a time on a channel, and the channel closed only after it.
import t from "tap";
import { createAudioHolder } from "../../src/lines/audio-holder.ts";
import { createFakeMedia, type FakePort } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";

function rig(inCall = true) {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const log: string[] = [];
  const loudness = { inCall: () => inCall, changed: () => void log.push("too loud") };
  const holder = createAudioHolder(
    { media, clock },
    {
      loudness,
      acquire() {
        log.push("channel open");
        return { kind: "pair", pair: "p", side: "near", law: "alaw" };
      },
      release: () => void log.push("channel closed"),
    },
  );
  /** Makes the port that is open close only when told. */
  const slow = () => {
    const gate = Promise.withResolvers<undefined>();
    const port = media.openPorts[0] as FakePort & { close: () => Promise<void> };
    const close = port.close.bind(port);
    port.close = async () => {
      await gate.promise;
      await close();
      log.push("port closed");
    };
    return () => gate.resolve(undefined);
  };
  return { clock, media, log, holder, slow };
}

t.test("port first, then channel", async (t) => {
  const { holder, log, slow } = rig();
  t.equal(holder.open(), undefined, "at once");
  t.ok(holder.port);
  void holder.open();
  const finish = slow();
  const closed = holder.close();
  t.equal(holder.port, undefined);
  t.strictSame(log, ["channel open"]);
  finish();
  await closed;
  t.strictSame(log, ["channel open", "port closed", "channel closed"]);
});

t.test("opened again while closing: the new port waits", async (t) => {
  const { holder, log, slow } = rig();
  void holder.open();
  const finish = slow();
  void holder.close();
  const opened = holder.open();
  t.ok(opened);
  t.equal(holder.port, undefined);
  finish();
  await opened;
  t.ok(holder.port);
  t.strictSame(log, ["channel open", "port closed", "channel closed", "channel open"]);
});

t.test("closed while waiting to open: nothing opens", async (t) => {
  const { holder, media, slow } = rig();
  void holder.open();
  const finish = slow();
  void holder.close();
  const opened = holder.open();
  const closed = holder.close();
  finish();
  await Promise.all([opened, closed]);
  t.equal(holder.port, undefined);
  t.equal(media.openPorts.length, 0);
});

t.test("an engine that refuses leaves the channel closed", async (t) => {
  const { holder, media, log } = rig();
  await media.close();
  t.throws(() => holder.open(), { code: "ERR_CLOSED" });
  t.strictSame(log, ["channel open", "channel closed"]);
  await holder.close();
});

t.test("a call that comes in too loud is remembered once, a test is not", async (t) => {
  const { clock, media, holder, log } = rig();
  void holder.open();
  t.equal(holder.tooLoud, undefined);
  await clock.advance(5000);
  const clipping = (share: number) => media.all.at(-1)?.notice({ type: "clipping", clipping: true, share });
  clipping(0.03);
  clipping(0.2);
  t.same(holder.tooLoud, { at: clock.now(), share: 0.03 });
  t.same(log, ["channel open", "too loud"]);
  await holder.close();
  t.same(holder.tooLoud?.share, 0.03, "the last call's");
  void holder.open();
  clipping(0.04);
  t.same(holder.tooLoud?.share, 0.04);
  const test = rig(false);
  void test.holder.open();
  test.media.all[0]?.notice({ type: "clipping", clipping: true, share: 0.5 });
  t.equal(test.holder.tooLoud, undefined);
});
