// callbox replay: the report in words, and the exit status.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { command } from "../../src/cli/commands/replay.ts";
import { UsageError } from "../../src/cli/command.ts";
import { runCommand } from "./support.ts";

const capture = readFileSync(join(import.meta.dirname, "../signalling/isdn/captures/pri-user.pcap"));

t.test("no difference, and some", async (t) => {
  const well = await runCommand(command, ["c"], { files: { c: capture } });
  t.equal(well.status, 0);
  t.match(well.printed, [
    /^PRI, user side: \d+ calls, \d+ messages received, \d+ sent again as then$/u,
    "no difference",
  ]);
  const other = await runCommand(command, ["c", "--side", "network"], { files: { c: capture } });
  t.match(other.printed[0], /network side/u);
});

t.test("bad arguments", async (t) => {
  await t.rejects(runCommand(command, []), UsageError);
  await t.rejects(runCommand(command, ["c", "--side", "both"], { files: { c: capture } }), UsageError);
  await t.rejects(runCommand(command, ["c"], { files: { c: "x" } }), { code: "ERR_CAPTURE_FORMAT" });
});
