// The web's parts by themselves: certificates, sessions, the slow listener, local days.
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { errorCodes } from "../../src/shared/error-codes.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { loadCertificate, ownNames } from "../../src/web/certificate.ts";
import { createHealth } from "../../src/web/health.ts";
import { createHub } from "../../src/web/hub.ts";
import { localHour, localMidnight } from "../../src/shared/local-time.ts";
import { refusalOf } from "../../src/web/refusals.ts";
import { createSessions } from "../../src/web/sessions.ts";
import type { Socket } from "../../src/web/socket.ts";
import { readToday } from "../../src/web/today.ts";
import { createWeb } from "../../src/web/web.ts";
import { createTestClock } from "../support/test-clock.ts";
import { createHouse, line, span } from "./support.ts";

const day = 86_400_000;
const now = Date.UTC(2026, 0, 5);

t.test(
  "certificates: made once, for the names asked, renewed in time, signed by the box's own authority",
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "callbox-tls-"));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const names = ["localhost", "box.local", "127.0.0.1", "::1"];
    const first = await loadCertificate(folder, now, names);
    const server = new X509Certificate(first.cert);
    const authority = new X509Certificate(first.ca);
    t.ok(server.checkHost("box.local"));
    t.ok(server.checkIP("127.0.0.1"));
    t.notOk(server.ca);
    t.ok(authority.ca);
    t.ok(server.verify(authority.publicKey));
    t.ok(first.notAfter - now < 398 * day, "no longer than browsers take");
    t.equal(statSync(join(folder, "server.key")).mode & 0o777, 0o600);
    t.equal((await loadCertificate(folder, now + 300 * day, names)).cert, first.cert);
    const renewed = await loadCertificate(folder, now + 370 * day, names);
    t.not(renewed.cert, first.cert);
    t.equal(renewed.ca, first.ca, "what was installed in browsers stays good");
    const moved = await loadCertificate(folder, now + 371 * day, [...names, "192.0.2.7"]);
    t.ok(new X509Certificate(moved.cert).checkIP("192.0.2.7"), "a new address, a new certificate");
    writeFileSync(join(folder, "server.crt"), "rubbish");
    t.match((await loadCertificate(folder, now + 371 * day, names)).cert, /BEGIN CERTIFICATE/);
    t.ok(ownNames().includes("localhost"));
  },
);

t.test("the whole web over TLS, verified with the box's authority; a taken port has a code", async (t) => {
  const house = await createHouse(t);
  await house.settings.update((draft) => {
    draft.web = { ...draft.web, host: "127.0.0.1", port: 20_000 + Math.floor(Math.random() * 20_000) };
  });
  const { clock } = house;
  // Certificates are checked by the machine's own clock.
  clock.jump(Date.now() - clock.now());
  const web = await createWeb(house.deps);
  const { url } = await web.listen();
  t.match(url, /^https:\/\/127\.0\.0\.1:\d+\/$/);
  const ca = readFileSync(join(house.folder, "tls", "ca.crt"));
  const reply = await new Promise<{ status: number | undefined; headers: object }>((resolve, reject) => {
    get(`${url}api/v1/ready`, { ca, agent: false }, (message) => {
      message.resume();
      resolve({ status: message.statusCode, headers: message.headers });
    }).on("error", reject);
  });
  t.equal(reply.status, 200);
  t.notOk("strict-transport-security" in reply.headers);
  const second = await createWeb(house.deps);
  await t.rejects(second.listen(), { code: "ERR_WEB_PORT" });
  await second.close();
  await web.close();
  await web.close();
});

t.test("sessions: bounded for each user, and over after a day however busy", (t) => {
  const clock = createTestClock();
  const sessions = createSessions({ clock, idleMs: () => 3_600_000, mostOfUser: 3 });
  const ended: string[] = [];
  sessions.ended.on(({ id }) => void ended.push(id));
  const tokens = [1, 2, 3, 4].map(() => sessions.start("eva").token);
  t.equal(sessions.size, 3);
  t.equal(ended.length, 1);
  t.equal(sessions.find(tokens[0] ?? ""), undefined, "the one that rested longest is gone");
  const last = tokens[3] ?? "";
  const { id } = sessions.find(last) ?? { id: "" };
  t.ok(sessions.lives(id));
  for (let hours = 0; hours < 24; hours++) {
    clock.advanceSync(3_600_000 - 1);
    sessions.find(last);
  }
  clock.advanceSync(60_000);
  t.notOk(sessions.lives(id));
  t.equal(sessions.find(last), undefined);
  t.equal(sessions.size, 0);
  t.notMatch(JSON.stringify(ended), last, "what is told is not the token");
  t.end();
});

t.test("a listener that reads too slowly is dropped, the others hear on", async (t) => {
  const house = await createHouse(t);
  const { deps, clock } = house;
  const sessions = createSessions({ clock, idleMs: () => 3_600_000 });
  const health = createHealth(deps);
  const hub = createHub({
    ...deps,
    sessions,
    health,
    readToday: () => readToday(deps.storage, deps.settings.current(), clock.now()),
  });
  await hub.start();
  const fake = (waiting: number) => {
    const log: string[] = [];
    const socket = {
      bufferedAmount: 0,
      send: (text: string) => void log.push((JSON.parse(text) as { type: string }).type),
      close: (code?: number) => void log.push(`close ${code}`),
      terminate: () => void log.push("terminate"),
      on: () => socket,
    };
    const { session } = sessions.start("lead");
    const user = { name: "lead", role: "supervisor", mustChange: false, agent: undefined, session } as const;
    hub.join(socket as unknown as Socket, user);
    socket.bufferedAmount = waiting;
    return log;
  };
  const slow = fake(2_000_000);
  const good = fake(1000);
  house.lines.emit({ type: "line", line });
  house.lines.emit({ type: "line", line: { ...line, state: "idle" } });
  house.lines.emit({ type: "line", line: { ...line, id: "1/2" } });
  await new Promise((resolve) => setImmediate(resolve));
  t.same(slow, ["snapshot", "close 4002"]);
  t.same(good.splice(0), ["snapshot", "line", "line"], "the last of each line");
  house.lines.emit({ type: "span", span });
  house.lines.emit({ type: "line", line });
  house.lines.emit({ type: "span-removed", number: 1 });
  await new Promise((resolve) => setImmediate(resolve));
  t.same(good, ["span-removed"], "nothing of a span that is gone follows it");
  house.lines.emit({ type: "span-removed", number: 1 });
  house.lines.emit({ type: "span", span });
  house.lines.emit({ type: "line", line });
  await new Promise((resolve) => setImmediate(resolve));
  t.same(good.splice(0).slice(1), ["span-removed", "span", "line"], "another in its place");
  t.equal(hub.listeners, 1);
  await clock.advance(2000);
  t.equal(slow.at(-1), "terminate", "one that does not even read the close is cut");
  hub.close();
  health.close();
  t.equal(good.at(-1), "close 1001");
  t.equal(clock.pending, 0);
});

t.test("health: a machine that stood still is told of for an hour, the longest of it", async (t) => {
  const house = await createHouse(t);
  const { clock } = house;
  let late: readonly { atMs: number; lateMs: number }[] = [];
  const media = {
    stats: () => ({ ...house.deps.media.stats(), realtime: true }),
    takeLateness: () => ({ p50: 0, p99: 0, max: 0, late }),
  };
  const health = createHealth({ ...house.deps, media });
  const told = async (lateMs?: number) => {
    late = lateMs === undefined ? [] : [{ atMs: 1, lateMs }];
    const { warnings } = await health.sample();
    return warnings.filter(({ code }) => code === "ERR_MEDIA_LATE").map(({ message }) => message);
  };
  t.same(await told(15.9), [], "what waits for the card bears it");
  t.match((await told(51.7))[0], /: 52 ms$/u);
  t.match((await told(20))[0], /: 52 ms$/u, "not the last");
  await clock.advance(3_599_000);
  t.match((await told())[0], /: 52 ms$/u);
  await clock.advance(2000);
  t.match((await told(20))[0], /: 20 ms$/u);
  await clock.advance(3_600_000);
  t.same(await told(), []);
  health.close();
});

t.test("the day begins at local midnight, in every zone and on days when clocks change", (t) => {
  t.equal(localMidnight(Date.UTC(2026, 0, 5, 9, 30), "Asia/Shanghai"), Date.UTC(2026, 0, 4, 16));
  t.equal(localMidnight(Date.UTC(2026, 2, 29, 12), "Europe/Berlin"), Date.UTC(2026, 2, 28, 23), "23 hours");
  t.equal(localMidnight(Date.UTC(2026, 9, 25, 12), "Europe/Berlin"), Date.UTC(2026, 9, 24, 22), "25 hours");
  t.equal(localHour(Date.UTC(2026, 0, 5, 9, 45), "Asia/Kathmandu"), 15);
  const zones = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "UTC",
  ];
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.integer({ min: now, max: now + 730 * day }), fc.constantFrom(...zones), (at, zone) => {
        const midnight = localMidnight(at, zone);
        return (
          midnight <= at &&
          at - midnight < 25.01 * 3_600_000 &&
          localHour(midnight, zone) === 0 &&
          dayOf(midnight, zone) === dayOf(at, zone) &&
          dayOf(midnight - 1, zone) !== dayOf(at, zone)
        );
      }),
      { numRuns: 300 },
    ),
  );
  t.end();
});

const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("sv", { timeZone }).format(at);

t.test("every code has a status, and no error keeps one from being told", (t) => {
  for (const code of Object.keys(errorCodes) as (keyof typeof errorCodes)[]) {
    const { status, body } = refusalOf(new CallboxError(code, { detail: "x" }));
    t.ok(status >= 400 && status < 600 && body.remedy !== "", code);
  }
  for (const odd of [undefined, null, "text", 7, {}, { statusCode: "x" }, new Error("inside")]) {
    const { status, body } = refusalOf(odd);
    t.same([status, body.code], [500, "ERR_INTERNAL"]);
  }
  t.end();
});
