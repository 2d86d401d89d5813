// The command `callbox` beside a call, on the real driver: lists, service, tests, a change kept and one taken back, an
// import, the driver's file, and a trace that replays.
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startAppliance } from "../support/appliance.ts";
import { baseline, patientFlow, proveNothingLeft, spansInOrder } from "../support/box.ts";
import { isdnEnd, sendDtmf } from "../support/ends.ts";
import { isdnPeer } from "../support/isdn.ts";
import { officeSettings } from "../support/office.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { root } from "../support/vm.ts";

interface Ran {
  readonly status: number;
  readonly output: string;
}

/** As an installer types it on the box. */
function callbox(context: Context, ...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      join(root, "scripts/callbox"),
      args,
      { env: { ...process.env, CALLBOX_SOCKET: "/var/lib/callbox-lab/callbox.sock" } },
      (error, out, err) => {
        const status = error === null ? 0 : Number(error.code ?? -1);
        context.log(`callbox ${args.join(" ")}: exit ${status}\n${out}${err}`);
        resolve({ status, output: out + err });
      },
    );
  });
}

export const scenario: Scenario = {
  name: "callbox-command",
  description: "the command callbox beside a call: service, tests, changes, an import, a trace that replays",
  // The first is the one that is changed.
  spans: [{ kind: "BRI" }, { kind: "E1" }],
  timeoutSeconds: 300,
  async run(context: Context) {
    const { far } = context.layout;
    const [, network] = await Promise.all(
      far.map((span) => isdnPeer(context, { span, role: "network", name: `exchange${span.number}` })),
    );
    context.check(network !== undefined, "two spans");
    const settings = await officeSettings(context.layout, { incoming: { flow: "main" } });
    const appliance = await startAppliance(context, { settings, flows: { main: patientFlow } });
    const before = await baseline(context, appliance);
    const says = async (expected: RegExp, ...args: readonly string[]): Promise<string> => {
      const { status, output } = await callbox(context, ...args);
      context.prove(
        status === 0 && expected.test(output),
        `callbox ${args.join(" ")} says ${String(expected)}`,
      );
      return output;
    };
    network.send("call", { id: "a", called: "5550100", calling: "13800001000" });
    await network.expect({ event: "answered", call: "a" });

    await says(/\bE1\b[\s\S]*in-use/u, "lines");
    await says(/out of service/u, "lines", "block", "2/5", "--reason", "test");
    await says(/2\/5 .*out of service/u, "lines", "list", "--span", "2");
    await says(/back in service/u, "lines", "unblock", "2/5");
    // libpri acknowledges the RESTART.
    await says(/RESTART: in order/u, "lines", "test", "2/5");

    const lines = context.file("lines.json");
    const { spans, ...rest } = JSON.parse(await says(/"spans"/u, "lines", "config")) as {
      readonly spans: readonly { readonly span: number }[];
    };
    const [first, ...others] = spans;
    writeFileSync(
      lines,
      JSON.stringify({ ...rest, spans: [{ ...first, lineConfig: { clockRank: 2 } }, ...others] }),
    );
    await says(
      /\+ \/spans\/0\/lineConfig[\s\S]*On trial: spans 1/u,
      "lines",
      "change",
      lines,
      "--yes",
      "--seconds",
      "60",
    );
    await spansInOrder(context, appliance);
    await says(/kept/u, "lines", "confirm");
    await says(/"lineConfig"/u, "lines", "config");

    const driverFile = context.file("system.conf");
    writeFileSync(driverFile, "# the lab's\nspan=2,1,0,ccs,hdb3,crc4\n");
    await says(/span 1/u, "lines", "system-conf", driverFile, "--write");
    context.equal(
      readFileSync(driverFile, "utf8"),
      "# the lab's\nspan=2,1,0,ccs,hdb3,crc4\nspan=1,2,0,ccs,ami,te\n",
      "the driver's file",
    );
    await says(/the line of span 2/u, "import", driverFile);

    const asterisk = context.file("chan_dahdi.conf");
    writeFileSync(asterisk, "[channels]\nsignalling=bri_cpe\ngroup=7\noverlapdial=yes\nchannel => 1-2\n");
    await says(/added trunk groups/u, "import", asterisk, "--apply", "--yes", "--seconds", "60");
    await says(/"overlap": true/u, "lines", "config");
    await spansInOrder(context, appliance);
    await says(/taken back/u, "lines", "rollback");
    await spansInOrder(context, appliance);
    const { output } = await callbox(context, "lines", "config");
    context.prove(!output.includes('"overlap": true'), "the import's change was taken back");

    await sendDtmf(isdnEnd(network, "a"), "1");
    const { cause } = await network.expect({ event: "disconnect", call: "a" }, 20_000);
    context.equal(cause, 16, "the call went on through all of it");
    await network.expect({ event: "released", call: "a" });

    await says(/SETUP[\s\S]*Q\.931 §4\.5\.8[\s\S]*RELEASE COMPLETE/u, "trace", "2");
    const capture = context.file("trace.pcap");
    await says(/./u, "trace", "2", "--pcap", capture);
    await says(/user side: 1 calls/u, "replay", capture);
    context.equal((await callbox(context, "lines", "show", "9/1")).status, 1, "a line that is not there");
    await proveNothingLeft(context, appliance, before);
    await appliance.stop();
  },
};
