// The two WebSockets over a real connection: who may join, what is pushed, what audio does, who is dropped.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import t from "tap";
import { Value } from "typebox/value";
import { WebSocket, type RawData } from "ws";
import { PushedEvent } from "../../src/web/api/events.ts";
import { queueCall } from "../storage/support.ts";
import { agent, at, call, line, phone, queue, serve, span, type Served, type UserName } from "./support.ts";

interface Listening {
  readonly socket: WebSocket;
  /** The next message of a type (JSON), skipping others. */
  readonly next: (type: string) => Promise<Record<string, unknown>>;
  readonly binary: () => Promise<Buffer>;
  readonly closed: Promise<number>;
}

async function portOf({ app }: Served): Promise<number> {
  if (!app.fastify.server.listening) await app.fastify.listen({ host: "127.0.0.1", port: 0 });
  return (app.fastify.server.address() as AddressInfo).port;
}

async function open(served: Served, path: string, headers: Record<string, string>): Promise<WebSocket> {
  return new WebSocket(`ws://127.0.0.1:${await portOf(served)}/api/v1${path}`, { headers });
}

/** The status with which a socket is refused. */
async function refused(served: Served, path: string, headers: Record<string, string>): Promise<number> {
  const socket = await open(served, path, headers);
  return new Promise((resolve, reject) => {
    socket.on("unexpected-response", (_request, reply) => {
      resolve(reply.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("open", () => reject(new Error("was let in")));
    socket.on("error", () => undefined);
  });
}

async function listen(served: Served, user: UserName, path: string): Promise<Listening> {
  const { cookie } = await served.browser(user);
  const socket = await open(served, path, { cookie });
  const messages: RawData[] = [];
  let wake = (): void => undefined;
  socket.on("message", (data) => {
    messages.push(data);
    wake();
  });
  const closed = once(socket, "close").then(([code]) => code as number);
  await once(socket, "open");
  const take = async (): Promise<Buffer> => {
    while (messages.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return messages.shift() as Buffer;
  };
  return {
    socket,
    closed,
    binary: take,
    async next(type) {
      for (;;) {
        const event = JSON.parse((await take()).toString()) as Record<string, unknown>;
        if (event["type"] === type) return event;
      }
    },
  };
}

t.test("nobody joins without a session, from another site, or without the right", async (t) => {
  const served = await serve(t);
  const { cookie } = await served.browser("anna");
  const host = `127.0.0.1:${await portOf(served)}`;
  const audio = "/rehearsal/stations/phone-5%2F1/audio";
  t.equal(await refused(served, "/events", {}), 401);
  t.equal(await refused(served, "/events", { cookie: "callbox=made-up" }), 401);
  t.equal(await refused(served, "/events", { cookie, origin: "https://evil.example" }), 403);
  t.equal(await refused(served, audio, {}), 401);
  t.equal(await refused(served, audio, { cookie }), 403, "agents do not rehearse");
  const fresh = await served.browser("fresh");
  t.equal(
    await refused(served, "/events", { cookie: fresh.cookie }),
    403,
    "not before the password is changed",
  );
  const lead = await served.browser("lead");
  t.equal(await refused(served, "/rehearsal/stations/nobody/audio", { cookie: lead.cookie }), 404);
  const noSocket = await open(served, "/calls", { cookie: lead.cookie });
  await once(noSocket, "close");
  t.pass("a route that is no socket closes it at once");
  const own = await open(served, "/events", { cookie, origin: `http://${host}` });
  await once(own, "open");
  own.close();
  await once(own, "close");
});

t.test("a snapshot first, then each change whole, each of its schema", async (t) => {
  const served = await serve(t);
  const { house } = served;
  const lead = await listen(served, "lead", "/events");
  const snapshot = await lead.next("snapshot");
  t.match(snapshot, {
    at: house.clock.now(),
    calls: [call],
    lines: [line],
    spans: [span],
    queues: [queue],
    agents: [agent],
  });
  t.ok(Value.Check(PushedEvent, snapshot));
  const expectNext = async (type: string, expected: object) => {
    const event = await lead.next(type);
    t.match(event, expected, type);
    t.ok(Value.Check(PushedEvent, event), `${type} is of its schema`);
  };
  house.lines.emit({ type: "line", line: { ...line, state: "alarm" } });
  await expectNext("line", { line: { state: "alarm" } });
  house.lines.emit({ type: "span", span: { ...span, kind: "analog", alarms: ["RED"], dataLink: undefined } });
  await expectNext("span", { span: { alarms: ["RED"] } });
  house.calls.emit({ type: "call", call });
  await expectNext("call", { call });
  house.calls.emit({ type: "call-ended", id: "01CALL", cause: 16, by: "caller" });
  await expectNext("call-ended", { id: "01CALL" });
  house.acd.emit({ type: "queue", queue });
  await expectNext("queue", { queue });
  house.acd.emit({ type: "agent", agent });
  await expectNext("agent", { agent });
  house.setStation("phone-5/1", "ringing");
  await expectNext("station", { station: { id: phone.id, state: "ringing" } });
  house.commit(queueCall("01", at));
  await expectNext("record", { record: { id: "01", disposition: "answered" } });
  await house.clock.advance(1000);
  await expectNext("today", { today: { incoming: 1 } });
  await house.clock.advance(10_000);
  await expectNext("tick", { at: house.clock.now() - 1000 });
  await expectNext("health", { health: { board: "simulated" } });
  await house.settings.update((draft) => void (draft.recording.keepDays = 9));
  await expectNext("settings", { revision: house.settings.revision });
  await expectNext("snapshot", {});
  lead.socket.close();
  await lead.closed;
});

t.test("while nobody listens nothing is counted; who comes gets the figures of now", async (t) => {
  const served = await serve(t);
  const { house } = served;
  await portOf(served);
  const before = house.countsRead();
  house.commit(queueCall("01", at));
  await house.clock.advance(60_000);
  t.equal(house.countsRead(), before);
  const lead = await listen(served, "lead", "/events");
  t.match(await lead.next("snapshot"), { today: { incoming: 1 } });
  t.equal(house.countsRead(), before + 1);
  const second = await listen(served, "anna", "/events");
  t.match(await second.next("snapshot"), { today: { incoming: 1 } });
  t.equal(house.countsRead(), before + 1, "once, while somebody listens");
});

t.test("agents are not told of stations, nor of others' records", async (t) => {
  const served = await serve(t);
  const anna = await listen(served, "anna", "/events");
  t.same((await anna.next("snapshot"))["stations"], []);
  served.house.setStation("phone-5/1", "ringing");
  served.house.commit([...queueCall("02", at, { agent: "302" }), ...queueCall("01", at)]);
  served.house.calls.emit({ type: "call-ended", id: "end", cause: 16, by: "caller" });
  const seen: unknown[] = [];
  for (let i = 0; i < 2; i++) seen.push(JSON.parse((await anna.binary()).toString()));
  t.same(
    seen
      .map(
        (event) =>
          (event as { type: string; record?: { id: string } }).record?.id ?? (event as { type: string }).type,
      )
      .sort(),
    ["01", "call-ended"],
  );
  anna.socket.close();
  await anna.closed;
});

t.test("who signs out, is removed, or rests too long is told and dropped", async (t) => {
  const served = await serve(t);
  const { cookie, request } = await served.browser("lead");
  const socket = await open(served, "/events", { cookie });
  const code = once(socket, "close").then(([code]) => code as number);
  await once(socket, "open");
  await request("DELETE", "/api/v1/session");
  t.equal(await code, 4003);

  const anna = await listen(served, "anna", "/events");
  await served.house.settings.update(
    (draft) => void (draft.users = draft.users.filter(({ name }) => name !== "anna")),
  );
  await anna.next("signed-out");
  t.equal(await anna.closed, 4003);

  const resting = await listen(served, "admin", "/events");
  const rest = served.house.settings.current().web.idleMinutes * 60_000;
  await served.house.clock.advance(rest + 20_000);
  t.equal(await resting.closed, 4003);
});

t.test("whoever talks where there is only listening is dropped", async (t) => {
  const served = await serve(t);
  const lead = await listen(served, "lead", "/events");
  lead.socket.send("hello");
  t.equal(await lead.closed, 1008);
});

t.test("audio both ways, only while the handset is lifted", async (t) => {
  const served = await serve(t);
  const { house } = served;
  const path = "/rehearsal/stations/phone-5%2F1/audio";
  const lead = await listen(served, "lead", path);
  lead.socket.send(Buffer.alloc(320));
  lead.socket.ping();
  await once(lead.socket, "pong");
  const port = house.setStation("phone-5/1", "dialling");
  const block = Int16Array.from({ length: 160 }, (_, i) => (i - 80) * 400);
  port?.hear(block);
  const heard = await lead.binary();
  t.equal(heard.length, 320);
  t.same(
    Int16Array.from({ length: 160 }, (_, i) => heard.readInt16LE(i * 2)),
    block,
  );
  const spoken = Buffer.alloc(320);
  block.forEach((sample, i) => void spoken.writeInt16LE(sample, i * 2));
  lead.socket.send(spoken);
  while (port?.written.length === 0) await new Promise((resolve) => setImmediate(resolve));
  t.same(port?.written[0], block, "and nothing of what was said on hook");

  const other = await listen(served, "admin", path);
  t.equal(await lead.closed, 4001, "one browser at a time");
  port?.hear(block);
  t.equal((await other.binary()).length, 320, "the newer one has the handset");
  house.setStation("phone-5/1", "idle");
  other.socket.send(spoken);
  other.socket.send(Buffer.alloc(321));
  t.equal(await other.closed, 4004, "half a sample is no audio");
  t.equal(port?.written.length, 1);
});

t.test("too much at once is refused", async (t) => {
  const served = await serve(t);
  const path = "/rehearsal/stations/phone-5%2F1/audio";
  const lead = await listen(served, "lead", path);
  lead.socket.send(Buffer.alloc(100_000));
  t.equal(await lead.closed, 1009);
  const again = await listen(served, "lead", path);
  again.socket.send("text");
  t.equal(await again.closed, 4004);
});

t.test("closing the server ends every connection", async (t) => {
  const served = await serve(t);
  const lead = await listen(served, "lead", "/events");
  await lead.next("snapshot");
  await served.app.close();
  t.ok([1001, 1005, 1006].includes(await lead.closed));
});
