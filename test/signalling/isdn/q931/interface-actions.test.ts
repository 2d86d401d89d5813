// How messages of the interface machine are sent: what is left out when no frame can carry it, and what is a reply.
import t from "tap";
import {
  ownCause,
  restartLater,
  sendMessage,
} from "../../../../src/signalling/isdn/q931/interface-actions.ts";
import {
  createInterface,
  type InterfaceOptions,
  type InterfaceTurn,
} from "../../../../src/signalling/isdn/q931/interface.ts";
import { decodeMessage, encodeMessage } from "../../../../src/signalling/isdn/q931/message.ts";
import type { Element } from "../../../../src/signalling/isdn/q931/values.ts";
import { bearer, cause, ch, defaults } from "./interface-rig.ts";

const reference = { value: 1, octets: 2, fromOriginator: true } as const;

function turnWith(options: Partial<InterfaceOptions> = {}): InterfaceTurn {
  const all = { ...defaults, ...options };
  return { state: createInterface(all), effects: [], options: all, ces: 0, branchEvents: [] };
}

t.test("what a call can do without goes first, and it is said", (t) => {
  const needed: readonly Element[] = [
    bearer,
    ch(2),
    { name: "called-number", number: { digits: "5550100", type: "unknown", plan: "isdn" } },
  ];
  const dispensable: readonly Element[] = [
    { name: "octets", id: 0x7e, codeset: 0, octets: [1] },
    { name: "display", text: "Anna" },
    { name: "facility", octets: [0x91] },
    { name: "user-user", userUser: { protocol: 4, octets: [65] } },
    { name: "low-layer-compatibility", octets: [0x88, 0x90] },
    { name: "network-specific-facilities", octets: [0, 0xe5] },
    { name: "keypad-facility", digits: "*21#" },
  ];
  const n201 = encodeMessage(reference, "SETUP", needed).length;
  for (const extra of dispensable) {
    const turn = turnWith({ n201, segmentation: false });
    sendMessage(turn, 0, reference, "SETUP", [...needed, extra]);
    const length = encodeMessage(reference, "SETUP", [...needed, extra]).length;
    t.match(
      turn.effects,
      [
        {
          type: "log",
          level: "warn",
          message: `SETUP of ${length} octets is too long: shortened`,
          clause: "Q.921 §5.9.3",
        },
        { type: "octets", ces: 0, reply: false },
      ],
      extra.name,
    );
    const [, sent] = turn.effects;
    const message = sent?.type === "octets" ? decodeMessage(sent.octets) : undefined;
    t.strictSame(
      message?.type === "reject" ? [] : message?.elements.map(({ name }) => name),
      ["bearer-capability", "channel-identification", "called-number"],
      extra.name,
    );
  }
  const fits = turnWith({ n201, segmentation: false });
  sendMessage(fits, 0, reference, "SETUP", needed);
  t.match(fits.effects, [{ type: "octets" }], "as long as a frame may be");
  const cut = turnWith({ n201: n201 - 1, segmentation: false });
  sendMessage(cut, 0, reference, "SETUP", needed);
  t.match(cut.effects, [{ type: "log" }], "what is needed is not cut");
  t.end();
});

t.test("a STATUS is a reply, others when they are sent as one", (t) => {
  for (const [type, isReply, reply] of [
    ["STATUS", undefined, true],
    ["SETUP", undefined, false],
    ["RELEASE COMPLETE", undefined, false],
    ["RELEASE COMPLETE", true, true],
  ] as const) {
    const turn = turnWith();
    sendMessage(turn, 3, reference, type, [cause(16)], isReply);
    t.match(turn.effects, [{ type: "octets", ces: 3, reply }], `${type} ${isReply ?? "-"}`);
  }
  t.end();
});

t.test("our causes say where they come from (Q.850 §2.2.3)", (t) => {
  t.strictSame(ownCause(turnWith({ side: "user" }), 17), { value: 17, location: "user" });
  t.strictSame(ownCause(turnWith({ side: "network" }), 17), { value: 17, location: "public-network-local" });
  t.end();
});

t.test("which channels await a restart", (t) => {
  const turn = turnWith({ restart: "channels" });
  turn.state.restart = { ...turn.state.restart, due: [] };
  restartLater(turn, 2);
  restartLater(turn, -1);
  restartLater(turn, 1);
  restartLater(turn, 2);
  t.strictSame(turn.state.restart.due, [2, 1], "each once, in the order in which they failed");
  const never = turnWith({ restart: "none" });
  restartLater(never, 2);
  t.strictSame(never.state.restart.due, []);
  t.end();
});
