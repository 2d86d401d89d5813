// callbox replay: a capture played again to this version's ISDN, as a test.
import { parseArgs } from "node:util";
import { readCapture } from "../../signalling/isdn/trace/pcap.ts";
import { replay, type ReplayRemark } from "../../signalling/isdn/trace/replay.ts";
import { exits, UsageError, type Command } from "../command.ts";
import { plain, timeToMs } from "../text.ts";

const sides = ["user", "network"] as const;

export const command: Command = {
  summary: "plays a D-channel's capture again as a test of the signalling",
  usage: `callbox replay CAPTURE [--side user|network] [--qsig] [--notes]
    gives our signalling what the exchange sent in the capture, asks for what was
    asked for then, and compares what it sends with what was sent.
    CAPTURE: a pcap or pcapng file, as callbox trace --pcap writes it
      --side     which side of the capture is ours (default: whoever captured)
      --qsig     the line speaks QSIG
      --notes    also what differs without changing a call

    exit status 0 when nothing differs, 1 otherwise; needs no running Callbox`,
  async run({ args, readFile, print }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { side: { type: "string" }, qsig: { type: "boolean" }, notes: { type: "boolean" } },
    });
    const [path] = positionals;
    if (path === undefined) throw new UsageError("name a capture");
    const side = sides.find((each) => each === values.side);
    if (values.side !== undefined && side === undefined)
      throw new UsageError(`--side ${values.side}: user or network`);
    const report = replay(readCapture(await readFile(path)), {
      ...(side === undefined ? {} : { side }),
      ...(values.qsig === true ? { variant: "qsig" } : {}),
    });
    const line = ({ at, text, clause }: ReplayRemark): string =>
      plain(`${timeToMs(at)}  ${text}${clause === undefined ? "" : `  (${clause})`}`);
    print(
      `${report.interface}, ${report.side} side: ${report.calls} calls, ${report.received} messages received, ${report.sent} sent again as then`,
      ...(report.passedOver === 0
        ? []
        : [`${report.passedOver} messages of calls that had begun before: passed over`]),
      ...report.differences.map((each) => `! ${line(each)}`),
      ...(values.notes === true ? report.notes.map((each) => `  ${line(each)}`) : []),
      report.differences.length === 0 ? "no difference" : `${report.differences.length} differences`,
    );
    return report.differences.length === 0 ? exits.done : exits.failed;
  },
};
