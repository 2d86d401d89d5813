import fc from "fast-check";
import t from "tap";
import { confText } from "../../src/provisioning/conf-lines.ts";
import { parseSystemConf, withChannels, withSpan } from "../../src/provisioning/system-conf.ts";

const e1 = {
  number: 1,
  timing: 1,
  lbo: 0,
  framing: "ccs",
  coding: "hdb3",
  crc4: true,
  yellow: false,
  term: false,
};
const text = [
  "# two E1\r\n",
  "span=1,1,0,ccs,hdb3,crc4  # to the exchange\n",
  "bchan=1-15,17-31\n",
  "\n",
  "hardhdlc = 16\n",
  "cas=32-46:1101\n",
  "echocanceller=oslec,1-15\n",
  "loadzone=nl\n",
  "bananas=1\n",
  "span=2,x\n",
  "fxoks=5-3",
].join("");

t.test("spans, uses and errors are read", (t) => {
  const conf = parseSystemConf(text);
  t.same(conf.spans, [{ ...e1, at: 1 }]);
  t.same(
    conf.uses.map(({ directive, channels, argument }) => [directive, channels.length, argument]),
    [
      ["bchan", 30, undefined],
      ["hardhdlc", 1, undefined],
      ["cas", 15, "1101"],
      ["echocanceller", 15, "oslec"],
    ],
  );
  t.same(
    conf.errors.map(({ line, kind }) => [line, kind]),
    [
      [9, "unknown-directive"],
      [10, "bad-value"],
      [11, "bad-value"],
    ],
  );
  t.end();
});

t.test("the options of a span, as dahdi_cfg has them", (t) => {
  const rows: readonly [options: string, read: object | undefined][] = [
    ["", { crc4: false, yellow: false, term: false }],
    [",CRC4,Yellow", { crc4: true, yellow: true }],
    [",te", { role: "te", term: false }],
    [",nt,term", { role: "nt", term: true }],
    [",crc5", undefined],
  ];
  for (const [options, read] of rows) {
    const [span] = parseSystemConf(`span=2,0,0,ccs,ami${options}`).spans;
    if (read === undefined) t.equal(span, undefined, options);
    else t.match(span, read, options);
  }
  t.end();
});

t.test("an edit changes its own line only", (t) => {
  const conf = parseSystemConf(text);
  const span = { ...e1, timing: 0, lbo: 2, crc4: false, yellow: true };
  const edited = withSpan(conf, span);
  t.equal(confText(edited.lines), text.replace("span=1,1,0,ccs,hdb3,crc4", "span=1,0,2,ccs,hdb3,yellow"));
  t.equal(
    confText(withSpan(conf, { ...span, number: 9, coding: "ami", role: "nt", term: true }).lines),
    `${text}\nspan=9,0,2,ccs,ami,yellow,nt,term\n`,
    "a span that the file has not yet",
  );
  t.equal(confText(withSpan(parseSystemConf(""), e1).lines), "span=1,1,0,ccs,hdb3,crc4\n");
  const fewer = withChannels(conf, 6, [1, 2, 3, 7]);
  t.equal(fewer && confText(fewer.lines), text.replace("oslec,1-15", "oslec,1-3,7"));
  const bits = withChannels(conf, 5, [32]);
  t.equal(bits && confText(bits.lines), text.replace("cas=32-46", "cas=32"));
  t.equal(withChannels(conf, 0, [1]), undefined);
  const none = withChannels(conf, 6, []);
  t.equal(none?.lines.length, conf.lines.length - 1, "a line without channels goes");
  t.end();
});

t.test("any text comes back byte for byte", (t) => {
  const piece = fc.constantFrom(
    "span=",
    "bchan",
    "=",
    "1-31",
    ",",
    ":",
    "#",
    "\n",
    "\r\n",
    " ",
    "9".repeat(30),
    "-",
  );
  const texts = fc.array(fc.oneof(piece, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (any) => confText(parseSystemConf(any).lines) === any),
    { numRuns: 2000 },
  );
  t.end();
});
