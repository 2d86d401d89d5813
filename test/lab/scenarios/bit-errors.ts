// The bit error test on timeslots of the real driver: none on good channels, and the rate that a loop at the far end makes.
import { driver } from "node-dahdi";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import { loopWithErrors } from "../../support/bad-loop.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf, type SpanPlace } from "../support/spans.ts";
import { decodeAlaw } from "../support/wav.ts";

const seconds = 10;
const rates = [1e-4, 1e-3, 1e-2];

export const scenario: Scenario = {
  name: "bit-errors",
  description: "a bit error test per timeslot: none on good channels, an injected rate is found",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 120,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const engine = createMediaEngine();
    context.onClose(() => engine.close());
    const open = (span: SpanPlace, position: number) => {
      const channel = driver.openChannel(channelAt(span, position));
      context.onClose(() => channel.close());
      channel.setAudioMode(true);
      channel.setLaw("alaw");
      return engine.open({ kind: "dahdi", channel, law: "alaw" });
    };
    const good = [1, 2, 3].flatMap((position) => [open(near, position), open(far, position)]);
    const loops = rates.map((rate, i) => {
      const [here, there] = [open(near, 10 + i), open(far, 10 + i)];
      const stream = engine.openStream();
      there.connect(stream);
      return { rate, here, loop: loopWithErrors(stream, rate, (code) => decodeAlaw(code), i + 1) };
    });
    await context.sleep(1000);
    const tests = good.map((port) => port.testBits());
    const looped = loops.map((one) => ({ ...one, test: one.here.testBits() }));
    await context.sleep(seconds * 1000);
    for (const [i, test] of tests.entries()) {
      const { bits, errors, losses, locked } = test.read();
      context.log(`end ${i}: ${bits} bits, ${errors} errors`);
      context.prove(bits > (seconds - 1) * 64_000, `end ${i}: ${bits} bits were looked at`);
      context.equal([errors, losses, locked], [0, 0, true], `end ${i}: errors, losses, pattern`);
    }
    for (const { rate, loop, test } of looped) {
      const { bits, errors, locked } = test.read();
      const made = (loop.counts.turned / loop.counts.bits) * bits;
      context.log(`rate ${rate}: ${errors} of ${bits}, ${made.toFixed(0)} made`);
      context.prove(
        locked && bits > (seconds - 2) * 64_000,
        `rate ${rate}: the pattern comes back, ${bits} bits`,
      );
      context.near(errors, made, 5 * Math.sqrt(made) + 5, `rate ${rate}: errors found of those made`);
    }
    await engine.close();
  },
};
