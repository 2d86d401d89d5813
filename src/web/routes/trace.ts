// D-channel traces over the API.
import { otherSide } from "../../signalling/isdn/q921/frame.ts";
import { describeFrame } from "../../signalling/isdn/trace/decode.ts";
import { writeCapture } from "../../signalling/isdn/trace/pcap.ts";
import type { traceRoutes as table } from "../api/trace.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";

type Named = keyof typeof table;

export function traceRoutes({ lines, log }: Pick<WebDeps, "lines" | "log">): Pick<Handlers, Named> {
  return {
    "GET /spans/:number/trace": ({ params: { number }, query: { after, limit = 5000 } }) => ({
      frames: lines
        .trace(number, after)
        .slice(-limit)
        .map(({ octets, ...rest }) => ({
          ...rest,
          octets: Buffer.from(octets).toString("hex"),
          frame: describeFrame(octets, otherSide(rest.from)),
        })),
    }),
    "GET /spans/:number/trace.pcap": ({ params: { number }, user, reply }) => {
      const file = writeCapture(lines.trace(number));
      // Who called whom is in it.
      log.info({ span: number, by: user.name }, "D-channel trace taken away");
      return reply
        .type("application/vnd.tcpdump.pcap")
        .header("content-disposition", `attachment; filename="span-${number}.pcap"`)
        .send(Buffer.from(file));
    },
  };
}
