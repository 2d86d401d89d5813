import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { createFlowFiles } from "../../src/compose/flow-files.ts";
import { loadFlows } from "../../src/ivr/flows.ts";
import { issuesOf } from "../../src/config/issues.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";

const good = JSON.stringify({ name: "Main", start: "end", nodes: { end: { type: "hang-up" } } });

t.test("a flow that is written runs at once; a wrong one is refused and changes nothing", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "callbox-flows-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const running = await loadFlows(folder, { clock: createTestClock(), log: silentLogger, watch: false });
  t.teardown(() => running.close());
  const files = createFlowFiles(folder, running);

  t.equal(await files.read("main"), undefined);
  t.match(await files.write("main", good), { id: "main", name: "Main", nodes: 1, issues: [] });
  t.equal(running.get("main")?.start, "end");
  t.match(await files.read("main"), { source: good, flow: { id: "main" } });

  const wrong = JSON.stringify({ name: "Main", start: "gone", nodes: { end: { type: "hang-up" } } });
  const error: unknown = await Promise.resolve(files.write("main", wrong)).catch((e: unknown) => e);
  t.match(error, { code: "ERR_FLOW_INVALID" });
  t.match(issuesOf(error), [{ path: "/start" }]);
  t.match(await files.check("main", wrong), [{ path: "/start" }]);
  t.equal(readFileSync(join(folder, "main.json"), "utf8"), good);
  t.same(readdirSync(folder), ["main.json"]);

  writeFileSync(join(folder, "hand.json"), "{");
  await running.reload();
  const listed = await files.list();
  t.match(listed, [
    { id: "hand", nodes: 0 },
    { id: "main", nodes: 1, issues: [] },
  ]);
  t.ok((listed[0]?.issues.length ?? 0) > 0, "what is wrong with a file is told");

  await files.remove("main");
  t.equal(running.get("main"), undefined);
  await t.rejects(Promise.resolve(files.remove("main")), { code: "ERR_FLOW_UNKNOWN" });
});
