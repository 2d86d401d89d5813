// A card that nobody has configured: the appliance puts it to use by itself, with the timeslots that its settings say; also
// when it is plugged in later. Its spans keep their numbers by the file that the command writes.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startAppliance } from "../support/appliance.ts";
import { baseline, mainFlow, outline, proveNothingLeft } from "../support/box.ts";
import { callsOut } from "../support/bridged-call.ts";
import { card, cardPort, unloadDriver } from "../support/driver.ts";
import { analogFar } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { menuCall } from "../support/menu-call.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";
import { root } from "../support/vm.ts";

export const scenario: Scenario = {
  name: "card-new",
  description:
    "a card without configuration is put to use, a fractional E1 by its timeslots; numbers are kept",
  spans: [{ kind: "E1" }, { kind: "analog", near: ["fxo", "fxs"] }],
  hardware: "card",
  timeoutSeconds: 300,
  async run(context) {
    const { near, far } = pairOf(context.layout);
    // Plugged in again, it knows nothing of what dahdi_cfg told it.
    card("remove 1");
    card("insert 1");
    context.equal([cardPort(near)["running"], cardPort(near)["lineconfig"]], ["0", "0x0"], "a new card");
    const network = await isdnPeer(context, { span: far, role: "network", name: "exchange" });
    const { phones } = await analogFar(context, pairOf(context.layout, 1).far);
    const [phone] = phones;
    if (phone === undefined) throw new Error("no telephone");
    const base = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const spans = base.spans.map((span) => ({ ...span, timeslots: "1-4,20" }));
    const appliance = await startAppliance(context, {
      settings: { ...base, spans },
      flows: { main: mainFlow },
    });
    await network.expect({ event: "up" }, 30_000);
    const before = await baseline(context, appliance);
    const places = async (): Promise<readonly string[]> =>
      (await appliance.get("GET /lines")).lines.map(({ id }) => id);
    const expected = ["1/1", "1/2", "1/3", "1/4", "1/20", "2/1", "2/2"];
    context.equal(await places(), expected, "lines of the box");
    context.equal(cardPort(near)["lineconfig"], "0x700", "CCS, HDB3 and CRC-4, as usual");

    const prove = [
      await menuCall(context, network, {
        ...{ id: "in", called: "5550100", calling: "13800001000", ends: "box" },
      }),
    ];
    network.send("call", { id: "beyond", called: "5550100", calling: "13800001001", channel: 10 });
    const refused = await network.expect({ event: "released", call: "beyond" }, 20_000);
    context.equal(refused["cause"], 82, "a call on a timeslot that is not in use: no such channel");
    const channel = await callsOut(context, { network, phone, dial: "94711" });
    context.prove([1, 2, 3, 4, 20].includes(channel), `a call out on timeslot ${channel}`);
    await proveNothingLeft(context, appliance, before);

    card("remove 1");
    await context.until("the card is gone", async () => (await places()).length === 0);
    card("insert 1");
    await context.until("it is in use again", async () => (await places()).join() === expected.join());
    const again = await baseline(context, appliance);
    prove.push(
      await menuCall(context, network, {
        ...{ id: "again", called: "5550100", calling: "13800001002", ends: "caller" },
      }),
    );
    await proveNothingLeft(context, appliance, again);

    const listed = await callbox("lines", "cards");
    context.prove(/^1 +1 +E1 +1 +Callbox Callbox test card +CB-0001 +Lab slot 1$/mu.test(listed), listed);
    const conf = await callbox("lines", "system-conf", "-");
    context.prove(/^bchan=1-4,20$/mu.test(conf) && /^dchan=16$/mu.test(conf), `system.conf: ${conf}`);
    const assigned = await callbox("lines", "assigned-spans", "-");
    context.equal(assigned, "CB-0001 1:1:1 2:2:32\n", "assigned-spans.conf");
    context.equal(
      outline(await appliance.records()),
      ["in self-service 16", "out answered 16", "in self-service 16"],
      "call records",
    );
    for (const one of prove) one();
    await appliance.stop();
    await network.quit();
    await phone.peer.quit();
    proveNumbers(context);
  },
};

/** As an installer types it on the box, with nothing on standard input. */
function callbox(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      join(root, "scripts/callbox"),
      args,
      { env: { ...process.env, CALLBOX_SOCKET: "/var/lib/callbox-lab/callbox.sock" } },
      (error, out) => (error === null ? resolve(out) : reject(new Error(error.message, { cause: error }))),
    );
    child.stdin?.end();
  });
}

/** The service's own loader: the second card's spans come first, as the file says. */
function proveNumbers(context: Context): void {
  unloadDriver(context.layout);
  rmSync("/etc/dahdi/system.conf");
  writeFileSync("/etc/dahdi/modules", "callbox_testcard # the lab's\n");
  writeFileSync("/etc/dahdi/assigned-spans.conf", "CB-0002 1:1:1 2:2:32\n");
  // The VM's modules are not where modprobe looks.
  mkdirSync("/tmp/bin", { recursive: true });
  writeFileSync("/tmp/bin/modprobe", `#!/bin/sh\nexec /usr/sbin/modprobe -d "$LAB_KERNEL" "$@"\n`, {
    mode: 0o755,
  });
  if (!existsSync("/dev/dahdi/ctl")) context.log("no device nodes yet");
  execFileSync(join(root, "systemd/load-lines"), [], {
    env: { ...process.env, PATH: `/tmp/bin:${process.env["PATH"] ?? ""}` },
  });
  const numbers = (device: string): readonly string[] =>
    readdirSync(`/sys/bus/dahdi_devices/devices/${device}`)
      .filter((name) => name.startsWith("span-"))
      .sort();
  context.equal(
    [numbers("testcard:2"), numbers("testcard:1")],
    [
      ["span-1", "span-2"],
      ["span-3", "span-4"],
    ],
    "the card that the file names, then the other",
  );
  rmSync("/etc/dahdi/assigned-spans.conf");
  rmSync("/etc/dahdi/modules");
}
