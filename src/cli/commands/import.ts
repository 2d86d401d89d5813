// callbox import: takes over the lines of an Asterisk or FreePBX box, and what the driver was told of them.
import { parseArgs } from "node:util";
import type { LinesImport } from "../../web/api/import.ts";
import { importRouteOf } from "../../web/api/import-kind.ts";
import { exits, UsageError, type Command, type CommandContext } from "../command.ts";
import { propose, secondsOf } from "../line-change.ts";
import { plain } from "../text.ts";

export const command: Command = {
  summary: "takes over the lines of an Asterisk or FreePBX box",
  usage: `callbox import FILE [--apply] [--yes] [--seconds N] [--json]
    FILE: a chan_dahdi.conf or the driver's system.conf, - for standard input;
    files that it includes come one after another (cat them). Shows what each
    line becomes here, and which are not understood, and why
      --apply      adds the trunk groups that are missing, then puts the lines
                   on trial as callbox lines change does (--yes, --seconds N)`,
  async run(context) {
    const { args, client, readFile, print } = context;
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        apply: { type: "boolean" },
        yes: { type: "boolean" },
        seconds: { type: "string" },
        json: { type: "boolean" },
      },
    });
    const [path] = positionals;
    if (path === undefined) throw new UsageError("name a chan_dahdi.conf or a system.conf");
    const seconds = secondsOf(values.seconds);
    const text = (await readFile(path)).toString("utf8");
    const proposal = await client.request(importRouteOf(text), { body: { text } });
    if (values.json === true) print(JSON.stringify(proposal, null, 2));
    else print(...report(proposal));
    if (values.apply !== true) return exits.done;
    await addGroups(context, proposal);
    const { spans, analog } = proposal;
    return propose(context, { spans, analog }, { yes: values.yes === true, ...seconds }, print);
  },
};

function report({ understood, notUnderstood, trunkGroups }: LinesImport): readonly string[] {
  const told = [
    ...understood.map(({ line, text, became }) => ({ line, text, mark: " ", said: became })),
    ...notUnderstood.map(({ line, text, why }) => ({ line, text, mark: "?", said: why })),
  ].sort((a, b) => a.line - b.line);
  return [
    ...told.map(({ line, text, mark, said }) =>
      plain(`${mark} ${String(line).padStart(4)}  ${text}  → ${said}`),
    ),
    `${understood.length} lines understood, ${notUnderstood.length} not (marked ?).`,
    ...(trunkGroups.length === 0
      ? []
      : [`Trunk groups to add: ${trunkGroups.map(({ id }) => id).join(", ")}.`]),
  ];
}

/** A span cannot be in a group that is not there. They do nothing until a route uses them. */
async function addGroups({ client, remark }: CommandContext, { trunkGroups }: LinesImport): Promise<void> {
  if (trunkGroups.length === 0) return;
  const { revision, settings } = await client.request("GET /settings", {});
  const value = [...settings.trunkGroups, ...trunkGroups];
  await client.request("PUT /settings/:section", {
    params: { section: "trunkGroups" },
    body: { revision, value },
  });
  remark(`added trunk groups ${trunkGroups.map(({ id }) => id).join(", ")}`);
}
