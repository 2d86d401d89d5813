// The driver's system.conf and the settings of spans: taken over, and written back.
import fc from "fast-check";
import t from "tap";
import { Value } from "typebox/value";
import { LineConfigSettings } from "../../src/config/line-settings.ts";
import { SpanSettings } from "../../src/config/settings.ts";
import { wantedLine } from "../../src/lines/line-config.ts";
import {
  exportSystemConf,
  importSystemConf,
  type BoxSpan,
} from "../../src/provisioning/system-conf-spans.ts";

const box: readonly BoxSpan[] = [
  { number: 1, kind: "E1", firstChannel: 1 },
  { number: 2, kind: "BRI", firstChannel: 32 },
  { number: 3, kind: "analog", firstChannel: 35 },
];
const nothing = { spans: [], analog: [] };
const file = `# the exchange
span=1,1,0,ccs,hdb3,crc4
bchan=1-15,17-31
hardhdlc=16
span=2,0,0,ccs,ami,nt,term # the old PBX
span=3,0,0,ccs,ami
span=4,0,0,ccs,hdb3
span=1,1,0,esf,b8zs
echocanceller=oslec,1-15
loadzone=cn
bananas=1
`;

t.test("what each line comes to", (t) => {
  const { spans, trunkGroups, understood, notUnderstood } = importSystemConf(file, box, nothing);
  t.strictSame(spans, [
    {
      span: 1,
      side: "user",
      tei: "fixed",
      overlap: false,
      lineConfig: { clockRank: 1, framing: "ccs", coding: "hdb3", crc4: "on", lineBuildOut: 0 },
    },
    {
      span: 2,
      side: "network",
      tei: "fixed",
      overlap: false,
      lineConfig: { clockRank: 0, framing: "ccs", coding: "ami", lineBuildOut: 0, termination: true },
    },
  ]);
  t.ok(spans.every((span) => Value.Check(SpanSettings, span)));
  t.strictSame(trunkGroups, []);
  t.strictSame(
    understood.map(({ line, became }) => [line, became]),
    [
      [2, "the line of span 1"],
      [3, "timeslots of span 1"],
      [4, "the D-channel of span 1"],
      [5, "the line of span 2"],
      [10, "stays with the driver"],
    ],
  );
  t.strictSame(
    notUnderstood.map(({ line, why }) => [line, why]),
    [
      [6, "no framing or line code of an E1 or a BRI"],
      [7, "this box has no span 4"],
      [8, "no framing or line code of an E1 or a BRI"],
      [9, "the card's profile names its echo canceller"],
      [11, "No directive of dahdi_cfg has this name."],
    ],
  );
  t.end();
});

t.test("what the settings have stays; a role is of BRI alone", (t) => {
  const before = { span: 1, side: "network", tei: "fixed", overlap: true, group: "city" } as const;
  const { spans, analog } = importSystemConf("span=1,2,3,cas,ami,te,yellow\n", box, {
    spans: [before],
    analog: [],
  });
  t.strictSame(spans, [
    {
      ...before,
      lineConfig: {
        clockRank: 2,
        framing: "cas",
        coding: "ami",
        crc4: "off",
        lineBuildOut: 3,
        alarmWhenClosed: true,
      },
    },
  ]);
  t.strictSame(analog, []);
  t.end();
});

t.test(
  "written back: only the lines of spans whose settings say something, and only where they differ",
  (t) => {
    const { spans } = importSystemConf(file, box, nothing);
    const same = file.replace("span=1,1,0,esf,b8zs\n", "");
    t.strictSame(exportSystemConf(same, box, { spans }), { text: same, spans: [] }, "there and back");
    const [first, second] = spans;
    if (first === undefined || second === undefined) throw new Error("two spans");
    const { lineConfig: _none, ...plain } = second;
    t.strictSame(exportSystemConf(same, box, { spans: [{ ...first, lineConfig: { crc4: "off" } }, plain] }), {
      text: same.replace("hdb3,crc4", "hdb3"),
      spans: [1],
    });
    t.strictSame(exportSystemConf("", box, { spans }), {
      text: "span=1,1,0,ccs,hdb3,crc4\nspan=2,0,0,ccs,ami,nt,term\n",
      spans: [1, 2],
    });
    t.strictSame(exportSystemConf("", [], { spans }), { text: "", spans: [] }, "a span that is not there");
    t.end();
  },
);

t.test("timeslots of an E1, there and back; those of other spans stay where they are", (t) => {
  const two: readonly BoxSpan[] = [
    { number: 1, kind: "E1", firstChannel: 1 },
    { number: 2, kind: "E1", firstChannel: 32 },
  ];
  const text = "bchan=1-10,32-46,48-62 # both\ndchan=31,47\nclear=17\nfxoks=63\n";
  const { spans, understood } = importSystemConf(text, two, nothing);
  t.match(spans, [{ span: 1, timeslots: "1-10,17", dataTimeslot: 31 }, { span: 2 }]);
  t.notOk(spans[1] && "timeslots" in spans[1], "all of span 2, as usual");
  t.equal(understood[0]?.became, "timeslots of span 1, 2");
  t.strictSame(exportSystemConf(text, two, { spans }), { text, spans: [] }, "there and back");
  const [first, second] = spans;
  if (first === undefined || second === undefined) throw new Error("two spans");
  const { dataTimeslot: _data, ...usual } = first;
  t.strictSame(exportSystemConf(text, two, { spans: [{ ...usual, timeslots: "1-5" }, second] }), {
    text: "bchan=32-46,48-62 # both\ndchan=47\nfxoks=63\nbchan=1-5\ndchan=16\n",
    spans: [1],
  });
  const full = importSystemConf("bchan=1-15,17-31\ndchan=16\n", two, { spans: [first], analog: [] });
  t.strictSame(full.spans[0], { span: 1, side: "user", tei: "fixed", overlap: false }, "no longer a part");
  t.end();
});

t.test("by any settings: what is written is taken over as the same line", (t) => {
  const settings = fc.record(
    {
      clockRank: fc.nat(32),
      framing: fc.constantFrom("ccs" as const, "cas" as const),
      coding: fc.constantFrom("hdb3" as const, "ami" as const),
      crc4: fc.constantFrom("on" as const, "off" as const),
      lineBuildOut: fc.nat(15),
      termination: fc.boolean(),
      alarmWhenClosed: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(settings, fc.constantFrom("user" as const, "network" as const), (lineConfig, side) => {
        if (!Value.Check(LineConfigSettings, lineConfig)) return false;
        // Of an E1 there is no resistance to set.
        const { termination: _none, ...primary } = lineConfig;
        const spans: SpanSettings[] = [
          { span: 1, side, tei: "fixed", overlap: false, lineConfig: primary },
          { span: 2, side, tei: "fixed", overlap: false, lineConfig },
        ];
        const { text } = exportSystemConf("", box, { spans });
        const back = importSystemConf(text, box, { spans: [], analog: [] }).spans;
        return spans.every(
          (span, i) =>
            JSON.stringify(wantedLine(span, span.span === 1 ? "E1" : "BRI")) ===
            JSON.stringify(wantedLine({ ...span, ...back[i], side }, span.span === 1 ? "E1" : "BRI")),
        );
      }),
      { numRuns: 500 },
    ),
  );
  t.end();
});
