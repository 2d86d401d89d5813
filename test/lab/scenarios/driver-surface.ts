// Every call of node-dahdi's driver face that virtual spans carry, with what it does and what it refuses.
import { driver } from "node-dahdi";
import type { Context, Scenario } from "../support/scenario.ts";
import { proveAudio, proveFrames } from "../surface/audio.ts";
import { proveControl } from "../surface/control.ts";
import { proveHandles } from "../surface/handles.ts";
import { proveCas, proveHook, proveTones } from "../surface/line.ts";
import type { Bench, Pair } from "../surface/tools.ts";

export const scenario: Scenario = {
  name: "driver-surface",
  description:
    "node-dahdi's calls on the real driver: results and refusals of each, events, misuse of handles",
  spans: [{ kind: "E1" }, { kind: "BRI" }, { kind: "analog", near: ["fxo", "fxs"] }],
  timeoutSeconds: 240,
  async run(context) {
    const control = driver.openControl();
    context.onClose(() => control.close());
    const bench: Bench = {
      context,
      control,
      e1: pairAt(context, 0),
      bri: pairAt(context, 1),
      analog: pairAt(context, 2),
    };
    proveControl(bench);
    await proveAudio(bench);
    await proveFrames(bench);
    await proveHook(bench);
    await proveTones(bench);
    await proveCas(bench);
    await proveHandles(bench);
  },
};

function pairAt(context: Context, index: number): Pair {
  const [near, far] = [context.layout.near[index], context.layout.far[index]];
  context.check(near !== undefined && far !== undefined, "a pair of spans");
  return { near, far };
}
