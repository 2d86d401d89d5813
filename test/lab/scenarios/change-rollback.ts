// A change of lines on trial, on the real driver: one that breaks a D-channel goes back by itself, one that nobody
// confirms as well, and calls on other spans do not notice.
import { startAppliance } from "../support/appliance.ts";
import {
  baseline,
  changeResult,
  patientFlow,
  proveNothingLeft,
  spansInOrder,
  tryChange,
} from "../support/box.ts";
import { isdnEnd, sendDtmf } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { menuCall } from "../support/menu-call.ts";
import { officeSettings } from "../support/office.ts";
import type { Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "change-rollback",
  description:
    "a change that breaks a D-channel, and one that nobody confirms, go back by themselves; other calls go on",
  spans: [{ kind: "E1" }, { kind: "BRI" }],
  timeoutSeconds: 300,
  async run(context) {
    const network = await isdnPeer(context, {
      span: pairOf(context.layout).far,
      role: "network",
      name: "exchange",
    });
    const other = await isdnPeer(context, {
      span: pairOf(context.layout, 1).far,
      role: "network",
      name: "second",
    });
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const appliance = await startAppliance(context, { settings, flows: { main: patientFlow } });
    await network.expect({ event: "up" }, 30_000);
    await other.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);

    other.send("call", { id: "goes-on", called: "5550100", calling: "13800001000" });
    await other.expect({ event: "answered", call: "goes-on" });
    network.send("call", { id: "ends", called: "5550100", calling: "13800002000" });
    await network.expect({ event: "answered", call: "ends" });

    // Both sides the network's: the data link cannot come up.
    const broken = settings.spans.map((span) =>
      span.span === 1 ? { ...span, side: "network" as const } : span,
    );
    await tryChange(context, appliance, broken, 120);
    const cleared = await network.expect({ event: "disconnect", call: "ends" });
    context.log(`the call on the changed span: cause ${String(cleared["cause"])}`);
    const lost = await changeResult(context, appliance);
    context.equal(
      [lost?.outcome, lost?.reason, lost?.lost],
      ["taken-back", "data-link", [1]],
      "the broken change",
    );
    await spansInOrder(context, appliance);
    const first = await menuCall(context, network, {
      ...{ id: "after", called: "5550100", calling: "13800003000", ends: "box" as const },
    });

    // A change that works, and that nobody confirms.
    const restarts = settings.spans.map((span) => (span.span === 1 ? { ...span, overlap: true } : span));
    await tryChange(context, appliance, restarts, 15);
    await spansInOrder(context, appliance);
    const unconfirmed = await changeResult(context, appliance);
    context.equal(
      [unconfirmed?.outcome, unconfirmed?.reason],
      ["taken-back", "unconfirmed"],
      "nobody's word",
    );

    // The same, confirmed.
    await spansInOrder(context, appliance);
    await tryChange(context, appliance, restarts, 60);
    await spansInOrder(context, appliance);
    await appliance.send("POST", "/lines/change/confirm");
    const kept = await appliance.get("GET /settings");
    context.equal(kept.settings.spans[0]?.overlap, true, "the confirmed change stays");
    await appliance.send("PUT", "/settings/spans", { revision: kept.revision, value: settings.spans });
    await spansInOrder(context, appliance);
    await appliance.send("POST", "/lines/change/confirm");

    context.equal(
      other.history.filter(({ event }) => event === "disconnect" || event === "released").length,
      0,
      "ends of calls on the other span",
    );
    await sendDtmf(isdnEnd(other, "goes-on"), "1");
    const { cause } = await other.expect({ event: "disconnect", call: "goes-on" }, 20_000);
    context.equal(cause, 16, "the other call, ended by its caller's key");
    await other.expect({ event: "released", call: "goes-on" });
    first();
    await proveNothingLeft(context, appliance, before);
    await appliance.stop();
  },
};
