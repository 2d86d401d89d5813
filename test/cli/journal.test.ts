// callbox journal: what it says of a chain that holds and of one that does not, and where it writes what.
import t from "tap";
import { command } from "../../src/cli/commands/journal.ts";
import { exits } from "../../src/cli/command.ts";
import { runCommand } from "./support.ts";

const link = "ab".repeat(32);
const whole = { events: 12, last: 14, link, anonymised: 0 };
const verify = (reply: object, args: readonly string[] = []) =>
  runCommand(command, ["verify", ...args], { replies: { "GET /journal/verification": reply } });

t.test("verify", async (t) => {
  t.match(await verify(whole), {
    status: exits.done,
    printed: ["12 events hold, the newest is 14", `  link ${link}`],
  });
  t.match((await verify({ ...whole, anonymised: 3 })).printed, [/12/u, /of 3 numbers were taken out/u]);
  t.match(await verify({ ...whole, broken: { seq: 7, why: "changed" } }), {
    status: exits.failed,
    printed: [/at event 7 an event was changed/u],
  });
  const then = await verify({ ...whole, known: 9 }, ["--link", link]);
  t.match(then, { status: exits.done, asked: [{ input: { query: { link } } }] });
  t.match(then.printed.at(-1), /event 9/u);
  t.match(await verify(whole, ["--link", link]), {
    status: exits.failed,
    printed: [/12/u, /link/u, /cut off/u],
  });
  await t.rejects(verify(whole, ["--link", "abc"]), /64 hexadecimal/u);
});

t.test("export", async (t) => {
  const replies = { "GET /journal": ["one\n", "two\n"] };
  const plain = await runCommand(command, ["export"], { replies });
  t.match(plain, { status: exits.done, printed: ["one\n", "two\n"] });
  t.match(plain.asked, [{ input: { query: { format: "jsonl" } } }]);
  const file = await runCommand(
    command,
    ["export", "--format", "queue_log", "--from", "2027-02-06T00:00:00Z", "out.log"],
    { replies },
  );
  t.equal(file.files.get("out.log")?.toString(), "one\ntwo\n");
  t.match(file.asked, [{ input: { query: { format: "queue_log", from: Date.UTC(2027, 1, 6) } } }]);
  await t.rejects(runCommand(command, ["export", "--format", "xml"]), /jsonl or queue_log/u);
  await t.rejects(runCommand(command, ["export", "--to", "soon"]), /a date/u);
  await t.rejects(runCommand(command, []), /verify or export/u);
});
