// callbox import: each line's fate, and the way to the change on trial.
import t from "tap";
import { command } from "../../src/cli/commands/import.ts";
import { UsageError } from "../../src/cli/command.ts";
import { runCommand } from "./support.ts";

const proposal = {
  spans: [{ span: 1 }],
  analog: [],
  trunkGroups: [{ id: "group-0", name: "group-0" }],
  understood: [{ line: 2, text: "signalling=pri_cpe", became: "user" }],
  notUnderstood: [{ line: 1, text: "context=in", why: "no dial plan" }],
};
const replies = {
  "POST /import/chan-dahdi": proposal,
  "GET /settings": { revision: 4, settings: { trunkGroups: [{ id: "old" }] }, warnings: [] },
  "PUT /settings/:section": {},
  "POST /lines/change/preview": { spans: [1], differences: [{ path: "/spans/0", after: "{}" }] },
  "POST /lines/change": { phase: "none" },
};
const files = { f: "context=in" };

t.test("shown in the file's order, nothing done", async (t) => {
  const { printed, asked, status } = await runCommand(command, ["f"], { replies, files });
  t.strictSame(printed, [
    "?    1  context=in  → no dial plan",
    "     2  signalling=pri_cpe  → user",
    "1 lines understood, 1 not (marked ?).",
    "Trunk groups to add: group-0.",
  ]);
  t.match(asked, [{ route: "POST /import/chan-dahdi", input: { body: { text: "context=in" } } }]);
  t.strictSame([asked.length, status], [1, 0]);
});

t.test("--apply: groups first, then the lines on trial", async (t) => {
  const { asked } = await runCommand(command, ["f", "--apply", "--yes", "--seconds", "60"], {
    replies,
    files,
  });
  t.strictSame(
    asked.map(({ route }) => route),
    [
      "POST /import/chan-dahdi",
      "GET /settings",
      "PUT /settings/:section",
      "POST /lines/change/preview",
      "POST /lines/change",
    ],
  );
  t.match(asked[2]?.input, { body: { revision: 4, value: [{ id: "old" }, { id: "group-0" }] } });
  t.match(asked[4]?.input, { body: { spans: [{ span: 1 }], confirmSeconds: 60 } });
});

t.test("the driver's own file is known by what it says", async (t) => {
  const own = { ...replies, "POST /import/system-conf": { ...proposal, trunkGroups: [] } };
  for (const text of ["span=1,1,0,ccs,hdb3\n", "# x\nbchan = 1-15\n", "fxoks=4\n"]) {
    const { asked } = await runCommand(command, ["f"], { replies: own, files: { f: text } });
    t.match(asked, [{ route: "POST /import/system-conf", input: { body: { text } } }]);
  }
});

t.test("bad arguments", async (t) => {
  for (const args of [[], ["f", "--seconds", "x"]])
    await t.rejects(runCommand(command, args, { replies, files }), UsageError);
});
