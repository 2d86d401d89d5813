// callbox journal: whether the journal is as it was written, and all of it to take away.
import { parseArgs } from "node:util";
import { exits, UsageError, type Command, type CommandContext } from "../command.ts";

const words = {
  missing: "an event is missing",
  changed: "an event was changed, or stands in another's place",
  link: "what is kept of the chain was damaged",
  anonymised: "numbers were taken out though no rule said so",
} as const;

export const command: Command = {
  summary: "the journal: is it as it was written; write it out",
  usage: `callbox journal verify [--link LINK]
    looks at every event: each is chained to the one before by SHA-256, so that
    one that was changed, added, moved or taken out is found
      --link LINK  the newest link of an earlier time (64 hexadecimal digits), as
                   this command told it: the journal must still be what it was then
    exit status 0 when it holds, 1 when it does not

callbox journal export [--format jsonl|queue_log] [--from DATE] [--to DATE] [FILE]
    all events, oldest first, to standard output or a file: as JSON Lines, or as
    Asterisk's queue_log. DATE as 2027-02-06 or 2027-02-06T08:30:00+08:00`,
  run(context) {
    const [verb, ...args] = context.args;
    if (verb === "verify") return verify(context, args);
    if (verb === "export") return write(context, args);
    throw new UsageError("say verify or export");
  },
};

async function verify({ client, print }: CommandContext, args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { link: { type: "string" } } });
  const { link } = values;
  if (link !== undefined && !/^[0-9a-f]{64}$/u.test(link))
    throw new UsageError("--link: 64 hexadecimal digits, as verify tells them");
  const query = link === undefined ? {} : { link };
  const found = await client.request("GET /journal/verification", { query });
  const { events, last, anonymised, broken } = found;
  if (broken !== undefined) {
    print(`! the journal does not hold: at event ${broken.seq} ${words[broken.why]}`);
    return exits.failed;
  }
  print(
    `${events} events hold, the newest is ${last}`,
    ...(anonymised > 0 ? [`  of ${anonymised} numbers were taken out by rule`] : []),
    `  link ${found.link}`,
  );
  if (link === undefined) return exits.done;
  if (found.known !== undefined) {
    print(`  the link of then is that of event ${found.known}`);
    return exits.done;
  }
  print("! no event has the link of then: the journal was cut off or written anew");
  return exits.failed;
}

async function write(context: CommandContext, args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" }, from: { type: "string" }, to: { type: "string" } },
  });
  const { format = "jsonl" } = values;
  if (format !== "jsonl" && format !== "queue_log") throw new UsageError("--format: jsonl or queue_log");
  const query = { format, ...moment("from", values.from), ...moment("to", values.to) } as const;
  const [file] = positionals;
  if (file === undefined) {
    await context.client.fetch("GET /journal", { query }, (part) => context.write(part));
    return exits.done;
  }
  const parts: Buffer[] = [];
  await context.client.fetch("GET /journal", { query }, (part) => void parts.push(part));
  await context.writeFile(file, Buffer.concat(parts));
  return exits.done;
}

function moment(name: "from" | "to", text: string | undefined): { readonly [_ in "from" | "to"]?: number } {
  if (text === undefined) return {};
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`--${name} ${text}: a date as 2027-02-06`);
  return { [name]: at };
}
