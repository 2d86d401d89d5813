// D-channel traces for the console: a session of our own machines, which began before the office did.
import { otherSide } from "../../../src/signalling/isdn/q921/frame.ts";
import { describeFrame } from "../../../src/signalling/isdn/trace/decode.ts";
import { writeCapture } from "../../../src/signalling/isdn/trace/pcap.ts";
import type { Reply } from "../../../src/web/api/routes.ts";
import { tracedSession } from "../../support/traced.ts";

export function createMockTrace(now: number): {
  frames(after?: number): Reply<"GET /spans/:number/trace">;
  file(): Buffer;
} {
  const traced = tracedSession(now - 60_000);
  return {
    frames: (after = 0) => ({
      frames: traced
        .filter(({ seq }) => seq > after)
        .map(({ octets, ...rest }) => ({
          ...rest,
          octets: Buffer.from(octets).toString("hex"),
          frame: describeFrame(octets, otherSide(rest.from)) as never,
        })),
    }),
    file: () => Buffer.from(writeCapture(traced)),
  };
}
