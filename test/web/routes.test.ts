// What each route answers, on fakes: replies fit their schemas, commands arrive, refusals say what to do.
import t from "tap";
import { Value } from "typebox/value";
import { dated } from "../../src/shared/journal.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { routes, type RouteName } from "../../src/web/api/routes.ts";
import { abandonedCall, queueCall } from "../storage/support.ts";
import { agent, at, call, line, queue, serve, span } from "./support.ts";

const fits = (route: RouteName, value: unknown): boolean => Value.Check(routes[route].reply, value);

t.test("what goes on now, each reply whole and of its schema", async (t) => {
  const { browser } = await serve(t);
  const anna = await browser("anna");
  for (const [route, expected] of [
    ["GET /lines", { spans: [span], lines: [line] }],
    ["GET /calls", { calls: [call] }],
    ["GET /queues", { queues: [queue] }],
    ["GET /agents", { agents: [agent] }],
  ] as const) {
    const reply = await anna.request("GET", `/api/v1${route.slice(4)}`);
    t.equal(reply.statusCode, 200, route);
    t.strictSame(reply.json(), expected, "nothing is lost on the way");
    t.ok(fits(route, reply.json()));
  }
});

t.test("health and readiness", async (t) => {
  const { browser, stranger, house } = await serve(t);
  t.same((await stranger.request("GET", "/api/v1/ready")).json(), { ready: true });
  const anna = await browser("anna");
  const health = (await anna.request("GET", "/api/v1/health")).json<{ warnings: { code: string }[] }>();
  t.ok(fits("GET /health", health));
  house.storageStatus = { waiting: 3, lost: 2, fault: new CallboxError("ERR_STORAGE_FULL", { detail: "x" }) };
  const failing = (await anna.request("GET", "/api/v1/health")).json<{
    status: string;
    warnings: { code: string }[];
  }>();
  t.equal(failing.status, "degraded");
  t.ok(failing.warnings.some(({ code }) => code === "ERR_STORAGE_FULL"));
  t.ok(failing.warnings.some(({ code }) => code === "ERR_STORAGE_LOST"));
  t.notOk(failing.warnings.some(({ code }) => code === "ERR_RECORDING_FAILED"));
  house.recordingFault = "ENOSPC";
  t.match((await anna.request("GET", "/api/v1/health")).body, "Calls cannot be recorded: ENOSPC");
});

t.test("commands to calls and agents", async (t) => {
  const { browser, house } = await serve(t);
  const lead = await browser("lead");
  t.equal((await lead.request("DELETE", "/api/v1/calls/01CALL")).statusCode, 204);
  t.equal(
    (await lead.request("POST", "/api/v1/calls/01CALL/transfer", { to: { queue: "support" } })).statusCode,
    204,
  );
  t.match((await lead.request("DELETE", "/api/v1/calls/gone")).json(), {
    code: "ERR_CALL_UNKNOWN",
    remedy: /.+/,
  });
  t.equal((await lead.request("DELETE", "/api/v1/calls/gone")).statusCode, 404);
  const anna = await browser("anna");
  const recording = "/api/v1/calls/01CALL/recording";
  t.equal((await lead.request("POST", recording, { command: "pause" })).statusCode, 204);
  t.equal((await anna.request("POST", recording, { command: "resume" })).statusCode, 204);
  t.equal((await lead.request("POST", recording, { command: "erase" })).statusCode, 422);
  house.calls.list.splice(0, 1, { ...call, agent: "302" });
  t.equal((await anna.request("POST", recording, { command: "resume" })).statusCode, 403);
  const commands = "/api/v1/agents/301/commands";
  t.match((await lead.request("POST", commands, { command: "log-in", extension: "202" })).json(), agent);
  await lead.request("POST", commands, { command: "pause", reason: "lunch" });
  await lead.request("POST", commands, { command: "log-out" });
  const refused = await lead.request("POST", commands, { command: "ready" });
  t.equal(refused.statusCode, 409);
  t.match(refused.json(), { code: "ERR_AGENT_LOGGED_OUT" });
  t.same(house.did, [
    "hang up 01CALL",
    'transfer 01CALL {"queue":"support"}',
    "pause recording 01CALL lead",
    "resume recording 01CALL anna",
    "log in 301 202 lead",
    "pause 301 lunch lead",
    "log out 301 lead",
  ]);
});

t.test("records: pages, one with its story, and only their own for agents", async (t) => {
  const { browser, house } = await serve(t);
  house.commit([
    ...queueCall("01", at),
    ...queueCall("02", at + 1000, { agent: "302" }),
    ...abandonedCall("03", at + 2000),
    ...queueCall("04", at + 3000).slice(0, 4),
  ]);
  const lead = await browser("lead");
  const ids = (reply: { json: () => unknown }): unknown =>
    (reply.json() as { records: { id: string }[] }).records.map(({ id }) => id);
  const all = await lead.request("GET", "/api/v1/records");
  t.ok(fits("GET /records", all.json()));
  t.same(ids(all), ["03", "02", "01"], "a call that goes on has no record yet");
  const first = await lead.request("GET", "/api/v1/records?limit=2");
  t.same(ids(first), ["03", "02"]);
  const { next } = first.json<{ next: string }>();
  t.same(ids(await lead.request("GET", `/api/v1/records?limit=2&cursor=${next}`)), ["01"]);
  t.same(ids(await lead.request("GET", "/api/v1/records?disposition=abandoned&queue=sales")), ["03"]);
  t.same(ids(await lead.request("GET", `/api/v1/records?number=555&from=${at}&to=${at + 1000}`)), ["01"]);
  t.equal((await lead.request("GET", "/api/v1/records?limit=9999")).statusCode, 422);

  const one = await lead.request("GET", "/api/v1/records/01");
  t.ok(fits("GET /records/:id", one.json()));
  t.strictSame(one.json<{ story: unknown }>().story, queueCall("01", at), "the story is the journal, whole");
  t.match(one.json(), { record: { talkMs: 60_000, recordings: [{ id: "01.0", bytes: 8000 }] } });

  const anna = await browser("anna");
  t.same(ids(await anna.request("GET", "/api/v1/records")), ["01"]);
  t.same(ids(await anna.request("GET", "/api/v1/records?agent=302")), []);
  t.equal((await anna.request("GET", "/api/v1/records/01")).statusCode, 200);
  for (const id of ["02", "03", "04", "99"])
    t.match((await anna.request("GET", `/api/v1/records/${id}`)).json(), { code: "ERR_RECORD_UNKNOWN" }, id);
});

t.test("the figures of the day", async (t) => {
  const { browser, house } = await serve(t);
  house.commit([
    ...queueCall("01", at),
    ...queueCall("02", at + 1000, { waitMs: 21_000 }),
    ...abandonedCall("03", at + 2000),
    dated({ type: "alarm.cleared", span: 1, name: "E1" }, at),
  ]);
  const reply = await (await browser("anna")).request("GET", "/api/v1/figures/today");
  t.ok(fits("GET /figures/today", reply.json()));
  const today = reply.json<{
    from: number;
    hours: { offered: number }[];
    queues: object[];
    agents: object[];
  }>();
  // 9:00 UTC is 17:00 in Shanghai.
  t.equal(today.from, at - 17 * 3_600_000);
  t.match(today.hours[17], { offered: 3, answered: 2, abandoned: 1 });
  t.match(today, { incoming: 3, agents: [{ agent: "301", answered: 2, talkMs: 120_000 }] });
  t.match(today.queues[0], {
    queue: "sales",
    offered: 3,
    answered: 2,
    abandoned: 1,
    overflowed: 0,
    serviceLevel: 1 / 3,
    thresholdSeconds: 20,
    averageWaitMs: 13_000,
    longestWaitMs: 21_000,
  });
  t.match(today.queues[1], { queue: "support", offered: 0, serviceLevel: null });
});

t.test("rehearsal stations", async (t) => {
  const { browser, house } = await serve(t);
  const lead = await browser("lead");
  const stations = await lead.request("GET", "/api/v1/rehearsal/stations");
  t.ok(fits("GET /rehearsal/stations", stations.json()));
  const act = (id: string, body: object) =>
    lead.request("POST", `/api/v1/rehearsal/stations/${encodeURIComponent(id)}/actions`, body);
  t.match((await act("phone-5/1", { action: "lift" })).json(), { id: "phone-5/1", state: "dialling" });
  t.match((await act("phone-5/1", { action: "hang-up" })).json(), { state: "idle" });
  await act("outside-1", { action: "dial", number: "88880000", trunk: "bri" });
  await act("outside-1", { action: "press", digits: "12#" });
  await act("phone-5/1", { action: "flash" });
  t.same(house.did, [
    "dial outside-1 88880000 bri",
    "press outside-1 1",
    "press outside-1 2",
    "press outside-1 #",
    "flash phone-5/1",
  ]);
  t.equal((await act("nobody", { action: "lift" })).statusCode, 404);
  t.equal((await act("phone-5/1", { action: "eat" })).statusCode, 422);
});

t.test("without a simulated board there are no stations", async (t) => {
  const { browser } = await serve(t, ({ rehearsal: _rehearsal, ...deps }) => deps);
  const lead = await browser("lead");
  t.same((await lead.request("GET", "/api/v1/rehearsal/stations")).json(), { stations: [] });
  const reply = await lead.request("POST", "/api/v1/rehearsal/stations/x/actions", { action: "lift" });
  t.match(reply.json(), { code: "ERR_STATION_UNKNOWN" });
});

t.test("flows: read, written, refused with their places, kept while in use", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  t.ok(fits("GET /flows", (await admin.request("GET", "/api/v1/flows")).json()));
  t.match((await admin.request("GET", "/api/v1/flows/main")).json(), { source: "{}" });
  t.equal((await admin.request("PUT", "/api/v1/flows/night", { source: '{"start":"x"}' })).statusCode, 200);
  const wrong = await admin.request("PUT", "/api/v1/flows/night", { source: "{}" });
  t.equal(wrong.statusCode, 422);
  t.match(wrong.json(), { code: "ERR_FLOW_INVALID", issues: [{ path: "/start", line: 1, column: 1 }] });
  t.same((await admin.request("POST", "/api/v1/flows/night/check", { source: "{}" })).json(), { issues: [] });
  const used = await admin.request("DELETE", "/api/v1/flows/main");
  t.equal(used.statusCode, 409);
  t.match(used.json(), { code: "ERR_FLOW_IN_USE", detail: /\/trunkGroups\/0\/incoming/ });
  t.equal((await admin.request("DELETE", "/api/v1/flows/night")).statusCode, 204);
  t.same([...house.flows.keys()], ["main"]);
  for (const id of ["..%2f..%2fetc%2fpasswd", "Main", "a%00b", "gone"])
    t.equal((await admin.request("GET", `/api/v1/flows/${id}`)).statusCode, 404, id);
});

t.test("the description of the API names every route", async (t) => {
  const { browser } = await serve(t);
  const document = (await (await browser("anna")).request("GET", "/api/v1/openapi.json")).json<{
    openapi: string;
    paths: Record<string, Record<string, { summary: string; "x-access": string }>>;
  }>();
  t.equal(document.openapi, "3.1.0");
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (method) => `${method.toUpperCase()} ${path.replace("/api/v1", "").replaceAll(/\{(\w+)\}/g, ":$1")}`,
    ),
  );
  t.same(described.sort(), Object.keys(routes).sort());
  t.equal(document.paths["/api/v1/settings"]?.["get"]?.["x-access"], "admin");
});
