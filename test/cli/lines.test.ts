// callbox lines: what is asked of the API for what a person types, and what the person reads.
import t from "tap";
import { command } from "../../src/cli/commands/lines.ts";
import { UsageError } from "../../src/cli/command.ts";
import { runCommand, type RunOptions } from "./support.ts";

const line = {
  id: "1/3",
  kind: "isdn",
  span: 1,
  position: 3,
  channel: 3,
  name: "City 3",
  group: "city",
  state: "idle",
};
const span = {
  number: 1,
  name: "City",
  description: "An E1",
  kind: "E1",
  alarms: ["RED"],
  dataLink: false,
  onDemand: false,
  keptCalls: 2,
  since: 0,
  syncSource: 0,
  alarmLog: [{ alarm: "RED", active: true, lastBegin: 0, count: 3, lastDay: 2 }],
  counters: [{ counter: "crc4Errors", total: 9, sinceStart: 9, lastDay: 9 }],
};
const blocked = { ...line, id: "1/4", name: "시내\u001b[2J", state: "blocked", outOfService: "group" };
const replies = { "GET /lines": { spans: [span], lines: [line, blocked] } };
const run = (args: string, options: RunOptions = {}) =>
  runCommand(
    command,
    args.split(" ").filter((word) => word !== ""),
    { replies, ...options },
  );

t.test("list: spans with alarms in words, lines with states; control characters are harmless", async (t) => {
  for (const args of ["", "list", "--span 1"]) {
    const { printed, status } = await run(args);
    t.equal(status, 0);
    t.match(printed[1], /^1 +E1 +No usable signal \(red alarm\) +down, 2 calls kept +own +City$/u);
    t.match(printed[4], /^1\/3 +isdn +idle +city +- +City 3$/u);
    t.match(printed[5], /^1\/4 +isdn +out of service with its trunk group +city +- +시내·\[2J$/u);
  }
  const { printed } = await run("list --json");
  t.strictSame(JSON.parse(printed.join("\n")), { spans: [span], lines: [line, blocked] });
  t.equal((await run("list --span 9")).status, 1);
});

t.test("show: a remedy for what is wrong now", async (t) => {
  const { printed } = await run("show 1/3");
  t.match(printed.join("\n"), /ALARM +RED: .*3 since start, 2 in 24 hours\)\n +No signal from the exchange/u);
  t.match(printed.join("\n"), /CRC-4 errors: 9 since start/u);
  t.notMatch(printed.join("\n"), /1\/4/u);
  t.match((await run("show city")).printed.join("\n"), /1\/3[^]*1\/4/u);
  t.equal((await run("show 9/9")).status, 1);
  const loud = { ...line, tooLoud: { at: 0, share: 0.0314 } };
  const told = await run("show 1/3", { replies: { "GET /lines": { spans: [span], lines: [loud] } } });
  t.match(
    told.printed.join("\n"),
    /line 1\/3 +Voices cut off at their peaks \(3\.1 % of a second, .*\)\n +Calls come in distorted/u,
  );
});

t.test("block, unblock and test: the route of what is named", async (t) => {
  const done = {
    replies: {
      ...replies,
      "POST /lines/:id/block": { cleared: 1 },
      "POST /spans/:number/block": { cleared: 0 },
      "POST /trunk-groups/:id/block": { cleared: 2 },
    },
  };
  const line = await run("block 1/3 --now --reason noise", done);
  t.strictSame(line.asked, [
    {
      route: "POST /lines/:id/block",
      input: { params: { id: "1/3" }, body: { when: "now", reason: "noise" } },
    },
  ]);
  t.strictSame(line.printed, ["line 1/3 is out of service; 1 call was ended."]);
  t.match((await run("block 1", done)).asked, [{ input: { params: { number: 1 }, body: { when: "idle" } } }]);
  t.match((await run("block city", done)).asked, [{ input: { params: { id: "city" } } }]);
  t.match((await run("block group:2", done)).printed, [
    "trunk group 2 is out of service; 2 calls were ended.",
  ]);
  t.match((await run("unblock 1/3")).asked, [{ route: "POST /lines/:id/unblock" }]);
  const tested = {
    passed: false,
    tested: [{ line: "1/3", checks: [{ check: "restart", result: "failed", why: "no-answer" }] }],
  };
  const test = await run("test 1/3", { replies: { "POST /lines/:id/test": tested } });
  t.equal(test.status, 1);
  t.strictSame(test.printed, ["1/3  Exchange answers RESTART: failed (no answer)"]);
});

t.test("bits: the errors of a timeslot, and what is wrong with it", async (t) => {
  const good = { bits: 640_000, errors: 0, losses: 0, erroredSeconds: 0, locked: true };
  const rows = [
    [good, 0, "640000 bits: no errors"],
    [{ ...good, errors: 64, erroredSeconds: 5 }, 1, "640000 bits: 64 errors (1.0e-4), 5 errored seconds"],
    [
      { ...good, losses: 2, locked: false },
      1,
      "640000 bits: no errors; the pattern was lost 2 times, and is not there now",
    ],
    [
      { ...good, bits: 0, locked: false },
      1,
      "The pattern does not come back: the far end has no loop, or the timeslot is cut.",
    ],
  ] as const;
  for (const [reply, status, words] of rows) {
    const done = await run("bits 1/5 --seconds 20", { replies: { "POST /lines/:id/bit-errors": reply } });
    t.strictSame(done.asked, [
      { route: "POST /lines/:id/bit-errors", input: { params: { id: "1/5" }, body: { seconds: 20 } } },
    ]);
    t.equal(done.status, status);
    t.strictSame(done.printed, [words]);
  }
  for (const args of ["bits 1", "bits 1/5 --seconds 0", "bits 1/5 --seconds 61"])
    await t.rejects(run(args), /1\/5|1 to 60/u, args);
});

t.test("echo and levels of a line that is out of service", async (t) => {
  const echo = { returnLossDb: 14.2, cancelledLossDb: 43.91, spreadMs: 5.5, noiseDbm0: -63 };
  const level = { receivedDbm0: -3.1, returnedDbm0: -3.24, noiseDbm0: -61 };
  const replies = { "POST /lines/:id/echo-test": echo, "POST /lines/:id/level-test": level };
  const first = await run("echo 4/1 --dial 1", { replies });
  t.strictSame(first.asked, [
    { route: "POST /lines/:id/echo-test", input: { params: { id: "4/1" }, body: { dial: "1" } } },
  ]);
  t.strictSame(first.printed, [
    "echo return loss 14.2 dB over 5.5 ms; with the canceller echo return loss 43.9 dB; noise -63.0 dBm0",
  ]);
  const none = { ...echo, returnLossDb: 60, cancelledLossDb: 60 };
  t.strictSame((await run("echo 4/1", { replies: { "POST /lines/:id/echo-test": none } })).printed, [
    "no echo; with the canceller no echo; noise -63.0 dBm0",
  ]);
  const second = await run("level 4/1 --send=-10", { replies });
  t.strictSame(second.asked, [
    { route: "POST /lines/:id/level-test", input: { params: { id: "4/1" }, body: { sendDbm0: -10 } } },
  ]);
  t.strictSame(second.printed, ["received -3.1 dBm0; returned of the tone -3.2 dBm0; besides -61.0 dBm0"]);
  t.strictSame(JSON.parse((await run("level 4/1 --json", { replies })).printed[0] ?? ""), level);
  for (const args of ["echo 1", "level 4/1 --send 3", "level 4/1 --send loud"])
    await t.rejects(run(args), /1\/5|-40 to 0/u, args);
});

t.test("tap: a telephone hears a line", async (t) => {
  const replies = { "POST /lines/:id/tap": null };
  const rows = [
    ["tap 4/1 201", "both", false],
    ["tap 4/1 201 --received --before-canceller", "received", true],
    ["tap 4/1 201 --sent", "sent", false],
  ] as const;
  for (const [args, direction, beforeCanceller] of rows) {
    const done = await run(args, { replies });
    const body = { extension: "201", direction, beforeCanceller };
    t.strictSame(done.asked, [{ route: "POST /lines/:id/tap", input: { params: { id: "4/1" }, body } }]);
    t.strictSame(done.printed, ["201 hears line 4/1 until it is hung up."]);
  }
  for (const args of ["tap 4/1", "tap 4 201"]) await t.rejects(run(args), /as 201|1\/5/u, args);
});

t.test("change: shown, asked for, on trial, kept or taken back", async (t) => {
  const differences = [
    { path: "/spans/0/side", before: '"user"', after: '"network"' },
    { path: "/spans/1", after: "{}" },
  ];
  const trial = {
    id: "c",
    by: "local:ann",
    at: 0,
    spans: [1],
    links: [1],
    linksBy: 1,
    confirmBy: 2,
    differences,
  };
  const last = {
    id: "c",
    by: "x",
    at: 0,
    spans: [1],
    outcome: "taken-back",
    reason: "undone",
    endedAt: 0,
    endedBy: "x",
  };
  const change = {
    "POST /lines/change/preview": { spans: [1], differences },
    "POST /lines/change": { phase: "trial", trial },
    "POST /lines/change/confirm": { phase: "none", last: { ...last, outcome: "confirmed" } },
    "POST /lines/change/undo": { phase: "none", last },
    "GET /lines/change": { phase: "none" },
  };
  const files = { "f.json": '{"spans":[]}' };
  const kept = await run("change f.json --seconds 30", { replies: change, files, answers: [true, true] });
  t.strictSame(
    kept.asked.map(({ route }) => route),
    ["POST /lines/change/preview", "POST /lines/change", "POST /lines/change/confirm"],
  );
  t.match(kept.asked[1]?.input, { body: { spans: [], confirmSeconds: 30 } });
  t.match(kept.printed, ['~ /spans/0/side "user" → "network"', "+ /spans/1 {}", /^Spans 1 are built anew/u]);
  const back = await run("change f.json", { replies: change, files, answers: [true, false] });
  t.match(back.printed.at(-1), /was taken back \(by hand\)/u);
  t.strictSame((await run("change f.json", { replies: change, files, answers: [false] })).asked.length, 1);
  const alone = await run("change f.json", { replies: change, files });
  t.strictSame([alone.status, alone.asked.length], [1, 1], "nobody to ask: nothing is done");
  t.strictSame(
    (await run("change f.json --yes", { replies: change, files })).asked.length,
    2,
    "and left on trial",
  );
  const same = { "POST /lines/change/preview": { spans: [], differences: [] } };
  t.match((await run("change f.json", { replies: same, files })).printed, [/^Nothing differs/u]);
  t.match((await run("pending", { replies: change })).printed, ["No change of lines is on trial."]);
  t.match((await run("rollback", { replies: change })).printed, [/taken back/u]);
});

t.test("what is not understood is said before anything is done", async (t) => {
  for (const args of [
    "blok 1",
    "block",
    "list --span x",
    "change",
    "change f.json",
    "change f.json --seconds x",
  ])
    await t.rejects(run(args, { files: { "f.json": "{" } }), UsageError, args);
  await t.rejects(run("list --what"), { code: "ERR_PARSE_ARGS_UNKNOWN_OPTION" });
});

t.test("the driver's file: shown, or written where it differs", async (t) => {
  const files = { "/etc/dahdi/system.conf": "old\n" };
  const reply = (text: string, spans: readonly number[]) => ({
    files,
    replies: { "POST /export/system-conf": { text, spans } },
  });
  const shown = await runCommand(command, ["system-conf"], reply("new\n", [1, 2]));
  t.strictSame(shown.printed, ["new"]);
  t.strictSame(shown.remarks, ["Lines that differ: span 1, 2."]);
  t.match(shown.asked, [{ route: "POST /export/system-conf", input: { body: { text: "old\n" } } }]);
  t.equal(shown.files.size, 0);
  const written = await runCommand(command, ["system-conf", "--write"], reply("new\n", [1]));
  t.equal(String(written.files.get("/etc/dahdi/system.conf")), "new\n");
  const same = await runCommand(command, ["system-conf", "--write"], reply("old\n", []));
  t.strictSame([same.files.size, same.remarks], [0, ["Nothing differs."]]);
});

t.test("cards, and the numbers that their spans keep", async (t) => {
  const cards = [
    {
      ...{ path: "/sys/devices/x", hardwareId: "", location: "Slot 5", model: "Digium TE121" },
      spans: [
        { local: 1, type: "E1", number: 1, firstChannel: 1 },
        { local: 2, type: "E1" },
      ],
    },
  ];
  const listed = await runCommand(command, ["cards"], { replies: { "GET /lines/cards": { cards } } });
  t.strictSame(listed.printed, [
    "SPAN  CARD'S  TYPE  CHANNELS FROM  CARD          HARDWARE ID  LOCATION",
    "1     1       E1    1              Digium TE121  -            Slot 5",
    "none  2       E1    -              Digium TE121  -            Slot 5",
  ]);
  const none = await runCommand(command, ["cards"], { replies: { "GET /lines/cards": { cards: [] } } });
  t.strictSame(none.printed, ["There are no cards."]);
  const replies = { "POST /export/assigned-spans": { text: "@Slot_5 1:1:1\n", cards: ["/sys/devices/x"] } };
  const written = await runCommand(command, ["assigned-spans", "--write"], { replies });
  t.match(written.asked, [{ input: { body: { text: "" } } }], "a file that is not there yet is empty");
  t.equal(String(written.files.get("/etc/dahdi/assigned-spans.conf")), "@Slot_5 1:1:1\n");
  t.strictSame(written.remarks, ["Cards that differ: /sys/devices/x."]);
});
