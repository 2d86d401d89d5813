// The lab itself: two libpri peers call each other over E1, both ways, and hear each other.
import { peerCall } from "../support/isdn-call.ts";
import { isdnPeer } from "../support/isdn.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "lab-pri",
  description:
    "two libpri peers over E1: a call each way, audio and DTMF both ways, cause 16 from either side",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 120,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const network = await isdnPeer(context, { span: far, role: "network", name: "network" });
    const user = await isdnPeer(context, { span: near, role: "user", name: "user" });
    await network.expect({ event: "up" });
    await user.expect({ event: "up" });
    await peerCall(context, network, user, { id: "down", hangUp: "caller" });
    await peerCall(context, user, network, { id: "up", hangUp: "called" });
    for (const peer of [network, user]) {
      peer.send("counters");
      const counted = await peer.expect({ event: "counters" });
      context.equal(
        [counted["placed"], counted["offered"], counted["answered"], counted["released"], counted["open"]],
        [1, 1, 2, 2, 0],
        `${peer.name}: placed, offered, answered, released, open`,
      );
    }
  },
};
