// Changing lines from the command line: shown, asked for, on trial, kept or taken back.
import { parseArgs } from "node:util";
import type { ChangeView } from "../web/api/changes.ts";
import type { Body } from "../web/api/routes.ts";
import { exits, UsageError, type CommandContext } from "./command.ts";
import { dateAndTime, plain, timeOfDay } from "./text.ts";

type Proposal = Body<"POST /lines/change/preview">;

export async function applyChange(context: CommandContext): Promise<number> {
  const { args, readFile, print } = context;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seconds: { type: "string" }, yes: { type: "boolean" } },
  });
  const [path] = positionals;
  if (path === undefined)
    throw new UsageError("name a file with the lines' settings, as `callbox lines config` shows");
  const proposal = parsed((await readFile(path)).toString("utf8"), path);
  const { yes = false, seconds } = values;
  return propose(context, proposal, { yes, ...secondsOf(seconds) }, print);
}

/** How long a change is on trial. @throws UsageError */
export function secondsOf(given: string | undefined): { readonly seconds?: number } {
  if (given === undefined) return {};
  if (!/^\d{1,4}$/u.test(given)) throw new UsageError(`--seconds ${given}: 10 to 3600`);
  return { seconds: Number(given) };
}

/** Shows the difference, asks, applies; a person who can be asked is asked to keep it too. */
export async function propose(
  { client, ask, remark }: CommandContext,
  proposal: Proposal,
  how: { readonly yes: boolean; readonly seconds?: number },
  print: CommandContext["print"],
): Promise<number> {
  const preview = await client.request("POST /lines/change/preview", { body: proposal });
  if (preview.differences.length === 0) {
    print("Nothing differs from the lines as they are.");
    return exits.done;
  }
  print(...differenceLines(preview.differences));
  print(
    `Spans ${preview.spans.join(", ") || "none"} are built anew: their calls end, those on others stay up.`,
  );
  const agreed = how.yes || (await ask("Apply it?"));
  if (agreed !== true) {
    remark(agreed === undefined ? "Not applied: nobody to ask; --yes applies it." : "Not applied.");
    return exits.failed;
  }
  const { seconds } = how;
  const view = await client.request("POST /lines/change", {
    body: { ...proposal, ...(seconds === undefined ? {} : { confirmSeconds: seconds }) },
  });
  print(...changeLines(view));
  if (how.yes) return exits.done;
  const kept = await ask("Keep it?");
  if (kept === undefined) return exits.done;
  const route = kept ? "POST /lines/change/confirm" : "POST /lines/change/undo";
  print(...changeLines(await client.request(route, {})));
  return exits.done;
}

function parsed(text: string, path: string): Proposal {
  try {
    return JSON.parse(text) as Proposal;
  } catch (error) {
    throw new UsageError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function differenceLines(differences: NonNullable<ChangeView["trial"]>["differences"]): readonly string[] {
  return differences.map(({ path, before, after }) =>
    plain(
      before === undefined
        ? `+ ${path} ${after ?? ""}`
        : after === undefined
          ? `- ${path} ${before}`
          : `~ ${path} ${before} → ${after}`,
    ),
  );
}

function changeLines({ phase, trial, last }: ChangeView): readonly string[] {
  if (trial !== undefined)
    return [
      `${phase === "undoing" ? "Being taken back" : "On trial"}: spans ${trial.spans.join(", ")}, changed by ${plain(trial.by)} at ${timeOfDay(trial.at)}.`,
      ...(trial.links.length === 0 ? [] : [`Waiting for the D-channel of spans ${trial.links.join(", ")}.`]),
      `Taken back at ${timeOfDay(trial.confirmBy)} unless confirmed: callbox lines confirm, or rollback.`,
    ];
  if (last === undefined) return ["No change of lines is on trial."];
  const why =
    last.outcome === "confirmed"
      ? `kept by ${plain(last.endedBy)}`
      : `taken back (${reasons[last.reason ?? "undone"]}${last.lost === undefined ? "" : `: spans ${last.lost.join(", ")}`})`;
  return [`The last change, of spans ${last.spans.join(", ")}, was ${why} at ${dateAndTime(last.endedAt)}.`];
}

const reasons = {
  undone: "by hand",
  unconfirmed: "nobody confirmed it in time",
  "data-link": "a span did not come back in order",
  restart: "the box restarted before it was confirmed",
} as const;

export async function confirmChange({ client, print }: CommandContext): Promise<number> {
  print(...changeLines(await client.request("POST /lines/change/confirm", {})));
  return exits.done;
}

export async function rollBack({ client, print }: CommandContext): Promise<number> {
  print(...changeLines(await client.request("POST /lines/change/undo", {})));
  return exits.done;
}

export async function changeState({ client, print }: CommandContext): Promise<number> {
  const view = await client.request("GET /lines/change", {});
  print(...changeLines(view), ...differenceLines(view.trial?.differences ?? []));
  return exits.done;
}
