// The settings over the API: no secret goes out, a wrong section changes nothing, a write knows what it writes over.
import t from "tap";
import { Value } from "typebox/value";
import { verifyPassword } from "../../src/config/password.ts";
import { SettingsReply } from "../../src/web/api/settings.ts";
import { serve, type Browser } from "./support.ts";

const read = async ({ request }: Browser) =>
  (await request("GET", "/api/v1/settings")).json<{
    revision: number;
    settings: Record<string, unknown> & { agents: object[]; users: object[] };
  }>();

t.test("no secret goes out", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  await house.settings.update(({ agents }) => {
    const [first] = agents;
    if (first !== undefined) agents[0] = { ...first, pinHash: "scrypt$secret" };
  });
  const reply = await admin.request("GET", "/api/v1/settings");
  t.ok(Value.Check(SettingsReply, reply.json()));
  t.same(Value.Clean(SettingsReply, reply.json()), reply.json(), "nothing that the schema does not name");
  t.notMatch(reply.body, /scrypt|Hash/);
  t.match((await read(admin)).settings.agents, [{ number: "301", hasPin: true }, { hasPin: false }]);
});

t.test("a section is replaced, checked, and told with who did it", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  const told: string[] = [];
  house.settings.events.on((event) => {
    if (event.type === "changed") told.push(`${event.by} ${event.paths.join(" ")}`);
  });
  const { revision } = await read(admin);
  const write = (section: string, value: unknown, from = revision) =>
    admin.request("PUT", `/api/v1/settings/${section}`, { revision: from, value });
  const good = await write("recording", { calls: "queue" });
  t.equal(good.statusCode, 200);
  t.match(good.json(), { settings: { recording: { calls: "queue", keepDays: 90 } } });
  t.same(told, ["admin /recording/calls"]);

  const late = await write("recording", { calls: "none" });
  t.equal(late.statusCode, 409);
  t.match(late.json(), { code: "ERR_SETTINGS_CONFLICT", remedy: /again/ });

  const now = (await read(admin)).revision;
  for (const [section, value, path] of [
    ["recording", { calls: "some" }, "/recording/calls"],
    ["recording", 7, "/recording"],
    ["queues", [], "/incoming/1/to/queue"],
    ["agents", [{ number: "301", name: "A", queues: ["gone"] }], "/agents/0/queues/0"],
    ["web", { port: 99_999 }, "/web/port"],
    ["users", [{ name: "eva", role: "admin" }], "/users/0/password"],
    ["users", [{ name: "lead", role: "supervisor" }], "/users"],
  ] as const) {
    const reply = await write(section, value, now);
    t.equal(reply.statusCode, 422, `${section} ${JSON.stringify(value)}`);
    t.match(reply.json<{ issues: object[] }>().issues[0], { path }, reply.body);
  }
  t.equal((await write("version", 2, now)).statusCode, 422);
  t.equal((await read(admin)).revision, now, "nothing was changed");
});

t.test("PINs and passwords are only ever written", async (t) => {
  const { browser, house } = await serve(t);
  const admin = await browser("admin");
  const write = async (section: string, value: unknown) => {
    const { revision } = await read(admin);
    return (await admin.request("PUT", `/api/v1/settings/${section}`, { revision, value })).statusCode;
  };
  const { agents } = (await read(admin)).settings;
  t.equal(
    await write(
      "agents",
      agents.map((agent, i) => (i === 0 ? { ...agent, pin: "1234" } : agent)),
    ),
    200,
  );
  const pinHash = () => house.settings.current().agents[0]?.pinHash;
  t.ok(await verifyPassword("1234", pinHash()));
  const kept = pinHash();
  t.equal(
    await write("agents", (await read(admin)).settings.agents),
    200,
    "what was read can be written back",
  );
  t.equal(pinHash(), kept);
  t.equal(
    await write(
      "agents",
      agents.map((agent) => ({ ...agent, pin: "" })),
    ),
    200,
  );
  t.equal(pinHash(), undefined);

  const before = house.settings.current().users;
  t.equal(await write("users", (await read(admin)).settings.users), 200);
  t.same(house.settings.current().users, before, "no password was touched");
  const { users } = (await read(admin)).settings;
  t.equal(
    await write("users", [...users, { name: "eva", role: "agent", password: "for the first time" }]),
    200,
  );
  const eva = house.settings.current().users.find(({ name }) => name === "eva");
  t.equal(eva?.mustChange, true);
  t.ok(await verifyPassword("for the first time", eva?.passwordHash));
});
