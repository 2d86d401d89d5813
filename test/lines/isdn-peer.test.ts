// What an exchange may do that our own lines never do: send a number in pieces, give announcements before it
// clears, call for data. The far D-channel is played with bare requests.
import t from "tap";
import { adviceOf } from "../../src/lines/isdn/charge-advice.ts";
import { createDChannelRunner } from "../../src/lines/isdn/dchannel-runner.ts";
import type { PartyNumber } from "../../src/lines/leg.ts";
import type { ChargeAdvice } from "../../src/shared/charge-advice.ts";
import { silentLogger } from "../../src/shared/log.ts";
import type { Charge, Indication, Request, SetupRequest } from "../../src/signalling/isdn/types.ts";
import { createRig, first, listen, plays, type Rig } from "./rig.ts";

const party: PartyNumber = { digits: "5550100", type: "unknown", presentation: "allowed" };

async function peer(overlap = false) {
  const rig: Rig = createRig(
    { spans: [{ kind: "BRI" }] },
    {
      spans: [{ span: 1, side: "user", tei: "fixed", overlap, group: "out" }],
      trunkGroups: [{ id: "out", hunt: "first" }],
    },
  );
  const channel = rig.pair.far.spans[0]?.channels[2];
  if (channel?.kind !== "data") throw new Error("no D-channel");
  const told: Indication[] = [];
  const exchange = createDChannelRunner({
    machine: { side: "network", interface: "BRI" },
    channel: channel.open(),
    clock: rig.clock,
    log: silentLogger,
    indicate: (indication) => told.push(indication),
  });
  exchange.layer1(true);
  await rig.clock.advance(2000);
  return {
    ...rig,
    rig,
    told,
    types: () => told.map(({ type }) => type).filter((type) => !/DataLink|Channel/.test(type)),
    /** Asks, and lets the box answer. */
    async ask(request: Request) {
      exchange.request(request);
      await rig.clock.advance(10);
    },
    async end() {
      const closed = rig.lines.close();
      await rig.clock.advance(3000);
      await closed;
      exchange.close();
    },
  };
}

const setup = (digits: string, more: Partial<SetupRequest> = {}): SetupRequest => ({
  type: "SetupRequest",
  call: "a",
  called: { digits, type: "unknown", plan: "isdn" },
  sendingComplete: false,
  channel: { number: 1, exclusive: true },
  ...more,
});

t.test("overlap: digits are gathered until the dial plan has a number", async (t) => {
  const all = await peer(true);
  await all.ask(setup("1"));
  t.strictSame(all.types(), ["MoreInfoIndication"]);
  t.equal(all.lines.list()[0]?.state, "in-use");
  await all.ask({ type: "InfoRequest", call: "a", digits: "2" });
  t.equal(all.offered.length, 0);
  await all.ask({ type: "InfoRequest", call: "a", digits: "3" });
  t.equal(first(all.rig).called.digits, "123");
  first(all.rig).answer();
  await all.clock.advance(10);
  t.equal(all.types().at(-1), "SetupConfirm");
  const heard = listen(first(all.rig));
  await all.ask({ type: "InfoRequest", call: "a", keypad: "7" });
  t.strictSame(heard, ["digit 7 signalling"]);
  await all.end();
});

t.test("overlap: a whole number in SETUP is offered at once", async (t) => {
  const all = await peer(true);
  await all.ask(setup("123"));
  t.equal(first(all.rig).called.digits, "123");
  await all.end();
});

t.test("overlap: the exchange says that the number is whole, or nothing more comes", async (t) => {
  const all = await peer(true);
  await all.ask(setup("91"));
  await all.ask({ type: "InfoRequest", call: "a", digits: "2", sendingComplete: true });
  t.equal(first(all.rig).called.digits, "912");
  await all.ask(setup("95", { call: "b", channel: { number: 2, exclusive: true } }));
  await all.clock.advance(14_000);
  t.equal(all.offered.length, 1);
  await all.clock.advance(2000);
  t.equal(all.offered[1]?.called.digits, "95", "T302");
  await all.end();
});

t.test("overlap: the caller gives up while dialling", async (t) => {
  const all = await peer(true);
  await all.ask(setup("9"));
  await all.ask({ type: "DisconnectRequest", call: "a" });
  t.equal(all.offered.length, 0);
  t.equal(all.types().at(-1), "ReleaseConfirm");
  t.equal(all.lines.list()[0]?.state, "idle");
  await all.end();
});

t.test("an announcement before clearing is heard by the caller", async (t) => {
  const all = await peer();
  const leg = all.lines.dial({ called: party, calling: party, via: { group: "out" } });
  const heard = listen(leg);
  await all.clock.advance(10);
  const call = all.told.find((indication) => indication.type === "SetupIndication")?.call ?? "";
  await all.ask({ type: "ProceedingRequest", call });
  await all.ask({ type: "DisconnectRequest", call, cause: 1, inband: true });
  t.strictSame(heard, ["proceeding", "progress inband"]);
  t.ok(leg.media, "it can be heard");
  t.equal(leg.state, "proceeding");
  await all.clock.advance(19_000);
  t.equal(leg.state, "proceeding");
  await all.clock.advance(1000);
  t.strictSame(heard.slice(2), ["released 1 remote"]);
  await all.clock.advance(10);
  t.equal(all.lines.list()[0]?.state, "idle");
  t.equal(all.media.openPorts.length, 0);
  t.equal(plays(all.rig, "sim/1/1"), "nothing");
  await all.end();
});

t.test("PROGRESS with a cause: the announcement is heard, and the cause is the clearing's", async (t) => {
  for (const description of [1, 8]) {
    const all = await peer();
    const leg = all.lines.dial({ called: party, calling: party, via: { group: "out" } });
    const heard = listen(leg);
    await all.clock.advance(10);
    const call = all.told.find((indication) => indication.type === "SetupIndication")?.call ?? "";
    await all.ask({ type: "ProceedingRequest", call });
    const location = "public-network-local";
    await all.ask({
      type: "ProgressRequest",
      call,
      progress: { description, location },
      cause: { value: 22, location },
    });
    t.strictSame(heard, ["proceeding", "progress inband"], `progress ${description}`);
    t.ok(leg.media, "it can be heard");
    await all.clock.advance(30_000);
    t.equal(leg.state, "proceeding", "for as long as the network likes");
    await all.ask({ type: "DisconnectRequest", call, cause: 22 });
    t.strictSame(heard.slice(2), ["released 22 remote"]);
    t.equal(all.lines.list()[0]?.state, "idle");
    await all.end();
  }
});

t.test("a caller who hangs up during the announcement", async (t) => {
  const all = await peer();
  const leg = all.lines.dial({ called: party, calling: party, via: { group: "out" } });
  const heard = listen(leg);
  await all.clock.advance(10);
  const call = all.told.find((indication) => indication.type === "SetupIndication")?.call ?? "";
  await all.ask({ type: "ProceedingRequest", call });
  await all.ask({ type: "DisconnectRequest", call, cause: 1, inband: true });
  leg.release();
  await all.clock.advance(30_000);
  t.strictSame(heard, ["proceeding", "progress inband", "released 16 local"]);
  t.equal(all.lines.list()[0]?.state, "idle");
  await all.end();
});

t.test("a data call is refused with cause 65", async (t) => {
  const all = await peer();
  const bearer = { transferCapability: "unrestricted-digital", mode: "circuit", rate: 16 } as const;
  await all.ask(setup("123", { sendingComplete: true, bearer }));
  t.equal(all.offered.length, 0);
  t.match(
    all.told.find(({ type }) => type === "ReleaseIndication"),
    { cause: { value: 65 } },
  );
  t.equal(all.lines.list()[0]?.state, "idle");
  await all.end();
});

t.test("a withheld number is withheld", async (t) => {
  const all = await peer();
  const calling = { ...party, plan: "isdn", presentation: "restricted", screening: "network" } as const;
  await all.ask(setup("123", { sendingComplete: true, calling }));
  t.match(first(all.rig).calling, { presentation: "restricted" });
  all.lines.dial({
    called: party,
    calling: { ...party, presentation: "restricted" },
    via: { line: "1/2" },
  });
  await all.clock.advance(10);
  t.match(
    all.told.find((indication) => indication.type === "SetupIndication"),
    { calling: { digits: "5550100", presentation: "restricted" } },
  );
  await all.end();
});

t.test("RESTART by the exchange ends the call on the channel and frees it", async (t) => {
  const all = await peer();
  await all.ask(setup("123", { sendingComplete: true }));
  first(all.rig).answer();
  await all.clock.advance(10);
  const heard = listen(first(all.rig));
  await all.ask({ type: "RestartRequest", channels: [1] });
  t.match(heard, [/^released \d+ (remote|fault)$/]);
  t.equal(all.lines.list()[0]?.state, "idle");
  t.equal(all.media.openPorts.length, 0);
  await all.end();
});

t.test(
  "advice of charge: during the call, and with the exchange's answer to our DISCONNECT (EN 300 182-1)",
  async (t) => {
    const all = await peer();
    const charged: unknown[] = [];
    all.lines.events.on((event) => event.type === "charged" && charged.push([event.leg, event.advice]));
    const leg = all.lines.dial({ called: party, calling: party, via: { group: "out" } });
    await all.clock.advance(10);
    await all.ask({ type: "SetupResponse", call: "in-1" });
    // 3 units so far.
    const during = [
      ...[
        0x91, 0xa1, 0x15, 0x02, 0x01, 0x01, 0x02, 0x01, 0x22, 0x30, 0x0d, 0xa1, 0x08, 0x30, 0x06, 0x02, 0x01,
      ],
      ...[0x03, 0x02, 0x01, 0x01, 0x82, 0x01, 0x00],
    ];
    await all.ask({ type: "FacilityRequest", call: "in-1", facility: during });
    t.strictSame(charged.splice(0), [[leg.id, { kind: "units", units: 3 }]]);
    leg.release();
    await all.clock.advance(10);
    t.equal(leg.state, "released");
    // EUR 120 hundredths in all.
    const end = [
      ...[
        0x91, 0xa1, 0x19, 0x02, 0x01, 0x02, 0x02, 0x01, 0x23, 0x30, 0x11, 0x30, 0x0f, 0xa1, 0x0d, 0x81, 0x03,
      ],
      ...[0x45, 0x55, 0x52, 0xa2, 0x06, 0x81, 0x01, 0x78, 0x82, 0x01, 0x01],
    ];
    await all.ask({ type: "ReleaseRequest", call: "in-1", elements: [{ name: "facility", octets: end }] });
    t.strictSame(charged, [[leg.id, { kind: "currency", currency: "EUR", thousandths: 1200 }]]);
    await all.end();
  },
);

t.test(
  "what the network says beside the numbers: diversion, sub-addresses, user-to-user, who took a call",
  async (t) => {
    const all = await peer();
    const told: unknown[] = [];
    all.lines.events.on((event) => {
      if (event.type === "incoming") told.push("incoming");
      if (event.type === "detailed") told.push(event.details);
    });
    const number = { digits: "5550199", type: "national", plan: "isdn", presentation: "allowed" } as const;
    const text = (characters: string): readonly number[] => Array.from(Buffer.from(characters));
    const setup: SetupRequest = {
      ...{ type: "SetupRequest", call: "c", called: { digits: "5550100", type: "unknown", plan: "unknown" } },
      redirecting: { ...number, screening: "network", reason: "no-reply" },
      callingSubaddress: { type: "nsap", odd: false, octets: [0x50, ...text("desk 4")] },
      calledSubaddress: { type: "user-specified", odd: false, octets: [0x12, 0x34] },
      userUser: { protocol: 4, octets: text("order 77") },
    };
    await all.ask(setup);
    t.strictSame(told.splice(0), [
      "incoming",
      {
        ...{ divertedFrom: "5550199", divertedBecause: "no-reply" },
        ...{ callingSubaddress: "desk 4", calledSubaddress: "12 34", userToUser: "order 77" },
      },
    ]);
    await all.ask({ type: "DisconnectRequest", call: "c", userUser: { protocol: 4, octets: [0x1b, 0x5b] } });
    t.strictSame(told.splice(0), [{ userToUser: "1b 5b" }], "no character that commands a terminal");

    const hidden = { ...number, presentation: "restricted" } as const;
    await all.ask({ ...setup, call: "d", redirecting: { ...hidden, screening: "network", reason: "busy" } });
    t.match(told.splice(0), ["incoming", { divertedFrom: undefined, divertedBecause: "busy" }], "withheld");
    await all.ask({ type: "DisconnectRequest", call: "d" });

    const leg = all.lines.dial({ called: party, calling: party, via: { group: "out" } });
    await all.clock.advance(10);
    const incoming = all.told.findLast(({ type }) => type === "SetupIndication") as Indication & {
      readonly call: string;
    };
    await all.ask({
      ...{ type: "SetupResponse", call: incoming.call },
      connected: { ...number, screening: "network" },
      connectedSubaddress: { type: "nsap", odd: false, octets: [0x50, ...text("room 9")] },
    });
    t.equal(leg.state, "connected");
    t.strictSame(told, [{ connected: "5550199", connectedSubaddress: "room 9" }]);
    await all.end();
  },
);

t.test("what a charge comes to", (t) => {
  const rows: readonly [Charge["amount"], ChargeAdvice | undefined][] = [
    [{ type: "free" }, { kind: "free" }],
    [{ type: "not-available" }, undefined],
    [{ type: "units", units: [{ units: undefined }] }, undefined],
    [
      { type: "units", units: [{ units: 2 }, { units: undefined, kind: 1 }, { units: 5, kind: 2 }] },
      { kind: "units", units: 7 },
    ],
    [
      { type: "currency", currency: "DM", amount: 12, multiplier: 0.001 },
      { kind: "currency", currency: "DM", thousandths: 12 },
    ],
    [
      { type: "currency", currency: "¥", amount: 3, multiplier: 10 },
      { kind: "currency", currency: "¥", thousandths: 30_000 },
    ],
  ];
  for (const [amount, advice] of rows) t.strictSame(adviceOf({ phase: "end", amount }), advice);
  t.end();
});
