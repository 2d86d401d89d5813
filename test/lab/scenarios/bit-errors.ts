// The bit error test on timeslots of the real driver: none on good channels, and each that the far end makes.
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import type { Reply } from "../../../src/web/api/routes.ts";
import { openPort } from "../support/bare.ts";
import { startAppliance } from "../support/appliance.ts";
import { mainFlow } from "../support/box.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf, type SpanPlace } from "../support/spans.ts";

const seconds = 10;
/** One bit in so many is sent wrong. */
const wrong = [10_000, 1000, 100];

export const scenario: Scenario = {
  name: "bit-errors",
  description: "a bit error test per timeslot: none on good channels, each injected one is found",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 200,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const engine = createMediaEngine();
    context.onClose(() => engine.close());
    const open = (span: SpanPlace, position: number) => openPort(context, engine, span, position).port;
    const good = [1, 2, 3].flatMap((position) => [open(near, position), open(far, position)]);
    const bad = wrong.map((errorEvery, i) => {
      const [here, there] = [open(near, 10 + i), open(far, 10 + i)];
      return { errorEvery, here, there };
    });
    await context.sleep(1000);
    const tests = good.map((port) => port.testBits());
    const found = bad.map(({ errorEvery, here, there }) => {
      there.testBits({ errorEvery });
      return { errorEvery, test: here.testBits() };
    });
    await context.sleep(seconds * 1000);
    for (const [i, test] of tests.entries()) {
      const { bits, errors, losses, locked } = test.read();
      context.log(`end ${i}: ${bits} bits, ${errors} errors`);
      context.prove(bits > (seconds - 1) * 64_000, `end ${i}: ${bits} bits were looked at`);
      context.equal([errors, losses, locked], [0, 0, true], `end ${i}: errors, losses, pattern`);
    }
    for (const { errorEvery, test } of found) {
      const { bits, errors, losses, locked } = test.read();
      context.log(`one in ${errorEvery}: ${errors} errors in ${bits} bits`);
      context.prove(
        locked && losses === 0 && bits > (seconds - 1) * 64_000,
        `one in ${errorEvery}: ${bits} bits`,
      );
      context.near(errors, bits / errorEvery, 1, `one in ${errorEvery}: errors found`);
    }
    for (const test of tests) test.stop();
    for (const port of [...good, ...bad.flatMap(({ here, there }) => [here, there])]) await port.close();

    // As a technician does it: the timeslot out of service, the same test at the far end, and then none.
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const appliance = await startAppliance(context, { settings, flows: { main: mainFlow } });
    const there = open(far, 5).testBits();
    const line = `${near.number}%2F5`;
    const count = async () =>
      (await appliance.send("POST", `/lines/${line}/bit-errors`, {
        seconds: 5,
      })) as Reply<"POST /lines/:id/bit-errors">;
    await appliance.send("POST", `/lines/${line}/block`, { when: "now" });
    const whole = await count();
    context.log(`appliance: ${JSON.stringify(whole)}`);
    context.prove(whole.bits > 4 * 64_000, `the appliance: ${whole.bits} bits were looked at`);
    context.equal(
      [whole.errors, whole.losses, whole.locked],
      [0, 0, true],
      "the appliance: errors, losses, pattern",
    );
    there.stop();
    // What is still on its way.
    await context.sleep(500);
    const none = await count();
    context.equal([none.bits, none.locked], [0, false], "a far end that sends nothing back: bits, pattern");
    await appliance.stop();
    await engine.close();
  },
};
