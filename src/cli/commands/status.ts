// callbox status: whether the box does well, in a few lines; its exit status serves monitors.
import { parseArgs } from "node:util";
import { exits, type Command } from "../command.ts";
import { dateAndTime, plain } from "../text.ts";

const mebi = 1024 * 1024;

export const command: Command = {
  summary: "how the box is doing",
  usage: `callbox status [--json]
    exit status 0 when all is well, 1 when a warning needs somebody`,
  async run({ args, client, print }) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
    const [health, { calls }] = await Promise.all([
      client.request("GET /health", {}),
      client.request("GET /calls", {}),
    ]);
    if (values.json === true) print(JSON.stringify(health, null, 2));
    else
      print(
        `Callbox ${health.version}: ${health.status === "ok" ? "all is well" : "needs attention"}`,
        `  board        ${health.board === "dahdi" ? "DAHDI cards" : "simulated"}`,
        `  running      since ${dateAndTime(health.startedAt)}`,
        `  calls        ${calls.length}`,
        `  memory       ${Math.round(health.rssBytes / mebi)} MB`,
        `  disk free    ${Math.round(health.diskFreeBytes / mebi)} MB`,
        `  media        ${health.media.realtime ? "real time" : "not real time"}, ${health.media.underruns} underruns`,
        ...health.warnings.flatMap(({ code, message, remedy }) => [
          `! ${code}: ${plain(message)}`,
          `  ${remedy}`,
        ]),
      );
    return health.status === "ok" ? exits.done : exits.failed;
  },
};
