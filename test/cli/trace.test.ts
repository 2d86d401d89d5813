// callbox trace: from a span once and on and on, into a capture and out of one.
import t from "tap";
import { command } from "../../src/cli/commands/trace.ts";
import { UsageError } from "../../src/cli/command.ts";
import { otherSide } from "../../src/signalling/isdn/q921/frame.ts";
import { describeFrame } from "../../src/signalling/isdn/trace/decode.ts";
import { readCapture, writeCapture } from "../../src/signalling/isdn/trace/pcap.ts";
import { tracedSession } from "../support/traced.ts";
import { runCommand } from "./support.ts";

const session = tracedSession(0);
const frames = session.map(({ octets, ...rest }) => ({
  ...rest,
  octets: Buffer.from(octets).toString("hex"),
  frame: describeFrame(octets, otherSide(rest.from)),
}));
const replies = {
  "GET /spans/:number/trace": ({ query }: { query: { after?: number } }) => ({
    frames:
      query.after === undefined
        ? frames.slice(0, 30)
        : frames.filter(({ seq }) => seq > (query.after ?? 0)).slice(0, 30),
  }),
};

t.test("once, and on until the user ends it, without a frame twice", async (t) => {
  const once = await runCommand(command, ["1", "--brief", "--layer2", "--last", "30"], { replies });
  t.equal(once.printed.length, 30);
  t.match(once.asked, [{ input: { params: { number: 1 }, query: { limit: 30 } } }]);
  const on = await runCommand(command, ["1", "--follow", "--brief", "--layer2"], { replies, pauses: 3 });
  t.equal(on.printed.length, Math.min(frames.length, 120));
  t.match(on.asked[1]?.input, { query: { after: 30 } });
  const whole = { "GET /spans/:number/trace": { frames } };
  const { printed } = await runCommand(command, ["1"], { replies: whole });
  t.match(printed.join("\n"), /SETUP[^]*called-number: .*\(Q\.931 §4\.5\.8\)/u);
});

t.test("a capture is written, and read as a ladder", async (t) => {
  const { files, remarks } = await runCommand(command, ["1", "--pcap", "x.pcap"], {
    replies: { "GET /spans/:number/trace": { frames } },
  });
  const written = files.get("x.pcap") ?? Buffer.alloc(0);
  t.equal(readCapture(written).length, frames.length);
  t.strictSame(remarks, [`${frames.length} frames in x.pcap`]);
  const read = await runCommand(command, ["--file", "y", "--brief", "--layer2"], {
    files: { y: writeCapture(session) },
  });
  t.equal(read.printed.length, frames.length);
  t.strictSame(read.asked, [], "no appliance is needed");
});

t.test("bad arguments", async (t) => {
  for (const args of [[], ["x"], ["1", "--last", "0"]])
    await t.rejects(runCommand(command, args, { replies }), UsageError, args.join(" "));
  await t.rejects(runCommand(command, ["--file", "y"], { files: { y: "nothing" } }), {
    code: "ERR_CAPTURE_FORMAT",
  });
});
