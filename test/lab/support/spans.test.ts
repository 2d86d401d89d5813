// The layout of virtual spans and the driver's configuration made from it.
import t from "tap";
import { cardPlan, channelAt, layOut, systemConf } from "./spans.ts";

t.test("near spans first, then the far ones, channels counted through", (t) => {
  const layout = layOut([{ kind: "E1" }, { kind: "analog", near: ["fxo", "fxs"] }, { kind: "BRI" }]);
  const places = [...layout.near, ...layout.far].map((span) => [
    span.number,
    span.base,
    span.channels,
    span.address,
  ]);
  t.same(places, [
    [1, 1, 31, "1:0"],
    [2, 32, 2, "2:0"],
    [3, 34, 3, "3:0"],
    [4, 37, 31, "1:1"],
    [5, 68, 2, "2:1"],
    [6, 70, 3, "3:1"],
  ]);
  const [e1] = layout.far;
  t.equal(e1 && channelAt(e1, 16), 52);
  t.end();
});

t.test("system.conf: timing 0, signalling opposite on the two sides", (t) => {
  t.same(systemConf(layOut([{ kind: "analog", near: ["fxo", "fxs"] }])).split("\n"), [
    "dynamic=loc,1:0,2,0",
    "dynamic=loc,1:1,2,0",
    "fxsks=1",
    "fxoks=2",
    "alaw=1-2",
    "fxoks=3",
    "fxsks=4",
    "alaw=3-4",
    "loadzone=us",
    "defaultzone=us",
    "",
  ]);
  t.match(
    systemConf(layOut([{ kind: "E1" }])),
    /bchan=1-15,17-31\ndchan=16\nalaw=1-31\nbchan=32-46,48-62\ndchan=47/,
  );
  t.match(systemConf(layOut([{ kind: "BRI" }])), /bchan=4-5\ndchan=6/);
  t.end();
});

t.test("on cards: ports by card, line settings, the near card following the far one's clock", (t) => {
  const layout = layOut([{ kind: "E1" }, { kind: "analog", near: ["fxo", "fxs"] }, { kind: "BRI" }], "card");
  t.same(
    [...layout.near, ...layout.far].map(({ address }) => address),
    ["1:1", "1:2", "1:3", "2:1", "2:2", "2:3"],
  );
  t.equal(cardPlan(layout), "e1,analogos,bri");
  const lines = systemConf(layout).split("\n");
  t.same(
    lines.filter((line) => /^(span|dynamic|hardhdlc)=/.test(line)),
    [
      "span=1,1,0,ccs,hdb3,crc4",
      "span=3,1,0,ccs,ami",
      "span=4,0,0,ccs,hdb3,crc4",
      "span=6,0,0,ccs,ami",
    ].concat(["hardhdlc=36", "hardhdlc=72"]),
  );
  t.end();
});
