// Layer 2 as a whole: which frames are for us, TEI management beside the link, and the link's upkeep.
import t from "tap";
import {
  createLayer2,
  isEstablished,
  nextLayer2,
  type Layer2Input,
  type Layer2Options,
  type Layer2State,
  type Layer2Timer,
} from "../../../../src/signalling/isdn/q921/layer2.ts";

const fixed: Layer2Options = {
  side: "user",
  tei: 0,
  bus: false,
  persistent: true,
  needed: [],
  n200: 3,
  n201: 260,
  n202: 3,
  window: 7,
  seed: 1,
};

interface Rig {
  state: Layer2State;
  input(input: Layer2Input): string[];
  frame(hex: string): string[];
}

function rig(options: Partial<Layer2Options> = {}): Rig {
  const all = { ...fixed, ...options };
  const own: Rig = {
    state: createLayer2(all),
    input(input) {
      const step = nextLayer2(own.state, input, all);
      own.state = step.state;
      return step.effects.map((effect) => {
        if (effect.type === "octets") return Buffer.from(effect.octets).toString("hex");
        if (effect.type === "data")
          return `data${from(effect.ces)} ${Buffer.from(effect.info).toString("hex")}`;
        if ("timer" in effect) return `${effect.type} ${name(effect.timer)}`;
        if ("error" in effect) return `error ${effect.error}`;
        return effect.ces === 0 ? effect.type : `${effect.type}/${effect.ces}`;
      });
    },
    frame: (hex) => own.input({ type: "octets", octets: Uint8Array.from(Buffer.from(hex, "hex")) }),
  };
  return own;
}

const from = (ces: number): string => (ces === 0 || ces === 127 ? "" : `/${ces}`);

/** `T200` of the only link, `T200/64` of another. */
function name({ name, ces }: Layer2Timer): string {
  return ces === 0 ? name : `${name}/${ces}`;
}

function timer(name: Layer2Timer["name"], ces = 0): Layer2Input {
  return { type: "timer", timer: { name, ces } };
}

function established(options: Partial<Layer2Options> = {}): Rig {
  const line = rig(options);
  line.input({ type: "layer1", up: true });
  line.frame("000173");
  t.equal(isEstablished(line.state), true);
  return line;
}

t.test("layer 1 up: a persistent link is set up, another waits (§5.5.1.2)", (t) => {
  t.strictSame(rig().input({ type: "layer1", up: true }), ["00017f", "start T200"]);
  t.strictSame(rig({ side: "network" }).input({ type: "layer1", up: true }), ["02017f", "start T200"]);
  const waiting = rig({ persistent: false });
  t.strictSame(waiting.input({ type: "layer1", up: true }), []);
  t.strictSame(waiting.input({ type: "layer1", up: true }), [], "up already");
  t.strictSame(waiting.input({ type: "establish", ces: 0 }), ["00017f", "start T200"]);
  t.strictSame(rig().input({ type: "establish", ces: 0 }), [], "not while layer 1 is down");
  t.end();
});

t.test("frames for others are not ours", (t) => {
  const line = established();
  const rows: readonly [what: string, frame: string][] = [
    ["another TEI (§3.3.4)", "02810000aa"],
    ["another SAPI (§2.9 f)", "42010000aa"],
    ["an I frame to everybody", "02ff0000aa"],
    ["management, but not to everybody", "fe01030f00000481"],
    ["management, but no UI frame", "feff7f"],
    ["management of another kind", "feff030e00000481"],
    ["an invalid frame (§2.9)", "020100"],
    ["XID (§3.6.12)", "0201bf"],
    ["XID to everybody (§3.6.12)", "02ffaf"],
    ["a check of all TEIs: ours is fixed, and not of management's giving", "feff030f000004ff"],
    ["the removal of our TEI: the same", "feff030f00000601"],
    ["an answer to a request that we did not make", "feff030f00090281"],
  ];
  for (const [what, frame] of rows) {
    const before = line.state;
    t.strictSame(line.frame(frame), [], what);
    t.strictSame(line.state, before, `${what}: no change`);
  }
  t.strictSame(line.frame("02ff03aabb"), ["data aabb"], "a UI frame to everybody is layer 3's (§5.2.3)");
  t.strictSame(line.frame("020103aabb"), ["data aabb"], "one to us as well");
  t.strictSame(line.frame("02010000aa"), ["data aa", "start T203", "02010102"]);
  t.strictSame(line.frame("0201f7"), ["error L", "00017f", "stop T203", "start T200"], "undefined: §5.8.5");
  t.end();
});

t.test("a link that fails is tried again after T-link, if it is persistent", (t) => {
  const line = established();
  t.strictSame(line.frame("020153"), ["020173", "stop T203", "down", "start T-link"]);
  t.strictSame(line.input(timer("T-link")), ["00017f", "start T200"]);
  t.strictSame(line.frame("00011f"), ["stop T200", "down", "start T-link"], "refused by DM");
  t.strictSame(line.input({ type: "layer1", up: false }), ["stop T-link"]);
  t.strictSame(line.input(timer("T-link")), [], "not while layer 1 is down");
  t.strictSame(line.input(timer("T202")), [], "no TEI is asked for");
  t.strictSame(line.input(timer("T201")), []);

  const other = rig({ persistent: false });
  other.input({ type: "layer1", up: true });
  other.frame("02017f");
  t.strictSame(other.frame("020153"), ["020173", "stop T203", "down", "stop T-idle"]);
  t.strictSame(other.input(timer("T-link")), []);
  t.end();
});

t.test("a TEI is asked for, used, checked, and given back (§5.3)", (t) => {
  const line = rig({ tei: "automatic" });
  const [request = "", ...rest] = line.input({ type: "layer1", up: true });
  t.match(request, /^fcff030f....01ff$/);
  t.strictSame(rest, ["start T202"]);
  const ri = request.slice(8, 12);
  t.strictSame(line.frame(`feff030f${ri}0291`), ["stop T202", "00917f", "start T200"]);
  t.strictSame(line.frame("009173"), ["up", "stop T200", "start T203"]);
  const [answer = ""] = line.frame("feff030f000004ff");
  t.match(answer, /^fcff030f....0591$/, "check response");
  t.strictSame(
    line.frame("009173"),
    ["error C", "fcff030f00000791", "start T202"],
    "in doubt: verify (Table II.1)",
  );
  t.strictSame(line.frame("feff030f00000691"), ["stop T202", "stop T203", "down", "start T-link"], "removed");
  t.match(line.input(timer("T-link")).join(), /^fcff030f....01ff,start T202$/, "asks again");
  line.input(timer("T202"));
  line.input(timer("T202"));
  t.strictSame(line.input(timer("T202")), ["down", "start T-link"], "N202: a pause");
  t.end();
});

t.test("a TEI that is removed while its link is down is asked for again", (t) => {
  const line = rig({ tei: "automatic" });
  const [request = ""] = line.input({ type: "layer1", up: true });
  line.frame(`feff030f${request.slice(8, 12)}0291`);
  t.strictSame(line.frame("00911f"), ["stop T200", "down", "start T-link"]);
  t.strictSame(line.frame("feff030f00000691"), ["stop T202", "start T-link"]);
  t.match(line.input(timer("T-link")).join(), /^fcff030f....01ff,start T202$/);
  t.end();
});

t.test("the network side waits to be asked for a TEI, then sets the link up", (t) => {
  const line = rig({ side: "network", tei: "automatic" });
  t.strictSame(line.input({ type: "layer1", up: true }), []);
  t.strictSame(line.input({ type: "establish", ces: 0 }), []);
  t.strictSame(line.frame("fcff030f123401ff"), ["feff030f12340281", "02817f", "start T200"]);
  t.end();
});

t.test("a link on demand is released some time after it was last needed", (t) => {
  const own = { ...fixed, persistent: false };
  let state = createLayer2(own);
  const turn = (input: Layer2Input, ...needed: number[]): string[] => {
    const step = nextLayer2(state, input, { ...own, needed });
    state = step.state;
    return step.effects.flatMap((effect) =>
      "timer" in effect ? [`${effect.type} ${name(effect.timer)}`] : [effect.type],
    );
  };
  const frame = (hex: string): Layer2Input => ({
    type: "octets",
    octets: Uint8Array.from(Buffer.from(hex, "hex")),
  });
  turn({ type: "layer1", up: true }, 0);
  t.strictSame(turn(frame("000173"), 0), ["up", "stop T200", "start T203"], "needed");
  t.strictSame(turn(frame("02010100")), ["start T203", "start T-idle"], "the last call is over");
  t.strictSame(turn(frame("02010100"), 0), ["start T203", "stop T-idle"], "needed again");
  t.strictSame(turn(timer("T-idle"), 0), [], "an expiry that crossed that");
  turn(frame("02010100"));
  t.strictSame(turn(timer("T-idle")), ["octets", "stop T203", "start T200", "stop T-idle"], "DISC");
  t.equal(isEstablished(state, 0), false);
  t.end();
});

t.test("the network's side of a bus: a link for each terminal", (t) => {
  const bus = rig({ side: "network", bus: true, window: 1 });
  t.strictSame(bus.input({ type: "layer1", up: true }), [], "the terminals begin");
  t.strictSame(bus.frame("fcff030f123401ff"), ["feff030f12340281"]);
  t.strictSame(bus.frame("fcff030f777701ff"), ["feff030f77770283"]);
  t.strictSame(bus.frame("00817f"), ["008173", "up/64", "start T203/64"]);
  t.strictSame(bus.frame("00837f"), ["008373", "up/65", "start T203/65"]);
  t.equal(isEstablished(bus.state), true);
  t.equal(isEstablished(bus.state, 65), true);
  t.strictSame(
    bus.frame("00830000aa"),
    ["data/65 aa", "start T203/65", "00830102"],
    "frames go by their TEI",
  );
  t.strictSame(bus.input({ type: "data", ces: 64, info: [0xbb] }), [
    "02810000bb",
    "stop T203/64",
    "start T200/64",
  ]);
  t.strictSame(bus.input({ type: "data", ces: 127, info: [0xcc] }), ["02ff03cc"], "to all, by UI");
  t.strictSame(bus.input(timer("T200", 65)), [], "not running");

  t.strictSame(bus.frame("000b7f"), ["000b73", "up/5", "start T203/5"], "a terminal with a TEI of its own");
  t.strictSame(bus.frame("000d0101"), [], "one that did not begin with SABME");
  t.strictSame(bus.frame("00c17f"), ["feff030f000006c1"], "a TEI of before our start is taken back (§5.3.4)");
  t.strictSame(bus.frame("02c173"), [], "but not for an answer");

  t.strictSame(bus.frame("028373"), ["error C", "feff030f00000483", "start T201/65"], "in doubt: check");
  bus.input(timer("T201", 65));
  t.strictSame(
    bus.input(timer("T201", 65)),
    [
      ...[
        "feff030f00000683",
        "feff030f00000683",
        "stop T201/65",
        "stop T203/65",
        "down/65",
        "stop T-link/65",
      ],
    ],
    "unplugged",
  );
  t.strictSame(bus.input(timer("T200", 65)), [], "an expiry that crossed that");
  t.equal(isEstablished(bus.state, 65), false);
  t.equal(isEstablished(bus.state, 64), true, "the others stay");
  t.strictSame(
    bus.input({ type: "layer1", up: false }).filter((effect) => effect.startsWith("down")),
    ["down/5", "down/64"],
  );
  t.end();
});

t.test("on a bus nothing to all overtakes what waits for one terminal's window", (t) => {
  const bus = rig({ side: "network", bus: true, window: 1 });
  bus.input({ type: "layer1", up: true });
  bus.frame("000f7f");
  t.equal(isEstablished(bus.state, 7), true);
  t.strictSame(bus.input({ type: "data", ces: 7, info: [1] }).slice(0, 1), ["020f000001"]);
  t.strictSame(bus.input({ type: "data", ces: 127, info: [8] }), ["02ff0308"], "sent is enough");
  t.strictSame(bus.input({ type: "data", ces: 7, info: [2] }), []);
  t.strictSame(bus.input({ type: "data", ces: 127, info: [9] }), []);
  const sent = bus.frame("020f0102").filter((each) => /^0/u.test(each));
  t.strictSame(sent, ["020f020002", "02ff0309"]);
  t.strictSame(bus.input({ type: "data", ces: 7, info: [3] }), []);
  t.strictSame(bus.input({ type: "data", ces: 127, info: [10] }), []);
  t.strictSame(
    bus.frame("000f53"),
    ["000f73", "stop T203/7", "stop T200/7", "down/7", "02ff030a"],
    "nobody is left to be overtaken",
  );
  t.end();
});
