// The API on the box itself: whoever may open the socket is an admin, and nobody else; a socket that was left behind.
import { chmodSync, existsSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import t from "tap";
import { createClient, RefusedError, UnreachableError } from "../../src/cli/client.ts";
import { createApp } from "../../src/web/server.ts";
import { createHouse } from "./support.ts";

async function open(t: { teardown(fn: () => unknown): void }) {
  const house = await createHouse(t);
  const app = await createApp(house.deps);
  t.teardown(() => app.close());
  await app.start();
  const path = join(house.folder, "callbox.sock");
  return { house, app, path };
}

t.test("an admin without a password, by a name that the journal keeps", async (t) => {
  const { house, app, path } = await open(t);
  await app.listenLocally(path);
  t.equal(statSync(path).mode & 0o777, 0o660, "for owner and group alone");
  const client = createClient(path, "ann");
  t.match(await client.request("GET /lines", {}), { spans: [{ number: 1 }] });
  t.match(await client.request("GET /session", {}), { name: "local:ann", role: "admin" });
  const { frames } = await client.request("GET /spans/:number/trace", {
    params: { number: 1 },
    query: { limit: 3 },
  });
  t.equal(frames.length, 3);
  const imported = await client.request("POST /import/chan-dahdi", {
    body: { text: "signalling=pri_cpe\nx" },
  });
  t.match(imported, { understood: [], notUnderstood: [{ line: 1 }, { line: 2 }] });
  const block = { when: "idle", reason: "noise" } as const;
  await client.request("POST /lines/:id/block", { params: { id: "1/1" }, body: block });
  t.match(house.settings.current().outOfService, [{ line: "1/1" }]);
  t.match(await createClient(path, "x; drop").request("GET /session", {}), { name: "local" });
  await t.rejects(client.request("GET /spans/:number/trace", { params: { number: 4 }, query: {} }), {
    code: "ERR_SPAN_NO_DCHANNEL",
  });
  await t.rejects(client.request("GET /flows/:id", { params: { id: "none" } }), RefusedError);
  await app.close();
  t.notOk(existsSync(path));
  await t.rejects(client.request("GET /lines", {}), UnreachableError);
});

t.test("an import's groups and spans are taken as they are proposed", async (t) => {
  const { house, app, path } = await open(t);
  await app.listenLocally(path);
  const client = createClient(path, "ann");
  const body = { text: "signalling=pri_net\ngroup=7\nhidecallerid=yes\nchannel=1" };
  const { spans, analog, trunkGroups } = await client.request("POST /import/chan-dahdi", { body });
  t.match(trunkGroups, [{ id: "group-7", withhold: true }]);
  const { revision, settings } = await client.request("GET /settings", {});
  await client.request("PUT /settings/:section", {
    params: { section: "trunkGroups" },
    body: { revision, value: [...settings.trunkGroups, ...trunkGroups] },
  });
  const preview = await client.request("POST /lines/change/preview", { body: { spans, analog } });
  t.match(preview, { spans: [1] });
  await client.request("POST /lines/change", { body: { spans, analog } });
  t.match(
    house.settings.current().spans.find(({ span }) => span === 1),
    { side: "network" },
  );
});

t.test("the header that names the user is worth nothing on the network", async (t) => {
  const { app, path } = await open(t);
  await app.listenLocally(path);
  const reply = await app.fastify.inject({ url: "/api/v1/lines", headers: { "x-callbox-user": "ann" } });
  t.equal(reply.statusCode, 401);
});

t.test("a socket file that a killed process left is replaced; another Callbox's is not", async (t) => {
  const { app, path } = await open(t);
  writeFileSync(path, "");
  await app.listenLocally(path);
  t.match(await createClient(path, "ann").request("GET /ready", {}), { ready: true });
  const other = await open(t);
  const lasting = createServer().listen(join(other.house.folder, "lasting.sock"));
  t.teardown(() => lasting.close());
  await t.rejects(other.app.listenLocally(join(other.house.folder, "lasting.sock")), {
    code: "ERR_LOCAL_SOCKET",
  });
  await t.rejects(other.app.listenLocally(join(other.house.folder, "no/such/folder")), {
    code: "ERR_LOCAL_SOCKET",
  });
  chmodSync(other.house.folder, 0o700);
});
