// callbox trace: a D-channel as a ladder, live, from what the box has kept, or from a capture file.
import { parseArgs } from "node:util";
import { otherSide } from "../../signalling/isdn/q921/frame.ts";
import { describeFrame } from "../../signalling/isdn/trace/decode.ts";
import { rungs, type LadderEntry, type LadderOptions } from "../../signalling/isdn/trace/ladder.ts";
import { readCapture, writeCapture } from "../../signalling/isdn/trace/pcap.ts";
import type { TraceFrame } from "../../web/api/trace.ts";
import { exits, UsageError, type Command, type CommandContext } from "../command.ts";
import { plain, timeToMs } from "../text.ts";

const everyMs = 500;

export const command: Command = {
  summary: "a D-channel's messages, decoded; from a span or a capture file",
  usage: `callbox trace SPAN [--follow] [--last N] [--brief] [--layer2]
    what went over the D-channel: the user's side left, the network's right,
    each message with its elements and where the Recommendation defines them
      --follow   goes on until Ctrl-C
      --last N   begins with the newest N frames (default: all that are kept)
      --brief    messages without their elements
      --layer2   frames without a message too: SABME, UA, RR, TEI management

callbox trace SPAN --pcap FILE
    writes the frames as a capture file that Wireshark opens

callbox trace --file CAPTURE [--brief] [--layer2]
    the same of a pcap or pcapng file (link type LAPD or Linux LAPD)`,
  async run(context) {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      allowPositionals: true,
      options: {
        follow: { type: "boolean" },
        last: { type: "string" },
        brief: { type: "boolean" },
        layer2: { type: "boolean" },
        pcap: { type: "string" },
        file: { type: "string" },
      },
    });
    const options: LadderOptions = {
      layer2: values.layer2 === true,
      elements: values.brief !== true,
      clock: timeToMs,
    };
    if (values.file !== undefined) return fromFile(context, values.file, options);
    const [text = ""] = positionals;
    if (!/^\d{1,3}$/u.test(text)) throw new UsageError("name a span by its number, or a capture with --file");
    const span = Number(text);
    if (values.pcap !== undefined) return toFile(context, span, values.pcap);
    const last = values.last ?? "5000";
    if (!/^[1-9]\d{0,3}$/u.test(last)) throw new UsageError(`--last ${last}: 1 to 5000`);
    return fromSpan(context, span, { options, last: Number(last), follow: values.follow === true });
  },
};

async function fromFile(
  { readFile, print }: CommandContext,
  path: string,
  options: LadderOptions,
): Promise<number> {
  for (const { at, from, octets } of readCapture(await readFile(path)))
    show(print, { at, from, frame: describeFrame(octets, otherSide(from)) }, options);
  return exits.done;
}

async function fromSpan(
  { client, print, pause, ended }: CommandContext,
  span: number,
  { options, last, follow }: { options: LadderOptions; last: number; follow: boolean },
): Promise<number> {
  let after = 0;
  for (;;) {
    const query = after === 0 ? { limit: last } : { after };
    const { frames } = await client.request("GET /spans/:number/trace", { params: { number: span }, query });
    for (const frame of frames) show(print, frame, options);
    after = frames.at(-1)?.seq ?? after;
    if (!follow || ended()) return exits.done;
    await pause(everyMs);
  }
}

async function toFile(
  { client, writeFile, remark }: CommandContext,
  span: number,
  path: string,
): Promise<number> {
  const { frames } = await client.request("GET /spans/:number/trace", {
    params: { number: span },
    query: {},
  });
  await writeFile(path, writeCapture(frames.map(captured)));
  remark(`${frames.length} frames in ${path}`);
  return exits.done;
}

const captured = ({ octets, ...rest }: TraceFrame) => ({ ...rest, octets: Buffer.from(octets, "hex") });

function show(print: CommandContext["print"], entry: LadderEntry, options: LadderOptions): void {
  // Names and texts in it come from the line.
  print(...rungs(entry, options).map(plain));
}
