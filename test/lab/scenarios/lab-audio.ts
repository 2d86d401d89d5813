// The lab itself: what is written on one side of a cross-connected channel comes out of the other, whole.
import { sequenceIn } from "../support/audio.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";

export const scenario: Scenario = {
  name: "lab-audio",
  description:
    "every code written on one side of a channel comes out of the other, none lost, both ways at once",
  spans: [{ kind: "E1" }],
  timeoutSeconds: 60,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const ends = await context.peer({ program: "bearer-far", name: "ends" });
    const names = ["near", "far"] as const;
    for (const [index, span] of [near, far].entries()) {
      const name = names[index] ?? "";
      ends.send("open", { channel: channelAt(span, 1), law: "alaw", name });
      await ends.expect({ event: "open", name });
      ends.send("record", { name, file: context.file(`${name}.wav`) });
    }
    const samples = 24_000;
    for (const name of names) ends.send("play", { name, count: samples });
    for (const name of names) await ends.expect({ event: "play-end", name });
    await context.sleep(500);
    for (const name of names) {
      ends.send("stop-record", { name });
      await ends.expect({ event: "recorded", name });
    }
    for (const name of names) {
      const found = sequenceIn(context.file(`${name}.wav`), samples);
      context.prove(found.at >= 0, `${name} heard the sequence begin`);
      context.equal(found.wrong, 0, `samples wrong or lost at ${name} of ${samples}`);
      ends.send("close", { name });
      const audio = await ends.expect({ event: "audio", name });
      context.equal(audio["overruns"], 0, `read overruns at ${name}`);
    }
  },
};
