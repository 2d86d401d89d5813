// The lab itself: a span can be taken away and brought back under an open D-channel.
import { removeSpan, restoreSpan } from "../support/driver.ts";
import { peerCall } from "../support/isdn-call.ts";
import { isdnPeer } from "../support/isdn.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf } from "../support/spans.ts";

/** DAHDI_EVENT_ALARM and DAHDI_EVENT_NOALARM. */
const alarm = 4;
const noAlarm = 5;

export const scenario: Scenario = {
  name: "lab-alarm",
  description: "a span goes away under an open D-channel and comes back: alarm, no alarm, data link, a call",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 120,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const user = await isdnPeer(context, { span: near, role: "user", name: "user" });
    const network = await isdnPeer(context, { span: far, role: "network", name: "network" });
    await user.expect({ event: "up" });
    await network.quit();
    removeSpan(far);
    await user.expect({ event: "driver", code: alarm });
    restoreSpan(far);
    await user.expect({ event: "driver", code: noAlarm });
    const again = await isdnPeer(context, { span: far, role: "network", name: "network-again" });
    await again.expect({ event: "up" }, 40_000);
    await peerCall(context, again, user, { id: "after", hangUp: "caller" });
  },
};
