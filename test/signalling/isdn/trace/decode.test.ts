// Frames in words: by hand for the layers, the sessions of our own machines, and whatever octets come.
import fc from "fast-check";
import t from "tap";
import { describeFrame } from "../../../../src/signalling/isdn/trace/decode.ts";
import { basicSession, serviceSession } from "../sessions.ts";

const described = (octets: string) => describeFrame(Buffer.from(octets, "hex"), "user");

t.test("layer 2", (t) => {
  t.match(described("02017f"), { type: "SABME", sapi: 0, tei: 0, command: true, pf: true });
  t.match(described("02010107"), { type: "RR", nr: 3, pf: true, command: true });
  t.match(described("feff030f12340283"), {
    type: "UI",
    sapi: 63,
    tei: 127,
    management: { type: "identity-assigned", ri: 0x1234, ai: 65 },
  });
  t.match(described("00"), { type: "rejected", fault: /§2\.9/ });
  t.end();
});

t.test("layer 3", (t) => {
  const frame = described("0201040608028001450802809096aabb");
  t.match(frame, { type: "I", ns: 2, nr: 3, message: { name: "DISCONNECT" } });
  t.match(frame.message?.reference, { value: 1, octets: 2, fromOriginator: false });
  t.match(frame.message?.elements[0], {
    name: "cause",
    id: "08",
    octets: "8090",
    text: /^Normal call clearing, /,
    clause: "Q.931 §4.5.12",
  });
  t.match(described("020104060802800102" + "1803a98390").message?.elements[0], {
    name: "channel-identification",
    text: /channels 16\b/,
  });
  t.match(described("02010406080280014508ff80").message?.elements, [{ name: "unreadable" }]);
  t.match(described("0201040609").fault, /§5\.8\.1/);
  t.end();
});

t.test("every frame of our own sessions is read whole", (t) => {
  for (const { from, frame } of [...basicSession("BRI", "automatic"), ...serviceSession()]) {
    const read = describeFrame(frame, from === "user" ? "network" : "user");
    t.equal(read.fault, undefined);
    t.notOk(
      read.message?.elements.some(({ name, text }) => name === "unreadable" || /object|undefined/.test(text)),
    );
  }
  t.end();
});

t.test("no octets make it throw", (t) => {
  const header = fc.constantFrom([], [2, 1, 0, 0, 8, 1, 1], [2, 0xff, 3, 8, 1, 1], [0xfe, 0xff, 3]);
  fc.assert(
    fc.property(header, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      JSON.stringify(describeFrame(Uint8Array.of(...start, ...rest), "user"));
    }),
  );
  t.end();
});
