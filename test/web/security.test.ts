// What must not be possible, tried: without a session, with the wrong role, from another site, out of a folder.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { errorCodes } from "../../src/shared/error-codes.ts";
import { dated } from "../../src/shared/journal.ts";
import { routes, type RouteName } from "../../src/web/api/routes.ts";
import { within } from "../../src/web/routes/records.ts";
import { queueCall, started } from "../storage/support.ts";
import { at, cookieOf, passwords, serve, type Method } from "./support.ts";
import { noise, wave } from "../media/support.ts";
import { temporaryFolder } from "../support/folder.ts";
import { textPage, writeTiff } from "../support/tiff.ts";

const all = Object.keys(routes) as RouteName[];
const split = (name: RouteName): readonly [Method, string] => {
  const [method = "GET", path = ""] = name.split(" ");
  return [method as Method, `/api/v1${path.replaceAll(/:\w+/g, "x")}`];
};

t.test("whoever is not signed in gets 401 from every route of the described API", async (t) => {
  const { browser, stranger } = await serve(t);
  const document = (await (await browser("admin")).request("GET", "/api/v1/openapi.json")).json<{
    paths: Record<string, Record<string, { security?: unknown[] }>>;
  }>();
  const open: string[] = [];
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of Object.keys(methods)) {
      const url = path.replaceAll(/\{\w+\}/g, "x");
      const reply = await stranger.request(
        method.toUpperCase() as Method,
        url,
        method === "get" ? undefined : {},
      );
      if (reply.statusCode === 401 && reply.json<{ code: string }>().code === "ERR_NOT_SIGNED_IN") continue;
      open.push(`${method.toUpperCase()} ${path}`);
    }
  t.same(open.sort(), ["GET /api/v1/ready", "GET /api/v1/session", "POST /api/v1/session"]);
  t.equal((await stranger.request("GET", "/api/v1/openapi.json")).statusCode, 401);
  t.equal((await stranger.request("GET", "/api/v1/session")).statusCode, 204, "nobody is signed in");
});

t.test("each role passes where it may and nowhere else", async (t) => {
  const { browser } = await serve(t);
  const may = { anna: ["any"], lead: ["any", "supervisor"], admin: ["any", "supervisor", "admin"] };
  for (const user of ["anna", "lead", "admin"] as const) {
    const { request } = await browser(user);
    for (const name of all) {
      const { access } = routes[name];
      if (access === "public" || name === "DELETE /session") continue;
      const [method, url] = split(name);
      const reply = await request(method, url, method === "GET" ? undefined : {});
      const refused = reply.statusCode === 403 && reply.json<{ code: string }>().code === "ERR_FORBIDDEN";
      const fair = user === "anna" && name === "POST /agents/:number/commands" ? refused : false;
      if (refused && fair) continue;
      if (refused === may[user].includes(access)) t.fail(`${user} ${name}: ${reply.statusCode}`);
    }
    t.pass(user);
  }
});

t.test("an agent commands only himself", async (t) => {
  const { browser, house } = await serve(t);
  const anna = await browser("anna");
  const other = await anna.request("POST", "/api/v1/agents/302/commands", { command: "log-out" });
  t.equal(other.statusCode, 403);
  await anna.request("POST", "/api/v1/agents/301/commands", { command: "log-out" });
  t.same(house.did, ["log out 301 anna"]);
});

t.test("the first password must be changed before anything else", async (t) => {
  const { browser, stranger } = await serve(t);
  const fresh = await browser("fresh");
  t.match((await fresh.request("GET", "/api/v1/session")).json(), { name: "fresh", mustChange: true });
  t.match((await fresh.request("GET", "/api/v1/calls")).json(), { code: "ERR_PASSWORD_MUST_CHANGE" });
  const change = (current: string, next: string) =>
    fresh.request("PUT", "/api/v1/session/password", { current, next });
  t.match((await change("wrong", "long enough now")).json(), { code: "ERR_PASSWORD_WRONG" });
  t.match((await change(passwords.fresh, passwords.fresh)).json(), { code: "ERR_PASSWORD_SAME" });
  t.equal((await change(passwords.fresh, "short")).statusCode, 422);
  const changed = await change(passwords.fresh, "long enough now");
  t.match(changed.json(), { mustChange: false });
  t.equal((await fresh.request("GET", "/api/v1/calls")).statusCode, 401, "the old token is worth nothing");
  const next = { cookie: cookieOf(changed) };
  t.equal((await stranger.request("GET", "/api/v1/calls", undefined, next)).statusCode, 200);
  const again = await stranger.request("POST", "/api/v1/session", {
    name: "fresh",
    password: "long enough now",
  });
  t.match(again.json(), { mustChange: false });
});

t.test("the cookie: out of scripts' reach, for this site alone, new at each sign-in", async (t) => {
  const { stranger, app } = await serve(t);
  const body = { name: "admin", password: passwords.admin };
  const planted = "callbox=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const reply = await stranger.request("POST", "/api/v1/session", body, { cookie: planted });
  t.match(String(reply.headers["set-cookie"]), /HttpOnly/);
  t.match(String(reply.headers["set-cookie"]), /SameSite=Strict/);
  t.not(cookieOf(reply), planted, "a planted token is not taken over");
  const withPlanted = await stranger.request("GET", "/api/v1/calls", undefined, { cookie: planted });
  t.equal(withPlanted.statusCode, 401);
  const cookie = cookieOf(reply);
  t.equal((await stranger.request("DELETE", "/api/v1/session", undefined, { cookie })).statusCode, 204);
  t.equal(
    (await stranger.request("GET", "/api/v1/calls", undefined, { cookie })).statusCode,
    401,
    "signed out",
  );
  t.ok(app);
});

t.test("a wrong name and a wrong password are refused alike, and not without end", async (t) => {
  const { stranger } = await serve(t);
  const signIn = (name: string, password: string) =>
    stranger.request("POST", "/api/v1/session", { name, password });
  const wrongName = await signIn("nobody", "x");
  const wrongPassword = await signIn("admin", "x");
  t.equal(wrongName.statusCode, 401);
  t.equal(wrongName.body, wrongPassword.body);
  const codes: number[] = [];
  for (let i = 0; i < 12; i++) codes.push((await signIn("admin", `guess ${i}`)).statusCode);
  t.equal(codes.at(-1), 429);
  t.match((await signIn("admin", passwords.admin)).json(), {
    code: "ERR_REQUESTS_TOO_MANY",
    remedy: /minute/,
  });
});

t.test("sessions end when they rest, when the user goes, and when the password changes", async (t) => {
  const { browser, house } = await serve(t);
  const lead = await browser("lead");
  const rest = house.settings.current().web.idleMinutes * 60_000;
  await house.clock.advance(rest - 1000);
  t.equal((await lead.request("GET", "/api/v1/calls")).statusCode, 200);
  await house.clock.advance(rest - 1000);
  t.equal((await lead.request("GET", "/api/v1/calls")).statusCode, 200, "use keeps it");
  await house.clock.advance(rest + 1000);
  t.equal((await lead.request("GET", "/api/v1/calls")).statusCode, 401);
  const anna = await browser("anna");
  await house.settings.update(
    (draft) => void (draft.users = draft.users.filter(({ name }) => name !== "anna")),
  );
  t.equal((await anna.request("GET", "/api/v1/calls")).statusCode, 401);
});

t.test("what another site makes a browser send is refused, cookie or not", async (t) => {
  const { browser, stranger, house } = await serve(t);
  const admin = await browser("admin");
  for (const headers of [
    { origin: "https://evil.example", host: "box.local" },
    { origin: "null", host: "box.local" },
    { origin: "https://box.local.evil.example", host: "box.local" },
    { origin: "https://box.local:9999", host: "box.local" },
    { "sec-fetch-site": "cross-site", host: "box.local" },
    { "sec-fetch-site": "same-site", host: "box.local" },
  ] as const) {
    const reply = await admin.request("DELETE", "/api/v1/calls/01CALL", undefined, headers);
    t.match(reply.json(), { code: "ERR_ORIGIN_FOREIGN" }, JSON.stringify(headers));
    const signIn = await stranger.request(
      "POST",
      "/api/v1/session",
      { name: "admin", password: "x" },
      headers,
    );
    t.equal(signIn.statusCode, 403, "nor may it sign somebody in");
  }
  t.same(house.did, []);
  const own = { origin: "https://box.local", host: "box.local", "sec-fetch-site": "same-origin" };
  t.equal((await admin.request("DELETE", "/api/v1/calls/01CALL", undefined, own)).statusCode, 204);
});

t.test("recordings: by range, by role, and never out of their folder", async (t) => {
  const { browser, house } = await serve(t);
  const folder = house.deps.recordingsDir;
  mkdirSync(join(folder, "2026"), { recursive: true });
  const audio = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256));
  writeFileSync(join(folder, "2026", "a b.wav"), audio);
  writeFileSync(join(house.folder, "secret"), "secret");
  const with_ = (call: string, file: string) => [
    ...queueCall(call, at, { agent: call === "other" ? "302" : "301" }).filter(
      ({ type }) => !type.startsWith("recording."),
    ),
    dated({ type: "recording.started", call, leg: "a", file }, at),
  ];
  house.commit([
    ...with_("own", "2026/a b.wav"),
    ...with_("other", "2026/a b.wav"),
    ...with_("up", "../secret"),
    ...with_("abs", join(house.folder, "secret")),
    ...with_("gone", "2026/gone.wav"),
    ...with_("dir", "2026"),
    started("live", at),
    dated({ type: "recording.started", call: "live", leg: "a", file: "2026/a b.wav" }, at),
  ]);
  const lead = await browser("lead");
  const audioOf = (id: string, headers = {}) =>
    lead.request("GET", `/api/v1/recordings/${id}/audio`, undefined, headers);
  const whole = await audioOf("own.0");
  t.equal(whole.statusCode, 200);
  t.same(whole.rawPayload, audio);
  t.match(whole.headers, { "content-type": /audio\/wav/, "accept-ranges": "bytes" });
  const part = await audioOf("own.0", { range: "bytes=10-19" });
  t.equal(part.statusCode, 206);
  t.same(part.rawPayload, audio.subarray(10, 20));
  t.equal((await audioOf("own.0", { range: "bytes=5000-" })).statusCode, 416);
  t.equal((await audioOf("live.0")).statusCode, 200, "one that is still written can be heard");
  for (const id of [
    "up.0",
    "abs.0",
    "gone.0",
    "dir.0",
    "own.1",
    "own",
    "..%2f..%2fsecret",
    "nobody.0",
    "%00.0",
  ]) {
    const reply = await audioOf(id);
    t.equal(reply.statusCode, 404, id);
    t.notMatch(reply.body, /secret$/);
    t.match(reply.json(), { code: /^ERR_(RECORDING_UNKNOWN|NOT_FOUND)$/ }, id);
  }
  const anna = await browser("anna");
  t.equal((await anna.request("GET", "/api/v1/recordings/own.0/audio")).statusCode, 200);
  t.equal((await anna.request("GET", "/api/v1/recordings/other.0/audio")).statusCode, 404);
});

t.test("faxes: the call's own document, by role, and never out of their folder", async (t) => {
  const { browser, house } = await serve(t);
  const folder = house.deps.faxesDir;
  mkdirSync(join(folder, "office"), { recursive: true });
  writeFileSync(join(folder, "office/1.pdf"), "%PDF-1.4");
  writeFileSync(join(folder, "..", "secret.pdf"), "secret");
  const fax = (call: string, file?: string) => [
    ...queueCall(call, at, { agent: call === "other" ? "302" : "301" }),
    dated(
      {
        type: "fax.received",
        call,
        mailbox: "office",
        ...(file !== undefined && { file }),
        pages: 1,
        whole: true,
        status: "ok",
        bitRate: 14_400,
        errorCorrection: true,
        badRows: 0,
      },
      at,
    ),
  ];
  house.commit([
    ...fax("own", "office/1.tif"),
    ...fax("other", "office/1.tif"),
    ...fax("up", "../secret.tif"),
    ...fax("gone", "office/2.tif"),
    ...fax("none"),
  ]);
  const lead = await browser("lead");
  const reply = await lead.request("GET", "/api/v1/faxes/own/document");
  t.equal(reply.statusCode, 200);
  t.equal(reply.body, "%PDF-1.4");
  t.match(reply.headers, { "content-type": "application/pdf" });
  t.match((await lead.request("GET", "/api/v1/records/own")).json(), {
    record: { fax: { pages: 1, whole: true, document: true } },
  });
  for (const id of ["up", "gone", "none", "nobody", "..%2fsecret"]) {
    const refused = await lead.request("GET", `/api/v1/faxes/${id}/document`);
    t.equal(refused.statusCode, 404, id);
    t.notMatch(refused.body, /secret$/);
  }
  const anna = await browser("anna");
  t.equal((await anna.request("GET", "/api/v1/faxes/own/document")).statusCode, 200);
  t.equal((await anna.request("GET", "/api/v1/faxes/other/document")).statusCode, 404);
  t.equal((await anna.request("DELETE", "/api/v1/faxes/own/document")).statusCode, 403);
  t.equal((await lead.request("DELETE", "/api/v1/faxes/up/document")).statusCode, 404);
  t.equal((await lead.request("DELETE", "/api/v1/faxes/own/document")).statusCode, 204);
  t.same(readdirSync(join(folder, "office")), []);
  t.equal((await lead.request("GET", "/api/v1/faxes/own/document")).statusCode, 404);
});

t.test("faxes to be sent: by role, a document that is one, a number that is one", async (t) => {
  const { browser, house } = await serve(t);
  const [lead, anna] = [await browser("lead"), await browser("anna")];
  const folder = temporaryFolder("fax");
  writeTiff(join(folder, "a.tif"), [textPage(1), textPage(2)]);
  const document = readFileSync(join(folder, "a.tif")).toString("base64");
  const send = (who: typeof lead, body: object) => who.request("POST", "/api/v1/faxes/outbox", body);
  t.equal((await send(anna, { to: "95551234", document })).statusCode, 403);
  t.match((await send(lead, { to: "55 51", document })).json(), { code: "ERR_FAX_NUMBER" });
  t.match((await send(lead, { to: "95551234", document: "bm8gZmF4" })).json(), { code: "ERR_FAX_DOCUMENT" });
  const given = await send(lead, { to: "95551234", document });
  t.match(given.json(), { to: "95551234", pages: 2, by: "lead", tries: 0 });
  for (let i = 0; i < 200 && house.deps.outbox.list()[0]?.state !== "failed"; i++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const { jobs } = (await lead.request("GET", "/api/v1/faxes/outbox")).json<{ jobs: readonly object[] }>();
  t.match(jobs, [{ state: "failed", status: "refused" }], "the box may not dial it");
  const { id } = given.json<{ id: string }>();
  t.equal((await lead.request("DELETE", `/api/v1/faxes/outbox/${id}`)).statusCode, 204);
  t.equal((await lead.request("DELETE", `/api/v1/faxes/outbox/${id}`)).statusCode, 404);
  t.same(readdirSync(join(house.deps.faxesDir, "outbox")), []);
});

t.test("voice messages: by role, heard as linear sound, marked, deleted", async (t) => {
  const { browser, house } = await serve(t);
  const [lead, anna] = [await browser("lead"), await browser("anna")];
  const name = "20261128T090000-01JABCDEFGHJKMNPQRSTVWXYZ0";
  const path = house.deps.mailboxes.path;
  t.throws(() => path(`office/${name}`), { code: "ERR_MESSAGE_UNKNOWN" });
  const folder = join(house.deps.faxesDir, "..", "voicemail");
  mkdirSync(join(folder, "office"), { recursive: true });
  writeFileSync(join(folder, `office/${name}.wav`), wave(noise(4000)));
  house.left({ id: `office/${name}`, mailbox: "office", call: "c", at, durationMs: 500 });
  const address = `/api/v1/voicemail/office/${name}`;
  for (const [method, path] of [
    ["GET", "/api/v1/voicemail"],
    ["GET", `${address}/audio`],
    ["DELETE", address],
  ] as const)
    t.equal((await anna.request(method, path)).statusCode, 403, `${method} ${path}`);
  t.match((await lead.request("GET", "/api/v1/voicemail")).json(), {
    messages: [{ mailbox: "office", name, durationMs: 500, heard: false }],
  });
  const sound = await lead.request("GET", `${address}/audio`);
  t.equal(sound.headers["content-type"], "audio/wav");
  t.equal(sound.rawPayload.length, 44 + 8000);
  t.equal((await lead.request("PUT", address, { heard: true })).statusCode, 204);
  t.match((await lead.request("GET", "/api/v1/voicemail")).json(), { messages: [{ heard: true }] });
  t.equal((await lead.request("GET", `/api/v1/voicemail/office/NONE/audio`)).statusCode, 404);
  const outside = await lead.request("GET", `/api/v1/voicemail/..%2foffice/${name}/audio`);
  t.ok(outside.statusCode >= 400, `${outside.statusCode} for what leads out of the folder`);
  t.equal((await lead.request("DELETE", address)).statusCode, 204);
  t.equal((await lead.request("DELETE", address)).statusCode, 404);
  t.same(readdirSync(join(folder, "office")), []);
});

t.test("a path is within a folder, or it is not", (t) => {
  t.equal(within("/rec", "2026/a.wav"), "2026/a.wav");
  t.equal(within("/rec", "/rec/2026/a.wav"), "2026/a.wav");
  for (const file of ["", ".", "..", "../x", "/etc/passwd", "a/../../x", "/recorded/x"])
    t.equal(within("/rec", file), undefined, file);
  t.end();
});

t.test("the console's files: the page with a nonce of its own, nothing out of the folder", async (t) => {
  const { stranger } = await serve(t);
  const nonces = new Set<string>();
  for (const url of ["/", "/calls", "/records/01", "/index.html"]) {
    const reply = await stranger.request("GET", url);
    t.equal(reply.statusCode, 200, url);
    const nonce = /nonce="([^"]+)" src/.exec(reply.body)?.[1] ?? "";
    const policy = String(reply.headers["content-security-policy"]);
    t.ok(policy.includes(`script-src 'self' 'nonce-${nonce}'`), "the policy allows just this nonce");
    t.notMatch(policy, /unsafe/);
    t.notMatch(reply.body, /CSP_NONCE/);
    t.equal(reply.headers["cache-control"], "no-store");
    nonces.add(nonce);
  }
  t.equal(nonces.size, 4);
  const asset = await stranger.request("GET", "/assets/main-abc123.js");
  t.match(asset.headers, {
    "cache-control": /immutable/,
    "content-type": /javascript/,
    "x-content-type-options": "nosniff",
  });
  for (const url of [
    "/.secret",
    "/../settings.json",
    "/..%2fsettings.json",
    "/%2e%2e/settings.json",
    "/assets/..%2f..%2fsettings.json",
    "/assets/%2e%2e/%2e%2e/settings.json",
    "/assets/gone.js",
    "/api/v1/gone",
    "/api/v2/calls",
  ]) {
    const reply = await stranger.request("GET", url);
    t.ok(reply.statusCode === 404 || reply.statusCode === 403, `${url}: ${reply.statusCode}`);
    t.notMatch(reply.body, /passwordHash/, url);
    t.ok(reply.json<{ code: string }>().code in errorCodes, "and says so in the API's form");
  }
});

t.test("bodies that are too large, broken, or of another kind", async (t) => {
  const { browser } = await serve(t);
  const admin = await browser("admin");
  const large = await admin.request("PUT", "/api/v1/flows/main", { source: "x".repeat(1_200_000) });
  t.equal(large.statusCode, 413);
  t.match(large.json(), { code: "ERR_REQUEST_TOO_LARGE" });
  const json = { "content-type": "application/json" };
  for (const [body, headers] of [
    ['{"to":', json],
    ['{"__proto__":{"x":1},"to":{"queue":"sales"}}', json],
    ["to=1", { "content-type": "application/x-www-form-urlencoded" }],
    ["<to/>", { "content-type": "text/xml" }],
    ["", json],
  ] as const) {
    const reply = await admin.request("POST", "/api/v1/calls/01CALL/transfer", body, headers);
    t.ok(reply.statusCode >= 400 && reply.statusCode < 500, `${body} ${reply.statusCode}`);
    t.match(reply.json(), { code: "ERR_REQUEST_INVALID", remedy: /openapi/ }, body);
  }
  const wrong = await admin.request("POST", "/api/v1/calls/01CALL/transfer", { to: { quue: "sales" } });
  t.equal(wrong.statusCode, 422);
  t.match(wrong.json(), { issues: [{ path: /^\/to/ }] });
});

t.test("nothing that is sent makes the server fail", { timeout: 100_000 }, async (t) => {
  const { browser, app, house } = await serve(t);
  const { cookie } = await browser("admin");
  house.commit(queueCall("01", at));
  let address = 0;
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("01", "01.0", "..", "main", "phone-5/1", "301", "%", "'"),
  );
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record({ command: fc.constantFrom("log-in", "pause", 7), extension: fc.jsonValue() }),
    fc.record({ action: fc.constantFrom("dial", "press", "lift"), number: fc.jsonValue(), digits: text }),
    fc.record({ revision: fc.nat(), value: fc.jsonValue() }),
    fc.record({ source: text }),
    fc.record({ to: fc.record({ queue: text }) }),
  );
  const names = all.filter((name) => !name.includes(" /session"));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), text, text, value, async (name, id, query, body) => {
      const [method = "GET", path = ""] = name.split(" ");
      const reply = await app.fastify.inject({
        method: method as Method,
        url: `/api/v1${path.replace(/:\w+/, encodeURIComponent(id))}?${new URLSearchParams({ limit: id, cursor: query, number: query }).toString()}`,
        headers: { cookie, "content-type": "application/json" },
        // Each from another address: the limit for one would answer for the rest.
        remoteAddress: `10.0.${(++address >> 8) & 255}.${address & 255}`,
        ...(method === "GET" ? {} : { payload: JSON.stringify(body) }),
      });
      return reply.statusCode < 500;
    }),
    { numRuns: 200 },
  );
  t.pass("200 requests, none a fault");
});

t.test("what goes wrong inside is not told outside", async (t) => {
  const { browser } = await serve(t, (deps) => ({
    ...deps,
    calls: {
      ...deps.calls,
      list() {
        throw new Error("/var/lib/callbox: at secret place");
      },
    },
  }));
  const reply = await (await browser("anna")).request("GET", "/api/v1/calls");
  t.equal(reply.statusCode, 500);
  t.match(reply.json(), { code: "ERR_INTERNAL" });
  t.notMatch(reply.body, /secret/);
});
