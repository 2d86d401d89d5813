// callbox lines: what the lines are and do, taking them out of service, testing and changing them.
import { parseArgs } from "node:util";
import { codeOf } from "../../shared/errors.ts";
import { exits, UsageError, type Command, type CommandContext } from "../command.ts";
import { applyChange, changeState, confirmChange, rollBack } from "../line-change.ts";
import { cardTable, listLines, showTarget } from "../line-list.ts";
import { nameOf, routeOf, targetOf } from "../targets.ts";
import { bitErrorWords, checkWords, echoWords, levelWords } from "../words.ts";

export const command: Command = {
  summary: "list, block, unblock, test and change lines",
  usage: `callbox lines [list] [--span N] [--json]
    spans with their alarms, and lines with their states

callbox lines show WHAT [--json]
    one line, span or trunk group: alarms, since when, how often, and what to do

callbox lines block WHAT [--now] [--reason TEXT]
    out of service, over restarts too, until it is put back; calls on it go on,
    with --now they end (cause 41)

callbox lines unblock WHAT
callbox lines test WHAT [--json]
    without touching a call; a B-channel by RESTART when it is idle

callbox lines bits LINE [--seconds N] [--json]
    the bit errors of a timeslot that is out of service (ITU-T O.152), for N
    seconds (1 to 60); its far end has a loop, or runs the same test

callbox lines echo LINE [--dial DIGITS] [--json]
    the echo of a line that is out of service, without and with its canceller;
    --dial: keys that end an exchange's dial tone

callbox lines level LINE [--send=DBM0] [--dial DIGITS] [--json]
    the level that is heard on such a line, from the far end's milliwatt, or
    while 1000 Hz are sent (-40 to 0 dBm0) from a loop

callbox lines tap LINE EXTENSION [--received | --sent] [--before-canceller]
    rings that telephone of the box, which then hears the line until it is hung
    up, both ways or one, also before the echo canceller

callbox lines config
    the spans' and analog ports' settings as JSON, to be edited

callbox lines change FILE [--seconds N] [--yes]
    FILE: such JSON, - for standard input. Shows what differs and which spans
    are built anew (calls on others stay up), asks, and puts it on trial: it
    goes back by itself unless confirmed in N seconds (10 to 3600), or at once
    when a D-channel that was up does not return

callbox lines cards [--json]
    the cards, where they are, and which of their spans has which number

callbox lines system-conf [FILE] [--write]
    the driver's FILE (/etc/dahdi/system.conf) with the spans' lines and
    timeslots as they are set here, all else as it stands; --write writes it, if
    it differs

callbox lines assigned-spans [FILE] [--write]
    the driver's FILE (/etc/dahdi/assigned-spans.conf) with the numbers that the
    spans have now: they keep them, whatever is plugged in beside their card

callbox lines confirm | rollback | pending
    keeps the change on trial, takes it back, tells of it

WHAT is a line (1/3), a span (1), or a trunk group (its id; group:2 for one that is a number).`,
  run(context) {
    const [verb = "list", ...rest] = context.args;
    // Without a word it is `list`, with its options too.
    const [name, args] = verb.startsWith("-") ? ["list", context.args] : [verb, rest];
    const own = verbs[name];
    if (own === undefined) throw new UsageError(`lines knows no '${name}'; see callbox lines --help`);
    return own({ ...context, args });
  },
};

const verbs: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  list: listLines,
  show: showTarget,
  block,
  unblock,
  test,
  bits,
  echo,
  level,
  tap,
  config,
  change: applyChange,
  cards,
  "system-conf": (context) =>
    driverFile(context, "/etc/dahdi/system.conf", async (text) => {
      const { spans, ...file } = await context.client.request("POST /export/system-conf", { body: { text } });
      return { ...file, differs: spans.length === 0 ? "" : `Lines that differ: span ${spans.join(", ")}.` };
    }),
  "assigned-spans": (context) =>
    driverFile(context, "/etc/dahdi/assigned-spans.conf", async (text) => {
      const reply = await context.client.request("POST /export/assigned-spans", { body: { text } });
      return {
        text: reply.text,
        differs: reply.cards.length === 0 ? "" : `Cards that differ: ${reply.cards.join(", ")}.`,
      };
    }),
  confirm: confirmChange,
  rollback: rollBack,
  pending: changeState,
};

async function block({ args, client, print }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { now: { type: "boolean" }, reason: { type: "string" } },
  });
  const target = targetOf(positionals[0]);
  const { route, params } = routeOf(target, "block");
  const when = values.now === true ? "now" : "idle";
  const body = { when, ...(values.reason === undefined ? {} : { reason: values.reason }) } as const;
  const { cleared } = await client.request(route, { params, body });
  const ended = cleared === 0 ? "" : `; ${cleared === 1 ? "1 call was" : `${cleared} calls were`} ended`;
  print(`${nameOf(target)} is out of service${ended}.`);
  return exits.done;
}

async function unblock({ args, client, print }: CommandContext): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const target = targetOf(positionals[0]);
  const { route, params } = routeOf(target, "unblock");
  await client.request(route, { params });
  print(`${nameOf(target)} is back in service.`);
  return exits.done;
}

async function test({ args, client, print, remark }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" } },
  });
  const target = targetOf(positionals[0]);
  const { route, params } = routeOf(target, "test");
  remark(`testing ${nameOf(target)} …`);
  const result = await client.request(route, { params });
  if (values.json === true) print(JSON.stringify(result, null, 2));
  else
    for (const { line, span, checks } of result.tested)
      for (const check of checks) print(`${line ?? `span ${span ?? "?"}`}  ${checkWords(check)}`);
  return result.passed ? exits.done : exits.failed;
}

async function bits({ args, client, print, remark }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seconds: { type: "string", default: "10" }, json: { type: "boolean" } },
  });
  const id = lineOf(positionals[0]);
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 60)
    throw new UsageError(`--seconds ${values.seconds}: 1 to 60`);
  remark(`counting the bit errors of line ${id} for ${seconds} s …`);
  const found = await client.request("POST /lines/:id/bit-errors", {
    params: { id },
    body: { seconds },
  });
  if (values.json === true) print(JSON.stringify(found, null, 2));
  else print(bitErrorWords(found));
  return found.locked && found.errors === 0 && found.losses === 0 ? exits.done : exits.failed;
}

const dialOption = { dial: { type: "string" }, json: { type: "boolean" } } as const;

async function echo({ args, client, print, remark }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: dialOption,
  });
  const id = lineOf(positionals[0]);
  remark(`measuring the echo of line ${id} …`);
  const body = values.dial === undefined ? {} : { dial: values.dial };
  const found = await client.request("POST /lines/:id/echo-test", { params: { id }, body });
  print(values.json === true ? JSON.stringify(found, null, 2) : echoWords(found));
  return exits.done;
}

async function level({ args, client, print, remark }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...dialOption, send: { type: "string" } },
  });
  const id = lineOf(positionals[0]);
  const sendDbm0 = values.send === undefined ? undefined : Number(values.send);
  if (sendDbm0 !== undefined && !(sendDbm0 >= -40 && sendDbm0 <= 0))
    throw new UsageError(`--send ${values.send ?? ""}: -40 to 0`);
  remark(`measuring the level of line ${id} …`);
  const body = {
    ...(sendDbm0 === undefined ? {} : { sendDbm0 }),
    ...(values.dial === undefined ? {} : { dial: values.dial }),
  };
  const found = await client.request("POST /lines/:id/level-test", { params: { id }, body });
  print(values.json === true ? JSON.stringify(found, null, 2) : levelWords(found));
  return exits.done;
}

async function tap({ args, client, print, remark }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      received: { type: "boolean" },
      sent: { type: "boolean" },
      "before-canceller": { type: "boolean" },
    },
  });
  const id = lineOf(positionals[0]);
  const extension = positionals[1] ?? "";
  if (!/^\d{1,20}$/u.test(extension)) throw new UsageError("name the telephone that hears it, as 201");
  const one = values.received === true ? "received" : "sent";
  const direction = values.received === values.sent ? "both" : one;
  remark(`ringing ${extension} …`);
  const beforeCanceller = values["before-canceller"] === true;
  const body = { extension, direction, beforeCanceller } as const;
  await client.request("POST /lines/:id/tap", { params: { id }, body });
  print(`${extension} hears line ${id} until it is hung up.`);
  return exits.done;
}

function lineOf(text: string | undefined): string {
  const target = targetOf(text);
  if (!("line" in target)) throw new UsageError("name one line, as 1/5");
  return target.line;
}

async function config({ client, print }: CommandContext): Promise<number> {
  const { settings } = await client.request("GET /settings", {});
  print(JSON.stringify({ spans: settings.spans, analog: settings.analog }, null, 2));
  return exits.done;
}

async function cards({ args, client, print }: CommandContext): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } } });
  const reply = await client.request("GET /lines/cards", {});
  if (values.json === true) print(JSON.stringify(reply.cards, null, 2));
  else if (reply.cards.length === 0) print("There are no cards.");
  else print(...cardTable(reply.cards));
  return exits.done;
}

/** A file of the driver as it should be: shown, or written. */
async function driverFile(
  { args, print, remark, readFile, writeFile }: CommandContext,
  usualPath: string,
  renew: (text: string) => Promise<{ readonly text: string; readonly differs: string }>,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { write: { type: "boolean" } },
  });
  const path = positionals[0] ?? usualPath;
  const before = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  });
  const { text, differs } = await renew(before.toString());
  if (values.write !== true) print(text.replace(/\n$/u, ""));
  else if (differs !== "") await writeFile(path, Buffer.from(text));
  remark(differs === "" ? "Nothing differs." : differs);
  return exits.done;
}
