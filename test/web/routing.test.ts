// The dry run and the block list over the API.
import t from "tap";
import { Value } from "typebox/value";
import { RoutingTestReply } from "../../src/web/api/routing.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { serve } from "./support.ts";

const url = (query: Readonly<Record<string, string>>): string =>
  `/api/v1/routing/test?${new URLSearchParams(query).toString()}`;

t.test("where a call would go", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  const out = await admin.request("GET", url({ extension: "201", called: "900442079460018" }));
  t.equal(out.statusCode, 200, out.body);
  t.ok(Value.Check(RoutingTestReply, out.json()));
  t.match(out.json(), { verdict: "refused", cause: 57 });
  const local = await admin.request("GET", url({ extension: "201", called: "912345678" }));
  t.match(local.json(), {
    verdict: "connected",
    to: "outside:912345678",
    attempts: [
      { group: "city", called: { digits: "12345678" }, calling: { digits: "88880000" } },
      { group: "bri" },
    ],
  });
  const night = String(Date.UTC(2027, 0, 6, 15));
  const incoming = await admin.request(
    "GET",
    url({ group: "city", calling: "01062345678", called: "88880003", at: night }),
  );
  t.match(incoming.json(), {
    verdict: "connected",
    to: "flow:after-hours",
    answer: "when-agent",
    priority: 5,
  });
  t.match(house.did.at(-1), /"group":"city".*1799247600000/);
});

t.test("a question that means nothing is refused, and only admins ask", async (t) => {
  const { browser, stranger } = await serve(t);
  const admin = await browser("admin");
  for (const [query, status, code] of [
    [{ called: "1" }, 400, "ERR_REQUEST_INVALID"],
    [{ extension: "201", group: "city", called: "1" }, 400, "ERR_REQUEST_INVALID"],
    [{ extension: "999", called: "1" }, 404, "ERR_EXTENSION_UNKNOWN"],
    [{ group: "gone", called: "1" }, 404, "ERR_LINE_UNKNOWN"],
    [{ extension: "201" }, 422, "ERR_REQUEST_INVALID"],
    [{ extension: "201", called: "1".repeat(99) }, 422, "ERR_REQUEST_INVALID"],
  ] as const) {
    const reply = await admin.request("GET", url(query));
    t.match({ status: reply.statusCode, ...reply.json<object>() }, { status, code }, JSON.stringify(query));
  }
  t.equal(
    (await (await browser("lead")).request("GET", url({ extension: "201", called: "1" }))).statusCode,
    403,
  );
  t.equal((await stranger.request("GET", url({ extension: "201", called: "1" }))).statusCode, 401);
});

const call = (id: string, number: string, direction: "in" | "out" = "in"): readonly JournalEvent[] => [
  { v: 1, at: 1, type: "call.started", call: id, direction, caller: { number }, called: "4000", line: "1/1" },
  { v: 1, at: 2, type: "call.ended", call: id, cause: 16, by: "caller" },
];

t.test("a caller is blocked from the record, once, by those who lead", async (t) => {
  const { browser, house } = await serve(t);
  house.commit([...call("A", "13600136000"), ...call("B", ""), ...call("C", "201", "out")]);
  const lead = await browser("lead");
  const block = (id: string, body: object = {}) => lead.request("POST", `/api/v1/records/${id}/block`, body);
  t.match((await block("A", { note: "rude" })).json(), { number: "+8613600136000" });
  t.equal((await block("A")).statusCode, 200, "twice does no harm");
  const { blockList } = house.settings.current();
  t.match(blockList.at(-1), { number: "+8613600136000", note: "rude", action: "reject" });
  t.equal(blockList.filter(({ number }) => number === "+8613600136000").length, 1);
  for (const [id, code] of [
    ["B", "ERR_CALLER_WITHHELD"],
    ["C", "ERR_CALLER_WITHHELD"],
    ["D", "ERR_RECORD_UNKNOWN"],
  ] as const)
    t.match((await block(id)).json(), { code }, id);
  t.equal((await (await browser("anna")).request("POST", "/api/v1/records/A/block", {})).statusCode, 403);
});

t.test("warnings come with the settings", async (t) => {
  const { browser, house } = await serve(t);
  await house.settings.update((draft) => {
    for (const group of draft.trunkGroups) if (group.id === "analog") group.reserveIncoming = 4;
  });
  const reply = await (await browser("admin")).request("GET", "/api/v1/settings");
  t.match(reply.json(), {
    warnings: [{ path: "/trunkGroups/2/reserveIncoming", message: /all of its 4 channels/ }],
  });
});
