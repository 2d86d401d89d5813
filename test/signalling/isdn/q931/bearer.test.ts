// Bearer capability (Q.931 §4.5.5, Figure 4-11 and Table 4-6), octet by octet, both ways.
import t from "tap";
import { audioBearer, decodeBearer, encodeBearer } from "../../../../src/signalling/isdn/q931/bearer.ts";
import type { BearerCapability } from "../../../../src/signalling/isdn/q931/values.ts";

t.test("each value that Table 4-6 names", (t) => {
  const rows: readonly [octets: number[], bearer: Partial<BearerCapability>][] = [
    [[0x80, 0x90, 0xa3], { transferCapability: "speech", mode: "circuit", rate: 0x10, layer1: "alaw" }],
    [[0x90, 0x90, 0xa3], { transferCapability: "3.1kHz-audio", layer1: "alaw" }],
    [[0x88, 0x90], { transferCapability: "unrestricted-digital" }],
    [[0x89, 0x90], { transferCapability: "restricted-digital" }],
    [[0x91, 0x90], { transferCapability: "unrestricted-digital-with-tones" }],
    [[0x98, 0x90], { transferCapability: "video" }],
    [[0x9f, 0x90], { transferCapability: "reserved" }],
    [[0x88, 0xc0], { mode: "packet", rate: 0 }],
    [[0x88, 0xe1], { mode: "other", rate: 1 }],
    [[0x88, 0x90, 0xa1], { layer1: "v110" }],
    [[0x80, 0x90, 0xa2], { layer1: "ulaw" }],
    [[0x80, 0x90, 0xa4], { layer1: "g721" }],
    [[0x88, 0x90, 0xa5], { layer1: "h221" }],
    [[0x88, 0x90, 0xbf], { layer1: "other" }],
  ];
  for (const [octets, wanted] of rows) {
    const bearer = decodeBearer(octets);
    t.match(bearer, wanted, octets.map((octet) => octet.toString(16)).join(" "));
    t.equal(bearer?.octets, undefined, "nothing that the fields do not say");
    t.strictSame(bearer && encodeBearer(bearer), octets);
  }
  t.strictSame(encodeBearer(audioBearer("alaw")), [0x90, 0x90, 0xa3]);
  t.strictSame(encodeBearer(audioBearer("ulaw")), [0x90, 0x90, 0xa2]);
  t.end();
});

t.test("what the fields do not say is kept as octets; where octet 5 is", (t) => {
  const rows: readonly [what: string, octets: number[], bearer: Partial<BearerCapability>][] = [
    ["another coding standard", [0xa0, 0x90], { transferCapability: "reserved" }],
    ["a value that is not named", [0x82, 0x90], { transferCapability: "reserved" }],
    ["layer 1 that is not named", [0x88, 0x90, 0xb0], { layer1: "other" }],
    ["V.110 with octet 5a", [0x88, 0x90, 0x21, 0x8f], { layer1: "v110" }],
    ["octet 4 goes on", [0x88, 0x10, 0x81, 0xa3], { rate: 0x10, layer1: "alaw" }],
    ["so with any rate", [0x88, 0x11, 0x81, 0xa3], { rate: 0x11, layer1: "alaw" }],
    ["multirate has octet 4.1", [0x88, 0x98, 0x86, 0xa3], { rate: 0x18, layer1: "alaw" }],
  ];
  for (const [what, octets, wanted] of rows) {
    const bearer = decodeBearer(octets);
    t.match(bearer, wanted, what);
    t.strictSame(bearer?.octets, octets, `${what}: kept`);
    t.strictSame(bearer && encodeBearer(bearer), octets, `${what}: back`);
  }
  t.equal(decodeBearer([0x88, 0x99, 0xa3])?.layer1, "alaw", "rate 0x19 is no multirate");
  t.equal(decodeBearer([0xa3, 0x10])?.layer1, undefined, "octet 4 never ends");
  t.equal(decodeBearer([0x80, 0x90, 0xc3])?.layer1, undefined, "octet 6 follows at once");
  t.equal(decodeBearer([0x80]), undefined);
  t.equal(decodeBearer([]), undefined);
  t.end();
});
