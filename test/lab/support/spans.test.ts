// The layout of virtual spans and the driver's configuration made from it.
import t from "tap";
import { channelAt, layOut, systemConf } from "./spans.ts";

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
