// Out of service and back over the API: kept in the settings, told to the journal, refused to who may not.
import t from "tap";
import { Value } from "typebox/value";
import { routes } from "../../src/web/api/routes.ts";
import { line, serve } from "./support.ts";

const block = { when: "idle" } as const;

t.test("a line, a span and a trunk group are blocked and put back", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  for (const [path, entry, name] of [
    ["lines/1%2F1", { line: "1/1" }, "line 1/1"],
    ["spans/1", { span: 1 }, "span 1"],
    ["trunk-groups/city", { group: "city" }, "trunk group city"],
  ] as const) {
    const before = house.did.length;
    const blocked = await admin.request("POST", `/api/v1/${path}/block`, { ...block, reason: "works" });
    t.same([blocked.statusCode, blocked.json()], [200, { cleared: 0 }], name);
    t.strictSame(house.settings.current().outOfService, [{ ...entry, reason: "works" }]);
    const again = await admin.request("POST", `/api/v1/${path}/block`, { when: "now" });
    t.same(again.json(), { cleared: 1 }, "once more, at once");
    t.strictSame(house.settings.current().outOfService, [entry], "it is there once");
    t.equal((await admin.request("POST", `/api/v1/${path}/unblock`)).statusCode, 204);
    t.strictSame(house.settings.current().outOfService, []);
    t.equal((await admin.request("POST", `/api/v1/${path}/unblock`)).statusCode, 204, "harmless twice");
    t.strictSame(house.did.slice(before), [
      `service.blocked ${name}`,
      `clear ${JSON.stringify(entry)}`,
      `service.blocked ${name}`,
      `service.returned ${name}`,
    ]);
  }
});

t.test("tests tell what they found", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  for (const path of ["lines/1%2F1", "spans/1", "trunk-groups/city"]) {
    const reply = await admin.request("POST", `/api/v1/${path}/test`);
    t.equal(reply.statusCode, 200, path);
    t.ok(Value.Check(routes["POST /spans/:number/test"].reply, reply.json()));
    t.match(reply.json(), { passed: false, tested: [{ line: "1/1", checks: [{ why: "no-answer" }] }] });
  }
  t.strictSame(house.did, [
    "service.tested line 1/1",
    "service.tested span 1",
    "service.tested trunk group city",
  ]);
});

t.test("bit errors of a timeslot, for admins", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  const path = "/api/v1/lines/1%2F1/bit-errors";
  const reply = await admin.request("POST", path, { seconds: 5 });
  t.equal(reply.statusCode, 200);
  t.ok(Value.Check(routes["POST /lines/:id/bit-errors"].reply, reply.json()));
  t.strictSame(house.did, ["bits 1/1 5000", "service.tested line 1/1"]);
  t.equal((await admin.request("POST", path, { seconds: 61 })).statusCode, 422);
  t.equal((await (await browser("lead")).request("POST", path, { seconds: 5 })).statusCode, 403);
});

t.test("echo and levels of a line, for admins", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  for (const [what, body, bad] of [
    ["echo-test", { dial: "1" }, { dial: "1x" }],
    ["level-test", { sendDbm0: -10 }, { sendDbm0: 3 }],
  ] as const) {
    const path = `/api/v1/lines/4%2F1/${what}`;
    const reply = await admin.request("POST", path, body);
    t.equal(reply.statusCode, 200);
    t.ok(Value.Check(routes[`POST /lines/:id/${what}`].reply, reply.json()), what);
    t.equal((await admin.request("POST", path, bad)).statusCode, 422, what);
    t.equal((await (await browser("lead")).request("POST", path, body)).statusCode, 403, what);
  }
  t.strictSame(house.did, ["echo 4/1 1", "level 4/1 -10 "]);
});

t.test("a line's channel heard by a telephone, for admins, and kept in the journal", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  const path = "/api/v1/lines/4%2F1/tap";
  t.equal((await admin.request("POST", path, { extension: "201" })).statusCode, 204);
  const asked = { extension: "201", direction: "received", beforeCanceller: true };
  t.equal((await admin.request("POST", path, asked)).statusCode, 204);
  t.strictSame(house.did, [
    "tap 4/1 201 both false",
    "service.tapped line 4/1",
    "tap 4/1 201 received true",
    "service.tapped line 4/1",
  ]);
  t.equal((await admin.request("POST", path, { extension: "x" })).statusCode, 422);
  t.equal((await (await browser("lead")).request("POST", path, asked)).statusCode, 403);
});

t.test("a line that is out with its span is put back with it", async (t) => {
  const { browser, house } = await serve(t, (deps) => ({
    ...deps,
    lines: { ...deps.lines, list: () => [{ ...line, outOfService: "span" }] },
  }));
  const admin = await browser("admin");
  const refused = await admin.request("POST", "/api/v1/lines/1%2F1/unblock");
  t.equal(refused.statusCode, 409);
  t.match(refused.json(), { code: "ERR_OUT_OF_SERVICE", detail: "span 1" });
  t.strictSame(house.settings.current().outOfService, []);
});

t.test("what is unknown, malformed or not permitted", async (t) => {
  const { browser, stranger, house } = await serve(t);
  const admin = await browser("admin");
  for (const [path, body, status, code] of [
    ["lines/9%2F9/block", block, 404, "ERR_LINE_UNKNOWN"],
    ["spans/9/block", block, 404, "ERR_SPAN_UNKNOWN"],
    ["trunk-groups/none/block", block, 404, "ERR_LINE_UNKNOWN"],
    ["lines/x/block", block, 422, "ERR_REQUEST_INVALID"],
    ["spans/0/block", block, 422, "ERR_REQUEST_INVALID"],
    ["lines/1%2F1/block", { when: "later" }, 422, "ERR_REQUEST_INVALID"],
    ["lines/1%2F1/block", { when: "now", reason: "x".repeat(201) }, 422, "ERR_REQUEST_INVALID"],
  ] as const) {
    const reply = await admin.request("POST", `/api/v1/${path}`, body);
    t.equal(reply.statusCode, status, path);
    t.match(reply.json(), { code }, path);
  }
  for (const who of [await browser("lead"), await browser("anna")])
    t.match((await who.request("POST", "/api/v1/spans/1/block", block)).json(), { code: "ERR_FORBIDDEN" });
  t.equal((await stranger.request("POST", "/api/v1/spans/1/test")).statusCode, 401);
  t.strictSame(house.settings.current().outOfService, []);
});
