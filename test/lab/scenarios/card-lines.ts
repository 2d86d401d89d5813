// The appliance on a card: it drives its lines as the settings say, moves its clock, shows alarms and counters with their
// words, takes back a framing that the exchange does not speak, and outlives the card being pulled out.
import { execFileSync } from "node:child_process";
import { startAppliance } from "../support/appliance.ts";
import {
  baseline,
  changeResult,
  patientFlow,
  proveNothingLeft,
  spansInOrder,
  tryChange,
} from "../support/box.ts";
import { card, cardPort } from "../support/driver.ts";
import { isdnEnd, sendDtmf } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { officeSettings } from "../support/office.ts";
import type { Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

/** DAHDI_ALARM_YELLOW and DAHDI_ALARM_BLUE. */
const yellow = 4;
const blue = 16;

export const scenario: Scenario = {
  name: "card-lines",
  description:
    "on a card: framing, clock sources, alarms, counters, slips; a wrong framing goes back; pulled and put in",
  spans: [{ kind: "E1" }, { kind: "E1" }],
  hardware: "card",
  timeoutSeconds: 400,
  async run(context) {
    const pairs = [pairOf(context.layout), pairOf(context.layout, 1)] as const;
    const [one, two] = [pairs[0].near, pairs[1].near];
    const exchange = (index: 0 | 1, name: string) =>
      isdnPeer(context, { span: pairs[index].far, role: "network", name });
    const network = await exchange(0, "exchange");
    let second = await exchange(1, "second");
    const base = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const spans = base.spans.map((span) => ({ ...span, lineConfig: { clockRank: span.span } }));
    const settings = { ...base, spans };
    const appliance = await startAppliance(context, { settings, flows: { main: patientFlow } });
    await network.expect({ event: "up" }, 30_000);
    await second.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);
    const spanOf = async (number: number) =>
      (await appliance.get("GET /lines")).spans.find((span) => span.number === number);
    const call = async (id: string, from = second) => {
      from.send("call", { id, called: "5550100", calling: "13800001000" });
      await from.expect({ event: "answered", call: id });
    };

    const usual = { framing: "ccs", coding: "hdb3", crc4: true, lineBuildOut: 0 };
    context.equal(
      [cardPort(one)["rank"], cardPort(two)["rank"], cardPort(one)["lineconfig"]],
      ["1", "2", "0x700"],
      "what the card was told: ranks, CCS and HDB3 and CRC-4",
    );
    const { line } = (await spanOf(1)) ?? {};
    context.equal({ ...line, ...usual }, line, "what the card says of its line");
    await context.until("the clock comes from span 1", async () => (await spanOf(2))?.syncSource === 1);

    // A short cut: the call stays (T309, 6 s).
    await call("stays", network);
    const cut = async (): Promise<void> => {
      card(`cut ${one.address}`);
      await context.until("RED and LOS are shown", async () => {
        const alarms = (await spanOf(1))?.alarms ?? [];
        return ["RED", "LOS"].every((name) => alarms.includes(name));
      });
    };
    const join = async (): Promise<void> => {
      card(`join ${one.address}`);
      await context.until("the alarm is over", async () => (await spanOf(1))?.alarms.length === 0);
    };
    await cut();
    await join();
    await context.sleep(3000);
    context.equal((await appliance.get("GET /calls")).calls.length, 1, "calls after a short alarm");
    const log = (await spanOf(1))?.alarmLog.map(({ alarm, count }) => [alarm, count]);
    context.log(`alarm log: ${JSON.stringify(log)}`);
    context.prove(
      log?.some(([alarm, count]) => alarm === "LOS" && count === 1) ?? false,
      "LOS once, in the log",
    );
    await sendDtmf(isdnEnd(network, "stays"), "1");
    await network.expect({ event: "released", call: "stays" }, 20_000);

    // A longer one: the clock moves, and comes back. Spans are looked at every ten seconds, longer than T309.
    await cut();
    await context.until(
      "the clock comes from span 2",
      async () => (await spanOf(1))?.syncSource === 2,
      20_000,
    );
    await join();
    await context.until(
      "the clock comes from span 1 again",
      async () => (await spanOf(1))?.syncSource === 1,
      20_000,
    );
    await spansInOrder(context, appliance);

    // What the framer reports besides, and what it counts.
    for (const [mask, name] of [
      [yellow, "YELLOW"],
      [blue, "BLUE"],
    ] as const) {
      card(`alarm ${one.address} ${mask}`);
      await context.until(`${name} is shown`, async () => (await spanOf(1))?.alarms.includes(name) ?? false);
      card(`alarm ${one.address} 0`);
      await context.until("it is over", async () => (await spanOf(1))?.alarms.length === 0);
    }
    const counted = {
      ...{ bpv: "bipolarViolations", cv: "codeViolations", crc4: "crc4Errors", ebit: "eBitErrors" },
      ...{ fas: "frameAlignmentErrors", fe: "framingErrors", be: "bitErrors", errsec: "erroredSeconds" },
      slips: "timingSlips",
    };
    Object.keys(counted).forEach((name, index) => card(`count ${one.address} ${name} ${index + 3}`));
    const expected = Object.values(counted).map((name, index) => `${name} ${index + 3}`);
    await context.until("every counter is shown", async () => {
      const shown =
        (await spanOf(1))?.counters.map(({ counter, sinceStart }) => `${counter} ${sinceStart}`) ?? [];
      return expected.every((text) => shown.includes(text));
    });

    // A framing that the exchange does not speak: the D-channel goes, the change comes back, a call elsewhere goes on.
    await call("goes-on");
    const wrong = spans.map((span) =>
      span.span === 1 ? { ...span, lineConfig: { ...span.lineConfig, framing: "cas" as const } } : span,
    );
    await tryChange(context, appliance, wrong, 120);
    await context.until("the card frames otherwise", () => cardPort(one)["lineconfig"] === "0x600");
    const lost = await changeResult(context, appliance);
    context.equal(
      [lost?.outcome, lost?.reason, lost?.lost],
      ["taken-back", "data-link", [1]],
      "the wrong framing",
    );
    context.equal(cardPort(one)["lineconfig"], "0x700", "what the card was told back");
    await spansInOrder(context, appliance);
    await sendDtmf(isdnEnd(second, "goes-on"), "1");
    const { cause } = await second.expect({ event: "disconnect", call: "goes-on" }, 20_000);
    context.equal(cause, 16, "the other call, ended by its caller's key");
    await second.expect({ event: "released", call: "goes-on" });
    await proveNothingLeft(context, appliance, before);

    // Pulled out under a call, and put in again.
    await call("pulled");
    await network.quit();
    await second.quit();
    card("remove 1");
    await context.until(
      "its spans are gone",
      async () => (await appliance.get("GET /lines")).spans.length === 0,
    );
    await context.until(
      "its call has ended",
      async () => (await appliance.get("GET /calls")).calls.length === 0,
    );
    card("insert 1");
    execFileSync("dahdi_cfg");
    await context.until(
      "its spans are back",
      async () => (await appliance.get("GET /lines")).spans.length === 2,
    );
    await exchange(0, "exchange-again");
    second = await exchange(1, "second-again");
    const again = await baseline(context, appliance);
    context.equal(cardPort(one)["rank"], "1", "the rank that the card is told again");
    await call("after");
    await context.sleep(3000);
    await sendDtmf(isdnEnd(second, "after"), "1");
    await second.expect({ event: "released", call: "after" }, 20_000);
    await proveNothingLeft(context, appliance, again);
    const records = await appliance.records();
    context.equal(
      records.map(({ endedBy }) => endedBy),
      ["box", "box", "fault", "box"],
      "who ended the calls",
    );
    await appliance.stop();
  },
};
